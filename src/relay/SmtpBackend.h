// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "net/Scram.h"
#include "relay/FaultEngine.h"
#include "relay/MonitorEvent.h"
#include "store/Spool.h"

#include <QByteArray>
#include <QByteArrayView>
#include <chrono>

namespace relay {

/// What both kinds of session ask of the connection that carries them. A port: the tests script it.
class SessionBackend
{
public:
    virtual ~SessionBackend() = default;

    virtual void send(QByteArrayView bytes) = 0;
    /// After what was sent: the TLS handshake. No byte that came before it reaches the session afterwards.
    virtual void startTls() = 0;
    /// After what was sent: the end. `why` is for the monitor.
    virtual void close(QByteArrayView why) = 0;

    /// Answered by passwordChecked() of the session, at once or later.
    virtual void checkPassword(const QByteArray &mailboxKey, const base::Secret &password) = 0;
    /// Answered by verifierFound() of the session, at once or later; with a decoy for unknown names.
    virtual void findVerifier(const QByteArray &mailboxKey) = 0;

    /// False: too many wrong passwords came from the peer's address lately. Counts none itself.
    [[nodiscard]] virtual bool mayLogIn() = 0;
    virtual void countLoginFailure() = 0;

    /// Milliseconds since the epoch, UTC.
    [[nodiscard]] virtual qint64 nowMs() const = 0;

    /// False: nobody wants events, so none are made.
    [[nodiscard]] virtual bool isWatched() const = 0;
    virtual void note(MonitorEvent::Kind kind, QByteArrayView text, qint64 octets, qint64 messageId) = 0;
    /// A line of the dialogue, secrets masked.
    void noteLine(MonitorEvent::Kind kind, QByteArrayView text)
    {
        if (isWatched())
            note(kind, text, 0, 0);
    }

    /// The rules of faults; null while there are none, which is all that they cost then.
    [[nodiscard]] virtual FaultEngine *faults() { return nullptr; }
    [[nodiscard]] virtual quint64 sessionNumber() const { return 0; }
    /// Later: delayOver() of the session.
    virtual void delay(std::chrono::milliseconds) {}
    /// Sends slowly from here on.
    virtual void drip(int octetsPerSecond) { Q_UNUSED(octetsPerSecond) }
    /// Says which rules apply now, and sends slowly if one of them wants that.
    void noteFaults(const FaultDecision &decision)
    {
        for (const FaultMark &mark : decision.marks)
            note(MonitorEvent::Kind::FaultApplied, (mark.rule + u' ' + mark.fault).toUtf8(), 0, 0);
        if (decision.octetsPerSecond > 0)
            drip(decision.octetsPerSecond);
    }
    /// The end, at once and without a word.
    virtual void drop(QByteArrayView why) { close(why); }
};

/// What an SMTP session asks beyond that.
class SmtpBackend : public SessionBackend
{
public:
    enum class Recipient {
        Unknown,
        Local,
        Elsewhere, ///< Of no domain here; the next hop would carry it.
        Full,      ///< The mailbox has no room at the moment.
        NeverFits, ///< The message is larger than the mailbox may be.
        Pending,   ///< recipientFound() of the session will tell.
    };
    struct Found {
        Recipient kind = Recipient::Unknown;
        QByteArray mailbox; ///< The key of the mailbox that gets the mail, for Local.
    };
    /// `octets` is what the sender declared, or 0.
    [[nodiscard]] virtual Found recipient(const QByteArray &mailboxKey, qint64 octets) = 0;
    /// For a message that is here: Local if some mailbox has room for it, else Full or NeverFits.
    [[nodiscard]] virtual Recipient room(const QList<QByteArray> &mailboxes, qint64 octets) = 0;
    /// Counts a message of this user (empty: nobody logged in) and this peer; false: they sent too many lately.
    [[nodiscard]] virtual bool countMessage(const QByteArray &user) = 0;
    /// Whether mail to this address comes to `user`, so that the user may send under it.
    [[nodiscard]] virtual bool isOwn(const QByteArray &user, const QByteArray &mailboxKey) = 0;

    [[nodiscard]] virtual qint64 nextMessageId() = 0;
    virtual void append(qint64 id, const QByteArray &piece) = 0;
    /// True while so much of a message waits for the disk, or of the replies for the peer, that no more should be read; resume() of the session
    /// comes when it has gone.
    [[nodiscard]] virtual bool isCongested() const = 0;
    virtual void abandon(qint64 id) = 0;
    /// Answered by committed() of the session when it is safe on disk, or is not.
    virtual void commit(store::SpoolLetter letter) = 0;
    /// Stores a letter that nobody waits for: the copies of a replay.
    virtual void commitAside(store::SpoolLetter letter) { Q_UNUSED(letter) }
};

} // namespace relay
