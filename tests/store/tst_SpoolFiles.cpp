// SPDX-License-Identifier: GPL-3.0-or-later
// What only the spool on disk promises: after a restart, beside other processes, with files that are old, lost or foreign.
#include "store/RelayJournal.h"
#include "store/SpoolFixture.h"
#include "support/ErrorNames.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <future>
#include <vector>

using base::ErrorCode;
using store::SpoolLetter;
using store::SqliteSpool;

class TestSpoolFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsThereAfterReopening()
    {
        QTemporaryDir directory;
        qint64 id = 0;
        QByteArray generation;
        {
            const auto spool = openAt(directory.path());
            QVERIFY(spool->addAccount(account("a@x")));
            id = keep(*spool, letterTo(*spool, {"a@x"}, "text"))->id;
            generation = spool->generation();
        }
        const auto spool = openAt(directory.path());
        QCOMPARE(spool->generation(), generation);
        QVERIFY(spool->nextId() > id);
        QVERIFY(keep(*spool, letterTo(*spool, {"a@x"}, "text", kNow + 5))->isDuplicate);
        const auto reader = std::move(spool->makeReader()).value();
        QCOMPARE(reader->entries("a@x")->size(), 1);
    }

    // At a first start the relay and each window open it. One was refused at once, and where that was the relay, it did not run.
    void manyMayMakeItAtTheSameTime()
    {
        for (int round = 0; round < 30; ++round) { // One of six met it.
            QTemporaryDir directory;
            std::vector<std::future<bool>> openings;
            for (const SqliteSpool::Role role : {SqliteSpool::Role::Relay, SqliteSpool::Role::Guest, SqliteSpool::Role::Guest, SqliteSpool::Role::Guest})
                openings.push_back(std::async(std::launch::async, [&directory, role] { return SqliteSpool::open(directory.path(), role).isOk(); }));
            for (std::future<bool> &isOpen : openings)
                QVERIFY(isOpen.get());
        }
    }

    void whatAnotherProcessDeletedMayComeAgain()
    {
        QTemporaryDir directory;
        auto spool = openAt(directory.path());
        QVERIFY(spool->addAccount(account("a@x")));
        const qint64 first = keep(*spool, letterTo(*spool, {"a@x"}, "same"))->id;
        QVERIFY(openAt(directory.path(), SqliteSpool::Role::Guest)->removeEverywhere(first));
        QVERIFY(!keep(*spool, letterTo(*spool, {"a@x"}, "same", kNow + 1))->isDuplicate);
        // The id of what was forgotten is not given again.
        const qint64 last = keep(*spool, letterTo(*spool, {"a@x"}, "last"))->id;
        QVERIFY(spool->removeEverywhere(last));
        spool.reset();
        spool = openAt(directory.path());
        QVERIFY(spool->nextId() > last);
        QVERIFY(!keep(*spool, letterTo(*spool, {"a@x"}, "last", kNow + 1))->isDuplicate);
    }

    void whatAnotherProcessDeletedLeavesNoNames()
    {
        QTemporaryDir directory;
        const auto spool = openAt(directory.path());
        QVERIFY(spool->addAccount(account("a@x")));
        const auto guest = openAt(directory.path(), SqliteSpool::Role::Guest);
        SpoolLetter letter = letterTo(*spool, {"a@x"}, "text");
        letter.addressed = {"sales@x"};
        QVERIFY(guest->removeEverywhere(keep(*spool, letter)->id));
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
            database.setDatabaseName(directory.filePath(QStringLiteral("spool.sqlite")));
            QVERIFY(database.open());
            QSqlQuery query{QStringLiteral("SELECT count(*) FROM other_name"), database};
            QVERIFY(query.next());
            QCOMPARE(query.value(0).toInt(), 0);
        }
        QSqlDatabase::removeDatabase(QStringLiteral("look"));
    }

    // As version 1 wrote it: without aliases.
    void aSpoolOfTheFirstVersionIsMigrated()
    {
        QTemporaryDir directory;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("old"));
            database.setDatabaseName(directory.filePath(QStringLiteral("spool.sqlite")));
            QVERIFY(database.open());
            QSqlQuery query{database};
            for (const char *statement :
                 {"CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
                  "CREATE TABLE account(id INTEGER PRIMARY KEY AUTOINCREMENT, address BLOB NOT NULL UNIQUE, salt BLOB NOT NULL,"
                  " iterations INTEGER NOT NULL, stored_key BLOB NOT NULL, server_key BLOB NOT NULL)",
                  "CREATE TABLE message(id INTEGER PRIMARY KEY, received INTEGER NOT NULL, octets INTEGER NOT NULL, in_file INTEGER NOT NULL,"
                  " sender BLOB NOT NULL, recipients BLOB NOT NULL, trace BLOB NOT NULL, body BLOB NOT NULL)",
                  "CREATE TABLE delivery(account INTEGER NOT NULL, id INTEGER NOT NULL, octets INTEGER NOT NULL, PRIMARY KEY(account, id)) WITHOUT ROWID",
                  "CREATE TABLE recent(id INTEGER PRIMARY KEY, received INTEGER NOT NULL, digest BLOB NOT NULL)",
                  "INSERT INTO meta VALUES('generation', x'3132333435363738')",
                  "INSERT INTO account VALUES(1, x'614078', x'00', 4096, x'00', x'00')",
                  "INSERT INTO message VALUES(7, 1, 4, 0, x'', x'614078', x'', x'74657874')",
                  "INSERT INTO delivery VALUES(1, 7, 4)",
                  "INSERT INTO recent VALUES(7, 1, zeroblob(16))",
                  "PRAGMA application_id=1465414512",
                  "PRAGMA user_version=1"})
                QVERIFY2(query.exec(QString::fromLatin1(statement)), statement);
        }
        QSqlDatabase::removeDatabase(QStringLiteral("old"));
        const auto spool = openAt(directory.path());
        QVERIFY(spool->nextId() > 7);
        QVERIFY(spool->setAlias({"b@x", "a@x"}));
        const auto reader = std::move(spool->makeReader()).value();
        QCOMPARE(reader->entries("a@x")->first().id, qint64{7});
        QCOMPARE(wholeOf(*reader, 7), QByteArray("text"));
        QVERIFY(reader->summary(7)->otherNames.isEmpty());
    }

    void aSpoolOfALaterVersionIsRefused()
    {
        QTemporaryDir directory;
        QVERIFY(openAt(directory.path()));
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("later"));
            database.setDatabaseName(directory.filePath(QStringLiteral("spool.sqlite")));
            QVERIFY(database.open());
            QVERIFY(QSqlQuery{database}.exec(QStringLiteral("PRAGMA user_version=1000")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("later"));
        for (const auto role : {SqliteSpool::Role::Relay, SqliteSpool::Role::Guest})
            QCOMPARE(SqliteSpool::open(directory.path(), role).error().code, ErrorCode::DatabaseTooNew);
    }

    void aLostMessageHidesAndHindersNoOther()
    {
        const Given spool = sqliteSpool();
        const qint64 lost = keep(*spool.spool, letterOnward(*spool.spool, "lost"))->id;
        const qint64 whole = keep(*spool.spool, letterOnward(*spool.spool, "whole"))->id;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("vandal"));
            database.setDatabaseName(spool.directory->filePath(QStringLiteral("spool.sqlite")));
            QVERIFY(database.open());
            QVERIFY(QSqlQuery{database}.exec(QStringLiteral("DELETE FROM message WHERE id=%1").arg(lost)));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("vandal"));
        const auto reader = spool.reader();
        const auto queue = reader->queue(10);
        QVERIFY(queue);
        QCOMPARE(queue->size(), 2);
        QVERIFY((*queue)[0].isLost && (*queue)[0].id == lost && (*queue)[0].recipients.size() == 2);
        QVERIFY(!(*queue)[1].isLost && (*queue)[1].id == whole);
        const auto due = reader->dueQueue(kNow, 1);
        QVERIFY(due);
        QCOMPARE(due->size(), 1);
        QCOMPARE(due->first().id, whole);
        QVERIFY(spool->commandQueue(store::QueueCommand::Delete, {lost}, kNow));
        QCOMPARE(reader->queue(10)->size(), 1);
    }

    void aThousandRecipientsAreOneMessageOfTheQueue()
    {
        const Given spool = sqliteSpool();
        SpoolLetter many = letterTo(*spool.spool, {}, "many");
        store::SpoolOrder order;
        for (int i = 0; i < 1000; ++i) {
            store::QueuedRecipient one;
            one.address = QByteArray::number(i) + "@elsewhere.org";
            order.recipients.append(one);
        }
        many.order = std::make_shared<const store::SpoolOrder>(order);
        QVERIFY(keep(*spool.spool, many));
        const qint64 next = keep(*spool.spool, letterOnward(*spool.spool, "next"))->id;
        const auto reader = spool.reader();
        QCOMPARE(reader->queue(2)->last().id, next);
        QCOMPARE(reader->dueQueue(kNow, 2)->last().id, next);
        QCOMPARE(reader->dueQueue(kNow, 2)->first().recipients.size(), 1000);
    }

    void anIdIsNeverGivenTwiceThoughItsMessageIsGone()
    {
        QTemporaryDir directory;
        qint64 id = 0;
        {
            const auto spool = openAt(directory.path());
            QVERIFY(spool->addAccount(account("a@x")));
            id = keep(*spool, letterTo(*spool, {"a@x"}, "text"))->id;
            QVERIFY(spool->remove("a@x", {id}));
        }
        QVERIFY(openAt(directory.path())->nextId() > id);
    }

    void onlyOneRelayUsesASpool()
    {
        const Given spool = sqliteSpool();
        const auto second = SqliteSpool::open(spool.directory->path(), SqliteSpool::Role::Relay);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::DatabaseBusy);
    }

    void aGuestChangesAccountsBesideARunningRelay()
    {
        const Given spool = sqliteSpool();
        const auto guest = openAt(spool.directory->path(), SqliteSpool::Role::Guest);
        QVERIFY(guest->addAccount(account("new@x")));
        QVERIFY(keep(*spool.spool, letterTo(*spool.spool, {"new@x"}, "text")));
        QVERIFY(guest->removeAccount("new@x"));
        QCOMPARE(keep(*spool.spool, letterTo(*spool.spool, {"new@x"}, "text 2")).error().code, ErrorCode::UserUnknown);
    }

    void bodiesThatACrashLeftAreSweptUp()
    {
        QTemporaryDir directory;
        const QString bodies = directory.path() + QStringLiteral("/bodies");
        {
            const auto spool = openAt(directory.path());
            QVERIFY(spool->addAccount(account("a@x")));
            SpoolLetter kept = letterTo(*spool, {"a@x"}, "end");
            QVERIFY(spool->append(kept.id, "begin"));
            QVERIFY(keep(*spool, kept));
        }
        QFile orphan{bodies + QStringLiteral("/4711")};
        QVERIFY(orphan.open(QIODevice::WriteOnly));
        orphan.write("half a message");
        orphan.close();
        const auto spool = openAt(directory.path());
        QCOMPARE(QDir{bodies}.entryList(QDir::Files).size(), 1);
        QVERIFY(!orphan.exists());
    }

    void abandonedAndDoubledBodiesLeaveNothing()
    {
        const Given spool = sqliteSpool();
        const QDir bodies{spool.directory->path() + QStringLiteral("/bodies")};
        QVERIFY(spool->addAccount(account("a@x")));
        const qint64 id = spool->nextId();
        QVERIFY(spool->append(id, "piece"));
        spool->abandon(id);
        QCOMPARE(bodies.entryList(QDir::Files).size(), 0);
        for (int i = 0; i < 2; ++i) {
            const SpoolLetter letter = letterTo(*spool.spool, {"a@x"}, "end");
            QVERIFY(spool->append(letter.id, "begin"));
            QCOMPARE(keep(*spool.spool, letter)->isDuplicate, i == 1);
        }
        QCOMPARE(bodies.entryList(QDir::Files).size(), 1);
    }

    void foreignFilesAreRefused()
    {
        QTemporaryDir directory;
        QFile file{directory.path() + QStringLiteral("/spool.sqlite")};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const auto spool = SqliteSpool::open(directory.path(), SqliteSpool::Role::Relay);
        QVERIFY(!spool);
        QCOMPARE(spool.error().code, ErrorCode::DatabaseDamaged);
    }

    void aFolderThatWasThereKeepsItsPermissions()
    {
        const QTemporaryDir directory;
        const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
        QVERIFY(QFile::setPermissions(directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | others | QFile::ExeGroup | QFile::ExeOther));
        const std::unique_ptr<store::Spool> spool = openAt(directory.path());
        const auto journal = store::RelayJournal::open(directory.path());
        QVERIFY(journal);
        QVERIFY(QFile::permissions(directory.path()).testFlag(QFile::ReadOther));
        const QStringList files = QDir{directory.path()}.entryList({QStringLiteral("*.sqlite*")}, QDir::Files);
        QVERIFY(files.contains(QStringLiteral("spool.sqlite")) && files.contains(QStringLiteral("journal.sqlite")));
        for (const QString &file : files)
            QVERIFY2(!(QFile::permissions(directory.filePath(file)) & others), qPrintable(file));
        const std::unique_ptr<store::Spool> other = openAt(directory.filePath(QStringLiteral("made")));
        QVERIFY(!(QFile::permissions(directory.filePath(QStringLiteral("made"))) & others));
    }

    void theFilesAreTheOwnersAlone()
    {
        const Given spool = sqliteSpool();
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeGroup | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(spool.directory->path()) & others));
        QVERIFY(!(QFile::permissions(spool.directory->path() + QStringLiteral("/spool.sqlite")) & others));
    }
};

QTEST_GUILESS_MAIN(TestSpoolFiles)
#include "tst_SpoolFiles.moc"
