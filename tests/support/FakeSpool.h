// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QMap>
#include <QSet>
#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

/// A spool in memory: works simply, forgets everything at its end. Readers may live on another thread.
class FakeSpool final : public store::Spool
{
public:
    struct Message {
        store::SpoolLetter letter;
        QByteArray body;
        QSet<QByteArray> mailboxes;
        [[nodiscard]] QByteArray octets() const { return letter.trace + body; }
    };
    struct State {
        std::mutex mutex;
        QMap<qint64, Message> messages;
        QMap<QByteArray, store::SpoolAccount> accounts;
        QMap<QByteArray, QByteArray> aliases; ///< Name to mailbox.
        QMap<QByteArray, std::pair<qint64, qint64>> recent; ///< Digestless: envelope and body to id and time.
    };

    [[nodiscard]] qint64 nextId() override { return ++m_lastId; }
    [[nodiscard]] QByteArray generation() const override { return "fakefake"; }

    [[nodiscard]] base::Status append(qint64 id, QByteArrayView piece) override
    {
        m_incoming[id].append(piece);
        return base::Done{};
    }
    void abandon(qint64 id) override { m_incoming.remove(id); }

    [[nodiscard]] std::vector<base::Result<store::SpoolReceipt>> commit(const std::vector<store::SpoolLetter> &letters) override
    {
        const std::lock_guard lock{m_state->mutex};
        std::vector<base::Result<store::SpoolReceipt>> outcomes;
        for (const store::SpoolLetter &letter : letters)
            outcomes.push_back(commitOne(letter));
        return outcomes;
    }

    [[nodiscard]] base::Status remove(const QByteArray &mailbox, const QList<qint64> &ids) override
    {
        const std::lock_guard lock{m_state->mutex};
        if (!m_state->accounts.contains(mailbox))
            return base::ErrorCode::UserUnknown;
        for (const qint64 id : ids)
            if (const auto it = m_state->messages.find(id); it != m_state->messages.end() && it->mailboxes.remove(mailbox) && it->mailboxes.isEmpty())
                m_state->messages.erase(it);
        return base::Done{};
    }

    [[nodiscard]] base::Status removeEverywhere(qint64 id) override
    {
        const std::lock_guard lock{m_state->mutex};
        if (m_state->messages.remove(id) == 0)
            return base::ErrorCode::MessageNotFound;
        return base::Done{};
    }

    [[nodiscard]] base::Result<int> removeOldest(qint64 keep, qint64 beforeMs, int most) override
    {
        const std::lock_guard lock{m_state->mutex};
        int removed = 0;
        while (removed < most && !m_state->messages.isEmpty()
               && ((keep > 0 && m_state->messages.size() > keep) || m_state->messages.first().letter.receivedMs < beforeMs)) {
            m_state->messages.erase(m_state->messages.begin());
            ++removed;
        }
        return removed;
    }

    [[nodiscard]] base::Status addAccount(const store::SpoolAccount &account) override
    {
        const std::lock_guard lock{m_state->mutex};
        if (m_state->accounts.contains(account.address) || m_state->aliases.contains(account.address))
            return base::ErrorCode::UserExists;
        m_state->accounts.insert(account.address, account);
        return base::Done{};
    }
    [[nodiscard]] base::Status setAccount(const store::SpoolAccount &account) override
    {
        const std::lock_guard lock{m_state->mutex};
        if (m_state->aliases.contains(account.address))
            return base::ErrorCode::UserExists;
        m_state->accounts.insert(account.address, account);
        return base::Done{};
    }
    [[nodiscard]] base::Status setAlias(const store::SpoolAlias &alias) override
    {
        const std::lock_guard lock{m_state->mutex};
        if (!m_state->accounts.contains(alias.mailbox))
            return base::ErrorCode::UserUnknown;
        if (m_state->accounts.contains(alias.name))
            return base::ErrorCode::UserExists;
        m_state->aliases.insert(alias.name, alias.mailbox);
        return base::Done{};
    }
    [[nodiscard]] base::Status removeAlias(const QByteArray &name) override
    {
        const std::lock_guard lock{m_state->mutex};
        return m_state->aliases.remove(name) > 0 ? base::Status{base::Done{}} : base::Status{base::ErrorCode::UserUnknown};
    }
    [[nodiscard]] base::Status removeAccount(const QByteArray &address) override
    {
        const std::lock_guard lock{m_state->mutex};
        if (m_state->accounts.remove(address) == 0)
            return base::ErrorCode::UserUnknown;
        m_state->aliases.removeIf([&address](QMap<QByteArray, QByteArray>::iterator it) { return it.value() == address; });
        for (auto it = m_state->messages.begin(); it != m_state->messages.end();)
            it = it->mailboxes.remove(address) && it->mailboxes.isEmpty() ? m_state->messages.erase(it) : std::next(it);
        return base::Done{};
    }

    [[nodiscard]] base::Result<std::unique_ptr<store::SpoolReader>> makeReader() override
    {
        return std::unique_ptr<store::SpoolReader>{std::make_unique<Reader>(m_state)};
    }

private:
    class Reader final : public store::SpoolReader
    {
    public:
        explicit Reader(std::shared_ptr<State> state) : m_state(std::move(state)) {}

