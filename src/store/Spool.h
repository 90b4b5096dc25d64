// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>
#include <memory>
#include <vector>

namespace store {

/// Bodies up to this size are handed over whole; larger ones pass in pieces, so that a session's memory is bounded.
inline constexpr qsizetype kSpoolPieceOctets = 256 * 1024;

/// What a relay keeps to recognise a user by SCRAM (RFC 5802): no password, no password equivalent.
struct SpoolCredential {
    QByteArray salt;
    int iterations = 0;
    QByteArray storedKey;
    QByteArray serverKey;

    bool operator==(const SpoolCredential &) const = default;
};

/// A user and his mailbox. The address is in the form in which addresses are compared (relay::mailboxKey).
struct SpoolAccount {
    QByteArray address;
    SpoolCredential credential;

    bool operator==(const SpoolAccount &) const = default;
};

/// What a rule of faults does to a message that was stored before.
struct SpoolAmendment {
    qint64 id = 0;
    QByteArray body;
    QByteArray marks;
};

/// Another name of a mailbox, both in the form in which addresses are compared. "@example.org" catches all of its domain that nobody else has.
struct SpoolAlias {
    QByteArray name;
    QByteArray mailbox;

    bool operator==(const SpoolAlias &) const = default;
};

/// What the queue still owes one recipient of a message.
enum class QueueState {
    Waiting,   ///< For its next attempt to be carried onward.
    Held,      ///< Stopped by a person until he lets it go.
    Delivered, ///< Lies in its mailbox here; the sender asked to be told.
};
struct QueuedRecipient {
    QByteArray address;           ///< As the sender gave it.
    QByteArray originalRecipient; ///< ORCPT as it came (RFC 3461 section 4.2); may be empty.
    QByteArray notify;            ///< NOTIFY in the form of net::parseDsnNotify(); may be empty.
    QueueState state = QueueState::Waiting;
    int attempts = 0;
    qint64 nextMs = 0;            ///< When it is due; milliseconds since the epoch, UTC, as all of these.
    qint64 triedMs = 0;           ///< The last attempt; 0 before the first.
    QByteArray lastReply;         ///< What the next hop said, or why it was not reached; for a person.
    bool isDelayTold = false;     ///< The sender knows that it takes longer.
    QByteArray lastHop{};         ///< The name of the next hop of the last attempt.

    bool operator==(const QueuedRecipient &) const = default;
};

/// One recipient in the queue.
struct QueueKey {
    qint64 id = 0; ///< The message's.
    QByteArray address;

    bool operator==(const QueueKey &) const = default;
};

/// What of a letter goes through the queue; most letters have none of this.
struct SpoolOrder {
    QList<QueuedRecipient> recipients; ///< Each address once, none of them in SpoolLetter::recipients unless Delivered.
    QByteArray envelopeId;             ///< ENVID as it came.
    QByteArray returns;                ///< RET: "FULL", "HDRS" or empty.
    bool hasEightBit = false;          ///< The text has octets above 127.
    bool isUtf8 = false;               ///< Came with SMTPUTF8.
    QList<QueueKey> settles;           ///< Owed no more once this letter is committed: it is the report on them.
    QList<QueueKey> tellsDelayOf;      ///< Still owed, but isDelayTold from then on.
};

/// A message ready to be stored: what was not yet handed to append(), and its envelope.
struct SpoolLetter {
    qint64 id = 0;                ///< From nextId().
    QByteArray sender;            ///< Empty for a bounce.
    QList<QByteArray> recipients; ///< Addresses of accounts, each once.
    QByteArray trace;             ///< Return-Path and Received, with CRLF; readers get it in front of the body.
    qint64 receivedMs = 0;        ///< Milliseconds since the epoch, UTC.
    QByteArray rest;              ///< The body, or what follows the pieces that append() took.
    QByteArray marks{};           ///< Of the rules of faults that touched it, as relay::marksToJson; empty for nearly every letter.
    bool isCopy = false;          ///< Stored although the same came already.
    std::vector<SpoolAmendment> amendments{}; ///< Done with it, or not at all; what is gone by then is passed over.
    std::shared_ptr<const SpoolOrder> order = {}; ///< Null: for mailboxes here, and nobody wants a report.
    qint64 bodyOctets = 0;        ///< Of all of it, if the caller counts; the spool does by itself.
    QList<QByteArray> addressed{}; ///< What the envelope said, aliases and plus-addresses as such; with it a duplicate is told. Empty: as `recipients`.
};

struct SpoolReceipt {
    qint64 id = 0;             ///< The letter's, or the earlier one's if it was a duplicate.
    bool isDuplicate = false;  ///< The same sender, recipients and octets came within the last 24 hours, and no person deleted it since; no second copy was made.

