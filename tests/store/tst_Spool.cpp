// SPDX-License-Identifier: GPL-3.0-or-later
// One suite for every spool. What only the one on disk promises is in tst_SpoolFiles.
#include "store/SpoolFixture.h"
#include "support/ErrorNames.h"

#include <QTest>

using base::ErrorCode;
using store::SpoolLetter;

namespace {

using Maker = Given (*)();

} // namespace
Q_DECLARE_METATYPE(Maker)

class TestSpool : public QObject
{
    Q_OBJECT

    static void eachSpool()
    {
        QTest::addColumn<Maker>("make");
        QTest::newRow("memory") << Maker{&memorySpool};
        QTest::newRow("sqlite") << Maker{&sqliteSpool};
    }

private Q_SLOTS:
    void whatIsCommittedIsInEveryMailboxByteForByte_data() { eachSpool(); }
    void whatIsCommittedIsInEveryMailboxByteForByte()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        QVERIFY(spool->addAccount(account("b@x")));
        QByteArray body;
        for (int i = 0; i < 256; ++i)
            body += static_cast<char>(i);
        const auto receipt = keep(*spool.spool, letterTo(*spool.spool, {"a@x", "b@x"}, body));
        QVERIFY(receipt && !receipt->isDuplicate);
        const auto reader = spool.reader();
        for (const QByteArray mailbox : {"a@x", "b@x"}) {
            const auto entries = reader->entries(mailbox);
            QVERIFY(entries);
            QCOMPARE(*entries, (QList<store::SpoolEntry>{{receipt->id, 13 + 256}}));
        }
        QCOMPARE(wholeOf(*reader, receipt->id), "Received: x\r\n" + body);
    }

    void whatIsOwedElsewhereIsQueuedWithEverythingThatWasAsked_data() { eachSpool(); }
    void whatIsOwedElsewhereIsQueuedWithEverythingThatWasAsked()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        const SpoolLetter letter = letterOnward(*spool.spool, "text");
        const auto receipt = keep(*spool.spool, letter);
        QVERIFY(receipt && !receipt->isDuplicate);
        const auto again = keep(*spool.spool, letterOnward(*spool.spool, "text"));
        QVERIFY(again && again->isDuplicate);
        const auto reader = spool.reader();
        const store::QueuedMessage expected{letter.id, kNow, 13 + 4, "sender@example.org", "QQ314159", "HDRS", true, false, letter.order->recipients};
        QCOMPARE(*reader->queue(10), QList<store::QueuedMessage>{expected});
        QCOMPARE(*reader->dueQueue(kNow, 10), QList<store::QueuedMessage>{expected});
        QVERIFY(reader->queue(10, letter.id)->isEmpty());
        QCOMPARE(reader->newest({}, 10)->first().recipients, (QList<QByteArray>{"one@elsewhere.org", "two@elsewhere.org"}));
    }

    void aMessageStaysUntilNothingIsOwedAndNobodyHasIt_data() { eachSpool(); }
    void aMessageStaysUntilNothingIsOwedAndNobodyHasIt()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        const qint64 id = keep(*spool.spool, letterOnward(*spool.spool, "text", {"a@x"}))->id;
        const auto reader = spool.reader();
        QVERIFY(spool->settleQueue({{id, "one@elsewhere.org"}}));
        QVERIFY(spool->remove("a@x", {id}));
        QCOMPARE(wholeOf(*reader, id), "Received: x\r\ntext");
        QCOMPARE(*spool->removeOldest(0, kNow + 1'000'000, 10), 0); // Limits of age and number spare what is promised.
        QCOMPARE(reader->queue(10)->first().recipients.size(), 1);
        QVERIFY(spool->settleQueue({{id, "two@elsewhere.org"}}));
        QVERIFY(reader->queue(10)->isEmpty());
        QCOMPARE(reader->read(id, 0).error().code, ErrorCode::MessageNotFound);
    }

    void whatAPersonDeletesEverywhereIsOwedToNobody_data() { eachSpool(); }
    void whatAPersonDeletesEverywhereIsOwedToNobody()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        const qint64 id = keep(*spool.spool, letterOnward(*spool.spool, "text", {"a@x"}))->id;
        QVERIFY(spool->removeEverywhere(id));
        const auto reader = spool.reader();
        QVERIFY(reader->queue(10)->isEmpty());
        QCOMPARE(reader->read(id, 0).error().code, ErrorCode::MessageNotFound);
        QCOMPARE(spool->removeEverywhere(id).error().code, ErrorCode::MessageNotFound);
    }

    void anAttemptIsPutOffAndAReportSettlesIt_data() { eachSpool(); }
    void anAttemptIsPutOffAndAReportSettlesIt()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("sender@example.org")));
        const qint64 id = keep(*spool.spool, letterOnward(*spool.spool, "text"))->id;
        const auto reader = spool.reader();
        QVERIFY(spool->retryQueue({{{id, "one@elsewhere.org"}, kNow + 5000, kNow, "451 later", "smarthost.example.net"}}));
        QCOMPARE(reader->dueQueue(kNow, 10)->first().recipients.size(), 1);
        QCOMPARE(*reader->nextDueMs(kNow), kNow + 5000);
        const store::QueuedRecipient one = reader->queue(10)->first().recipients.first();
        QCOMPARE(one, (store::QueuedRecipient{"one@elsewhere.org", "rfc822;one@else+2Bwhere.org", "SUCCESS,DELAY", store::QueueState::Waiting, 1,
                                              kNow + 5000, kNow, "451 later", false, "smarthost.example.net"}));
        store::SpoolOrder order;
        order.tellsDelayOf = {{id, "one@elsewhere.org"}};
        order.settles = {{id, "two@elsewhere.org"}};
        SpoolLetter report = letterTo(*spool.spool, {"sender@example.org"}, "report");
        report.order = std::make_shared<const store::SpoolOrder>(order);
        QVERIFY(keep(*spool.spool, report));
        const QList<store::QueuedRecipient> left = reader->queue(10)->first().recipients;
        QCOMPARE(left.size(), 1);
        QVERIFY(left.first().isDelayTold);
    }

    void aPersonHoldsFlushesAndDeletes_data() { eachSpool(); }
    void aPersonHoldsFlushesAndDeletes()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        const qint64 first = keep(*spool.spool, letterOnward(*spool.spool, "first"))->id;
        const qint64 second = keep(*spool.spool, letterOnward(*spool.spool, "second"))->id;
        const auto reader = spool.reader();
        QVERIFY(spool->commandQueue(store::QueueCommand::Hold, {first}, kNow));
        QCOMPARE(reader->dueQueue(kNow, 10)->size(), 1);
        QVERIFY(spool->retryQueue({{{second, "one@elsewhere.org"}, kNow + 5000, kNow, {}}, {{second, "two@elsewhere.org"}, kNow + 5000, kNow, {}}}));
        QVERIFY(reader->dueQueue(kNow, 10)->isEmpty());
        QVERIFY(spool->commandQueue(store::QueueCommand::Flush, {}, kNow));
        QCOMPARE(reader->dueQueue(kNow, 10)->first().id, second);
        QVERIFY(spool->commandQueue(store::QueueCommand::Release, {first}, kNow));
        QCOMPARE(reader->dueQueue(kNow, 10)->size(), 2);
        QVERIFY(spool->commandQueue(store::QueueCommand::Delete, {first}, kNow));
        QCOMPARE(reader->read(first, 0).error().code, ErrorCode::MessageNotFound);
        QCOMPARE(spool->commandQueue(store::QueueCommand::Delete, {first}, kNow).error().code, ErrorCode::MessageNotFound);
        QVERIFY(!*reader->isQueuePaused());
        QVERIFY(spool->setQueuePaused(store::Spool::Pause::Yes));
        QVERIFY(*reader->isQueuePaused());
        QVERIFY(spool->commandQueue(store::QueueCommand::Delete, {}, kNow));
        QVERIFY(reader->queue(10)->isEmpty());
    }

    void severalAreReadAsOneByOne_data() { eachSpool(); }
    void severalAreReadAsOneByOne()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        const qint64 first = keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "first"))->id;
        const qint64 second = keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "second"))->id;
        const auto reader = spool.reader();
        const auto pieces = reader->readEach({second, 99999, first}, 13);
        QCOMPARE(pieces.size(), 3U);
        QCOMPARE(pieces[0]->octets, "second");
        QCOMPARE(pieces[1].error().code, ErrorCode::MessageNotFound);
        QCOMPARE(pieces[2]->octets, "Received: x\r\nfirst");
        // No snapshot is left behind.
        const qint64 third = keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "third"))->id;
        QCOMPARE(reader->readEach({third, first}, 0)[0]->octets, "Received: x\r\nthird");
    }

    void oneBadLetterDoesNotSpoilTheOthers_data() { eachSpool(); }
    void oneBadLetterDoesNotSpoilTheOthers()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        const auto outcomes = spool->commit({letterTo(*spool.spool, {"a@x"}, "one"), letterTo(*spool.spool, {"gone@x"}, "two"),
                                             letterTo(*spool.spool, {"gone@x", "a@x"}, "three")});
        QVERIFY(outcomes[0] && outcomes[2]);
        QCOMPARE(outcomes[1].error().code, ErrorCode::UserUnknown);
        QCOMPARE(spool.reader()->entries("a@x")->size(), 2);
    }

    void largeBodiesComeInPieces_data() { eachSpool(); }
    void largeBodiesComeInPieces()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        SpoolLetter letter = letterTo(*spool.spool, {"a@x"}, "the end\r\n");
        QByteArray body;
        for (char c = 'a'; c < 'f'; ++c) {
            const QByteArray piece(300'000, c);
            QVERIFY(spool->append(letter.id, piece));
            body += piece;
        }
        const auto receipt = keep(*spool.spool, letter);
        QVERIFY(receipt);
        const auto reader = spool.reader();
        QVERIFY(reader->read(receipt->id, 0)->octets.size() <= 2 * store::kSpoolPieceOctets);
        QCOMPARE(wholeOf(*reader, receipt->id), "Received: x\r\n" + body + "the end\r\n");
        QVERIFY(spool->remove("a@x", {receipt->id}));
        QCOMPARE(reader->read(receipt->id, 0).error().code, ErrorCode::MessageNotFound);
    }

    void theSameLetterWithinADayIsKeptOnce_data() { eachSpool(); }
    void theSameLetterWithinADayIsKeptOnce()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        QVERIFY(spool->addAccount(account("b@x")));
        const auto first = keep(*spool.spool, letterTo(*spool.spool, {"a@x", "b@x"}, "same"));
        const auto again = keep(*spool.spool, letterTo(*spool.spool, {"b@x", "a@x"}, "same", kNow + 1000));
        QVERIFY(again && again->isDuplicate);
        QCOMPARE(again->id, first->id);
        // Even when the first copy was fetched and deleted meanwhile.
        QVERIFY(spool->remove("a@x", {first->id}));
        QVERIFY(spool->remove("b@x", {first->id}));
        QVERIFY(keep(*spool.spool, letterTo(*spool.spool, {"a@x", "b@x"}, "same", kNow + 2000))->isDuplicate);
        QVERIFY(!keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "same"))->isDuplicate);
        QVERIFY(!keep(*spool.spool, letterTo(*spool.spool, {"a@x", "b@x"}, "Same"))->isDuplicate);
        QVERIFY(!keep(*spool.spool, letterTo(*spool.spool, {"a@x", "b@x"}, "same", kNow + kDay + 1))->isDuplicate);
    }

    void whatAPersonDeletedMayComeAgain_data() { eachSpool(); }
    void whatAPersonDeletedMayComeAgain()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        const qint64 first = keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "same"))->id;
        QVERIFY(spool->removeEverywhere(first));
        const auto second = keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "same", kNow + 1000));
        QVERIFY(second && !second->isDuplicate);
        QVERIFY(keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "same", kNow + 2000))->isDuplicate);
        QCOMPARE(spool.reader()->entries("a@x")->size(), 1);
        // With the mailbox, and out of the queue.
        QVERIFY(spool->removeAccount("a@x"));
        QVERIFY(spool->addAccount(account("a@x")));
        QVERIFY(!keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "same", kNow + 3000))->isDuplicate);
        const qint64 queued = keep(*spool.spool, letterOnward(*spool.spool, "onward"))->id;
        QVERIFY(spool->commandQueue(store::QueueCommand::Delete, {queued}, kNow));
        QVERIFY(!keep(*spool.spool, letterOnward(*spool.spool, "onward"))->isDuplicate);
    }

    void aClockSetBackHidesAndDoublesNothing_data() { eachSpool(); }
    void aClockSetBackHidesAndDoublesNothing()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        const auto first = keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "first"));
        const auto second = keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "second", kNow - 3 * kDay));
        QVERIFY(first && second && second->id > first->id);
        QVERIFY(keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "first", kNow - 3 * kDay))->isDuplicate);
        QVERIFY(keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "second", kNow - 3 * kDay + 1))->isDuplicate);
        const auto entries = spool.reader()->entries("a@x");
        QCOMPARE(entries->size(), 2);
        QCOMPARE(entries->last().id, second->id);
        QCOMPARE(spool.reader()->newest("", 1)->first().id, second->id);
    }

    void twinsInOneBatchAreKeptOnce()
    {
        const Given spool = sqliteSpool();
        QVERIFY(spool->addAccount(account("a@x")));
        const auto outcomes = spool->commit({letterTo(*spool.spool, {"a@x"}, "twin"), letterTo(*spool.spool, {"a@x"}, "twin")});
        QVERIFY(!outcomes[0]->isDuplicate && outcomes[1]->isDuplicate);
        QCOMPARE(spool.reader()->entries("a@x")->size(), 1);
    }

    void deletingConcernsOneMailbox_data() { eachSpool(); }
    void deletingConcernsOneMailbox()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        QVERIFY(spool->addAccount(account("b@x")));
        const qint64 id = keep(*spool.spool, letterTo(*spool.spool, {"a@x", "b@x"}, "text"))->id;
        QCOMPARE(*spool->remove("a@x", {id, 99999}), 13 + 4);
        QCOMPARE(*spool->remove("a@x", {id}), 0);
        const auto reader = spool.reader();
        QVERIFY(reader->entries("a@x")->isEmpty());
        QCOMPARE(reader->entries("b@x")->size(), 1);
        QCOMPARE(spool->remove("nobody@x", {id}).error().code, ErrorCode::UserUnknown);
        QVERIFY(spool->removeEverywhere(id));
        QVERIFY(reader->entries("b@x")->isEmpty());
        QCOMPARE(spool->removeEverywhere(id).error().code, ErrorCode::MessageNotFound);
    }

    void accountsComeAndGo_data() { eachSpool(); }
    void accountsComeAndGo()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        QCOMPARE(spool->addAccount(account("a@x")).error().code, ErrorCode::UserExists);
        store::SpoolAccount changed = account("a@x");
        changed.credential.iterations = 10000;
        QVERIFY(spool->setAccount(changed));
        const auto reader = spool.reader();
        QCOMPARE(*reader->accounts(), QList{changed});
        const qint64 id = keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "text"))->id;
        QCOMPARE(*reader->mailboxes(), (QList<store::SpoolMailbox>{{"a@x", 1, 17}}));
        QVERIFY(spool->removeAccount("a@x"));
        QCOMPARE(spool->removeAccount("a@x").error().code, ErrorCode::UserUnknown);
        QCOMPARE(reader->entries("a@x").error().code, ErrorCode::UserUnknown);
        QCOMPARE(reader->read(id, 0).error().code, ErrorCode::MessageNotFound);
    }

    void aliasesBelongToAMailbox_data() { eachSpool(); }
    void aliasesBelongToAMailbox()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        QVERIFY(spool->addAccount(account("b@x")));
        QCOMPARE(spool->setAlias({"c@x", "nobody@x"}).error().code, ErrorCode::UserUnknown);
        QCOMPARE(spool->setAlias({"b@x", "a@x"}).error().code, ErrorCode::UserExists);
        QVERIFY(spool->setAlias({"c@x", "a@x"}));
        QVERIFY(spool->setAlias({"@x", "b@x"}));
        const auto reader = spool.reader();
        QCOMPARE(*reader->aliases(), (QList<store::SpoolAlias>{{"@x", "b@x"}, {"c@x", "a@x"}}));
        // A name is an account's or an alias's, never both.
        QCOMPARE(spool->addAccount(account("c@x")).error().code, ErrorCode::UserExists);
        QCOMPARE(spool->setAccount(account("c@x")).error().code, ErrorCode::UserExists);
        QVERIFY(spool->setAlias({"c@x", "b@x"}));
        QVERIFY(spool->removeAlias("@x"));
        QCOMPARE(spool->removeAlias("@x").error().code, ErrorCode::UserUnknown);
        QCOMPARE(*reader->aliases(), (QList<store::SpoolAlias>{{"c@x", "b@x"}}));
        QVERIFY(spool->removeAccount("b@x"));
        QCOMPARE(*reader->aliases(), QList<store::SpoolAlias>{});
        QVERIFY(spool->addAccount(account("c@x")));
    }

    void whatTheEnvelopeSaidMakesADuplicate_data() { eachSpool(); }
    void whatTheEnvelopeSaidMakesADuplicate()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        const auto letter = [&spool](const QByteArray &addressed) {
            SpoolLetter made = letterTo(*spool.spool, {"a@x"}, "text");
            made.addressed = {addressed};
            return made;
        };
        QVERIFY(!keep(*spool.spool, letter("a+one@x"))->isDuplicate);
        QVERIFY(!keep(*spool.spool, letter("a+two@x"))->isDuplicate);
        QVERIFY(keep(*spool.spool, letter("a+one@x"))->isDuplicate);
    }

    void whatASenderCalledTheRecipientsIsKnown_data() { eachSpool(); }
    void whatASenderCalledTheRecipientsIsKnown()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        store::SpoolLetter letter = letterTo(*spool.spool, {"a@x"}, "x");
        letter.addressed = {"a+one@x", "a@x", "sales@x"};
        const qint64 id = keep(*spool.spool, letter)->id;
        const auto reader = spool.reader();
        QCOMPARE(reader->summary(id)->otherNames, (QList<QByteArray>{"a+one@x", "sales@x"}));
        QCOMPARE(reader->newest({}, 1)->first().otherNames, reader->summary(id)->otherNames);
        QVERIFY(reader->summary(keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, "y"))->id)->otherNames.isEmpty());
        QVERIFY(spool->removeEverywhere(id));
        QVERIFY(!reader->summary(id));
    }

    void theNewestComeFirst_data() { eachSpool(); }
    void theNewestComeFirst()
    {
        QFETCH(Maker, make);
        const Given spool = make();
        QVERIFY(spool->addAccount(account("a@x")));
        QList<qint64> ids;
        for (int i = 0; i < 5; ++i)
            ids.prepend(keep(*spool.spool, letterTo(*spool.spool, {"a@x"}, QByteArray::number(i)))->id);
        const auto reader = spool.reader();
        for (const QByteArray mailbox : {"", "a@x"}) {
            const auto newest = reader->newest(mailbox, 2);
            QCOMPARE(newest->size(), 2);
            QCOMPARE(newest->first().id, ids[0]);
            QCOMPARE(newest->first().recipients, QList<QByteArray>{"a@x"});
            QCOMPARE(reader->newest(mailbox, 10, ids[1])->first().id, ids[2]);
        }
    }
};

QTEST_GUILESS_MAIN(TestSpool)
#include "tst_Spool.moc"
