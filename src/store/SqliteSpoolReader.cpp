// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SqliteSpoolReader.h"

#include "store/Database.h"
#include "store/SpoolAliases.h"
#include "store/SpoolQueue.h"
#include "store/SpoolSchema.h"
#include "store/Sql.h"

#include <QFile>
#include <QSqlError>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace store {

namespace {

const QString kSummaryColumns =
    u"SELECT m.id, m.received, m.octets, m.sender, m.recipients, (SELECT marks FROM fault WHERE id=m.id), (SELECT names FROM other_name WHERE id=m.id) FROM "_s;

SpoolSummary summaryOf(const QSqlQuery &row)
{
    const QByteArray names = row.value(6).toByteArray();
    return {row.value(0).toLongLong(), row.value(1).toLongLong(), row.value(2).toLongLong(),
            row.value(3).toByteArray(), row.value(4).toByteArray().split('\n'), row.value(5).toByteArray(),
            names.isEmpty() ? QList<QByteArray>{} : names.split('\n')};
}

} // namespace

SqliteSpoolReader::~SqliteSpoolReader()
{
    m_readQuery.reset();
    m_database = {};
    if (!m_connection.isEmpty())
        QSqlDatabase::removeDatabase(m_connection);
}

base::Status SqliteSpoolReader::ensureOpen()
{
    if (m_database.isOpen())
        return base::Done{};
    if (m_connection.isEmpty())
        m_connection = uniqueConnectionName();
    base::Result<QSqlDatabase> database = openSpoolConnection(m_directory + u"/spool.sqlite"_s, m_connection, SpoolAccess::ReadOnly);
    if (!database)
        return database.error();
    m_database = *database;
    return base::Done{};
}

base::Result<QList<SpoolEntry>> SqliteSpoolReader::entries(const QByteArray &mailbox)
{
    if (base::Status status = ensureOpen(); !status)
        return status.error();
    const base::Result<QVariant> account = valueOf(m_database, u"SELECT id FROM account WHERE address=?"_s, {mailbox});
    if (!account)
        return account.error();
    if (!account->isValid())
        return {ErrorCode::UserUnknown, QString::fromUtf8(mailbox)};
    return listOf(m_database, u"SELECT id, octets FROM delivery WHERE account=? ORDER BY id"_s, {*account},
                  [](const QSqlQuery &row) { return SpoolEntry{row.value(0).toLongLong(), row.value(1).toLongLong()}; });
}

base::Result<SpoolPiece> SqliteSpoolReader::read(qint64 id, qint64 offset)
{
    if (base::Status status = ensureOpen(); !status)
        return status.error();
    if (!m_readQuery) {
        m_readQuery = std::make_unique<QSqlQuery>(m_database);
        m_readQuery->setForwardOnly(true);
        if (!m_readQuery->prepare(u"SELECT octets, in_file, trace, body FROM message WHERE id=?"_s))
            return Database::errorOf(m_readQuery->lastError());
    }
    m_readQuery->bindValue(0, id);
    if (!m_readQuery->exec())
        return Database::errorOf(m_readQuery->lastError());
    if (!m_readQuery->next()) {
        const QSqlError error = m_readQuery->lastError();
        return error.isValid() ? base::Result<SpoolPiece>{Database::errorOf(error)} : base::Result<SpoolPiece>{ErrorCode::MessageNotFound};
    }
    const qint64 total = m_readQuery->value(0).toLongLong();
    const bool isInFile = m_readQuery->value(1).toBool();
    QByteArray octets = m_readQuery->value(2).toByteArray();
    if (!isInFile) {
        const QByteArray body = m_readQuery->value(3).toByteArray();
        octets.reserve(octets.size() + body.size());
        octets += body;
    }
    // An open statement would keep its snapshot and hinder checkpoints.
    m_readQuery->finish();
    if (isInFile)
        return readFromFile(id, offset, octets, total);
    if (octets.size() != total)
        return {ErrorCode::DatabaseDamaged, u"message %1 has another size than noted"_s.arg(id)};
    return SpoolPiece{offset == 0 ? octets : octets.mid(offset), total};
}

/// In one transaction: SQLite locks its log and looks at the file's size once for all. What was refused that is read without.
std::vector<base::Result<SpoolPiece>> SqliteSpoolReader::readEach(const QList<qint64> &ids, qint64 offset)
{
    const bool isBegun = ids.size() > 1 && ensureOpen() && run(m_database, u"BEGIN"_s);
    std::vector<base::Result<SpoolPiece>> pieces = SpoolReader::readEach(ids, offset);
    if (isBegun)
        (void)run(m_database, u"COMMIT"_s);
    return pieces;
}

