// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolSchema.h"

#include "store/Database.h"
#include "store/SpoolQueue.h"
#include "store/Sql.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSqlError>
#include <atomic>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace store {

namespace {

constexpr int kApplicationId = 0x57587370; // "WXsp"
/// Only if SpoolCheckpoints cannot keep up, or for a guest: 256 MiB.
constexpr int kCheckpointPages = 65536;

/// The body stands last, so that reading the columns before it never touches its overflow pages. `recent` outlives
/// the message: it remembers what came within a day. A delivery knows the size, so that LIST reads no message.
QStringList firstVersion()
{
    return {
        u"CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE account(id INTEGER PRIMARY KEY AUTOINCREMENT, address BLOB NOT NULL UNIQUE, salt BLOB NOT NULL,"
        u" iterations INTEGER NOT NULL, stored_key BLOB NOT NULL, server_key BLOB NOT NULL)"_s,
        u"CREATE TABLE message(id INTEGER PRIMARY KEY, received INTEGER NOT NULL, octets INTEGER NOT NULL, in_file INTEGER NOT NULL,"
        u" sender BLOB NOT NULL, recipients BLOB NOT NULL, trace BLOB NOT NULL, body BLOB NOT NULL)"_s,
        u"CREATE TABLE delivery(account INTEGER NOT NULL, id INTEGER NOT NULL, octets INTEGER NOT NULL, PRIMARY KEY(account, id)) WITHOUT ROWID"_s,
        u"CREATE TABLE recent(id INTEGER PRIMARY KEY, received INTEGER NOT NULL, digest BLOB NOT NULL)"_s,
    };
}

/// What rules of faults did to a message. Nearly always empty.
QStringList withFaults()
{
    return {u"CREATE TABLE fault(id INTEGER PRIMARY KEY, marks BLOB NOT NULL)"_s};
}

/// Other names of mailboxes. An empty local part, "@example.org", is the catch-all of its domain.
QStringList withAliases()
{
    return {u"CREATE TABLE alias(name BLOB PRIMARY KEY, account INTEGER NOT NULL) WITHOUT ROWID"_s};
}

/// By what other names a message was addressed to its mailboxes. Empty without aliases.
QStringList withOtherNames()
{
    return {u"CREATE TABLE other_name(id INTEGER PRIMARY KEY, names BLOB NOT NULL)"_s};
}

/// What makes each version out of the one before; only added to, at the end.
const QList<QStringList> &migrations()
{
    static const QList<QStringList> steps{firstVersion(), withFaults(), withAliases(), spoolQueue::tables(), spoolQueue::withLastHop(), withOtherNames()};
    return steps;
}

QByteArray newGeneration()
{
    return QByteArray::number(QRandomGenerator::system()->generate(), 16).rightJustified(8, '0');
}

base::Status migrateFrom(QSqlDatabase &database, qsizetype version)
{
    for (const QStringList &step : migrations().sliced(version))
        for (const QString &statement : step)
            if (base::Status status = run(database, statement); !status)
                return status;
    return run(database, u"PRAGMA user_version=%1"_s.arg(migrations().size()));
}

base::Status makeTables(QSqlDatabase &database)
{
    if (base::Status status = migrateFrom(database, 0); !status)
        return status;
    if (base::Status status = run(database, u"INSERT INTO meta VALUES('generation', ?)"_s, {newGeneration()}); !status)
        return status;
    return run(database, u"PRAGMA application_id=%1"_s.arg(kApplicationId));
}

} // namespace

QString uniqueConnectionName()
{
    static std::atomic_int counter = 0;
    return u"spool-%1"_s.arg(++counter);
}

QString spoolBodyFile(const QString &directory, qint64 id)
{
    return directory + u"/bodies/"_s + QString::number(id);
}

void makeSpoolFile(const QString &file)
{
    if (const int handle = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600); handle >= 0)
        ::close(handle);
}

base::Result<QSqlDatabase> openSpoolConnection(const QString &file, const QString &name, SpoolAccess access)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    database.setDatabaseName(file);
    // The busy timeout is for guests beside a running relay, whose transactions are short.
    database.setConnectOptions(access == SpoolAccess::ReadOnly ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s : u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!database.open())
        return Database::errorOf(database.lastError());
    if (access == SpoolAccess::ReadOnly) {
        // The inner pages of a table of a million messages, 4 MB, stay beside the leaves that pass through.
        const base::Status status = run(database, u"PRAGMA cache_size=-8000"_s);
        return status ? base::Result<QSqlDatabase>{database} : status.error();
    }
    if (const base::Status status = useWriteAheadLog(database); !status)
        return status.error();
    for (const QString &pragma : {u"PRAGMA synchronous=FULL"_s, u"PRAGMA secure_delete=FAST"_s, u"PRAGMA wal_autocheckpoint=%1"_s.arg(kCheckpointPages),
                                  u"PRAGMA cache_size=-4000"_s})
        if (base::Status status = run(database, pragma); !status)
            return status.error();
    return database;
}

base::Status prepareSpoolTables(QSqlDatabase &database)
{
    if (base::Status status = run(database, u"BEGIN IMMEDIATE"_s); !status)
        return status;
    const base::Result<QVariant> application = valueOf(database, u"PRAGMA application_id"_s);
    const base::Result<QVariant> version = valueOf(database, u"PRAGMA user_version"_s);
    const base::Result<QVariant> count = valueOf(database, u"SELECT count(*) FROM sqlite_schema"_s);
    base::Status status = base::Done{};
    if (!application || !version || !count)
        status = !application ? application.error() : !version ? version.error() : count.error();
    else if (count->toInt() == 0)
        status = makeTables(database);
    else if (application->toInt() != kApplicationId)
        status = {ErrorCode::DatabaseDamaged, u"the file is a database of something else"_s};
    else if (version->toInt() > migrations().size())
        status = {ErrorCode::DatabaseTooNew, u"the spool was written by a newer version"_s};
    else if (version->toInt() < migrations().size())
        status = migrateFrom(database, version->toInt());
    const base::Status end = run(database, status ? u"COMMIT"_s : u"ROLLBACK"_s);
    return status ? end : status;
}

} // namespace store
