// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Outbox.h"

#include "store/ClaimLock.h"
#include "store/Database.h"
#include "store/MailRows.h"
#include "store/Sql.h"

#include <QTimeZone>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

namespace {

using std::chrono::milliseconds;

// RFC 5322 has no line ends in an address.
constexpr QChar kBetweenRecipients{u'\n'};

qint64 number(MessageId id)
{
    return static_cast<qint64>(id);
}

int number(OutboxState state)
{
    return static_cast<int>(state);
}

base::Status insertCopy(QSqlDatabase &database, MessageId letter, const EnvelopeCopy &copy, const QDateTime &now)
{
    return run(database, u"INSERT INTO outbox (letter, sender, recipients, octets, state, attempts, next_attempt, owner, error_code, error_detail, error_reply)"
        " VALUES (?,?,?,?,?,0,?,'','','',x'')"_s,
        {number(letter), copy.sender, copy.recipients.join(kBetweenRecipients), copy.octets, number(OutboxState::Queued), now.toMSecsSinceEpoch()});
}

base::Result<MessageId> insertLetter(QSqlDatabase &database, const Letter &letter, const QDateTime &now)
{
    if (letter.copies.isEmpty())
        return {base::ErrorCode::InvalidArgument, u"a letter without transmissions"_s};
    if (letter.draftMustBeIn) {
        const base::Result<QVariant> folder = valueOf(database, u"SELECT folder FROM message WHERE id=?"_s, {number(letter.draft)});
        if (!folder)
            return folder.error();
        if (!folder->isValid() || Folder{folder->toInt()} != *letter.draftMustBeIn)
            return base::ErrorCode::MessageNotFound;
    }
    MessageSummary row = summarise(letter.ownCopy);
    row.folder = Folder::Outbox;
    row.received = now;
    row.flags |= Flag::Read;
    const base::Result<MessageId> id = insertMessage(database, row, letter.ownCopy);
    if (!id)
        return id;
    for (const EnvelopeCopy &copy : letter.copies) {
        if (const base::Status status = insertCopy(database, *id, copy, now); !status)
            return status.error();
    }
    if (letter.draft != MessageId::None) {
        if (const base::Status status = removeMessage(database, letter.draft); !status)
            return status.error();
    }
    return id;
}

/// Who has something in hand no more: a program that was killed cannot give it back.
base::Result<QStringList> lostOwners(QSqlDatabase &database, const ClaimLock &lock)
{
    QStringList lost;
    const base::Status read = forEachRow(database, u"SELECT DISTINCT owner FROM outbox WHERE state=?"_s, {number(OutboxState::Sending)}, [&](const QSqlQuery &row) {
        if (const QString owner = row.value(0).toString(); !lock.isHeld(owner))
            lost += owner;
    });
    if (!read)
        return read.error();
    return lost;
}

/// Whoever comes next gives it back.
base::Status releaseOrphans(QSqlDatabase &database, const ClaimLock &lock)
{
    const base::Result<QStringList> lost = lostOwners(database, lock);
    if (!lost)
        return lost.error();
    for (const QString &owner : *lost) {
        if (const base::Status status = run(database, u"UPDATE outbox SET state=?, owner='' WHERE state=? AND owner=?"_s,
                                            {number(OutboxState::Queued), number(OutboxState::Sending), owner}); !status)
            return status;
    }
    return base::Done{};
}

base::Result<std::optional<OutboxClaim>> claimNext(QSqlDatabase &database, ClaimLock &lock, const QDateTime &now)
{
    const base::Result<QString> owner = lock.token();
    if (!owner)
        return owner.error();
    if (const base::Status status = releaseOrphans(database, lock); !status)
        return status.error();
    base::Result<QSqlQuery> query = execute(database, u"SELECT id, letter, attempts, sender, recipients, octets FROM outbox"
        " WHERE state=? AND next_attempt<=? AND letter IN (SELECT id FROM message WHERE folder=?) ORDER BY id LIMIT 1"_s,
        {number(OutboxState::Queued), now.toMSecsSinceEpoch(), static_cast<int>(Folder::Outbox)});
    if (!query)
        return query.error();
    if (!query->next())
        return std::optional<OutboxClaim>{};
    OutboxClaim claim;
    claim.copy = query->value(0).toLongLong();
    claim.letter = MessageId{query->value(1).toLongLong()};
    claim.attempts = query->value(2).toInt();
    claim.content = {query->value(3).toString(), query->value(4).toString().split(kBetweenRecipients), query->value(5).toByteArray()};
    query->finish();
    if (const base::Status status = run(database, u"UPDATE outbox SET state=?, owner=? WHERE id=?"_s,
                                        {number(OutboxState::Sending), *owner, claim.copy}); !status)
        return status.error();
    return std::optional{claim};
}

/// The last transmission done: the letter is in Sent, in the same transaction.
base::Result<CopyDone> finishCopy(QSqlDatabase &database, qint64 copy)
{
    const base::Result<QVariant> letter = valueOf(database, u"SELECT letter FROM outbox WHERE id=?"_s, {copy});
    if (!letter)
        return letter.error();
    if (const base::Status status = run(database, u"DELETE FROM outbox WHERE id=?"_s, {copy}); !status)
        return status.error();
    const base::Result<QSqlQuery> moved = execute(database, u"UPDATE message SET folder=? WHERE id=? AND folder=? AND NOT EXISTS"
        " (SELECT 1 FROM outbox WHERE letter=message.id)"_s, {static_cast<int>(Folder::Sent), *letter, static_cast<int>(Folder::Outbox)});
    if (!moved)
        return moved.error();
    return moved->numRowsAffected() > 0 ? CopyDone::LetterSent : CopyDone::MoreToSend;
}

base::Status noteFailure(QSqlDatabase &database, qint64 copy, const base::Error &error, const QDateTime &now)
{
    const base::Result<QVariant> before = valueOf(database, u"SELECT attempts FROM outbox WHERE id=?"_s, {copy});
    if (!before)
        return before.error();
    const int attempts = before->toInt() + 1;
    const bool isTemporary = error.isTemporary() || error.code == base::ErrorCode::Cancelled;
    const QDateTime next = now.addMSecs(Outbox::backoff(attempts, error).count());
    return run(database, u"UPDATE outbox SET state=?, owner='', attempts=?, next_attempt=?, error_code=?, error_detail=?, error_reply=? WHERE id=?"_s,
        {number(isTemporary ? OutboxState::Queued : OutboxState::Failed), attempts, next.toMSecsSinceEpoch(),
         QString::fromLatin1(base::nameOf(error.code)), error.detail, error.reply, copy});
}

/// Makes a transmission of its own for `refused`, who share a fate, out of the one that was tried.
base::Result<qint64> splitOff(QSqlDatabase &database, qint64 copy, const QList<RefusedRecipient> &refused)
{
    QStringList recipients;
    for (const RefusedRecipient &one : refused)
        recipients += one.recipient;
    const base::Result<QSqlQuery> made = execute(database, u"INSERT INTO outbox (letter, sender, recipients, octets, state, attempts, next_attempt, owner,"
        " error_code, error_detail, error_reply) SELECT letter, sender, ?, octets, state, attempts, next_attempt, '', '', '', x'' FROM outbox WHERE id=?"_s,
        {recipients.join(kBetweenRecipients), copy});
    if (!made)
        return made.error();
    return made->lastInsertId().toLongLong();
}

base::Status keepRefused(QSqlDatabase &database, qint64 copy, const QList<RefusedRecipient> &refused, const QDateTime &now)
{
    if (refused.isEmpty())
        return base::Done{};
    const base::Result<qint64> made = splitOff(database, copy, refused);
    return made ? noteFailure(database, *made, RefusedRecipient::errorOf(refused), now) : made.error();
}

/// Nobody failed: the pause after a failure doubles, and the last of a thousand recipients would wait for hours.
base::Status keepForNextTransaction(QSqlDatabase &database, qint64 copy, const QList<RefusedRecipient> &left, const QDateTime &now)
{
    if (left.isEmpty())
        return base::Done{};
    const base::Result<qint64> made = splitOff(database, copy, left);
    if (!made)
        return made.error();
    return run(database, u"UPDATE outbox SET state=?, next_attempt=? WHERE id=?"_s, {number(OutboxState::Queued), now.toMSecsSinceEpoch(), *made});
}

base::Status keepRefusedByFate(QSqlDatabase &database, qint64 copy, const QList<RefusedRecipient> &refused, const QDateTime &now)
{
    QList<RefusedRecipient> forNext, forNow, forGood;
    for (const RefusedRecipient &one : refused)
        (one.isForNextTransaction ? forNext : RefusedRecipient::errorOf({one}).isTemporary() ? forNow : forGood) += one;
    if (const base::Status kept = keepForNextTransaction(database, copy, forNext, now); !kept)
        return kept;
    const base::Status kept = keepRefused(database, copy, forNow, now);
    return kept ? keepRefused(database, copy, forGood, now) : kept;
}

/// MessageNotFound, or DatabaseBusy while some process is sending the letter.
base::Status checkIdle(QSqlDatabase &database, const ClaimLock &lock, MessageId letter)
{
    if (const base::Status status = releaseOrphans(database, lock); !status)
        return status;
    const base::Result<QVariant> exists = valueOf(database, u"SELECT 1 FROM message WHERE id=? AND folder IN (?,?)"_s,
        {number(letter), static_cast<int>(Folder::Outbox), static_cast<int>(Folder::Waiting)});
    if (!exists)
        return exists.error();
    if (!exists->isValid())
        return base::ErrorCode::MessageNotFound;
    const base::Result<QVariant> sending = valueOf(database, u"SELECT 1 FROM outbox WHERE letter=? AND state=?"_s, {number(letter), number(OutboxState::Sending)});
    if (!sending)
        return sending.error();
    if (sending->isValid())
        return {base::ErrorCode::DatabaseBusy, u"the letter is being sent just now"_s};
    return base::Done{};
}

/// How far a letter is: what needs the user most stands for the whole.
OutboxState worse(OutboxState a, OutboxState b)
{
    constexpr OutboxState kOrder[] = {OutboxState::Failed, OutboxState::Sending, OutboxState::Queued};
    return *std::min(std::find(std::begin(kOrder), std::end(kOrder), a), std::find(std::begin(kOrder), std::end(kOrder), b));
}

void addCopy(QList<OutboxStatus> &letters, const QSqlQuery &query)
{
    const MessageId letter{query.value(0).toLongLong()};
    const OutboxState state{query.value(1).toInt()};
    if (letters.isEmpty() || letters.last().letter != letter)
        letters += OutboxStatus{letter, state, 0, {}, {}, {}};
    OutboxStatus &status = letters.last();
    const bool hadFailed = status.state == OutboxState::Failed && status.lastError;
    status.state = worse(status.state, state);
    status.attempts = std::max(status.attempts, query.value(2).toInt());
    const QDateTime next = QDateTime::fromMSecsSinceEpoch(query.value(3).toLongLong(), QTimeZone::UTC);
    if (!status.nextAttempt.isValid() || next < status.nextAttempt)
        status.nextAttempt = next;
    const base::ErrorCode code = base::errorCodeNamed(query.value(4).toString());
    const QString detail = query.value(5).toString();
    if (hadFailed && state == OutboxState::Failed && code == base::ErrorCode::RecipientRefused && status.lastError->code == code)
        status.lastError->detail += u", "_s + detail;
    else if (code != base::ErrorCode::Unknown && (!status.lastError || state == OutboxState::Failed))
        status.lastError = base::Error{code, detail, {}, query.value(6).toByteArray()};
    status.recipients += query.value(7).toString().split(kBetweenRecipients);
}

} // namespace