base::Result<SpoolPiece> SqliteSpoolReader::readFromFile(qint64 id, qint64 offset, const QByteArray &trace, qint64 totalOctets) const
{
    QFile file{spoolBodyFile(m_directory, id)};
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {ErrorCode::FileNotReadable, file.errorString()};
    if (file.size() + trace.size() != totalOctets)
        return {ErrorCode::DatabaseDamaged, u"the body of message %1 has another size than noted"_s.arg(id)};
    if (offset < trace.size())
        return SpoolPiece{trace.mid(offset) + file.read(kSpoolPieceOctets), totalOctets};
    if (!file.seek(offset - trace.size()))
        return {ErrorCode::FileNotReadable, file.errorString()};
    return SpoolPiece{file.read(kSpoolPieceOctets), totalOctets};
}

base::Result<QList<SpoolSummary>> SqliteSpoolReader::newest(const QByteArray &mailbox, int limit, qint64 beforeId)
{
    if (base::Status status = ensureOpen(); !status)
        return status.error();
    const qint64 before = beforeId > 0 ? beforeId : std::numeric_limits<qint64>::max();
    if (mailbox.isEmpty())
        return listOf(m_database, kSummaryColumns + u"message m WHERE m.id<? ORDER BY m.id DESC LIMIT ?"_s, {before, limit}, summaryOf);
    return listOf(m_database, kSummaryColumns + u"delivery d JOIN message m ON m.id=d.id WHERE d.account=(SELECT id FROM account WHERE address=?)"
                                                u" AND d.id<? ORDER BY d.id DESC LIMIT ?"_s, {mailbox, before, limit}, summaryOf);
}

base::Result<QList<qint64>> SqliteSpoolReader::ids(qint64 after, int limit)
{
    if (base::Status status = ensureOpen(); !status)
        return status.error();
    return listOf(m_database, u"SELECT id FROM message WHERE id>? ORDER BY id LIMIT ?"_s, {after, limit}, numberIn);
}

base::Result<SpoolSummary> SqliteSpoolReader::summary(qint64 id)
{
    if (base::Status status = ensureOpen(); !status)
        return status.error();
    base::Result<QSqlQuery> row = execute(m_database, kSummaryColumns + u"message m WHERE m.id=?"_s, {id});
    if (!row)
        return row.error();
    if (!row->next())
        return {ErrorCode::MessageNotFound, QString::number(id)};
    return summaryOf(*row);
}

base::Result<QList<SpoolAccount>> SqliteSpoolReader::accounts()
{
    if (base::Status status = ensureOpen(); !status)
        return status.error();
    return listOf(m_database, u"SELECT address, salt, iterations, stored_key, server_key FROM account ORDER BY address"_s, {}, [](const QSqlQuery &row) {
        return SpoolAccount{row.value(0).toByteArray(),
                            {row.value(1).toByteArray(), row.value(2).toInt(), row.value(3).toByteArray(), row.value(4).toByteArray()}};
    });
}

base::Result<QList<SpoolAlias>> SqliteSpoolReader::aliases()
{
    if (base::Status status = ensureOpen(); !status)
        return status.error();
    return spoolAliases::list(m_database);
}

base::Result<QList<SpoolMailbox>> SqliteSpoolReader::mailboxes()
{
    if (base::Status status = ensureOpen(); !status)
        return status.error();
    return listOf(m_database, u"SELECT a.address, count(d.id), coalesce(sum(d.octets), 0) FROM account a"
                              u" LEFT JOIN delivery d ON d.account=a.id GROUP BY a.id ORDER BY a.address"_s, {}, [](const QSqlQuery &row) {
        return SpoolMailbox{row.value(0).toByteArray(), row.value(1).toInt(), row.value(2).toLongLong()};
    });
}

base::Result<QList<QueuedMessage>> SqliteSpoolReader::queue(int limit, qint64 afterId)
{
    return withOpen([&](QSqlDatabase &database) { return spoolQueue::list(database, limit, afterId); });
}

base::Result<QList<QueuedMessage>> SqliteSpoolReader::dueQueue(qint64 nowMs, int limit)
{
    return withOpen([&](QSqlDatabase &database) { return spoolQueue::due(database, nowMs, limit); });
}

base::Result<qint64> SqliteSpoolReader::nextDueMs(qint64 nowMs)
{
    return withOpen([&](QSqlDatabase &database) { return spoolQueue::nextDueMs(database, nowMs); });
}

base::Result<bool> SqliteSpoolReader::isQueuePaused()
{
    return withOpen([&](QSqlDatabase &database) { return spoolQueue::isPaused(database); });
}

} // namespace store
