// SPDX-License-Identifier: GPL-3.0-or-later
// What happens after the 250: each message is assessed once and no reply waits for it; transcripts; limits; the journal.
#include "relay/BackOffice.h"
#include "relay/RelayFixture.h"
#include "relay/Transcript.h"
#include "store/RelayJournal.h"
#include "store/Sql.h"
#include "store/SqliteSpoolReader.h"

#include <QMutex>
#include <QSemaphore>

using namespace Qt::StringLiterals;

namespace {

/// Counts, and holds everything back while its gate is closed.
class GatedAssessor final : public relay::MessageAssessor
{
public:
    QSemaphore gate;
    QSemaphore begun;
    QMutex mutex;
    QHash<qint64, int> counts;
    QByteArray lastOctets;
    bool isLastABeginning = false;

    [[nodiscard]] QByteArray assess(const Message &message) override
    {
        begun.release();
        gate.acquire();
        const QMutexLocker lock{&mutex};
        ++counts[message.id];
        lastOctets = message.octets;
        isLastABeginning = message.isBeginning;
        return "{\"subject\": \"" + QByteArray::number(message.id) + "\"}";
    }
    int count()
    {
        const QMutexLocker lock{&mutex};
        return static_cast<int>(counts.size());
    }
    bool isEachOnce()
    {
        const QMutexLocker lock{&mutex};
        return std::all_of(counts.cbegin(), counts.cend(), [](int count) { return count == 1; });
    }
};

relay::RelayConfiguration withJournal(const QString &directory)
{
    relay::RelayConfiguration configuration = onDisk(directory);
    configuration.journalDirectory = directory;
    return configuration;
}

std::unique_ptr<store::RelayJournal> journalOf(const QTemporaryDir &directory)
{
    return std::move(*store::RelayJournal::open(directory.path()));
}

} // namespace