base::Error RefusedRecipient::errorOf(const QList<RefusedRecipient> &refused)
{
    QStringList who;
    for (const RefusedRecipient &one : refused)
        who += one.recipient;
    return {base::ErrorCode::RecipientRefused, who.join(u", "_s), {}, refused.isEmpty() ? QByteArray{} : refused.first().reply};
}

Outbox::Outbox(std::shared_ptr<Database> database, const base::Clock &clock)
    : m_database(std::move(database)), m_lock(std::make_shared<ClaimLock>(m_database->path())), m_clock(clock)
{
}

base::Operation<MessageId> Outbox::enqueue(Letter letter)
{
    return m_database->write([letter = std::move(letter), now = m_clock.now()](QSqlDatabase &database) { return insertLetter(database, letter, now); });
}

base::Operation<std::optional<OutboxClaim>> Outbox::claim()
{
    return m_database->write([lock = m_lock, now = m_clock.now()](QSqlDatabase &database) { return claimNext(database, *lock, now); });
}

base::Operation<QDateTime> Outbox::nextDue()
{
    return m_database->read([lock = m_lock](QSqlDatabase &database) -> base::Result<QDateTime> {
        // Due is what claim() gives back, too.
        const base::Result<QStringList> lost = lostOwners(database, *lock);
        if (!lost)
            return lost.error();
        if (!lost->isEmpty())
            return QDateTime::fromMSecsSinceEpoch(0, QTimeZone::UTC);
        const base::Result<QVariant> next = valueOf(database, u"SELECT min(next_attempt) FROM outbox WHERE state=?"
            " AND letter IN (SELECT id FROM message WHERE folder=?)"_s, {number(OutboxState::Queued), static_cast<int>(Folder::Outbox)});
        if (!next)
            return next.error();
        return next->isNull() ? QDateTime{} : QDateTime::fromMSecsSinceEpoch(next->toLongLong(), QTimeZone::UTC);
    });
}

