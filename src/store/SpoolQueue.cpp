// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolQueue.h"

#include "store/Database.h"
#include "store/Sql.h"

#include <QSet>
#include <QSqlError>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace store::spoolQueue {

namespace {

/// As the column `state` has them; never renumbered.
enum Column { kWaiting = 0, kHeld = 1, kDelivered = 2 };

int toColumn(QueueState state)
{
    switch (state) {
    case QueueState::Waiting: return kWaiting;
    case QueueState::Held: return kHeld;
    case QueueState::Delivered: return kDelivered;
    }
    Q_UNREACHABLE_RETURN(kWaiting);
}

QueueState fromColumn(int column)
{
    return column == kDelivered ? QueueState::Delivered : column == kHeld ? QueueState::Held : QueueState::Waiting;
}

const QString kRecipientColumns = u"SELECT address, orcpt, notify, state, attempts, next, tried, reply, told, hop FROM queue WHERE id=?"_s;

QueuedRecipient recipientOf(const QSqlQuery &row)
{
    return {row.value(0).toByteArray(), row.value(1).toByteArray(), row.value(2).toByteArray(), fromColumn(row.value(3).toInt()), row.value(4).toInt(),
            row.value(5).toLongLong(), row.value(6).toLongLong(), row.value(7).toByteArray(), row.value(8).toBool(), row.value(9).toByteArray()};
}

/// Without its recipients.
base::Result<QueuedMessage> message(QSqlDatabase &database, qint64 id)
{
    base::Result<QSqlQuery> row = execute(database, u"SELECT m.received, m.octets, m.sender, q.envid, q.returns, q.eight_bit, q.utf8"
                                                    u" FROM message m LEFT JOIN queued q ON q.id=m.id WHERE m.id=?"_s, {id});
    if (!row)
        return row.error();
    if (!row->next()) {
        QueuedMessage lost;
        lost.id = id;
        lost.isLost = true;
        return row->lastError().isValid() ? base::Result<QueuedMessage>{Database::errorOf(row->lastError())} : lost;
    }
    return QueuedMessage{id, row->value(0).toLongLong(), row->value(1).toLongLong(), row->value(2).toByteArray(), row->value(3).toByteArray(),
                         row->value(4).toByteArray(), row->value(5).toBool(), row->value(6).toBool(), {}};
}

base::Result<QList<qint64>> idsOf(QSqlDatabase &database, const QString &statement, const QVariantList &values, qsizetype most)
{
    base::Result<QSqlQuery> rows = execute(database, statement, values);
    if (!rows)
        return rows.error();
    // Stepped through row by row: a message with a thousand recipients does not hide the others.
    QList<qint64> ids;
    QSet<qint64> known;
    while (ids.size() < most && rows->next()) {
        const qint64 id = rows->value(0).toLongLong();
        const qsizetype before = known.size();
        known.insert(id);
        if (known.size() > before)
            ids.append(id);
    }
    if (rows->lastError().isValid())
        return Database::errorOf(rows->lastError());
    return ids;
}

base::Result<QList<QueuedMessage>> messages(QSqlDatabase &database, const QList<qint64> &ids, const QString &statement, const QVariantList &more)
{
    QList<QueuedMessage> list;
    for (const qint64 id : ids) {
        base::Result<QueuedMessage> one = message(database, id);
        if (!one)
            return one.error();
        base::Result<QList<QueuedRecipient>> owed = listOf(database, statement, QVariantList{id} + more, recipientOf);
        if (!owed)
            return owed.error();
        one->recipients = std::move(*owed);
        list.append(std::move(*one));
    }
    return list;
}

base::Status forEachKey(QSqlDatabase &database, const QString &statement, const QList<QueueKey> &keys)
{
    for (const QueueKey &key : keys)
        if (base::Status status = run(database, statement, {key.id, key.address}); !status)
            return status;
    return base::Done{};
}

} // namespace

QStringList withLastHop()
{
    return {u"ALTER TABLE queue ADD COLUMN hop BLOB NOT NULL DEFAULT x''"_s};
}

QStringList tables()
{
    return {u"CREATE TABLE queued(id INTEGER PRIMARY KEY, envid BLOB NOT NULL, returns BLOB NOT NULL, eight_bit INTEGER NOT NULL, utf8 INTEGER NOT NULL)"_s,
            u"CREATE TABLE queue(id INTEGER NOT NULL, address BLOB NOT NULL, orcpt BLOB NOT NULL, notify BLOB NOT NULL, state INTEGER NOT NULL,"
            u" attempts INTEGER NOT NULL, next INTEGER NOT NULL, tried INTEGER NOT NULL, reply BLOB NOT NULL, told INTEGER NOT NULL,"
            u" PRIMARY KEY(id, address)) WITHOUT ROWID"_s,
            u"CREATE INDEX queue_due ON queue(next) WHERE state<>1"_s};
}

base::Status insert(QSqlDatabase &database, qint64 id, const SpoolOrder &order)
{
    if (order.recipients.isEmpty())
        return base::Done{};
    base::Status status = run(database, u"INSERT INTO queued VALUES(?, ?, ?, ?, ?)"_s,
                              {id, order.envelopeId, order.returns, order.hasEightBit ? 1 : 0, order.isUtf8 ? 1 : 0});
    for (const QueuedRecipient &one : order.recipients)
        if (status)
            status = run(database, u"INSERT INTO queue VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                         {id, one.address, one.originalRecipient, one.notify, toColumn(one.state), one.attempts, one.nextMs, one.triedMs, one.lastReply,
                          one.isDelayTold ? 1 : 0, one.lastHop});
    return status;
}

