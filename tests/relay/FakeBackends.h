// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Pop3Session.h"
#include "relay/SmtpSession.h"

#include <QHash>
#include <QSet>
#include <functional>

/// What a session says and wishes, noted down; and the answers, given at once unless a test holds them back.
template <typename Port>
class FakeBackend : public Port
{
public:
    QByteArray out;
    bool isClosed = false;
    bool wantsTls = false;
    QHash<QByteArray, QByteArray> passwords;
    QList<relay::MonitorEvent> events;
    bool isWatching = false;
    bool isLockedOut = false;
    int loginFailures = 0;
    qint64 now = 1'795'000'000'000;

    std::function<void()> onSend;
    relay::FaultEngine engine;
    std::chrono::milliseconds delayed{0};
    int octetsPerSecond = 0;
    bool isDropped = false;

    void setFaults(const QByteArray &rules) { engine.setPlan(*relay::FaultPlan::fromJson("{\"rules\": [" + rules + "]}"), now); }
    [[nodiscard]] relay::FaultEngine *faults() override { return engine.isIdle() ? nullptr : &engine; }
    [[nodiscard]] quint64 sessionNumber() const override { return 1; }
    void delay(std::chrono::milliseconds time) override { delayed += time; }
    void drip(int rate) override { octetsPerSecond = rate; }
    void drop(QByteArrayView) override { isDropped = true; }

    void send(QByteArrayView bytes) override
    {
        out.append(bytes);
        if (onSend)
            onSend();
    }
    void startTls() override { wantsTls = true; }
    void close(QByteArrayView) override { isClosed = true; }
    [[nodiscard]] virtual net::ScramVerifier verifier(const QByteArray &key)
    {
        return passwords.contains(key) ? *net::makeScramVerifier(base::Secret{passwords[key]}, 4096) : net::decoyVerifier(key, "decoy");
    }
    [[nodiscard]] bool mayLogIn() override { return !isLockedOut; }
    void countLoginFailure() override { ++loginFailures; }
    [[nodiscard]] qint64 nowMs() const override { return now; }
    [[nodiscard]] bool isWatched() const override { return isWatching; }
    void note(relay::MonitorEvent::Kind kind, QByteArrayView text, qint64 octets, qint64 messageId) override
    {
        events.append({1, kind, relay::Protocol::Smtp, now, text.toByteArray(), octets, messageId});
    }
    [[nodiscard]] bool isRight(const QByteArray &key, const base::Secret &password) const
    {
        return passwords.contains(key) && base::Secret{passwords[key]} == password;
    }
    /// What was said since the last time, a line a string.
    [[nodiscard]] QByteArrayList takeLines()
    {
        QByteArrayList lines = std::exchange(out, {}).split('\n');
        lines.removeLast();
        for (QByteArray &line : lines)
            line.chop(1);
        return lines;
    }
};

class FakeSmtpBackend : public FakeBackend<relay::SmtpBackend>
{
public:
    relay::SmtpSession *session = nullptr;
    QSet<QByteArray> mailboxes{"bob@example.org", "alice@example.org"};
    QHash<QByteArray, QByteArray> aliases;
    qint64 quota = 1LL << 40;
    qint64 roomOctets = 1LL << 40;
    int messagesLeft = 1000;
    QList<store::SpoolLetter> letters;
    QHash<qint64, QByteArray> pieces;
    QList<qint64> abandoned;
    base::Result<store::SpoolReceipt> outcome = store::SpoolReceipt{1, false};
    bool holdsCommits = false;
    bool holdsRecipients = false;
    bool isFull = false;
    bool carriesOnward = false;

