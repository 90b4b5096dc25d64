// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QMap>
#include <QSet>
#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
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
        QMap<QByteArray, store::QueuedRecipient> owed;
        [[nodiscard]] QByteArray octets() const { return letter.trace + body; }
        [[nodiscard]] QList<QByteArray> envelope() const
        {
            QList<QByteArray> addresses = letter.recipients;
            for (const store::QueuedRecipient &one : letter.order ? letter.order->recipients : QList<store::QueuedRecipient>{})
                if (one.state != store::QueueState::Delivered)
                    addresses.append(one.address);
            return addresses;
        }
        [[nodiscard]] QList<QByteArray> otherNames() const
        {
            QList<QByteArray> names = letter.addressed;
            names.removeIf([this](const QByteArray &name) { return envelope().contains(name); });
            return names;
        }
    };
    struct State {
        std::mutex mutex;
        QMap<qint64, Message> messages;
        QMap<QByteArray, store::SpoolAccount> accounts;
        QMap<QByteArray, QByteArray> aliases; ///< Name to mailbox.
        QMap<QByteArray, std::pair<qint64, qint64>> recent; ///< Digestless: envelope and body to id and time.
        bool isQueuePaused = false;
        std::atomic<int> entriesToFail{0}; ///< So many looks into a mailbox go wrong.
        std::atomic<qint64> readableOctets{std::numeric_limits<qint64>::max()}; ///< Of every message; what lies behind is damaged.
        /// Set by a test, called once on the reader's thread between a look at the queue and its answer.
        struct Once {
            std::mutex mutex;
            std::function<void()> call;
            [[nodiscard]] std::function<void()> take()
            {
                const std::lock_guard lock{mutex};
                return std::exchange(call, nullptr);
            }
            void set(std::function<void()> function)
            {
                const std::lock_guard lock{mutex};
                call = std::move(function);
            }
        } afterQueueRead;

        [[nodiscard]] QList<store::QueuedMessage> queued(const std::function<bool(const store::QueuedRecipient &)> &isWanted) const
        {
            QList<store::QueuedMessage> list;
            for (auto it = messages.cbegin(); it != messages.cend(); ++it) {
                store::QueuedMessage one{it.key(), it->letter.receivedMs, it->octets().size(), it->letter.sender, {}, {}, false, false, {}};
                if (it->letter.order) {
                    one.envelopeId = it->letter.order->envelopeId;
                    one.returns = it->letter.order->returns;
                    one.hasEightBit = it->letter.order->hasEightBit;
                    one.isUtf8 = it->letter.order->isUtf8;
                }
                std::copy_if(it->owed.cbegin(), it->owed.cend(), std::back_inserter(one.recipients), isWanted);
                if (!one.recipients.isEmpty())
                    list.append(one);
            }
            return list;
        }
        [[nodiscard]] store::QueuedRecipient *find(const store::QueueKey &key)
        {
            const auto it = messages.find(key.id);
            if (it == messages.end())
                return nullptr;
            const auto owed = it->owed.find(key.address);
            return owed == it->owed.end() ? nullptr : &*owed;
        }
        void forgetIfGone(qint64 id)
        {
            if (!messages.contains(id))
                recent.removeIf([id](QMap<QByteArray, std::pair<qint64, qint64>>::iterator it) { return it.value().first == id; });
        }
        void removeIfOrphan(qint64 id)
        {
            if (const auto it = messages.find(id); it != messages.end() && it->mailboxes.isEmpty() && it->owed.isEmpty())
                messages.erase(it);
        }
        void settle(const QList<store::QueueKey> &done)
        {
            for (const store::QueueKey &key : done) {
                if (const auto it = messages.find(key.id); it != messages.end())
                    it->owed.remove(key.address);
                removeIfOrphan(key.id);
            }
        }
    };

    void failEntries(int times) { m_state->entriesToFail = times; }
    void damageAfter(qint64 octets) { m_state->readableOctets = octets; }
    void afterNextQueueRead(std::function<void()> function) { m_state->afterQueueRead.set(std::move(function)); }

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

    [[nodiscard]] base::Result<qint64> remove(const QByteArray &mailbox, const QList<qint64> &ids) override
    {
        const std::lock_guard lock{m_state->mutex};
        if (!m_state->accounts.contains(mailbox))
            return base::ErrorCode::UserUnknown;
        qint64 octets = 0;
        for (const qint64 id : ids)
            if (const auto it = m_state->messages.find(id); it != m_state->messages.end() && it->mailboxes.remove(mailbox)) {
                octets += it->octets().size();
                m_state->removeIfOrphan(id);
            }
        return octets;
    }

    [[nodiscard]] base::Status removeEverywhere(qint64 id) override
    {
        const std::lock_guard lock{m_state->mutex};
        const auto it = m_state->messages.find(id);
        if (it == m_state->messages.end())
            return base::ErrorCode::MessageNotFound;
        m_state->messages.erase(it);
        m_state->forgetIfGone(id);
        return base::Done{};
    }

    [[nodiscard]] base::Result<int> removeOldest(qint64 keep, qint64 beforeMs, int most) override
    {
        const std::lock_guard lock{m_state->mutex};
        int removed = 0;
        for (auto it = m_state->messages.begin(); removed < most && it != m_state->messages.end();) {
            if ((keep <= 0 || m_state->messages.size() <= keep) && it->letter.receivedMs >= beforeMs)
                break;
            if (!it->owed.isEmpty()) { // What is promised elsewhere stays.
                ++it;
                continue;
            }
            it = m_state->messages.erase(it);
            ++removed;
        }
        return removed;
    }

    [[nodiscard]] base::Status settleQueue(const QList<store::QueueKey> &done) override
    {
        const std::lock_guard lock{m_state->mutex};
        m_state->settle(done);
        return base::Done{};
    }
    [[nodiscard]] base::Status retryQueue(const QList<store::QueueRetry> &retries) override
    {
        const std::lock_guard lock{m_state->mutex};
        for (const store::QueueRetry &one : retries)
            if (store::QueuedRecipient *owed = m_state->find(one.key)) {
                ++owed->attempts;
                owed->nextMs = one.nextMs;
                owed->triedMs = one.triedMs;
                owed->lastReply = one.lastReply;
                owed->lastHop = one.lastHop;
            }
        return base::Done{};
    }
    [[nodiscard]] base::Status commandQueue(store::QueueCommand command, const QList<qint64> &ids, qint64 nowMs) override
    {
        const std::lock_guard lock{m_state->mutex};
        bool isAnyThere = ids.isEmpty();
        for (const qint64 id : ids.isEmpty() ? m_state->messages.keys() : ids) {
            const auto it = m_state->messages.find(id);
            if (it == m_state->messages.end() || it->owed.isEmpty())
                continue;
            isAnyThere = true;
            for (store::QueuedRecipient &owed : it->owed)
                obey(command, owed, nowMs);
            if (command == store::QueueCommand::Delete)
                it->owed.clear();
            m_state->removeIfOrphan(id);
            m_state->forgetIfGone(id);
        }
        return isAnyThere ? base::Status{base::Done{}} : base::Status{base::ErrorCode::MessageNotFound};
    }
    [[nodiscard]] base::Status setQueuePaused(Pause pause) override
    {
        const std::lock_guard lock{m_state->mutex};
        m_state->isQueuePaused = pause == Pause::Yes;
        return base::Done{};
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
        for (const qint64 id : m_state->messages.keys())
            if (m_state->messages[id].mailboxes.remove(address)) {
                m_state->removeIfOrphan(id);
                m_state->forgetIfGone(id);
            }
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
            if (m_state->entriesToFail > 0) {
                --m_state->entriesToFail;
                return base::ErrorCode::DatabaseFailed;
            }
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
            if (offset >= m_state->readableOctets)
                return base::ErrorCode::DatabaseDamaged;
            return store::SpoolPiece{it->octets().mid(offset, store::kSpoolPieceOctets), it->octets().size()};
        }
        [[nodiscard]] base::Result<QList<store::SpoolSummary>> newest(const QByteArray &mailbox, int limit, qint64 beforeId) override
        {
            const std::lock_guard lock{m_state->mutex};
            QList<store::SpoolSummary> list;
            for (auto it = m_state->messages.cend(); it != m_state->messages.cbegin() && list.size() < limit;) {
                --it;
                if ((mailbox.isEmpty() || it->mailboxes.contains(mailbox)) && (beforeId == 0 || it.key() < beforeId))
                    list.append({it.key(), it->letter.receivedMs, it->octets().size(), it->letter.sender, it->envelope(), it->letter.marks, it->otherNames()});
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
            return store::SpoolSummary{id, it->letter.receivedMs, it->octets().size(), it->letter.sender, it->letter.recipients, it->letter.marks, it->otherNames()};
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
        [[nodiscard]] base::Result<QList<store::QueuedMessage>> queue(int limit, qint64 afterId) override
        {
            std::unique_lock lock{m_state->mutex};
            QList<store::QueuedMessage> list = m_state->queued([](const auto &) { return true; });
            list.removeIf([afterId](const store::QueuedMessage &one) { return one.id <= afterId; });
            list.resize(qMin(qsizetype{limit}, list.size()));
            lock.unlock();
            return slowly(list);
        }
        [[nodiscard]] base::Result<QList<store::QueuedMessage>> dueQueue(qint64 nowMs, int limit) override
        {
            std::unique_lock lock{m_state->mutex};
            QList<store::QueuedMessage> list = m_state->queued(
                [nowMs](const store::QueuedRecipient &one) { return one.state != store::QueueState::Held && one.nextMs <= nowMs; });
            const auto dueSince = [](const store::QueuedMessage &message) {
                return std::min_element(message.recipients.cbegin(), message.recipients.cend(), [](const auto &a, const auto &b) { return a.nextMs < b.nextMs; })->nextMs;
            };
            std::stable_sort(list.begin(), list.end(), [&](const auto &a, const auto &b) { return dueSince(a) < dueSince(b); });
            list.resize(qMin(qsizetype{limit}, list.size()));
            lock.unlock();
            return slowly(list);
        }
        [[nodiscard]] base::Result<qint64> nextDueMs(qint64 nowMs) override
        {
            const std::lock_guard lock{m_state->mutex};
            qint64 next = 0;
            for (const store::QueuedMessage &message : m_state->queued([nowMs](const auto &one) { return one.state != store::QueueState::Held && one.nextMs > nowMs; }))
                for (const store::QueuedRecipient &one : message.recipients)
                    next = next == 0 ? one.nextMs : qMin(next, one.nextMs);
            return next;
        }
        [[nodiscard]] base::Result<bool> isQueuePaused() override
        {
            const std::lock_guard lock{m_state->mutex};
            return m_state->isQueuePaused;
        }

    private:
        [[nodiscard]] QList<store::QueuedMessage> slowly(const QList<store::QueuedMessage> &list) const
        {
            if (const std::function<void()> wait = m_state->afterQueueRead.take())
                wait();
            return list;
        }

        std::shared_ptr<State> m_state;
    };

    static void obey(store::QueueCommand command, store::QueuedRecipient &owed, qint64 nowMs)
    {
        const bool isFreed = command == store::QueueCommand::Release && owed.state == store::QueueState::Held;
        if (isFreed || (command == store::QueueCommand::Flush && owed.state == store::QueueState::Waiting))
            owed.nextMs = nowMs;
        if (isFreed)
            owed.state = store::QueueState::Waiting;
        if (command == store::QueueCommand::Hold && owed.state == store::QueueState::Waiting)
            owed.state = store::QueueState::Held;
    }

    base::Result<store::SpoolReceipt> commitOne(const store::SpoolLetter &letter)
    {
        const QByteArray body = m_incoming.take(letter.id) + letter.rest;
        QList<QByteArray> recipients = letter.addressed.isEmpty() ? letter.recipients : letter.addressed;
        QMap<QByteArray, store::QueuedRecipient> owed;
        bool isOwedElsewhere = false;
        for (const store::QueuedRecipient &one : letter.order ? letter.order->recipients : QList<store::QueuedRecipient>{}) {
            if (letter.addressed.isEmpty())
                recipients.append(one.address);
            owed.insert(one.address, one);
            isOwedElsewhere = isOwedElsewhere || one.state != store::QueueState::Delivered;
        }
        std::sort(recipients.begin(), recipients.end());
        const QByteArray key = letter.sender + '\0' + recipients.join('\0') + '\0' + body;
        const auto earlier = m_state->recent.constFind(key);
        if (!letter.isCopy && earlier != m_state->recent.cend() && letter.receivedMs - earlier->second <= 24LL * 3600 * 1000)
            return store::SpoolReceipt{earlier->first, true};
        Message message{letter, body, {}, owed};
        for (const QByteArray &recipient : letter.recipients)
            if (m_state->accounts.contains(recipient))
                message.mailboxes.insert(recipient);
        if (message.mailboxes.isEmpty() && !isOwedElsewhere)
            return base::ErrorCode::UserUnknown;
        m_state->messages.insert(letter.id, message);
        for (const store::SpoolAmendment &amendment : letter.amendments) {
            if (const auto it = m_state->messages.find(amendment.id); it != m_state->messages.end()) {
                it->body = amendment.body;
                it->letter.marks = amendment.marks;
            }
        }
        if (letter.order) {
            for (const store::QueueKey &late : letter.order->tellsDelayOf)
                if (store::QueuedRecipient *one = m_state->find(late))
                    one->isDelayTold = true;
            m_state->settle(letter.order->settles);
        }
        m_state->recent.insert(key, {letter.id, letter.receivedMs});
        return store::SpoolReceipt{letter.id, false};
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
    QMap<qint64, QByteArray> m_incoming;
    std::atomic<qint64> m_lastId = 0;
};
