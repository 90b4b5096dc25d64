// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Sql.h"
#include "support/LimitFileSize.h"
#include "support/StoreFiles.h"

#include <QFile>
#include <QSemaphore>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace store;
using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

Schema schemaOf(int version)
{
    const QList<QStringList> all{{u"CREATE TABLE a (x INTEGER)"_s, u"INSERT INTO a VALUES (1)"_s}, {u"ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 7"_s},
                                 {u"CREATE TABLE b (z INTEGER)"_s, u"INSERT INTO b SELECT y FROM a"_s}};
    return {all.first(version), 4711};
}

base::Operation<int> number(Database &database, const QString &statement)
{
    return database.read([statement](QSqlDatabase &connection) -> base::Result<int> {
        QSqlQuery query{connection};
        if (!query.exec(statement) || !query.next())
            return Database::errorOf(query.lastError());
        return query.value(0).toInt();
    });
}

base::Operation<base::Done> change(Database &database, const QString &statement)
{
    return database.write([statement](QSqlDatabase &connection) -> base::Status {
        QSqlQuery query{connection};
        if (!query.exec(statement))
            return Database::errorOf(query.lastError());
        return base::Done{};
    });
}

} // namespace

class TestMigrations : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString path() const { return m_folder->filePath(u"test.sqlite"_s); }
    void write(const QByteArray &content)
    {
        QFile file{path()};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void olderFileIsBroughtUpStepByStep()
    {
        for (int version = 1; version <= 3; ++version) {
            Database database{path(), schemaOf(version)};
            MUST(opened, database.opened());
        }
        Database database{path(), schemaOf(3)};
        MUST(value, number(database, u"SELECT z FROM b"_s));
        QCOMPARE(value, 7);
        MUST(rows, number(database, u"SELECT count(*) FROM a"_s));
        QCOMPARE(rows, 1);
    }

    void mailFromBeforeTextsWereSearchedIsStillToBeRead()
    {
        const Schema now = MailStore::schema();
        {
            MailStore mail{std::make_shared<Database>(path(), Schema{now.steps.first(2), now.applicationId})};
            MUST(id, mail.add(Folder::Inbox, support::letter("old")));
        }
        MailStore mail{support::openMailFile(path())};
        MUST(found, mail.search(u"old"_s, 10));
        QCOMPARE(found.size(), 1);
        MUST(unread, mail.nextUnread(MessageId::None));
        QCOMPARE(unread->octets, support::letter("old"));
        MUST(older, mail.nextUnread(unread->id));
        QVERIFY(!older);
    }

    void aPartOfAListIsNotTakenForTheWhole()
    {
        Database database{path(), schemaOf(1)};
        const auto absolutes = [](QSqlDatabase &connection) { return listOf(connection, u"SELECT abs(x) FROM a ORDER BY rowid"_s, {}, numberIn); };
        MUST(whole, database.read(absolutes));
        QCOMPARE(whole, QList<qint64>{1});
        // The least number has no absolute value, so that SQLite gives one row and then an error.
        MUST(added, change(database, u"INSERT INTO a VALUES (-9223372036854775808)"_s));
        MUST_FAIL(database.read(absolutes), ErrorCode::DatabaseFailed);
    }

    void newerFileIsRefusedAndLeftAlone()
    {
        {
            Database database{path(), schemaOf(3)};
            MUST(opened, database.opened());
        }
        Database database{path(), schemaOf(2)};
        MUST_FAIL(database.opened(), ErrorCode::DatabaseTooNew);
        MUST_FAIL(number(database, u"SELECT 1"_s), ErrorCode::DatabaseTooNew);
        MUST_FAIL(change(database, u"DELETE FROM a"_s), ErrorCode::DatabaseTooNew);
    }

    void failedStepLeavesTheOldVersion()
    {
        {
            Database database{path(), schemaOf(1)};
            MUST(opened, database.opened());
        }
        Schema broken = schemaOf(2);
        broken.steps.last() += u"THIS IS NO SQL"_s;
        {
            Database database{path(), broken};
            MUST_FAIL(database.opened(), ErrorCode::DatabaseFailed);
        }
        Database database{path(), schemaOf(1)};
        MUST(rows, number(database, u"SELECT count(*) FROM a"_s));
        QCOMPARE(rows, 1);
    }

    void twoProgramsAtOnceMigrateOnce()
    {
        std::vector<std::unique_ptr<Database>> databases;
        for (int i = 0; i < 6; ++i)
            databases.push_back(std::make_unique<Database>(path(), schemaOf(3)));
        for (const auto &database : databases)
            QVERIFY(await(database->opened()));
        MUST(rows, number(*databases.front(), u"SELECT count(*) FROM a"_s));
        QCOMPARE(rows, 1);
    }

    void whatIsNoDatabaseIsDamaged_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("This is a letter, not a database.\n").repeated(100);
        QTest::newRow("header only") << QByteArray("SQLite format 3\0", 16) + QByteArray(200, '\xff');
    }
    void whatIsNoDatabaseIsDamaged()
    {
        QFETCH(QByteArray, content);
        write(content);
        Database database{path(), schemaOf(1)};
        MUST_FAIL(database.opened(), ErrorCode::DatabaseDamaged);
        QFile file{path()};
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void databaseOfAnotherProgramIsRefused()
    {
        {
            Schema foreign = schemaOf(1);
            foreign.applicationId = 1;
            Database database{path(), foreign};
            MUST(opened, database.opened());
        }
        Database database{path(), schemaOf(1)};
        MUST_FAIL(database.opened(), ErrorCode::DatabaseDamaged);
    }

    void damagedPageIsToldApart()
    {
        {
            Database database{path(), schemaOf(1)};
            MUST(filled, change(database, u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO a SELECT i FROM n"_s));
        }
        QFile file{path()};
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 5 * 4096);
        file.seek(3 * 4096);
        file.write(QByteArray(8192, '\xee'));
        file.close();
        Database database{path(), schemaOf(1)};
        MUST_FAIL(number(database, u"SELECT sum(x) FROM a"_s), ErrorCode::DatabaseDamaged);
    }

    void missingFolderIsSaid()
    {
        Database database{m_folder->filePath(u"no/such/test.sqlite"_s), schemaOf(1)};
        MUST_FAIL(database.opened(), ErrorCode::FileNotFound);
    }

    void readOnlyFolderCanStillBeRead()
    {
        if (geteuid() == 0 && setegid(65534) == 0 && seteuid(65534) != 0)
            QFAIL("cannot become an ordinary user");
        QTemporaryDir folder;
        QVERIFY(folder.isValid());
        const QString file = folder.filePath(u"test.sqlite"_s);
        {
            Database database{file, schemaOf(1)};
            MUST(opened, database.opened());
        }
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner));
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner));
        {
            Database database{file, schemaOf(1)};
            MUST_FAIL(database.opened(), ErrorCode::ReadOnly);
            MUST_FAIL(change(database, u"DELETE FROM a"_s), ErrorCode::ReadOnly);
            MUST(rows, number(database, u"SELECT count(*) FROM a"_s));
            QCOMPARE(rows, 1);
        }
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        folder.remove();
        if (getuid() == 0 && (seteuid(0) != 0 || setegid(0) != 0))
            QFAIL("cannot become root again");
    }

    void lockedDatabaseIsBusyAndThenUsableAgain()
    {
        Database database{path(), schemaOf(1)};
        MUST(opened, database.opened());
        MUST(hasty, change(database, u"PRAGMA busy_timeout=20"_s));
        {
            QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
            other.setDatabaseName(path());
            QVERIFY(other.open());
            QSqlQuery query{other};
            // While the writer is held, several jobs come to wait for it together.
            QSemaphore isFree, mayGoOn;
            const auto holding = database.write([&](QSqlDatabase &connection) -> base::Status {
                const base::Status left = run(connection, u"COMMIT"_s);
                isFree.release();
                mayGoOn.acquire();
                return left;
            });
            isFree.acquire();
            QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
            QList<base::Operation<base::Done>> waiting;
            for (int i = 0; i < 5; ++i)
                waiting += change(database, u"DELETE FROM a"_s);
            mayGoOn.release();
            MUST_FAIL(waiting.first(), ErrorCode::DatabaseBusy);
            // Readers are never in a writer's way.
            MUST(rows, number(database, u"SELECT count(*) FROM a"_s));
            QVERIFY(query.exec(u"ROLLBACK"_s));
            // They had waited already. Each waited as long again, up to 256 of them 5 s each.
            for (const base::Operation<base::Done> &one : std::as_const(waiting))
                MUST_FAIL(one, ErrorCode::DatabaseBusy);
            other.close();
        }
        QSqlDatabase::removeDatabase(u"other"_s);
        MUST(done, change(database, u"DELETE FROM a"_s));
    }

    void fullDiskIsSaidAndNothingIsLost()
    {
        Database database{path(), schemaOf(1)};
        MUST(opened, database.opened());
        const auto fill = [&] { return change(database, u"INSERT INTO a SELECT length(hex(randomblob(100))) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i FROM n)"_s); };
        {
            const support::LimitFileSize limit{400'000};
            MUST_FAIL(fill(), ErrorCode::DiskFull);
        }
        MUST(rows, number(database, u"SELECT count(*) FROM a"_s));
        QCOMPARE(rows, 1);
        MUST(again, fill());
    }

    void oneFailureInAGroupDoesNotTouchItsNeighbours()
    {
        Database database{path(), schemaOf(1)};
        MUST(opened, database.opened());
        QSemaphore gate;
        const auto blocker = database.write([&gate](QSqlDatabase &) -> base::Status { gate.acquire(); return base::Done{}; });
        const auto before = change(database, u"INSERT INTO a VALUES (2)"_s);
        const auto wrong = database.write([](QSqlDatabase &connection) -> base::Status {
            QSqlQuery{connection}.exec(u"INSERT INTO a VALUES (100)"_s);
            return ErrorCode::InvalidArgument;
        });
        const auto after = change(database, u"INSERT INTO a VALUES (3)"_s);
        gate.release(1);
        MUST(one, before);
        MUST_FAIL(wrong, ErrorCode::InvalidArgument);
        MUST(two, after);
        MUST(sum, number(database, u"SELECT sum(x) FROM a"_s));
        QCOMPARE(sum, 6);
    }

    void cutBackToTheLastSyncNothingAcknowledgedIsMissing()
    {
        const QString copy = m_folder->filePath(u"copy.sqlite"_s);
        Database database{path(), schemaOf(1)};
        MUST(opened, database.opened());
        MUST(acknowledged, change(database, u"INSERT INTO a VALUES (41)"_s));
        // What a power cut leaves: the files as they were synced at the commit, and half a frame of the next one.
        QVERIFY(QFile::copy(path(), copy));
        QVERIFY(QFile::copy(path() + u"-wal"_s, copy + u"-wal"_s));
        QFile log{copy + u"-wal"_s};
        QVERIFY(log.open(QIODevice::ReadWrite | QIODevice::Append));
        log.write(QByteArray(2000, '\x5a'));
        log.close();
        Database recovered{copy, schemaOf(1)};
        MUST(sum, number(recovered, u"SELECT sum(x) FROM a"_s));
        QCOMPARE(sum, 42);
    }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_Migrations.moc"