base::Operation<CopyDone> Outbox::markSent(qint64 copy, QList<RefusedRecipient> refused)
{
    return m_database->write([copy, refused = std::move(refused), now = m_clock.now()](QSqlDatabase &database) -> base::Result<CopyDone> {
        if (const base::Status kept = keepRefusedByFate(database, copy, refused, now); !kept)
            return kept.error();
        return finishCopy(database, copy);
    });
}

base::Operation<base::Done> Outbox::markFailed(qint64 copy, base::Error error)
{
    return m_database->write([copy, error = std::move(error), now = m_clock.now()](QSqlDatabase &database) { return noteFailure(database, copy, error, now); });
}

base::Operation<base::Done> Outbox::retry(MessageId letter)
{
    return m_database->write([letter, lock = m_lock, now = m_clock.now()](QSqlDatabase &database) -> base::Status {
        if (const base::Status status = checkIdle(database, *lock, letter); !status)
            return status.error().code == base::ErrorCode::DatabaseBusy ? base::Status{base::Done{}} : status;
        return run(database, u"UPDATE outbox SET state=?, next_attempt=? WHERE letter=?"_s, {number(OutboxState::Queued), now.toMSecsSinceEpoch(), number(letter)});
    });
}

base::Operation<base::Done> Outbox::retryAll()
{
    return m_database->write([now = m_clock.now()](QSqlDatabase &database) {
        return run(database, u"UPDATE outbox SET next_attempt=? WHERE state=? AND next_attempt>?"_s,
                   {now.toMSecsSinceEpoch(), number(OutboxState::Queued), now.toMSecsSinceEpoch()});
    });
}

