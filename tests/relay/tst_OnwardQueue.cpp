// SPDX-License-Identifier: GPL-3.0-or-later
// The queue with a spool in memory, a carrier that plays a script, and a clock that stands still.
#include "net/SmtpDsn.h"
#include "relay/OnwardQueue.h"
#include "relay/ScriptedCarrier.h"
#include "relay/Services.h"
#include "support/FakeClock.h"
#include "support/FakeSpool.h"

#include <QSemaphore>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using relay::OnwardOutcome;
using relay::OnwardParcel;
using store::QueuedMessage;
using store::QueuedRecipient;

namespace {

enum class NextHop { Known, None };

QueuedRecipient to(const QByteArray &address, const QByteArray &notify = {})
{
    QueuedRecipient recipient;
    recipient.address = address;
    recipient.notify = notify;
    return recipient;
}

/// Alice's mailbox is here; everybody else is elsewhere.
struct Desk {
    explicit Desk(relay::RetryPolicy policy = {}, NextHop nextHop = NextHop::Known)
        : services(&context, [this]() -> base::Result<std::unique_ptr<store::Spool>> {
              auto made = std::make_unique<FakeSpool>();
              spool = made.get();
              return std::unique_ptr<store::Spool>{std::move(made)};
          })
    {
        bool isOpen = false;
        services.clock = &clock;
        services.stored = [this](const QList<QByteArray> &mailboxes) { storedFor += mailboxes; };
        services.carriesOnward = nextHop == NextHop::Known;
        services.spool.open([&isOpen](const base::Status &status) { isOpen = status.isOk(); });
        if (!QTest::qWaitFor([&isOpen] { return isOpen; }))
            qFatal("the spool was not opened");
        const store::SpoolAccount alice{"alice@example.org", {"salt", 4096, "stored", "server"}};
        (void)spool->addAccount(alice);
        services.users.set({alice}, {});
        services.hostName = "relay.example.org";
        queue = std::make_unique<relay::OnwardQueue>(services, nullptr);
        queue->setNextHop(policy, nextHop == NextHop::Known ? std::make_unique<ScriptedCarrier>(script) : nullptr);
    }

    qint64 submit(const QList<QueuedRecipient> &recipients, const QByteArray &text = "Subject: x\r\n\r\ntext\r\n", const QByteArray &sender = "alice@example.org")
    {
        store::SpoolLetter letter;
        letter.id = spool->nextId();
        letter.sender = sender;
        letter.receivedMs = services.nowMs();
        letter.trace = "Return-Path: <" + sender + ">\r\nReceived: from x\r\n";
        letter.rest = text;
        store::SpoolOrder order;
        order.recipients = recipients;
        order.envelopeId = envelopeId;
        order.returns = returns;
        for (const QueuedRecipient &one : recipients)
            if (one.state == store::QueueState::Delivered)
                letter.recipients.append(one.address);
        letter.order = std::make_shared<const store::SpoolOrder>(order);
        const qint64 id = letter.id;
        services.spool.commit(letter, [this](const base::Result<store::SpoolReceipt> &receipt) {
            Q_ASSERT(receipt);
            queue->look();
        });
        return id;
    }
    /// What was asked of the spool's threads until now is answered, and what follows from that, too.
    void roundTrips()
    {
        for (int i = 0; i < 5; ++i) {
            int answers = 0;
            services.spool.read([&answers](store::SpoolReader &) -> relay::SpoolAccess::Delivery { return [&answers] { ++answers; }; });
            services.spool.write([&answers](store::Spool &) -> relay::SpoolAccess::Delivery { return [&answers] { ++answers; }; });
            if (!QTest::qWaitFor([&answers] { return answers == 2; }))
                qFatal("the spool does not answer");
        }
    }
    /// Another takes the place of the next hop while that one has Bob's message and does not answer.
    void replaceNextHopInTheMiddle(ScriptedCarrier::Script &other)
    {
        script.holds = true;
        submit({to("bob@elsewhere.org")});
        if (!QTest::qWaitFor([this] { return script.held.size() == 1; }))
            qFatal("the next hop got nothing");
        queue->setNextHop({}, std::make_unique<ScriptedCarrier>(other, "other.example.net"));
    }
    [[nodiscard]] QList<QueuedMessage> queued() const { return *(*spool->makeReader())->queue(1000); }
    /// The newest message in Alice's mailbox.
    [[nodiscard]] QByteArray mailOfAlice() const
    {
        const auto reader = std::move(spool->makeReader()).value();
        const auto entries = reader->entries("alice@example.org");
        QByteArray octets;
        while (!entries->isEmpty() && octets.size() < entries->last().octets)
            octets += reader->read(entries->last().id, octets.size())->octets;
        return octets;
    }

