// SPDX-License-Identifier: GPL-3.0-or-later
// The power goes at random moments while mail is carried onward: whatever the relay had accepted for somebody elsewhere has by then
// reached the next hop, still waits in the queue, or was reported to its sender; and with the power back the rest gets there, too.
#include "relay/OnwardQueue.h"
#include "relay/ScriptedCarrier.h"
#include "relay/Services.h"
#include "support/FakeClock.h"
#include "support/PowerCuts.h"

#include <QDir>
#include <QMap>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::TestDisk;
using support::markIn;
using support::wholeOf;

namespace {

const QByteArray kAlice = "alice@example.org";

/// A letter by its mark; each recipient's address begins with a number and names the mark.
QByteArray textOf(const QByteArray &mark)
{
    const bool isLarge = mark.endsWith("7");
    return "X-Mark: " + mark + "\r\n\r\n" + ("text of " + mark + "\r\n").repeated(isLarge ? 20'000 : 30 + mark.back()) + "end " + mark + "\r\n";
}

relay::RetryPolicy hastyPolicy()
{
    relay::RetryPolicy policy;
    policy.most = 5min;
    policy.expiry = 30min;
    policy.tellDelayAfter = 10min;
    return policy;
}

/// A relay with Alice's mailbox, whose next hop answers as the test says.
class Relay
{
public:
    Relay(const QString &directory, support::FakeClock &time)
        : clock(time), m_services(&m_context, [directory]() -> base::Result<std::unique_ptr<store::Spool>> {
              return std::unique_ptr<store::Spool>{support::openBusySpool(directory)};
          })
    {
        m_services.clock = &clock;
        m_services.carriesOnward = true;
        m_services.hostName = "relay.example.org";
        m_services.stored = [](const QList<QByteArray> &) {};
        bool isOpen = false;
        m_services.spool.open([&isOpen](const base::Status &status) { isOpen = status.isOk(); });
        if (!QTest::qWaitFor([&isOpen] { return isOpen; }))
            qFatal("the spool was not opened");
        const store::SpoolAccount alice{kAlice, {"salt", 4096, "stored", "server"}};
        m_services.spool.write([alice](store::Spool &spool) -> relay::SpoolAccess::Delivery {
            (void)spool.setAccount(alice);
            return {};
        });
        m_services.users.set({alice}, {});
        m_queue = std::make_unique<relay::OnwardQueue>(m_services, nullptr);
        m_queue->setNextHop(hastyPolicy(), std::make_unique<ScriptedCarrier>(script));
    }

    /// `accepted` is called when the spool has said so.
    void submit(const QByteArray &mark, const QList<QByteArray> &addresses, const std::function<void()> &accepted)
    {
        store::SpoolLetter letter;
        letter.id = m_services.spool.nextId();
        letter.sender = kAlice;
        letter.receivedMs = m_services.nowMs();
        letter.trace = "Return-Path: <" + kAlice + ">\r\nReceived: x\r\n";
        letter.rest = textOf(mark);
        for (; letter.rest.size() > store::kSpoolPieceOctets; letter.rest.remove(0, store::kSpoolPieceOctets))
            m_services.spool.append(letter.id, letter.rest.first(store::kSpoolPieceOctets));
        store::SpoolOrder order;
        order.returns = mark.endsWith("3") ? "FULL" : "";
        for (const QByteArray &address : addresses) {
            store::QueuedRecipient one;
            one.address = address;
            one.notify = mark.endsWith("5") ? "SUCCESS,FAILURE,DELAY" : "";
            order.recipients.append(one);
        }
        letter.order = std::make_shared<const store::SpoolOrder>(order);
        m_services.spool.commit(letter, [this, accepted](const base::Result<store::SpoolReceipt> &receipt) {
            if (!receipt || receipt->isDuplicate)
                qFatal("a letter was not accepted");
            accepted();
            m_queue->look();
        });
    }
    /// What was asked of the spool's threads until now is answered.
    void roundTrip()
    {
        int answers = 0;
        m_services.spool.read([&answers](store::SpoolReader &) -> relay::SpoolAccess::Delivery { return [&answers] { ++answers; }; });
        m_services.spool.write([&answers](store::Spool &) -> relay::SpoolAccess::Delivery { return [&answers] { ++answers; }; });
        if (!QTest::qWaitFor([&answers] { return answers == 2; }))
            qFatal("the spool does not answer");
    }
    /// As `wax relay queue flush`.
    void flush()
    {
        m_services.spool.write([now = m_services.nowMs()](store::Spool &spool) -> relay::SpoolAccess::Delivery {
            (void)spool.commandQueue(store::QueueCommand::Flush, {}, now);
            return {};
        });
        roundTrip();
        m_queue->lookAfresh();
    }
    [[nodiscard]] relay::OnwardQueue &queue() { return *m_queue; }
    [[nodiscard]] bool isQueueEmpty()
    {
        if (!m_reader)
            m_reader = std::move(m_services.spool.makeReader()).value();
        return m_reader->queue(1)->isEmpty();
    }

    support::FakeClock &clock;
    ScriptedCarrier::Script script;

private:
    QObject m_context;
    relay::Services m_services;
    std::unique_ptr<store::SpoolReader> m_reader;
    std::unique_ptr<relay::OnwardQueue> m_queue;
};

/// What a spool says of those elsewhere.
struct Found {
    QSet<QByteArray> queued;
    QSet<QByteArray> failed; ///< Of whom a report says so.
};

void readReport(const QByteArray &report, Found &found)
{
    if (!report.startsWith("Return-Path: <>\r\n") || !report.endsWith("--\r\n"))
        qFatal("a report is damaged");
    for (qsizetype at = report.indexOf("Final-Recipient: rfc822; "); at >= 0; at = report.indexOf("Final-Recipient: rfc822; ", at + 1)) {
        const qsizetype begin = at + 25;
        const qsizetype end = report.indexOf('\r', begin);
        if (!QByteArrayView{report}.sliced(end).startsWith("\r\nAction: failed\r\n"))
            continue;
        const QByteArray address = report.sliced(begin, end - begin);
        if (found.failed.contains(address))
            qFatal("two reports say that %s failed", address.constData());
        found.failed.insert(address);
    }
}

Found look(const QString &directory)
{
    Found found;
    const auto spool = support::openBusySpool(directory);
    const auto reader = std::move(spool->makeReader()).value();
    const auto queue = reader->queue(100'000);
    if (!queue)
        qFatal("the queue cannot be read: %s", qPrintable(queue.error().detail));
    for (const store::QueuedMessage &message : *queue) {
        if (message.isLost)
            qFatal("message %lld is lost", static_cast<long long>(message.id));
        const QByteArray text = wholeOf(*reader, message.id, message.octets);
        if (text != "Return-Path: <" + kAlice + ">\r\nReceived: x\r\n" + textOf(markIn(text)))
            qFatal("message %s is damaged", markIn(text).constData());
        for (const store::QueuedRecipient &one : message.recipients)
            found.queued.insert(one.address);
    }
    const auto reports = reader->entries(kAlice);
    if (!reports && reports.error().code != base::ErrorCode::UserUnknown) // She is not there before the first sync.
        qFatal("the reports cannot be read: %s", qPrintable(reports.error().detail));
    if (reports)
        for (const store::SpoolEntry &report : *reports)
            readReport(wholeOf(*reader, report.id, report.octets), found);
    return found;
}

} // namespace

class TestOnwardPowerCut : public QObject
{
    Q_OBJECT

    QMap<QByteArray, qsizetype> m_accepted; ///< Address to the moment of the disk at which the relay had said 250.
    QMap<QByteArray, qsizetype> m_served;   ///< Address to the moment at which the next hop said 250.
    QRandomGenerator m_random;
    support::FakeClock m_clock; ///< Goes on while the relay is down.

    /// The next hop: serves most, refuses some for a while or for good, and is away now and then. `disk` null: serves all.
    relay::OnwardOutcome answer(const relay::OnwardParcel &parcel, const QByteArray &text, const TestDisk *disk)
    {
        if (text != "Received: x\r\n" + textOf(markIn(text)) && parcel.message.sender == kAlice)
            qFatal("message %s came to the next hop in another form", markIn(text).constData());
        relay::OnwardOutcome outcome;
        const int draw = disk ? m_random.bounded(20) : 20;
        if (draw == 0)
            return faultOf(base::ErrorCode::ConnectionRefused, {}, relay::OnwardOutcome::Blame::NextHop);
        if (draw == 1)
            return faultOf(base::ErrorCode::MessageRefused, "554 5.7.1 no", relay::OnwardOutcome::Blame::Message);
        for (const store::QueuedRecipient &one : parcel.message.recipients) {
            const int lot = disk ? m_random.bounded(8) : 8;
            if (lot < 2)
                outcome.refused.append({one.address, lot == 0 ? "550 5.1.1 unknown" : "451 4.7.1 later"});
            else
                m_served.insert(one.address, disk ? disk->moments() : 0);
        }
        return outcome;
    }

    void submitOne(Relay &relay, const TestDisk &disk, int number)
    {
        const QByteArray mark = 'm' + QByteArray::number(number);
        QList<QByteArray> addresses;
        for (int i = m_random.bounded(1, 4); i > 0; --i)
            addresses.append(QByteArray::number(i) + '.' + mark + "@elsewhere.org");
        relay.submit(mark, addresses, [this, addresses, &disk] {
            for (const QByteArray &address : addresses)
                m_accepted.insert(address, disk.moments());
        });
    }

    /// Two hours in a relay's life, with a restart in the middle.
    void work(const TestDisk &disk, const QString &directory)
    {
        int number = 0;
        for (int start = 0; start < 2; ++start) {
            Relay relay{directory, m_clock};
            relay.script.answer = [&](const relay::OnwardParcel &parcel) { return answer(parcel, relay.script.texts.last(), &disk); };
            for (int turn = 0; turn < 60; ++turn) {
                for (int i = m_random.bounded(4) == 0 ? 6 : 1; i > 0; --i)
                    submitOne(relay, disk, ++number);
                relay.roundTrip();
                relay.clock.advanceSeconds(m_random.bounded(120));
                relay.queue().lookAfresh();
                if (m_random.bounded(6) == 0)
                    relay.queue().keepHouse();
                relay.roundTrip();
            }
        }
    }

    /// At the moment of the cut nobody is forgotten, and nobody who is told to have failed is still being tried.
    void check(const QString &image, qsizetype moment)
    {
        const Found found = look(image);
        for (auto it = m_accepted.cbegin(); it != m_accepted.cend(); ++it) {
            if (it.value() > moment)
                continue;
            const bool isServed = m_served.contains(it.key()) && m_served[it.key()] <= moment;
            QVERIFY2(isServed || found.queued.contains(it.key()) || found.failed.contains(it.key()), it.key().constData());
        }
        QVERIFY(!found.queued.intersects(found.failed));
    }

    /// The power is back before anything is overdue, and so is the next hop: everybody who waited is served.
    void resume(const QString &image)
    {
        const QMap<QByteArray, qsizetype> before = std::exchange(m_served, {});
        const QSet<QByteArray> waiting = look(image).queued;
        {
            support::FakeClock clock;
            Relay relay{image, clock};
            relay.script.answer = [&](const relay::OnwardParcel &parcel) { return answer(parcel, relay.script.texts.last(), nullptr); };
            relay.flush();
            QTRY_VERIFY(relay.isQueueEmpty());
        }
        const QMap<QByteArray, qsizetype> after = std::exchange(m_served, before);
        (void)look(image); // Which ends the test if a report is damaged or says the same twice.
        for (const QByteArray &address : waiting)
            QVERIFY2(after.contains(address), address.constData());
        for (auto it = after.cbegin(); it != after.cend(); ++it)
            QVERIFY2(waiting.contains(it.key()), it.key().constData()); // Who was settled is not tried again.
    }

private Q_SLOTS:
    void whatTheRelayTookForOthersIsServedQueuedOrReported()
    {
        const quint32 seed = QRandomGenerator::system()->generate();
        qInfo("seed %u", seed);
        m_random.seed(seed);
        QTemporaryDir folder;
        QVERIFY(QDir{folder.path()}.mkdir(u"disk"_s));
        TestDisk disk{folder.filePath(u"disk"_s)};
        work(disk, folder.filePath(u"disk"_s));
        QVERIFY(disk.moments() > 1000 && m_accepted.size() > 200 && m_served.size() > 100 && m_served.size() < m_accepted.size());
        QVERIFY(!look(folder.filePath(u"disk"_s)).failed.isEmpty());
        support::cutThePower(disk, m_random, support::cutsWanted(), [this](const QString &image, qsizetype moment, int cut) {
            check(image, moment);
            if (cut % 5 == 0 && !QTest::currentTestFailed())
                resume(image);
        });
    }
};

QTEST_GUILESS_MAIN(TestOnwardPowerCut)
#include "tst_OnwardPowerCut.moc"
