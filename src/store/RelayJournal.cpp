// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RelayJournal.h"

#include "store/Database.h"
#include "store/SpoolSchema.h"
#include "store/Sql.h"

#include <QDir>
#include <QFile>
#include <QSqlError>

using namespace Qt::StringLiterals;

namespace store {

namespace {

/// A transcript's place is its number modulo kTranscripts, so the table never grows beyond that.
const QStringList &statements()
{
    static const QStringList list{
        u"PRAGMA journal_mode=WAL"_s,
        u"PRAGMA synchronous=OFF"_s,
        u"PRAGMA secure_delete=FAST"_s,
        u"PRAGMA cache_size=-1000"_s,
        u"CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE IF NOT EXISTS entry(id INTEGER PRIMARY KEY, session BLOB NOT NULL, facts BLOB NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS transcript(place INTEGER PRIMARY KEY, session BLOB NOT NULL UNIQUE, started INTEGER NOT NULL, text BLOB NOT NULL)"_s,
    };
    return list;
}

JournalEntry entryOf(const QSqlQuery &row)
{
    return {row.value(0).toLongLong(), row.value(1).toByteArray(), row.value(2).toByteArray()};
}

} // namespace

struct RelayJournal::Private {
    QString connection;
    QSqlDatabase database;

    ~Private()
    {
        database = {};
        if (!connection.isEmpty())
            QSqlDatabase::removeDatabase(connection);
    }

    template <typename Work>
    base::Status transaction(Work work)
    {
        if (base::Status status = run(database, u"BEGIN IMMEDIATE"_s); !status)
            return status;
        base::Status status = work();
        if (status)
            status = run(database, u"COMMIT"_s);
        if (!status)
            (void)run(database, u"ROLLBACK"_s);
        return status;
    }

    base::Status belongTo(const QByteArray &generation)
    {
        const base::Result<QVariant> known = valueOf(database, u"SELECT value FROM meta WHERE name='generation'"_s);
        if (!known)
            return known.error();
        if (known->toByteArray() == generation)
            return base::Done{};
        return transaction([&]() -> base::Status {
            for (const QString &statement : {u"DELETE FROM entry"_s, u"DELETE FROM transcript"_s, u"DELETE FROM meta"_s})
                if (base::Status status = run(database, statement); !status)
                    return status;
            return run(database, u"INSERT INTO meta VALUES('generation', ?)"_s, {generation});
        });
    }
};

RelayJournal::RelayJournal(std::unique_ptr<Private> p) : d(std::move(p)) {}
RelayJournal::~RelayJournal() = default;

base::Result<std::unique_ptr<RelayJournal>> RelayJournal::open(const QString &directory, const QByteArray &generation)
{
    const QString path = directory + u"/journal.sqlite"_s;
    makeSpoolFile(path);
    auto p = std::make_unique<Private>();
    p->connection = uniqueConnectionName();
    p->database = QSqlDatabase::addDatabase(u"QSQLITE"_s, p->connection);
    p->database.setDatabaseName(path);
    p->database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!p->database.open())
        return Database::errorOf(p->database.lastError());
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    for (const QString &statement : statements())
        if (base::Status status = run(p->database, statement); !status)
            return status.error();
    if (!generation.isEmpty())
        if (base::Status status = p->belongTo(generation); !status)
            return status.error();
    return std::unique_ptr<RelayJournal>{new RelayJournal{std::move(p)}};
}

base::Status RelayJournal::add(const QList<JournalEntry> &entries)
{
    return d->transaction([&]() -> base::Status {
        for (const JournalEntry &entry : entries)
            if (base::Status status = run(d->database, u"INSERT OR IGNORE INTO entry VALUES(?, ?, ?)"_s, {entry.id, entry.session, entry.facts}); !status)
                return status;
        return base::Done{};
    });
}

base::Result<bool> RelayJournal::contains(qint64 id)
{
    const base::Result<QVariant> found = valueOf(d->database, u"SELECT 1 FROM entry WHERE id=?"_s, {id});
    if (!found)
        return found.error();
    return found->isValid();
}

base::Result<QHash<qint64, JournalEntry>> RelayJournal::find(const QList<qint64> &ids)
{
    QHash<qint64, JournalEntry> found;
    for (const qint64 id : ids) {
        base::Result<QSqlQuery> row = execute(d->database, u"SELECT id, session, facts FROM entry WHERE id=?"_s, {id});
        if (!row)
            return row.error();
        if (row->next())
            found.insert(id, entryOf(*row));
    }
    return found;
}

base::Result<QList<qint64>> RelayJournal::ids(qint64 after, int limit)
{
    return listOf(d->database, u"SELECT id FROM entry WHERE id>? ORDER BY id LIMIT ?"_s, {after, limit}, numberIn);
}

base::Status RelayJournal::remove(const QList<qint64> &ids)
{
    return d->transaction([&]() -> base::Status {
        for (const qint64 id : ids)
            if (base::Status status = run(d->database, u"DELETE FROM entry WHERE id=?"_s, {id}); !status)
                return status;
        return base::Done{};
    });
}

base::Result<qint64> RelayJournal::watermark()
{
    const base::Result<QVariant> value = valueOf(d->database, u"SELECT value FROM meta WHERE name='watermark'"_s);
    if (!value)
        return value.error();
    return value->toLongLong();
}

base::Status RelayJournal::setWatermark(qint64 id)
{
    return run(d->database, u"INSERT OR REPLACE INTO meta VALUES('watermark', ?)"_s, {id});
}

base::Status RelayJournal::keep(const QList<JournalTranscript> &transcripts)
{
    return d->transaction([&]() -> base::Status {
        const base::Result<QVariant> last = valueOf(d->database, u"SELECT value FROM meta WHERE name='transcripts'"_s);
        if (!last)
            return last.error();
        qint64 number = last->toLongLong();
        for (const JournalTranscript &transcript : transcripts) {
            const base::Result<QVariant> place = valueOf(d->database, u"SELECT place FROM transcript WHERE session=?"_s, {transcript.session});
            if (!place)
                return place.error();
            const qint64 at = place->isValid() ? place->toLongLong() : ++number % kTranscripts;
            const QString statement = u"INSERT OR REPLACE INTO transcript VALUES(?, ?, ?, ?)"_s;
            if (base::Status status = run(d->database, statement, {at, transcript.session, transcript.startedMs, transcript.text}); !status)
                return status;
        }
        return run(d->database, u"INSERT OR REPLACE INTO meta VALUES('transcripts', ?)"_s, {number});
    });
}

base::Result<JournalTranscript> RelayJournal::transcript(const QByteArray &session)
{
    base::Result<QSqlQuery> row = execute(d->database, u"SELECT started, text FROM transcript WHERE session=?"_s, {session});
    if (!row)
        return row.error();
    if (!row->next())
        return JournalTranscript{};
    return JournalTranscript{session, row->value(0).toLongLong(), row->value(1).toByteArray()};
}

} // namespace store