    bool operator==(const SpoolReceipt &) const = default;
};

/// A message in a mailbox.
struct SpoolEntry {
    qint64 id = 0;
    qint64 octets = 0; ///< Trace lines and body, as read() gives them.

    bool operator==(const SpoolEntry &) const = default;
};

/// A message as the spool knows it.
struct SpoolSummary {
    qint64 id = 0;
    qint64 receivedMs = 0;
    qint64 octets = 0;
    QByteArray sender;
    QList<QByteArray> recipients;
    QByteArray marks{};           ///< As in SpoolLetter.
    QList<QByteArray> otherNames{}; ///< What the envelope said instead of `recipients`: aliases, plus-addresses, names of a catch-all.

    bool operator==(const SpoolSummary &) const = default;
};

/// A message of which something is still owed.
struct QueuedMessage {
    qint64 id = 0;
    qint64 receivedMs = 0;
    qint64 octets = 0;     ///< As read() gives them.
    QByteArray sender;
    QByteArray envelopeId;
    QByteArray returns;
    bool hasEightBit = false;
    bool isUtf8 = false;
    QList<QueuedRecipient> recipients;
    bool isLost = false;   ///< The spool was damaged: it knows who waits, and nothing of the message.

    bool operator==(const QueuedMessage &) const = default;
};

/// After an attempt that did not succeed.
struct QueueRetry {
    QueueKey key;
    qint64 nextMs = 0;
    qint64 triedMs = 0;
    QByteArray lastReply;
    QByteArray lastHop{};
};

enum class QueueCommand { Flush, Hold, Release, Delete };

struct SpoolMailbox {
    QByteArray address;
    int messages = 0;
    qint64 octets = 0;

    bool operator==(const SpoolMailbox &) const = default;
};

/// A piece of a message; small messages come in one.
struct SpoolPiece {
    QByteArray octets;
    qint64 totalOctets = 0; ///< Of the whole message.
};

/// Reads a spool from one thread. Everything it shows was committed.
class SpoolReader
{
public:
    virtual ~SpoolReader() = default;

    /// A mailbox's messages in the order of their ids. UserUnknown, DatabaseFailed, DatabaseDamaged, DatabaseBusy.
    [[nodiscard]] virtual base::Result<QList<SpoolEntry>> entries(const QByteArray &mailbox) = 0;
    /// The message from `offset` on, at most about kSpoolPieceOctets unless the whole of it is kept in one place.
    /// MessageNotFound, FileNotReadable and those of entries().
    [[nodiscard]] virtual base::Result<SpoolPiece> read(qint64 id, qint64 offset) = 0;
    /// read() for each of `ids` in their order, the first from `offset` on, the others from their beginning; cheaper than one by one.
    [[nodiscard]] virtual std::vector<base::Result<SpoolPiece>> readEach(const QList<qint64> &ids, qint64 offset)
    {
        std::vector<base::Result<SpoolPiece>> pieces;
        pieces.reserve(static_cast<std::size_t>(ids.size()));
        for (const qint64 id : ids)
            pieces.push_back(read(id, pieces.empty() ? offset : 0));
        return pieces;
    }
    /// The newest `limit` messages below `beforeId` (0: all), newest first, of one mailbox or of all (empty).
    [[nodiscard]] virtual base::Result<QList<SpoolSummary>> newest(const QByteArray &mailbox, int limit, qint64 beforeId = 0) = 0;
    /// The ids above `after` in order, at most `limit`.
    [[nodiscard]] virtual base::Result<QList<qint64>> ids(qint64 after, int limit) = 0;
    /// One message. MessageNotFound and those of entries().
    [[nodiscard]] virtual base::Result<SpoolSummary> summary(qint64 id) = 0;
    [[nodiscard]] virtual base::Result<QList<SpoolAccount>> accounts() = 0;
    /// In order of their names.
    [[nodiscard]] virtual base::Result<QList<SpoolAlias>> aliases() = 0;
    [[nodiscard]] virtual base::Result<QList<SpoolMailbox>> mailboxes() = 0;