base::Operation<base::Done> Outbox::withdraw(MessageId letter, Folder to)
{
    return m_database->write([letter, lock = m_lock, to](QSqlDatabase &database) -> base::Status {
        if (const base::Status status = checkIdle(database, *lock, letter); !status)
            return status;
        if (const base::Status status = run(database, u"DELETE FROM outbox WHERE letter=?"_s, {number(letter)}); !status)
            return status;
        return run(database, u"UPDATE message SET folder=? WHERE id=?"_s, {static_cast<int>(to), number(letter)});
    });
}

base::Operation<QList<OutboxStatus>> Outbox::list()
{
    return m_database->read([](QSqlDatabase &database) -> base::Result<QList<OutboxStatus>> {
        QList<OutboxStatus> letters;
        const base::Status read = forEachRow(database, u"SELECT letter, state, attempts, next_attempt, error_code, error_detail, error_reply, recipients"
            " FROM outbox ORDER BY letter, id"_s, {}, [&letters](const QSqlQuery &row) { addCopy(letters, row); });
        if (!read)
            return read.error();
        return letters;
    });
}

milliseconds Outbox::backoff(int attempts, const base::Error &error)
{
    using namespace std::chrono_literals;
    // Nobody listens: asking costs nothing, and the user has perhaps just pressed Start.
    if (error.code == base::ErrorCode::ConnectionRefused || error.code == base::ErrorCode::Cancelled)
        return 2s;
    const int doublings = std::clamp(attempts - 1, 0, 7);
    return std::min<milliseconds>(10s * (1 << doublings), 15min);
}

} // namespace store