class TestBackOffice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageIsAssessedOnceAndNoReplyWaitsForIt()
    {
        QTemporaryDir directory;
        const auto assessor = std::make_shared<GatedAssessor>();
        relay::RelayConfiguration configuration = withJournal(directory.path());
        configuration.assessor = assessor;
        {
            RunningRelay relay{configuration};
            QTRY_VERIFY(relay.isRunning);
            LineClient client{relay.smtpPort()};
            QVERIFY(client.line().startsWith("220"));
            QVERIFY(client.ask("EHLO c").startsWith("250"));
            // The assessor hangs in the first; every reply comes all the same.
            for (int i = 0; i < 50; ++i)
                QVERIFY(client.deliver("bob@example.org", "number " + QByteArray::number(i)).startsWith("250"));
            QVERIFY(assessor->begun.tryAcquire(1, 10000));
            QCOMPARE(assessor->count(), 0);
            assessor->gate.release(30);
            QTRY_COMPARE(assessor->count(), 30);
            assessor->gate.release(1000);
        } // Stopped with work left.
        RunningRelay again{configuration};
        QTRY_VERIFY(again.isRunning);
        QTRY_COMPARE(assessor->count(), 50);
        QVERIFY(assessor->isEachOnce());
        QTRY_COMPARE((*journalOf(directory)->ids(0, 100)).size(), 50);
        QVERIFY(assessor->lastOctets.startsWith("Return-Path: <sender@example.org>"));
        // A client that sends again makes no second assessment.
        LineClient client{again.smtpPort()};
        QVERIFY(client.line().startsWith("220"));
        QVERIFY(client.ask("EHLO c").startsWith("250"));
        QVERIFY(client.deliver("bob@example.org", "number 7").contains("stored already"));
        QVERIFY(client.deliver("bob@example.org", "number 50").startsWith("250"));
        QTRY_COMPARE(assessor->count(), 51);
        QVERIFY(assessor->isEachOnce());
    }

    void whatTheJournalRefusedIsAssessedAfterTheNextStart()
    {
        QTemporaryDir directory;
        (void)journalOf(directory);
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"refusing"_s);
        database.setDatabaseName(directory.filePath(u"journal.sqlite"_s));
        QVERIFY(database.open());
        QVERIFY(store::run(database, u"CREATE TRIGGER refuse BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END"_s));
        const auto assessor = std::make_shared<GatedAssessor>();
        assessor->gate.release(100);
        relay::RelayConfiguration configuration = withJournal(directory.path());
        configuration.assessor = assessor;
        {
            RunningRelay relay{configuration};
            QTRY_VERIFY(relay.isRunning);
            LineClient client{relay.smtpPort()};
            QVERIFY(client.line().startsWith("220"));
            QVERIFY(client.ask("EHLO c").startsWith("250"));
            QVERIFY(client.deliver("bob@example.org", "a letter").startsWith("250"));
            QTRY_COMPARE(assessor->count(), 1);
        }
        QCOMPARE(journalOf(directory)->ids(0, 10)->size(), 0);
        QVERIFY(store::run(database, u"DROP TRIGGER refuse"_s));
        database = {};
        QSqlDatabase::removeDatabase(u"refusing"_s);
        RunningRelay again{configuration};
        QTRY_VERIFY(again.isRunning);
        QTRY_COMPARE(journalOf(directory)->ids(0, 10)->size(), 1);
    }

    void whatCouldNotBeLookedForIsLookedForAfterTheNextStart()
    {
        QTemporaryDir directory;
        QTemporaryDir nowhere;
        const auto heard = [&directory](const QByteArray &session) { return !journalOf(directory)->transcript(session)->text.isEmpty(); };
        {
            relay::BackOffice office{std::make_shared<GatedAssessor>(), [&directory] { return store::RelayJournal::open(directory.path()); }};
            office.start(std::make_unique<store::SqliteSpoolReader>(nowhere.path()), 7, [](const QList<qint64> &) {});
            for (const QByteArray session : {"first", "second"}) { // Between the two it looked.
                office.heard({session, 1, "text"});
                QTRY_VERIFY(heard(session));
            }
        }
        QCOMPARE(*journalOf(directory)->watermark(), 0);
    }

    void largeMessagesReachTheAssessorWhole()
    {
        QTemporaryDir directory;
        const auto assessor = std::make_shared<GatedAssessor>();
        assessor->gate.release(10);
        relay::RelayConfiguration configuration = withJournal(directory.path());
        configuration.assessor = assessor;
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient client{relay.smtpPort()};
        QVERIFY(client.line().startsWith("220"));
        QVERIFY(client.ask("EHLO c").startsWith("250"));
        const QByteArray text = QByteArray("Subject: big\r\n\r\n") + QByteArray(QByteArray(70, 'x') + "\r\n").repeated(20000);
        QVERIFY(client.deliver("bob@example.org", text).startsWith("250"));
        QTRY_COMPARE(assessor->count(), 1);
        QVERIFY(assessor->lastOctets.endsWith(text + "\r\n"));
        QVERIFY(!assessor->isLastABeginning);
        // Beyond the bound the head must do, so that no letter fills the memory.
        const QByteArray huge = QByteArray("Subject: huge\r\n\r\n") + QByteArray(QByteArray(70, 'x') + "\r\n").repeated(150'000);
        QVERIFY(huge.size() > relay::MessageAssessor::kLargestOctets);
        QVERIFY(client.deliver("bob@example.org", huge).startsWith("250"));
        QTRY_COMPARE(assessor->count(), 2);
        QVERIFY(assessor->isLastABeginning);
        QVERIFY(assessor->lastOctets.contains("Subject: huge\r\n") && assessor->lastOctets.size() < 2 * store::kSpoolPieceOctets);
    }

    void whatIsKnownOfDeletedMessagesIsForgottenAtTheNextStart()
    {
        QTemporaryDir directory;
        const auto assessor = std::make_shared<GatedAssessor>();
        assessor->gate.release(100);
        relay::RelayConfiguration configuration = withJournal(directory.path());
        configuration.assessor = assessor;
        {
            RunningRelay relay{configuration};
            QTRY_VERIFY(relay.isRunning);
            LineClient client{relay.smtpPort()};
            QVERIFY(client.line().startsWith("220"));
            QVERIFY(client.ask("EHLO c").startsWith("250"));
            for (int i = 0; i < 3; ++i)
                QVERIFY(client.deliver("bob@example.org", "number " + QByteArray::number(i)).startsWith("250"));
            QTRY_COMPARE((*journalOf(directory)->ids(0, 10)).size(), 3);
            LineClient pop3{relay.pop3Port()};
            QVERIFY(pop3.line().startsWith("+OK"));
            QVERIFY(pop3.ask("USER bob@example.org").startsWith("+OK"));
            QVERIFY(pop3.ask("PASS secret").startsWith("+OK"));
            QVERIFY(pop3.ask("DELE 2").startsWith("+OK"));
            QVERIFY(pop3.ask("QUIT").startsWith("+OK"));
        }
        RunningRelay again{configuration};
        QTRY_COMPARE((*journalOf(directory)->ids(0, 10)).size(), 2);
    }

    void theOldestGoBeyondTheLimitAndNoneWithoutOne()
    {
        QTemporaryDir directory;
        auto spool = std::move(*store::SqliteSpool::open(directory.path(), store::SqliteSpool::Role::Relay));
        QVERIFY(spool->addAccount({"bob@example.org", {}}));
        for (int i = 0; i < 10; ++i)
            QVERIFY(spool->commit({{spool->nextId(), "a@example.org", {"bob@example.org"}, "", 1000 * i, "text " + QByteArray::number(i)}})[0]);
        QCOMPARE(*spool->removeOldest(0, 0, 100), 0);
        QCOMPARE(*spool->removeOldest(0, 2000, 100), 2);
        QCOMPARE(*spool->removeOldest(5, 0, 2), 2);
        QCOMPARE(*spool->removeOldest(5, 0, 100), 1);
        QCOMPARE(*spool->removeOldest(5, 0, 100), 0);
        const auto reader = std::move(*spool->makeReader());
        const auto left = reader->entries("bob@example.org");
        QCOMPARE(left->size(), 5);
        QCOMPARE(left->first().id, 6);
    }

    void aTranscriptHasItsBeginAndItsEndAndIsBounded()
    {
        relay::Transcript transcript;
        using Kind = relay::MonitorEvent::Kind;
        transcript.add(Kind::SessionOpened, "127.0.0.1:5", 0, 0);
        for (int i = 0; i < 20000; ++i)
            transcript.add(i % 2 ? Kind::LineOut : Kind::LineIn, "line " + QByteArray::number(i), 0, 0);
        transcript.add(Kind::LineIn, QByteArray(100'000, 'x'), 0, 0);
        transcript.add(Kind::SessionClosed, "QUIT", 0, 0);
        const QByteArray text = transcript.takeText();
        QVERIFY2(text.size() < 24 * 1024, qPrintable(QString::number(text.size())));
        QVERIFY(text.contains("* connected from 127.0.0.1:5\n") && text.contains(" C line 0\n"));
        QVERIFY(text.contains(" octets left out ...\n") && text.contains(" S line 19999\n") && text.endsWith(" * closed: QUIT\n"));
        QVERIFY(!transcript.isNew());
    }

    void aTranscriptIsReadAsItWasWritten()
    {
        using Kind = relay::MonitorEvent::Kind;
        relay::Transcript transcript;
        transcript.add(Kind::SessionOpened, "127.0.0.1:5", 0, 0);
        transcript.add(Kind::LineOut, "220 localhost", 0, 0);
        transcript.add(Kind::LineIn, "* [message 5, x", 0, 0);
        transcript.add(Kind::LineIn, {}, 0, 0);
        transcript.add(Kind::TlsStarted, "TLSv1.3", 0, 0);
        transcript.add(Kind::BodyIn, {}, 4711, 12);
        transcript.add(Kind::MessageStored, {}, 0, 12);
        transcript.add(Kind::FaultApplied, "list footer", 0, 0);
        transcript.add(Kind::BodyOut, {}, 4712, 13);
        transcript.add(Kind::SessionClosed, "QUIT", 0, 0);
        const QList<relay::TranscriptLine> lines = relay::readTranscript(transcript.takeText());
        QList<Kind> kinds;
        for (const relay::TranscriptLine &line : lines)
            kinds.append(line.event.kind);
        QVERIFY((kinds == QList{Kind::SessionOpened, Kind::LineOut, Kind::LineIn, Kind::LineIn, Kind::TlsStarted, Kind::BodyIn, Kind::MessageStored,
                                Kind::FaultApplied, Kind::BodyOut, Kind::SessionClosed}));
        QCOMPARE(lines[0].event.text, "127.0.0.1:5");
        QCOMPARE(lines[2].event.text, "* [message 5, x");
        QCOMPARE(lines[2].event.messageId, 0);
        QVERIFY(lines[3].event.text.isEmpty());
        QCOMPARE(lines[5].event.octets, 4711);
        QCOMPARE(lines[6].event.messageId, 12);
        QCOMPARE(lines[8].event.messageId, 13);
        QCOMPARE(lines[9].event.text, "QUIT");
        const QList<relay::TranscriptLine> cut = relay::readTranscript("0 C a\n... 77 octets left out ...\nno line\n9 S b\n");
        QCOMPARE(cut.size(), 3);
        QCOMPARE(cut[1].leftOutOctets, 77);
        QCOMPARE(cut[2].event.atMs, 9);
    }

    void theJournalKeepsTheLastTranscripts()
    {
        QTemporaryDir directory;
        const auto journal = journalOf(directory);
        const auto name = [](qint64 i) { return "run." + QByteArray::number(i); };
        for (qint64 from = 0; from < 3000; from += 500) {
            QList<store::JournalTranscript> some;
            for (qint64 i = from; i < from + 500; ++i)
                some.append({name(i), i, "text " + QByteArray::number(i)});
            QVERIFY(journal->keep(some));
        }
        QVERIFY(journal->keep({{name(2999), 2999, "longer"}}));
        QCOMPARE(journal->transcript(name(2999))->text, "longer");
        QCOMPARE(journal->transcript(name(1000))->text, "text 1000");
        QVERIFY(journal->transcript(name(999))->text.isEmpty());
    }

    void aJournalOfAnotherSpoolIsEmptied()
    {
        QTemporaryDir directory;
        {
            const auto journal = std::move(*store::RelayJournal::open(directory.path(), "first"));
            QVERIFY(journal->add({{7, "run.1", "{}"}}));
        }
        QVERIFY(*(*store::RelayJournal::open(directory.path(), "first"))->contains(7));
        QVERIFY(*(*store::RelayJournal::open(directory.path()))->contains(7));
        QVERIFY(!*(*store::RelayJournal::open(directory.path(), "second"))->contains(7));
    }

    void marksAndAmendmentsAreInTheSpoolWithTheMessage()
    {
        QTemporaryDir directory;
        auto spool = std::move(*store::SqliteSpool::open(directory.path(), store::SqliteSpool::Role::Relay));
        QVERIFY(spool->addAccount({"bob@example.org", {}}));
        store::SpoolLetter first{spool->nextId(), "a@example.org", {"bob@example.org"}, "Trace\r\n", 1, "first"};
        QVERIFY(spool->commit({first})[0]);
        store::SpoolLetter second{spool->nextId(), "a@example.org", {"bob@example.org"}, "Trace\r\n", 2, "second"};
        second.marks = "marked";
        second.amendments.push_back({first.id, "amended", "marked too"});
        QVERIFY(spool->commit({second})[0]);
        store::SpoolLetter copy = second;
        copy.id = spool->nextId();
        copy.isCopy = true;
        copy.amendments.clear();
        QVERIFY(!(*spool->commit({copy})[0]).isDuplicate);
        const auto reader = std::move(*spool->makeReader());
        QCOMPARE(reader->summary(first.id)->marks, "marked too");
        QCOMPARE(reader->read(first.id, 0)->octets, "Trace\r\namended");
        QCOMPARE(reader->entries("bob@example.org")->first().octets, qint64(sizeof "Trace\r\namended") - 1);
        QCOMPARE(reader->summary(second.id)->marks, "marked");
        QVERIFY(spool->removeEverywhere(second.id));
        QCOMPARE(reader->summary(second.id).error().code, base::ErrorCode::MessageNotFound);
        QVERIFY(reader->summary(copy.id)->marks == "marked");
    }
};

QTEST_GUILESS_MAIN(TestBackOffice)
#include "tst_BackOffice.moc"