    /// The queue from `afterId` on in the order of the ids, at most `limit` messages, each with all that it owes; lost ones, too.
    [[nodiscard]] virtual base::Result<QList<QueuedMessage>> queue(int limit, qint64 afterId = 0) = 0;
    /// What is due at `nowMs`, the longest due first, each message with its due recipients only; lost ones are never due.
    [[nodiscard]] virtual base::Result<QList<QueuedMessage>> dueQueue(qint64 nowMs, int limit) = 0;
    /// When the next of the queue is due after `nowMs`; 0: never.
    [[nodiscard]] virtual base::Result<qint64> nextDueMs(qint64 nowMs) = 0;
    [[nodiscard]] virtual base::Result<bool> isQueuePaused() = 0;
};

/// Where the relay keeps what it acknowledged: begin (nextId), append, commit(letters). A port: SqliteSpool is the
/// durable one. All functions but nextId() and generation() are called on one thread, the writer's.
class Spool
{
public:
    virtual ~Spool() = default;

    /// Begins a message: a number that was never given before and grows. Any thread.
    [[nodiscard]] virtual qint64 nextId() = 0;
    /// Distinguishes this spool from one that was made anew at the same place; 8 printable octets. Any thread.
    [[nodiscard]] virtual QByteArray generation() const = 0;

    /// Takes a piece of the body of message `id` in order; not durable before its commit. DiskFull, ReadOnly, FileNotWritable.
    [[nodiscard]] virtual base::Status append(qint64 id, QByteArrayView piece) = 0;
    /// Forgets what append() took for `id`. Harmless for an unknown id.
    virtual void abandon(qint64 id) = 0;
    /// Stores all `letters` in one transaction; when it returns, what it says is true after a power cut. One outcome for each letter:
    /// a receipt, or UserUnknown (none of its recipients is left, here or elsewhere), DiskFull, ReadOnly, DatabaseBusy, DatabaseDamaged, DatabaseFailed.
    [[nodiscard]] virtual std::vector<base::Result<SpoolReceipt>> commit(const std::vector<SpoolLetter> &letters) = 0;

    /// Takes messages out of a mailbox, durably; ids that are not there are no error. How many octets went. UserUnknown and those of commit().
    [[nodiscard]] virtual base::Result<qint64> remove(const QByteArray &mailbox, const QList<qint64> &ids) = 0;
    /// Takes a message out of every mailbox. MessageNotFound and those of commit().
    [[nodiscard]] virtual base::Status removeEverywhere(qint64 id) = 0;
    /// Takes messages out of every mailbox, oldest first and at most `most` at once: those beyond the newest `keep` (0: any number
    /// stays) and those that came before `beforeMs` (0: any age). How many went, and the codes of commit().
    [[nodiscard]] virtual base::Result<int> removeOldest(qint64 keep, qint64 beforeMs, int most) = 0;

    /// Takes what was done off the queue; a message that owes nothing and lies in no mailbox goes. Those of commit(), as all of the queue.
    [[nodiscard]] virtual base::Status settleQueue(const QList<QueueKey> &done) = 0;
    [[nodiscard]] virtual base::Status retryQueue(const QList<QueueRetry> &retries) = 0;
    /// A person's wish for the messages `ids`, or for all if there are none. MessageNotFound: none of `ids` is in the queue.
    [[nodiscard]] virtual base::Status commandQueue(QueueCommand command, const QList<qint64> &ids, qint64 nowMs) = 0;
    /// While paused, nothing is carried onward; durable.
    enum class Pause { No, Yes };
    [[nodiscard]] virtual base::Status setQueuePaused(Pause pause) = 0;

    /// UserExists (an alias of this name counts too) and those of commit().
    [[nodiscard]] virtual base::Status addAccount(const SpoolAccount &account) = 0;
    /// Makes the account or replaces its credential.
    [[nodiscard]] virtual base::Status setAccount(const SpoolAccount &account) = 0;
    /// Makes the alias or gives it to another mailbox. UserUnknown (no such mailbox), UserExists (a mailbox bears the name) and those of commit().
    [[nodiscard]] virtual base::Status setAlias(const SpoolAlias &alias) = 0;
    /// UserUnknown and those of commit().
    [[nodiscard]] virtual base::Status removeAlias(const QByteArray &name) = 0;
    /// With its mailbox and its aliases. UserUnknown and those of commit().
    [[nodiscard]] virtual base::Status removeAccount(const QByteArray &address) = 0;

    /// For one other thread, on which it must be used and destroyed, before the spool.
    [[nodiscard]] virtual base::Result<std::unique_ptr<SpoolReader>> makeReader() = 0;
};

} // namespace store