    QObject context;
    support::FakeClock clock;
    FakeSpool *spool = nullptr;
    relay::Services services;
    ScriptedCarrier::Script script;
    std::unique_ptr<relay::OnwardQueue> queue;
    QList<QByteArray> storedFor;
    QByteArray envelopeId;
    QByteArray returns;
};

} // namespace

class TestOnwardQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsOwedGoesToTheNextHopWithoutItsReturnPath()
    {
        Desk desk;
        desk.submit({to("bob@elsewhere.org"), to("carol@elsewhere.org")});
        QTRY_VERIFY(desk.queued().isEmpty() && !desk.script.texts.isEmpty());
        QCOMPARE(desk.script.texts, QList<QByteArray>{"Received: from x\r\nSubject: x\r\n\r\ntext\r\n"});
        QCOMPARE(desk.script.parcels.first().message.sender, "alice@example.org"_ba);
        QCOMPARE(desk.script.parcels.first().message.recipients.size(), 2);
        QVERIFY(desk.mailOfAlice().isEmpty());
    }

    /// The reader has seen the queue and its answer is on the way, when the message that it saw is delivered and settled.
    void aLookFromBeforeTheDeliveryCarriesNothingTwice_data()
    {
        QTest::addColumn<bool>("isHouse");
        QTest::newRow("a look for what is due") << false;
        QTest::newRow("a look for what is old") << true;
    }
    void aLookFromBeforeTheDeliveryCarriesNothingTwice()
    {
        QFETCH(bool, isHouse);
        Desk desk;
        desk.script.holds = true;
        desk.submit({to("bob@elsewhere.org")});
        QTRY_COMPARE(desk.script.held.size(), 1U);
        desk.roundTrips();
        QSemaphore reached;
        QSemaphore released;
        desk.spool->afterNextQueueRead([&] {
            reached.release();
            released.acquire();
        });
        if (isHouse)
            desk.queue->keepHouse();
        else
            desk.queue->look();
        QTRY_COMPARE(reached.available(), 1);
        desk.script.holds = false;
        desk.script.letGo();
        desk.clock.advanceDays(isHouse ? 6 : 0);
        QTRY_VERIFY(desk.queued().isEmpty());
        bool isAnswered = false;
        desk.services.spool.write([&isAnswered](store::Spool &) -> relay::SpoolAccess::Delivery { return [&isAnswered] { isAnswered = true; }; });
        QTRY_VERIFY(isAnswered);
        released.release();
        desk.roundTrips();
        QCOMPARE(desk.script.texts.size(), 1);
        QVERIFY(desk.mailOfAlice().isEmpty());
    }

    void aLargeMessageIsReadInPieces()
    {
        Desk desk;
        const QByteArray text = "Subject: x\r\n\r\n" + QByteArray("0123456789abcdef\r\n").repeated(100'000);
        desk.submit({to("bob@elsewhere.org")}, text);
        QTRY_VERIFY(desk.queued().isEmpty() && !desk.script.texts.isEmpty());
        QCOMPARE(desk.script.texts.first(), "Received: from x\r\n" + text);
    }

    void aTemporaryRefusalIsTriedAgainAndOnlyForWhomItConcerns()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) {
            OnwardOutcome outcome;
            outcome.refused = {{"carol@elsewhere.org", "451 4.7.1 try later"}};
            return outcome;
        };
        desk.submit({to("bob@elsewhere.org"), to("carol@elsewhere.org")});
        QTRY_COMPARE(desk.queued().value(0).recipients.size(), 1);
        const QueuedRecipient left = desk.queued().first().recipients.first();
        QCOMPARE(left.address, "carol@elsewhere.org"_ba);
        QCOMPARE(left.attempts, 1);
        QCOMPARE(left.lastReply, "451 4.7.1 try later"_ba);
        QVERIFY(left.nextMs >= desk.services.nowMs() + 45'000 && left.nextMs <= desk.services.nowMs() + 75'000);
        desk.script.answer = [](const OnwardParcel &) { return OnwardOutcome{}; };
        desk.clock.advanceSeconds(76);
        desk.queue->look();
        QTRY_VERIFY(desk.queued().isEmpty());
        QCOMPARE(desk.script.parcels.last().message.recipients.size(), 1);
        QVERIFY(desk.mailOfAlice().isEmpty());
    }

    /// RFC 5321 section 4.5.3.1.10, and RFC 821 with 552. The last of a thousand recipients waited for hours.
    void whoWasOneTooManyGoesInTheNextTransaction()
    {
        for (const QByteArray &reply : {"452 4.5.3 too many recipients"_ba, "452 too many recipients"_ba, "552 too many recipients"_ba}) {
            Desk desk;
            qsizetype room = 2;
            desk.script.answer = [&room, reply](const OnwardParcel &parcel) {
                OnwardOutcome outcome;
                for (qsizetype i = room; i < parcel.message.recipients.size(); ++i)
                    outcome.refused.append({parcel.message.recipients[i].address, reply});
                return outcome;
            };
            desk.submit({to("a@elsewhere.org"), to("b@elsewhere.org"), to("c@elsewhere.org"), to("d@elsewhere.org"), to("e@elsewhere.org")});
            QTRY_COMPARE(desk.script.parcels.size(), 3);
            QTRY_VERIFY(desk.queued().isEmpty());
            QVERIFY(desk.mailOfAlice().isEmpty());
            room = 0; // Whoever takes nobody is left in peace.
            desk.submit({to("f@elsewhere.org")});
            QTRY_VERIFY(reply.startsWith('5') ? !desk.mailOfAlice().isEmpty() : desk.queued().value(0).recipients.value(0).nextMs > desk.services.nowMs());
        }
    }

    void aRefusalForGoodIsReportedAtOnceAndTheOthersAreServed()
    {
        Desk desk;
        desk.envelopeId = "ID-7";
        desk.script.answer = [](const OnwardParcel &) {
            OnwardOutcome outcome;
            outcome.refused = {{"bob@elsewhere.org", "550 5.1.1 no such user"}};
            return outcome;
        };
        desk.submit({to("bob@elsewhere.org"), to("carol@elsewhere.org")});
        QTRY_VERIFY(desk.queued().isEmpty() && !desk.mailOfAlice().isEmpty());
        const QByteArray report = desk.mailOfAlice();
        QVERIFY(report.startsWith("Return-Path: <>\r\n"));
        QVERIFY(report.contains("Original-Envelope-Id: ID-7\r\n"));
        QVERIFY(report.contains("Final-Recipient: rfc822; bob@elsewhere.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"));
        QVERIFY(report.contains("Remote-MTA: dns; smarthost.example.net\r\n"));
        QVERIFY(!report.contains("carol"));
        QVERIFY(report.contains("Content-Type: text/rfc822-headers\r\n\r\nReceived: from x\r\nSubject: x\r\n\r\n--"));
        QTRY_COMPARE(desk.storedFor, QList<QByteArray>{"alice@example.org"});
    }

    void whatTheNextHopLacksIsNamedByItsStatus()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::Unsupported, {}, OnwardOutcome::Blame::Message); };
        desk.submit({to("bob@elsewhere.org")});
        QTRY_VERIFY(desk.mailOfAlice().contains("Status: 5.6.3\r\n"));
        desk.submit({to("jörg@elsewhere.org")});
        QTRY_VERIFY(desk.mailOfAlice().contains("Status: 5.6.7\r\n"));
        desk.script.answer = [](const OnwardParcel &) {
            OnwardOutcome outcome;
            outcome.refused = {{"carol@elsewhere.org", "5.6.7 not asked"}};
            return outcome;
        };
        desk.submit({to("carol@elsewhere.org"), to("bob@elsewhere.org")});
        QTRY_VERIFY(desk.mailOfAlice().contains("Final-Recipient: rfc822; carol@elsewhere.org\r\nAction: failed\r\nStatus: 5.6.7\r\n"));
        QVERIFY(desk.mailOfAlice().contains("Diagnostic-Code: x-waxwing; 5.6.7 not asked\r\n"));
        QVERIFY(!desk.mailOfAlice().contains("bob@"));
        QTRY_VERIFY(desk.queued().isEmpty());
    }

    void theMessageThatIsRefusedFailsForEverybody()
    {
        Desk desk;
        desk.returns = "FULL";
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::MessageRefused, "554 5.7.1 spam", OnwardOutcome::Blame::Message); };
        const QByteArray text = "Subject: x\r\n\r\n" + QByteArray("0123456789abcdef\r\n").repeated(50'000);
        desk.submit({to("bob@elsewhere.org"), to("carol@elsewhere.org", "NEVER")}, text);
        QTRY_VERIFY(desk.queued().isEmpty() && !desk.mailOfAlice().isEmpty());
        QVERIFY(desk.mailOfAlice().contains("Final-Recipient: rfc822; bob@elsewhere.org\r\n"));
        QVERIFY(!desk.mailOfAlice().contains("carol"));
        QVERIFY(desk.mailOfAlice().contains("Content-Type: message/rfc822\r\n\r\nReceived: from x\r\n" + text));
    }

    void aNextHopThatDoesNotAnswerIsLeftAloneAndNothingBounces()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::ConnectionRefused, {}, OnwardOutcome::Blame::NextHop); };
        desk.submit({to("bob@elsewhere.org")});
        QTRY_COMPARE(desk.queued().value(0).recipients.value(0).attempts, 1);
        desk.submit({to("carol@elsewhere.org")}, "Subject: y\r\n\r\n");
        QTRY_COMPARE(desk.queued().size(), 2);
        desk.queue->look();
        desk.roundTrips();
        QCOMPARE(desk.script.parcels.size(), 1);
        desk.script.answer = [](const OnwardParcel &) { return OnwardOutcome{}; };
        desk.queue->lookAfresh(); // As a flush does.
        QTRY_COMPARE(desk.queued().size(), 1);
        desk.clock.advanceSeconds(76);
        desk.queue->look();
        QTRY_VERIFY(desk.queued().isEmpty());
        QVERIFY(desk.mailOfAlice().isEmpty());
    }

    void connectionsThatFailTogetherAreOneFault()
    {
        Desk desk;
        desk.script.holds = true;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::ConnectionLost, {}, OnwardOutcome::Blame::NextHop); };
        for (int i = 0; i < 4; ++i)
            desk.submit({to("bob@elsewhere.org")}, "Subject: " + QByteArray::number(i) + "\r\n\r\n");
        QTRY_COMPARE(desk.script.held.size(), 4UL);
        desk.script.letGo();
        const auto areAllTried = [&desk] {
            const QList<QueuedMessage> queued = desk.queued();
            return std::all_of(queued.cbegin(), queued.cend(), [](const QueuedMessage &one) { return one.recipients.value(0).attempts == 1; });
        };
        QTRY_VERIFY(areAllTried());
        desk.script.holds = false;
        desk.script.answer = [](const OnwardParcel &) { return OnwardOutcome{}; };
        desk.clock.advanceSeconds(76); // The longest first pause.
        desk.queue->look();
        QTRY_VERIFY(desk.queued().isEmpty());
    }

    void aWrongPasswordForTheNextHopBouncesNothing()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::AuthenticationFailed, "535 5.7.8 no", OnwardOutcome::Blame::NextHop); };
        desk.submit({to("bob@elsewhere.org")});
        QTRY_COMPARE(desk.queued().value(0).recipients.value(0).attempts, 1);
        QVERIFY(desk.mailOfAlice().isEmpty());
    }

    void whatIsTooOldIsReportedWithTheLastWords()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::MessageRefused, "452 4.3.1 full", OnwardOutcome::Blame::Message); };
        desk.submit({to("bob@elsewhere.org"), to("carol@elsewhere.org", "SUCCESS")});
        QTRY_COMPARE(desk.queued().value(0).recipients.value(0).attempts, 1);
        desk.clock.advanceDays(6);
        desk.queue->keepHouse();
        QTRY_VERIFY(desk.queued().isEmpty() && !desk.mailOfAlice().isEmpty());
        QVERIFY(desk.mailOfAlice().contains("Action: failed\r\nStatus: 4.4.7\r\n"));
        QVERIFY(desk.mailOfAlice().contains("Diagnostic-Code: smtp; 452 4.3.1 full\r\n"));
        QVERIFY(!desk.mailOfAlice().contains("carol")); // SUCCESS alone: no word of failures.
    }

    /// Whatever of the text cannot be read any more, its sender hears of the failure, once.
    void aReportGoesWithoutATextThatIsDamaged_data()
    {
        QTest::addColumn<qint64>("readable");
        QTest::newRow("all of it") << qint64(0);
        QTest::newRow("what follows the first piece") << qint64(store::kSpoolPieceOctets);
    }
    void aReportGoesWithoutATextThatIsDamaged()
    {
        QFETCH(qint64, readable);
        Desk desk;
        desk.returns = "FULL";
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::MessageRefused, "554 5.7.1 no", OnwardOutcome::Blame::Message); };
        desk.script.holds = true;
        desk.submit({to("bob@elsewhere.org")}, "Subject: x\r\n\r\n" + QByteArray("a line of it\r\n").repeated(3 * store::kSpoolPieceOctets / 14));
        QTRY_COMPARE(desk.script.held.size(), 1U);
        desk.spool->damageAfter(readable);
        desk.script.letGo();
        QTRY_VERIFY(desk.queued().isEmpty());
        desk.spool->damageAfter(std::numeric_limits<qint64>::max());
        QVERIFY(desk.mailOfAlice().contains("Final-Recipient: rfc822; bob@elsewhere.org\r\nAction: failed\r\n"));
        QVERIFY(!desk.mailOfAlice().contains("a line of it"));
        QVERIFY(desk.mailOfAlice().endsWith("--\r\n"));
    }

    /// The one that said the words is named, also when another has taken its place since.
    void aReportNamesTheNextHopThatSpoke_data()
    {
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("it refuses when another is in its place") << true;
        QTest::newRow("what it said last when the message expires") << false;
    }
    void aReportNamesTheNextHopThatSpoke()
    {
        QFETCH(bool, isRefused);
        Desk desk;
        desk.script.answer = [isRefused](const OnwardParcel &) {
            return faultOf(base::ErrorCode::MessageRefused, isRefused ? "554 5.7.1 no" : "452 4.3.1 full", OnwardOutcome::Blame::Message);
        };
        ScriptedCarrier::Script other;
        desk.replaceNextHopInTheMiddle(other);
        desk.script.letGo();
        if (!isRefused) {
            QTRY_COMPARE(desk.queued().value(0).recipients.value(0).attempts, 1);
            desk.roundTrips(); // The queue knows of it, too, and has let the message go.
            desk.clock.advanceDays(6);
            desk.queue->keepHouse();
        }
        QTRY_VERIFY(desk.queued().isEmpty() && !desk.mailOfAlice().isEmpty());
        QVERIFY(desk.mailOfAlice().contains("Remote-MTA: dns; smarthost.example.net\r\n"));
        QVERIFY(!desk.mailOfAlice().contains("other.example.net"));
    }

    void aFormerNextHopThatFailsDoesNotHoldUpItsSuccessor()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::ConnectionLost, {}, OnwardOutcome::Blame::NextHop); };
        ScriptedCarrier::Script other;
        desk.replaceNextHopInTheMiddle(other);
        desk.script.letGo();
        QTRY_COMPARE(desk.queued().value(0).recipients.value(0).attempts, 1);
        desk.submit({to("carol@elsewhere.org")}, "Subject: y\r\n\r\n");
        QTRY_COMPARE(other.parcels.size(), 1);
    }

    void aReportFindsItsSenderByTheRuleThatTakesMail()
    {
        Desk desk; // relay.example.org is ours although nobody has a mailbox there: a report to it would come back for ever.
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::MessageRefused, "554 no", OnwardOutcome::Blame::Message); };
        desk.submit({to("bob@elsewhere.org")}, "Subject: x\r\n\r\n", "nobody@Relay.example.org");
        QTRY_VERIFY(desk.queued().isEmpty() && desk.script.parcels.size() == 1);
    }

    void aDelayIsToldOnceAndNotToWhomItDoesNotMatter()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::MessageRefused, "452 4.3.1 full", OnwardOutcome::Blame::Message); };
        desk.submit({to("bob@elsewhere.org"), to("carol@elsewhere.org", "FAILURE"), to("dave@elsewhere.org", "NEVER")});
        QTRY_COMPARE(desk.queued().value(0).recipients.value(0).attempts, 1);
        desk.roundTrips(); // The queue knows of it, too, and has let the message go.
        desk.clock.advanceSeconds(5 * 3600);
        desk.queue->keepHouse();
        QTRY_VERIFY(!desk.mailOfAlice().isEmpty());
        QVERIFY(desk.mailOfAlice().contains("Final-Recipient: rfc822; bob@elsewhere.org\r\nAction: delayed\r\nStatus: 4.3.1\r\n"));
        QVERIFY(desk.mailOfAlice().contains("Will-Retry-Until: "));
        QVERIFY(!desk.mailOfAlice().contains("carol") && !desk.mailOfAlice().contains("dave"));
        QTRY_COMPARE(desk.queued().first().recipients.size(), 3);
        QTRY_VERIFY(desk.queued().first().recipients.first().isDelayTold);
        desk.queue->keepHouse();
        desk.roundTrips();
        QCOMPARE((*desk.spool->makeReader())->entries("alice@example.org")->size(), 1);
    }

    void nothingAnswersAMessageWithoutSender()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::MessageRefused, "554 no", OnwardOutcome::Blame::Message); };
        desk.submit({to("bob@elsewhere.org", "SUCCESS,FAILURE,DELAY")}, "Subject: bounce\r\n\r\n", {});
        QTRY_VERIFY(desk.queued().isEmpty() && desk.script.parcels.size() == 1);
        QVERIFY(desk.storedFor.isEmpty());
    }

    void theReportToASenderElsewhereIsCarriedAndNeverAnswered()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::MessageRefused, "554 no", OnwardOutcome::Blame::Message); };
        desk.submit({to("bob@elsewhere.org")}, "Subject: x\r\n\r\n", "zoe@elsewhere.net");
        QTRY_VERIFY(desk.queued().isEmpty() && desk.script.parcels.size() == 2);
        QCOMPARE(desk.script.parcels[1].message.sender, ""_ba);
        QCOMPARE(desk.script.parcels[1].message.recipients.first().address, "zoe@elsewhere.net"_ba);
        QCOMPARE(desk.script.parcels[1].message.recipients.first().notify, "NEVER"_ba);
    }

    void aSenderThatNobodyKnowsIsNotTold()
    {
        Desk desk;
        desk.script.answer = [](const OnwardParcel &) { return faultOf(base::ErrorCode::MessageRefused, "554 no", OnwardOutcome::Blame::Message); };
        desk.submit({to("bob@elsewhere.org")}, "Subject: x\r\n\r\n", "nobody@example.org");
        QTRY_VERIFY(desk.queued().isEmpty() && desk.script.parcels.size() == 1);
    }

    void successIsReportedAsRelayedUnlessTheNextHopReportsItself_data()
    {
        QTest::addColumn<bool>("isPassedOn");
        QTest::newRow("without DSN") << false;
        QTest::newRow("with DSN") << true;
    }
    void successIsReportedAsRelayedUnlessTheNextHopReportsItself()
    {
        QFETCH(bool, isPassedOn);
        Desk desk;
        desk.script.answer = [isPassedOn](const OnwardParcel &) {
            OnwardOutcome outcome;
            outcome.isDsnPassedOn = isPassedOn;
            return outcome;
        };
        desk.submit({to("bob@elsewhere.org", "SUCCESS"), to("carol@elsewhere.org")});
        QTRY_VERIFY(desk.queued().isEmpty() && !desk.script.parcels.isEmpty());
        QCOMPARE(!desk.mailOfAlice().isEmpty(), !isPassedOn);
        if (!isPassedOn)
            QVERIFY(desk.mailOfAlice().contains("Final-Recipient: rfc822; bob@elsewhere.org\r\nAction: relayed\r\nStatus: 2.0.0\r\n"));
        QVERIFY(!desk.mailOfAlice().contains("carol"));
    }

    void aDeliveryHereIsReportedWithoutAnyNextHop()
    {
        Desk desk{{}, NextHop::None};
        QueuedRecipient here = to("alice@example.org", "SUCCESS");
        here.originalRecipient = "rfc822;Alias@example.org";
        here.state = store::QueueState::Delivered;
        desk.submit({here});
        QTRY_VERIFY(desk.queued().isEmpty() && desk.mailOfAlice().contains("multipart/report"));
        QVERIFY(desk.mailOfAlice().contains("Original-Recipient: rfc822;Alias@example.org\r\nFinal-Recipient: rfc822; alice@example.org\r\nAction: delivered\r\nStatus: 2.1.5\r\n"));
    }

    void noMoreThanAllowedAreCarriedAtOnce()
    {
        relay::RetryPolicy policy;
        policy.maxConnections = 3;
        Desk desk{policy};
        desk.script.holds = true;
        for (int i = 0; i < 20; ++i)
            desk.submit({to("bob@elsewhere.org")}, "Subject: " + QByteArray::number(i) + "\r\n\r\n");
        QTRY_COMPARE(desk.script.held.size(), 3UL);
        QTRY_COMPARE(desk.queued().size(), 20);
        for (int round = 0; round < 50 && !desk.queued().isEmpty(); ++round) {
            desk.script.letGo();
            desk.roundTrips();
        }
        QTRY_VERIFY(desk.queued().isEmpty());
        QCOMPARE(desk.script.mostAtOnce, 3);
        QCOMPARE(desk.script.parcels.size(), 20);
    }

    void anotherNextHopTakesOverWhenTheOldOneIsDone()
    {
        Desk desk;
        ScriptedCarrier::Script second;
        desk.replaceNextHopInTheMiddle(second);
        desk.submit({to("carol@elsewhere.org")}, "Subject: y\r\n\r\n");
        QTRY_COMPARE(second.parcels.size(), 1);
        QCOMPARE(second.parcels.first().message.recipients.first().address, "carol@elsewhere.org"_ba);
        desk.script.letGo();
        QTRY_VERIFY(desk.queued().isEmpty());
        QCOMPARE(desk.script.parcels.size(), 1);
    }

    void aPauseInTheMiddleOfALookIsHeeded()
    {
        Desk desk;
        desk.roundTrips();
        desk.spool->afterNextQueueRead([&desk] { (void)desk.spool->setQueuePaused(store::Spool::Pause::Yes); });
        desk.submit({to("bob@elsewhere.org")});
        desk.roundTrips();
        desk.roundTrips();
        QCOMPARE(desk.script.texts.size(), 0);
        QVERIFY(desk.spool->setQueuePaused(store::Spool::Pause::No));
        desk.queue->look();
        QTRY_COMPARE(desk.script.texts.size(), 1);
    }

    void aPausedOrHeldMessageStays()
    {
        Desk desk;
        QVERIFY(desk.spool->setQueuePaused(store::Spool::Pause::Yes));
        const qint64 id = desk.submit({to("bob@elsewhere.org")});
        QTRY_COMPARE(desk.queued().size(), 1);
        desk.roundTrips();
        QVERIFY(desk.script.parcels.isEmpty());
        QVERIFY(desk.spool->commandQueue(store::QueueCommand::Hold, {id}, desk.services.nowMs()));
        QVERIFY(desk.spool->setQueuePaused(store::Spool::Pause::No));
        desk.queue->look();
        desk.roundTrips();
        QVERIFY(desk.script.parcels.isEmpty());
        desk.clock.advanceDays(30);
        desk.queue->keepHouse(); // A person decided: it does not grow old.
        desk.roundTrips();
        QCOMPARE(desk.queued().size(), 1);
        QVERIFY(desk.spool->commandQueue(store::QueueCommand::Delete, {id}, desk.services.nowMs()));
        QVERIFY(desk.queued().isEmpty());
        QVERIFY(desk.mailOfAlice().isEmpty());
    }

    void pausesGrowAndTheSameSeedWaitsTheSame()
    {
        relay::RetryPolicy policy;
        policy.seed = 42;
        relay::RetryPolicy other = policy;
        other.seed = 43;
        int different = 0;
        for (int attempt = 1; attempt <= 12; ++attempt) {
            const auto whole = std::min<std::chrono::milliseconds>(1min * (1 << (attempt - 1)), 1h);
            const auto pause = policy.pause(attempt, 7);
            QVERIFY(pause >= whole * 3 / 4 && pause <= whole * 5 / 4);
            QCOMPARE(pause, policy.pause(attempt, 7));
            different += pause != other.pause(attempt, 7) ? 1 : 0;
        }
        QVERIFY(different > 6);
    }
};

QTEST_GUILESS_MAIN(TestOnwardQueue)
#include "tst_OnwardQueue.moc"