        [[nodiscard]] base::Result<QList<store::SpoolEntry>> entries(const QByteArray &mailbox) override
        {
            const std::lock_guard lock{m_state->mutex};
            if (!m_state->accounts.contains(mailbox))
                return base::ErrorCode::UserUnknown;
            QList<store::SpoolEntry> list;
            for (auto it = m_state->messages.cbegin(); it != m_state->messages.cend(); ++it)
                if (it->mailboxes.contains(mailbox))
                    list.append({it.key(), it->octets().size()});
            return list;
        }
        [[nodiscard]] base::Result<store::SpoolPiece> read(qint64 id, qint64 offset) override
        {
            const std::lock_guard lock{m_state->mutex};
            const auto it = m_state->messages.constFind(id);
            if (it == m_state->messages.cend())
                return base::ErrorCode::MessageNotFound;
            return store::SpoolPiece{it->octets().mid(offset, store::kSpoolPieceOctets), it->octets().size()};
        }
        [[nodiscard]] base::Result<QList<store::SpoolSummary>> newest(const QByteArray &mailbox, int limit, qint64 beforeId) override
        {
            const std::lock_guard lock{m_state->mutex};
            QList<store::SpoolSummary> list;
            for (auto it = m_state->messages.cend(); it != m_state->messages.cbegin() && list.size() < limit;) {
                --it;
                if ((mailbox.isEmpty() || it->mailboxes.contains(mailbox)) && (beforeId == 0 || it.key() < beforeId))
                    list.append({it.key(), it->letter.receivedMs, it->octets().size(), it->letter.sender, it->letter.recipients, it->letter.marks});
            }
            return list;
        }
        [[nodiscard]] base::Result<QList<qint64>> ids(qint64 after, int limit) override
        {
            const std::lock_guard lock{m_state->mutex};
            QList<qint64> list;
            for (auto it = m_state->messages.upperBound(after); it != m_state->messages.end() && list.size() < limit; ++it)
                list.append(it.key());
            return list;
        }
        [[nodiscard]] base::Result<store::SpoolSummary> summary(qint64 id) override
        {
            const std::lock_guard lock{m_state->mutex};
            const auto it = m_state->messages.constFind(id);
            if (it == m_state->messages.cend())
                return base::ErrorCode::MessageNotFound;
            return store::SpoolSummary{id, it->letter.receivedMs, it->octets().size(), it->letter.sender, it->letter.recipients, it->letter.marks};
        }
        [[nodiscard]] base::Result<QList<store::SpoolAccount>> accounts() override
        {
            const std::lock_guard lock{m_state->mutex};
            return m_state->accounts.values();
        }
        [[nodiscard]] base::Result<QList<store::SpoolAlias>> aliases() override
        {
            const std::lock_guard lock{m_state->mutex};
            QList<store::SpoolAlias> list;
            for (auto it = m_state->aliases.cbegin(); it != m_state->aliases.cend(); ++it)
                list.append({it.key(), it.value()});
            return list;
        }
        [[nodiscard]] base::Result<QList<store::SpoolMailbox>> mailboxes() override
        {
            const std::lock_guard lock{m_state->mutex};
            QList<store::SpoolMailbox> list;
            for (auto account = m_state->accounts.cbegin(); account != m_state->accounts.cend(); ++account) {
                store::SpoolMailbox mailbox{account.key(), 0, 0};
                for (const Message &message : std::as_const(m_state->messages)) {
                    mailbox.messages += message.mailboxes.contains(account.key()) ? 1 : 0;
                    mailbox.octets += message.mailboxes.contains(account.key()) ? message.octets().size() : 0;
                }
                list.append(mailbox);
            }
            return list;
        }

    private:
        std::shared_ptr<State> m_state;
    };

    base::Result<store::SpoolReceipt> commitOne(const store::SpoolLetter &letter)
    {
        const QByteArray body = m_incoming.take(letter.id) + letter.rest;
        QList<QByteArray> recipients = letter.addressed.isEmpty() ? letter.recipients : letter.addressed;
        std::sort(recipients.begin(), recipients.end());
        const QByteArray key = letter.sender + '\0' + recipients.join('\0') + '\0' + body;
        const auto earlier = m_state->recent.constFind(key);
        if (!letter.isCopy && earlier != m_state->recent.cend() && letter.receivedMs - earlier->second <= 24LL * 3600 * 1000)
            return store::SpoolReceipt{earlier->first, true};
        Message message{letter, body, {}};
        for (const QByteArray &recipient : letter.recipients)
            if (m_state->accounts.contains(recipient))
                message.mailboxes.insert(recipient);
        if (message.mailboxes.isEmpty())
            return base::ErrorCode::UserUnknown;
        m_state->messages.insert(letter.id, message);
        for (const store::SpoolAmendment &amendment : letter.amendments) {
            if (const auto it = m_state->messages.find(amendment.id); it != m_state->messages.end()) {
                it->body = amendment.body;
                it->letter.marks = amendment.marks;
            }
        }
        m_state->recent.insert(key, {letter.id, letter.receivedMs});
        return store::SpoolReceipt{letter.id, false};
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
    QMap<qint64, QByteArray> m_incoming;
    std::atomic<qint64> m_lastId = 0;
};