    void findVerifier(const QByteArray &key) override { session->verifierFound(verifier(key)); }
    void checkPassword(const QByteArray &key, const base::Secret &password) override { session->passwordChecked(isRight(key, password)); }
    [[nodiscard]] Found recipient(const QByteArray &key, qint64 octets) override
    {
        if (holdsRecipients)
            return {Recipient::Pending, {}};
        if (key.endsWith("@elsewhere.org") && carriesOnward)
            return {Recipient::Elsewhere, {}};
        const QByteArray mailbox = aliases.value(key, key);
        if (!mailboxes.contains(mailbox))
            return {};
        return {room({mailbox}, octets), mailbox};
    }
    [[nodiscard]] Recipient room(const QList<QByteArray> &, qint64 octets) override
    {
        return octets > quota ? Recipient::NeverFits : octets > roomOctets ? Recipient::Full : Recipient::Local;
    }
    [[nodiscard]] bool countMessage(const QByteArray &) override { return --messagesLeft >= 0; }
    [[nodiscard]] bool isOwn(const QByteArray &user, const QByteArray &key) override { return aliases.value(key, key) == user; }
    [[nodiscard]] qint64 nextMessageId() override { return ++m_lastId; }
    void append(qint64 id, const QByteArray &piece) override { pieces[id] += piece; }
    [[nodiscard]] bool isCongested() const override { return isFull; }
    void abandon(qint64 id) override
    {
        pieces.remove(id);
        abandoned.append(id);
    }
    QList<store::SpoolLetter> aside;
    void commitAside(store::SpoolLetter letter) override { aside.append(letter); }
    void commit(store::SpoolLetter letter) override
    {
        letters.append(letter);
        if (!holdsCommits)
            session->committed(outcome);
    }
    [[nodiscard]] QByteArray body(int index) const { return pieces.value(letters[index].id) + letters[index].rest; }

private:
    qint64 m_lastId = 0;
};

/// A session with its backend, started and past its greeting.
struct SmtpDialogue {
    explicit SmtpDialogue(relay::SmtpSettings given = {}, relay::Peer peer = {"127.0.0.1", true, {}}, const QByteArray &faults = {})
        : settings(std::move(given)), session(settings, std::move(peer), backend)
    {
        backend.session = &session;
        backend.setFaults(faults);
        session.start();
        greeting = backend.out;
        backend.out.clear();
    }

    /// The lines that answer `text`.
    QByteArrayList say(QByteArrayView text)
    {
        session.receive(text);
        return backend.takeLines();
    }
    /// Up to the point where DATA may be said.
    void beginMessage(QByteArrayView mailParameters = {})
    {
        say(QByteArray{"EHLO client\r\nMAIL FROM:<alice@example.org>"}.append(mailParameters).append("\r\nRCPT TO:<bob@example.org>\r\n"));
    }

    relay::SmtpSettings settings;
    FakeSmtpBackend backend;
    relay::SmtpSession session;
    QByteArray greeting;
};

class FakePop3Backend : public FakeBackend<relay::Pop3Backend>
{
public:
    relay::Pop3Session *session = nullptr;
    QList<QByteArray> messages; ///< Their ids are 1, 2, 3, ...
    QList<qint64> removed;
    base::Status removal = base::Done{};
    base::Status opening = base::Done{};
    bool holdsPieces = false;
    bool isFull = false;
    qsizetype pieceOctets = store::kSpoolPieceOctets;
    int reads = 0;

    void findVerifier(const QByteArray &key) override { session->verifierFound(verifier(key)); }
    void checkPassword(const QByteArray &key, const base::Secret &password) override { session->passwordChecked(isRight(key, password)); }
    void openMailbox(const QByteArray &) override
    {
        if (!opening)
            return session->mailboxOpened(opening.error());
        QList<store::SpoolEntry> entries;
        for (qsizetype i = 0; i < messages.size(); ++i)
            entries.append({i + 1, messages[i].size()});
        session->mailboxOpened(entries);
    }
    void readMessages(const QList<qint64> &ids, qint64 offset) override
    {
        ++reads;
        QList<qint64> order = ids.sliced(1);
        order.append(ids.first());
        for (const qint64 id : order)
            if (!holdsPieces)
                session->pieceRead(id, store::SpoolPiece{messages[id - 1].mid(id == ids.first() ? offset : 0, pieceOctets), messages[id - 1].size()});
    }
    void deleteMessages(const QByteArray &, const QList<qint64> &ids) override
    {
        removed = ids;
        session->deleted(removal);
    }
    [[nodiscard]] bool isCongested() const override { return isFull; }
};

struct Pop3Dialogue {
    explicit Pop3Dialogue(QList<QByteArray> messages = {}, relay::Pop3Settings given = {"localhost", {}, false, "spool"},
                          relay::Peer peer = {"127.0.0.1", true, {}})
        : settings(std::move(given)), session(settings, std::move(peer), backend)
    {
        backend.session = &session;
        backend.passwords["bob@example.org"] = "secret";
        backend.messages = std::move(messages);
        session.start();
        backend.out.clear();
    }

    QByteArrayList say(QByteArrayView text)
    {
        session.receive(text);
        return backend.takeLines();
    }
    void logIn() { say("USER bob@example.org\r\nPASS secret\r\n"); }

    relay::Pop3Settings settings;
    FakePop3Backend backend;
    relay::Pop3Session session;
};
