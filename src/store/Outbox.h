// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Operation.h"
#include "store/Message.h"

#include <QStringList>
#include <chrono>
#include <memory>
#include <optional>

namespace store {

class ClaimLock;
class Database;

/// One transmission of a letter: an envelope and exactly the octets that go out. A letter with Bcc has several.
struct EnvelopeCopy {
    QString sender;
    QStringList recipients;
    QByteArray octets;

    bool operator==(const EnvelopeCopy &) const = default;
};

/// A sealed letter on its way out.
struct Letter {
    QByteArray ownCopy;              ///< What Outbox and then Sent show; encrypted to oneself if the letter is encrypted.
    QList<EnvelopeCopy> copies;
    MessageId draft = MessageId::None; ///< Removed in the same transaction.
    std::optional<Folder> draftMustBeIn = std::nullopt; ///< If set and the draft lies elsewhere or is gone, nothing is queued: MessageNotFound.
};

/// Queued: waits for its next attempt. Sending: some process is at it. Failed: for good, the user must act.
enum class OutboxState { Queued, Sending, Failed };

/// What the Outbox folder says about a letter.
struct OutboxStatus {
    MessageId letter = MessageId::None;
    OutboxState state = OutboxState::Queued;
    int attempts = 0;
    QDateTime nextAttempt;           ///< UTC
    std::optional<base::Error> lastError;
    QStringList recipients;          ///< Those not yet served.

    bool operator==(const OutboxStatus &) const = default;
};

/// One claimed transmission.
struct OutboxClaim {
    qint64 copy = 0;
    MessageId letter = MessageId::None;
    int attempts = 0;
    EnvelopeCopy content;
};

/// Whom the peer does not take mail for, with its words.
struct RefusedRecipient {
    QString recipient;
    QByteArray reply;
    bool isForNextTransaction = false; ///< One transaction had no room for him, and others were served.

    /// The error RecipientRefused of all these, which share a fate; detail: who.
    [[nodiscard]] static base::Error errorOf(const QList<RefusedRecipient> &refused);
};

enum class CopyDone { MoreToSend, LetterSent };

/// The letters that are to go out, in the mail file of a profile. A letter is one message in Folder::Outbox plus
/// its transmissions; the last one sent moves the message to Folder::Sent in the same transaction, so it is always in exactly one place.
/// An Outbox that ends while something is claimed, with its process or without, loses its claim; the letter is then sent again with the same
/// Message-ID.
/// Thread-safe; every Operation may end with the errors of Database::opened().
class Outbox
{
public:
    explicit Outbox(std::shared_ptr<Database> database, const base::Clock &clock = base::Clock::system());

    /// Queues a letter and removes its draft, both or neither. MessageNotFound: see Letter::draftMustBeIn.
    base::Operation<MessageId> enqueue(Letter letter);
    /// The next transmission that is due, now claimed by this object; none if nothing is due.
    base::Operation<std::optional<OutboxClaim>> claim();
    /// When the next one will be due: invalid if nothing waits, the past if one is due.
    base::Operation<QDateTime> nextDue();
    /// The peer took responsibility towards everybody but `refused`. Those stay in the outbox as transmissions of their own: who was refused for
    /// now is queued again, who is for the next transaction for now, who was refused for good ends in Failed. Says whether that was the letter's last transmission.
    base::Operation<CopyDone> markSent(qint64 copy, QList<RefusedRecipient> refused = {});
    /// The attempt failed. A temporary error queues it again after backoff(), any other ends in Failed.
    base::Operation<base::Done> markFailed(qint64 copy, base::Error error);
    /// Queues a failed or waiting letter for now. MessageNotFound.
    base::Operation<base::Done> retry(MessageId letter);
    /// Makes everything that waits after a temporary error due now: the server is there again.
    base::Operation<base::Done> retryAll();
    /// Takes a letter out of the outbox into Drafts or Trash. DatabaseBusy while it is being sent; MessageNotFound.
    base::Operation<base::Done> withdraw(MessageId letter, Folder to);
    base::Operation<QList<OutboxStatus>> list();

    /// How long to wait after the given number of failed attempts: two seconds while nobody listens,
    /// growing to fifteen minutes otherwise. RFC 5321 section 4.5.4.1 speaks of relays; people wait for less.
    [[nodiscard]] static std::chrono::milliseconds backoff(int attempts, const base::Error &error);

private:
    std::shared_ptr<Database> m_database;
    std::shared_ptr<ClaimLock> m_lock;
    const base::Clock &m_clock;
};

} // namespace store