base::Status settle(QSqlDatabase &database, const QList<QueueKey> &keys)
{
    return forEachKey(database, u"DELETE FROM queue WHERE id=? AND address=?"_s, keys);
}

base::Status tellDelay(QSqlDatabase &database, const QList<QueueKey> &keys)
{
    return forEachKey(database, u"UPDATE queue SET told=1 WHERE id=? AND address=?"_s, keys);
}

base::Status retry(QSqlDatabase &database, const QList<QueueRetry> &retries)
{
    for (const QueueRetry &one : retries)
        if (base::Status status = run(database, u"UPDATE queue SET attempts=attempts+1, next=?, tried=?, reply=?, hop=? WHERE id=? AND address=?"_s,
                                      {one.nextMs, one.triedMs, one.lastReply, one.lastHop, one.key.id, one.key.address}); !status)
            return status;
    return base::Done{};
}

base::Result<QList<qint64>> command(QSqlDatabase &database, QueueCommand command, const QList<qint64> &ids, qint64 nowMs)
{
    QList<qint64> wanted = ids;
    if (wanted.isEmpty()) {
        const base::Result<QList<qint64>> all = idsOf(database, u"SELECT DISTINCT id FROM queue"_s, {}, std::numeric_limits<qsizetype>::max());
        if (!all)
            return all.error();
        wanted = *all;
    }
    bool isAnyThere = ids.isEmpty();
    for (const qint64 id : std::as_const(wanted)) {
        const base::Result<bool> isOwed = owes(database, id);
        if (!isOwed)
            return isOwed.error();
        isAnyThere = isAnyThere || *isOwed;
        base::Status status = base::Done{};
        switch (command) {
        case QueueCommand::Flush:
            status = run(database, u"UPDATE queue SET next=? WHERE id=? AND state=0"_s, {nowMs, id});
            break;
        case QueueCommand::Hold:
            status = run(database, u"UPDATE queue SET state=1 WHERE id=? AND state=0"_s, {id});
            break;
        case QueueCommand::Release:
            status = run(database, u"UPDATE queue SET state=0, next=? WHERE id=? AND state=1"_s, {nowMs, id});
            break;
        case QueueCommand::Delete:
            status = forget(database, id);
            break;
        }
        if (!status)
            return status.error();
    }
    if (!isAnyThere)
        return {ErrorCode::MessageNotFound, u"it is not in the queue"_s};
    return command == QueueCommand::Delete ? wanted : QList<qint64>{};
}

base::Status forget(QSqlDatabase &database, qint64 id)
{
    base::Status status = run(database, u"DELETE FROM queue WHERE id=?"_s, {id});
    return status ? run(database, u"DELETE FROM queued WHERE id=?"_s, {id}) : status;
}

base::Result<bool> hasAny(QSqlDatabase &database)
{
    const base::Result<QVariant> any = valueOf(database, u"SELECT 1 FROM queued UNION ALL SELECT 1 FROM queue LIMIT 1"_s);
    if (!any)
        return any.error();
    return any->isValid();
}

base::Status setPaused(QSqlDatabase &database, Spool::Pause pause)
{
    return run(database, u"INSERT INTO meta VALUES('queue-paused', ?) ON CONFLICT(name) DO UPDATE SET value=excluded.value"_s,
               {pause == Spool::Pause::Yes ? 1 : 0});
}

QList<QByteArray> elsewhere(const SpoolLetter &letter)
{
    QList<QByteArray> addresses;
    if (letter.order)
        for (const QueuedRecipient &one : letter.order->recipients)
            if (one.state != QueueState::Delivered)
                addresses.append(one.address);
    return addresses;
}

base::Result<bool> owes(QSqlDatabase &database, qint64 id)
{
    const base::Result<QVariant> row = valueOf(database, u"SELECT 1 FROM queue WHERE id=? LIMIT 1"_s, {id});
    if (!row)
        return row.error();
    return row->isValid();
}

base::Result<QList<QueuedMessage>> list(QSqlDatabase &database, int limit, qint64 afterId)
{
    const base::Result<QList<qint64>> ids = idsOf(database, u"SELECT DISTINCT id FROM queue WHERE id>? ORDER BY id LIMIT ?"_s, {afterId, limit}, limit);
    if (!ids)
        return ids.error();
    return messages(database, *ids, kRecipientColumns, {});
}

base::Result<QList<QueuedMessage>> due(QSqlDatabase &database, qint64 nowMs, int limit)
{
    const base::Result<QList<qint64>> ids = idsOf(database, u"SELECT q.id FROM queue q WHERE q.state<>1 AND q.next<=? AND EXISTS(SELECT 1 FROM message m WHERE m.id=q.id) ORDER BY q.next"_s, {nowMs}, limit);
    if (!ids)
        return ids.error();
    return messages(database, *ids, kRecipientColumns + u" AND state<>1 AND next<=?"_s, {nowMs});
}

base::Result<qint64> nextDueMs(QSqlDatabase &database, qint64 nowMs)
{
    const base::Result<QVariant> next = valueOf(database, u"SELECT min(next) FROM queue WHERE state<>1 AND next>?"_s, {nowMs});
    if (!next)
        return next.error();
    return next->toLongLong();
}

base::Result<bool> isPaused(QSqlDatabase &database)
{
    const base::Result<QVariant> value = valueOf(database, u"SELECT value FROM meta WHERE name='queue-paused'"_s);
    if (!value)
        return value.error();
    return value->toInt() == 1;
}

} // namespace store::spoolQueue
