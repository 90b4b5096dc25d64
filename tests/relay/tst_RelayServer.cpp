// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Pop3Connection.h"
#include "relay/RelayFixture.h"
#include "support/ErrorNames.h"
#include "support/Patience.h"

#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

/// What connections share, with one large message for Bob.
struct Shop {
    explicit Shop(const QByteArray &text)
        : services(&context, [text]() -> base::Result<std::unique_ptr<store::Spool>> {
              auto spool = std::make_unique<FakeSpool>();
              store::SpoolLetter letter;
              letter.id = spool->nextId();
              letter.recipients = {"bob@example.org"};
              letter.rest = text;
              (void)spool->addAccount(account("bob@example.org", "secret"));
              (void)spool->commit({letter});
              return std::unique_ptr<store::Spool>{std::move(spool)};
          })
    {
        services.users.set({account("bob@example.org", "secret")}, {});
        services.isWatched = true;
        services.note = [this](const relay::MonitorEvent &event) { isQuitHeard = isQuitHeard || (event.kind == relay::MonitorEvent::Kind::SessionClosed && event.text == "QUIT"); };
        services.spool.open([this](const base::Status &status) { isOpen = status.isOk(); });
    }

    QObject context;
    relay::Services services;
    bool isOpen = false;
    bool isQuitHeard = false;
};

/// Bob's POP3 session on a line that takes little at a time.
struct NarrowLine {
    NarrowLine(Shop &shop, relay::Connection::Start start)
    {
        QTcpServer door;
        if (!door.listen(QHostAddress::LocalHost))
            qFatal("nobody can listen");
        door.pauseAccepting();
        peer.setPeerVerifyMode(QSslSocket::VerifyNone);
        peer.connectToHost(QHostAddress::LocalHost, door.serverPort());
        (void)peer.waitForConnected();
        const int descriptor = ::accept4(static_cast<int>(door.socketDescriptor()), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        const int room = 4096;
        ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
        connection = new relay::Pop3Connection{descriptor, shop.services, std::make_shared<relay::Pop3Settings>(), 1};
        connection->begin(start);
        if (start == relay::Connection::Start::Tls)
            peer.startClientEncryption();
    }
    /// Reads from now on.
    void listen()
    {
        QObject::connect(&peer, &QTcpSocket::readyRead, &peer, [this] { received += peer.readAll(); });
        peer.setReadBufferSize(0);
        received += peer.readAll();
    }

    QSslSocket peer;
    QPointer<relay::Connection> connection;
    QByteArray received;
};

} // namespace

class TestRelayServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLetterGoesInAndComesOut_data()
    {
        QTest::addColumn<bool>("disk");
        QTest::addColumn<qsizetype>("octets");
        QTest::newRow("memory") << false << qsizetype{100};
        QTest::newRow("disk") << true << qsizetype{100};
        QTest::newRow("disk, in pieces") << true << qsizetype{3'000'000};
    }

    void aLetterGoesInAndComesOut()
    {
        QFETCH(bool, disk);
        QFETCH(qsizetype, octets);
        QTemporaryDir directory;
        RunningRelay relay{disk ? onDisk(directory.path()) : inMemory()};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        QVERIFY(smtp.line().startsWith("220 localhost ESMTP"));
        QVERIFY(smtp.ask("EHLO client").startsWith("250"));
        const QByteArray text = bigMessage(octets);
        QByteArray stuffed = text;
        QVERIFY2(smtp.deliver("bob@example.org", stuffed.replace("\r\n.", "\r\n..")).startsWith("250 2.0.0"), smtp.log().last(200).constData());
        QTRY_COMPARE(relay.storedFor, QStringList{u"bob@example.org"_s});
        LineClient pop3{relay.pop3Port()};
        QVERIFY(logIn(pop3));
        QVERIFY(pop3.ask("RETR 1").startsWith("+OK"));
        QByteArray received = pop3.listing().join("\r\n");
        received.replace("\r\n..", "\r\n.");
        QCOMPARE(received.sliced(received.indexOf("Subject:")), text);
        QVERIFY(received.startsWith("Return-Path: <sender@example.org>\r\nReceived: from client ([127.0.0.1])"));
        QVERIFY(pop3.ask("DELE 1").startsWith("+OK"));
        QVERIFY(pop3.ask("QUIT").startsWith("+OK"));
        LineClient again{relay.pop3Port()};
        QVERIFY(logIn(again));
        QCOMPARE(again.ask("STAT"), QByteArray("+OK 0 0"));
    }

    /// The end of the message was thrown away two seconds after QUIT, whether or not the line had carried it by then.
    void whoSaysQuitBehindALargeMessageGetsAllOfIt()
    {
        const QByteArray text = bigMessage(400'000);
        Shop shop{text};
        QTRY_VERIFY(shop.isOpen);
        NarrowLine line{shop, relay::Connection::Start::Clear};
        line.peer.setReadBufferSize(1);
        line.peer.write("USER bob@example.org\r\nPASS secret\r\nRETR 1\r\nDELE 1\r\nQUIT\r\n");
        QTRY_VERIFY(shop.isQuitHeard);
        line.connection->watchTime(relay::Connection::Clock::now() + std::chrono::minutes{1});
        line.listen();
        QTRY_VERIFY(line.received.endsWith("\r\n.\r\n+OK Deleted when you say QUIT\r\n+OK Goodbye\r\n"));
        QVERIFY(line.received.size() > text.size());
        QTRY_VERIFY(!line.connection);
    }

    void aLargeMessageGetsThroughANarrowLine_data()
    {
        QTest::addColumn<relay::Connection::Start>("start");
        QTest::addColumn<QByteArray>("faults");
        QTest::newRow("in the clear") << relay::Connection::Start::Clear << QByteArray{};
        QTest::newRow("under TLS") << relay::Connection::Start::Tls << QByteArray{};
        QTest::newRow("dripping") << relay::Connection::Start::Clear << QByteArray{R"({"name": "slow", "fault": "drip", "at": "retr", "octetsPerSecond": 100000000})"};
    }
    /// Once half a megabyte waited, nobody told the session that it had gone: under TLS, or with a rule that drips, it waited forever.
    void aLargeMessageGetsThroughANarrowLine()
    {
        QFETCH(relay::Connection::Start, start);
        QFETCH(QByteArray, faults);
        const QByteArray text = bigMessage(700'000);
        Shop shop{text};
        shop.services.faultEngine.setPlan(*relay::FaultPlan::fromJson("{\"rules\": [" + faults + "]}"), shop.services.nowMs());
        if (start == relay::Connection::Start::Tls) {
            const TestTls tls = TestTls::make();
            shop.services.tls.emplace(tls.chainPem, base::Secret{tls.keyPem});
        }
        QTRY_VERIFY(shop.isOpen);
        NarrowLine line{shop, start};
        line.listen();
        line.peer.write("USER bob@example.org\r\nPASS secret\r\nRETR 1\r\n");
        QTRY_VERIFY(line.received.endsWith("\r\n.\r\n"));
        QVERIFY(line.received.size() > text.size());
        line.peer.abort();
        QTRY_VERIFY(!line.connection);
    }

    void oneSessionAMailbox()
    {
        RunningRelay relay{inMemory()};
        QTRY_VERIFY(relay.isRunning);
        LineClient first{relay.pop3Port()};
        QVERIFY(logIn(first));
        LineClient second{relay.pop3Port()};
        QVERIFY(second.line().startsWith("+OK"));
        QVERIFY(second.ask("USER bob@example.org").startsWith("+OK"));
        QVERIFY(second.ask("PASS secret").startsWith("-ERR [IN-USE]"));
        first.abort();
        QTRY_VERIFY(LineClient{relay.pop3Port()}.isConnected());
        const auto entered = [&relay] {
            LineClient third{relay.pop3Port()};
            return logIn(third);
        };
        QTRY_VERIFY(entered());
    }

    void whatGoesByItselfIsAnnounced_data()
    {
        QTest::addColumn<qint64>("messages");
        QTest::addColumn<int>("days");
        QTest::addColumn<QByteArray>("capability"); ///< Empty: none of this name.
        QTest::newRow("nothing ever") << qint64{0} << 0 << QByteArray("EXPIRE NEVER");
        QTest::newRow("after days") << qint64{0} << 30 << QByteArray("EXPIRE 30");
        QTest::newRow("beyond a number") << qint64{1000} << 0 << QByteArray();
        QTest::newRow("both") << qint64{1000} << 30 << QByteArray();
    }

    void whatGoesByItselfIsAnnounced()
    {
        QFETCH(qint64, messages);
        QFETCH(int, days);
        QFETCH(QByteArray, capability);
        relay::RelayConfiguration configuration = inMemory();
        configuration.keepMessages = messages;
        configuration.keepAge = std::chrono::days{days};
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient pop3{relay.pop3Port()};
        QVERIFY(pop3.line().startsWith("+OK"));
        QVERIFY(pop3.ask("CAPA").startsWith("+OK"));
        QByteArray offered;
        for (const QByteArray &line : pop3.listing())
            if (line.startsWith("EXPIRE"))
                offered = line;
        QCOMPARE(offered, capability);
    }

    void aMailboxThatCouldNotBeOpenedIsNotTaken()
    {
        relay::RelayConfiguration configuration;
        configuration.spool = []() -> base::Result<std::unique_ptr<store::Spool>> {
            auto spool = std::make_unique<FakeSpool>();
            if (!spool->addAccount(account("bob@example.org", "secret")) || !spool->addAccount(account("carol@example.org", "other")))
                return ErrorCode::Unknown;
            spool->failEntries(2);
            return std::unique_ptr<store::Spool>{std::move(spool)};
        };
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient first{relay.pop3Port()};
        QVERIFY(first.line().startsWith("+OK"));
        for (int i = 0; i < 2; ++i) {
            QVERIFY(first.ask("USER bob@example.org").startsWith("+OK"));
            QVERIFY(first.ask("PASS secret").startsWith("-ERR [SYS/TEMP]"));
        }
        QVERIFY(first.ask("USER carol@example.org").startsWith("+OK"));
        QVERIFY(first.ask("PASS other").startsWith("+OK"));
        LineClient second{relay.pop3Port()};
        QVERIFY(logIn(second));
    }

    void aliasesPlusAddressesAndTheCatchAllReachTheirMailbox()
    {
        QTemporaryDir directory;
        RunningRelay relay{onDisk(directory.path())};
        QTRY_VERIFY(relay.isRunning);
        {
            const auto guest = store::SqliteSpool::open(directory.path(), store::SqliteSpool::Role::Guest);
            QVERIFY(guest && (*guest)->addAccount(account("carol@example.org", "other")));
            QVERIFY((*guest)->setAlias({"sales@example.org", "bob@example.org"}));
            QVERIFY((*guest)->setAlias({"@example.net", "carol@example.org"}));
        }
        LineClient smtp{relay.smtpPort()};
        QVERIFY(smtp.line().startsWith("220"));
        QVERIFY(smtp.ask("EHLO client").startsWith("250"));
        for (const QByteArray to : {"Sales@example.org", "bob+news@example.org", "sales+x+y@example.org", "bob@example.org", "anybody@example.net", "x+y@example.net", "\"bob+x\"@example.org"})
            QVERIFY2(smtp.deliver(to, "x").startsWith("250"), to.constData());
        // The same text for another plus-address is another message; for the same it is not.
        QVERIFY(smtp.deliver("bob+news@example.org", "x").contains("stored already"));
        for (const QByteArray to : {"nobody@example.org", "nobody+bob@example.org", "\"bob +x\"@example.org", "anybody@example.com"})
            QVERIFY2(smtp.deliver(to, "x").startsWith("550 5.1.1") && smtp.ask("RSET").startsWith("250"), to.constData());
        const auto reader = (*store::SqliteSpool::open(directory.path(), store::SqliteSpool::Role::Guest))->makeReader();
        QCOMPARE((*reader)->entries("bob@example.org")->size(), 5);
        QCOMPARE((*reader)->entries("carol@example.org")->size(), 2);
    }

    void whoSendsAgainAfterARestartIsTakenOnce()
    {
        QTemporaryDir directory;
        for (int round = 0; round < 2; ++round) {
            RunningRelay relay{onDisk(directory.path())};
            QTRY_VERIFY(relay.isRunning);
            LineClient smtp{relay.smtpPort()};
            QVERIFY(smtp.line().startsWith("220"));
            QVERIFY(smtp.ask("EHLO client").startsWith("250"));
            const QByteArray answer = smtp.deliver("bob@example.org", bigMessage(300'000).replace("\r\n.", "\r\n.."));
            QVERIFY2(answer.startsWith(round == 0 ? "250 2.0.0 Ok: stored as" : "250 2.0.0 Ok: stored already"), answer.constData());
        }
        const auto reader = (*store::SqliteSpool::open(directory.path(), store::SqliteSpool::Role::Guest))->makeReader();
        QCOMPARE((*reader)->entries("bob@example.org")->size(), 1);
    }

    void aFullMailboxIsDeferredUntilItsOwnerMakesRoom()
    {
        relay::RelayConfiguration configuration = inMemory();
        configuration.limits.mailboxQuotaOctets = 5000;
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        QVERIFY(smtp.line().startsWith("220"));
        QVERIFY(smtp.ask("EHLO client").startsWith("250"));
        QVERIFY(smtp.deliver("bob@example.org", bigMessage(4000).replace("\r\n.", "\r\n..")).startsWith("250"));
        QVERIFY(smtp.deliver("bob@example.org", bigMessage(3000).replace("\r\n.", "\r\n..")).startsWith("452 4.2.2"));
        QVERIFY(smtp.deliver("bob@example.org", bigMessage(6000).replace("\r\n.", "\r\n..")).startsWith("552 5.2.2"));
        QVERIFY(smtp.ask("MAIL FROM:<a@b> SIZE=3000").startsWith("250"));
        QVERIFY(smtp.ask("RCPT TO:<bob@example.org>").startsWith("452 4.2.2"));
        QVERIFY(smtp.ask("RSET").startsWith("250"));
        LineClient pop3{relay.pop3Port()};
        QVERIFY(logIn(pop3));
        QVERIFY(pop3.ask("DELE 1").startsWith("+OK"));
        QVERIFY(pop3.ask("QUIT").startsWith("+OK"));
        QVERIFY(smtp.ask("MAIL FROM:<a@b> SIZE=3000").startsWith("250"));
        QVERIFY(smtp.ask("RCPT TO:<bob@example.org>").startsWith("250"));
    }

    void uidsStayTheSameAfterARestart()
    {
        QTemporaryDir directory;
        QByteArrayList seen;
        for (int round = 0; round < 2; ++round) {
            RunningRelay relay{onDisk(directory.path())};
            QTRY_VERIFY(relay.isRunning);
            if (round == 0) {
                LineClient smtp{relay.smtpPort()};
                QVERIFY(smtp.line().startsWith("220"));
                QVERIFY(smtp.ask("EHLO client").startsWith("250"));
                QVERIFY(smtp.deliver("bob@example.org", "x").startsWith("250"));
            }
            LineClient pop3{relay.pop3Port()};
            QVERIFY(logIn(pop3));
            seen.append(pop3.ask("UIDL 1"));
        }
        QVERIFY(seen[0].startsWith("+OK 1 "));
        QCOMPARE(seen[1], seen[0]);
    }

    void aFullHouseLetsTheLongestSilentGo()
    {
        relay::RelayConfiguration configuration = inMemory();
        configuration.limits.maxConnections = 50;
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        std::vector<std::unique_ptr<LineClient>> silent;
        for (int i = 0; i < 50; ++i) {
            silent.push_back(std::make_unique<LineClient>(relay.smtpPort()));
            QVERIFY(silent.back()->line().startsWith("220"));
        }
        // At first all came a moment ago, and the newcomer is turned away; soon one of them has been silent for too long.
        const auto delivers = [&relay] {
            LineClient honest{relay.smtpPort()};
            return honest.line().startsWith("220") && honest.ask("EHLO client").startsWith("250") && honest.deliver("bob@example.org", "in time").startsWith("250");
        };
        QTRY_VERIFY_WITH_TIMEOUT(delivers(), 5000);
        QCOMPARE(silent.front()->line(), QByteArray("421 4.3.2 Others wait for this connection"));
    }

    void whoDripsOctetsIsAsGoodAsSilent()
    {
        relay::RelayConfiguration configuration = inMemory();
        configuration.limits.idle = std::chrono::seconds{1};
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient slow{relay.smtpPort()};
        QVERIFY(slow.line().startsWith("220"));
        QElapsedTimer clock;
        clock.start();
        QTimer drip;
        drip.setInterval(std::chrono::milliseconds{100});
        connect(&drip, &QTimer::timeout, this, [&slow] { slow.send("N"); });
        drip.start();
        QTRY_VERIFY_WITH_TIMEOUT(slow.hasLine(), 10'000);
        QCOMPARE(slow.line(), QByteArray("421 4.3.2 Nothing was said for too long"));
    }

    void aSessionEndsAfterItsTimeHoweverBusy()
    {
        relay::RelayConfiguration configuration = inMemory();
        configuration.limits.total = std::chrono::seconds{1};
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient busy{relay.smtpPort()};
        QVERIFY(busy.line().startsWith("220"));
        QByteArray last;
        for (QByteArray answer = busy.ask("NOOP"); answer.size() > 3 && answer[3] == ' '; answer = busy.ask("NOOP"))
            last = answer;
        QCOMPARE(last, QByteArray("421 4.3.2 The session has lasted too long"));
    }

    void aUserAddedByAnotherProcessIsKnownAtOnce()
    {
        QTemporaryDir directory;
        RunningRelay relay{onDisk(directory.path())};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        QVERIFY(smtp.line().startsWith("220"));
        QVERIFY(smtp.ask("EHLO client").startsWith("250"));
        QVERIFY(smtp.deliver("carol@example.org", "x").startsWith("550 5.1.1"));
        const auto guest = store::SqliteSpool::open(directory.path(), store::SqliteSpool::Role::Guest);
        QVERIFY(guest && (*guest)->addAccount(account("carol@example.org", "other")));
        QVERIFY(smtp.ask("RSET").startsWith("250"));
        QVERIFY(smtp.deliver("carol@example.org", "x").startsWith("250"));
        LineClient pop3{relay.pop3Port()};
        QVERIFY(pop3.line().startsWith("+OK"));
        QVERIFY(pop3.ask("USER carol@example.org").startsWith("+OK"));
        QVERIFY(pop3.ask("PASS other").startsWith("+OK"));
        QVERIFY(pop3.ask("STAT").startsWith("+OK 1 "));
    }

    // Who is added is told by a file that is watched, where it can be. Whoever was missed was refused the first time.
    void aUserWhoWasMissedIsKnownToScramAtOnce()
    {
        QTemporaryDir directory;
        RunningRelay relay{onDisk(directory.path())};
        QTRY_VERIFY(relay.isRunning);
        const auto guest = store::SqliteSpool::open(directory.path(), store::SqliteSpool::Role::Guest);
        QVERIFY(guest);
        const auto isLoggedIn = [&relay] {
            LineClient pop3{relay.pop3Port()};
            net::ScramClient carol{"carol@example.org", base::Secret{"other"}};
            (void)pop3.line();
            const QByteArray challenge = pop3.ask("AUTH SCRAM-SHA-256 " + carol.clientFirst()->toBase64());
            const base::Result<QByteArray> proof = carol.clientFinal(QByteArray::fromBase64(challenge.sliced(2)));
            return proof && pop3.ask(proof->toBase64()).startsWith("+ ") && pop3.ask("").startsWith("+OK");
        };
        QVERIFY(!isLoggedIn());
        QVERIFY((*guest)->addAccount(account("carol@example.org", "other")));
        QVERIFY(isLoggedIn());
    }

    void stoppingSaysGoodbyeAndKeepsEverything()
    {
        QTemporaryDir directory;
        {
            RunningRelay relay{onDisk(directory.path())};
            QTRY_VERIFY(relay.isRunning);
            LineClient idle{relay.smtpPort()};
            QVERIFY(idle.line().startsWith("220"));
            LineClient busy{relay.smtpPort()};
            QVERIFY(busy.line().startsWith("220"));
            QVERIFY(busy.ask("EHLO client").startsWith("250"));
            QVERIFY(busy.deliver("bob@example.org", "kept").startsWith("250"));
            relay.stop();
            QCOMPARE(idle.line(), QByteArray("421 4.3.2 The relay is stopping"));
            QTRY_VERIFY(relay.isStopped);
        }
        const auto spool = store::SqliteSpool::open(directory.path(), store::SqliteSpool::Role::Relay);
        QVERIFY(spool);
        QCOMPARE((*(*spool)->makeReader())->entries("bob@example.org")->size(), 1);
    }

    void lastWordsArriveThoughThePeerStillTalks()
    {
        RunningRelay relay{inMemory()};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        QVERIFY(smtp.line().startsWith("220"));
        smtp.send(QByteArray("XYZZY\r\n").repeated(5000));
        QByteArray last;
        for (QByteArray line = smtp.line(); !line.startsWith('('); line = smtp.line())
            last = line;
        QVERIFY2(last.startsWith("421 4.7.0"), last.constData());
    }

    void aClientThatEndsItsSideStillHearsEverything()
    {
        RunningRelay relay{inMemory()};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        smtp.send("EHLO client\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n" + bigMessage(5'000'000).replace("\r\n.", "\r\n..") + "\r\n.\r\n");
        smtp.endTalking();
        QByteArray last;
        for (QByteArray line = smtp.line(); !line.startsWith('('); line = smtp.line())
            last = line;
        QVERIFY2(last.startsWith("250 2.0.0"), last.constData());
        LineClient pop3{relay.pop3Port()};
        pop3.send("USER bob@example.org\r\nPASS secret\r\nRETR 1\r\nNOOP\r\nQUIT\r\n");
        pop3.endTalking();
        qsizetype octets = 0;
        for (QByteArray line = pop3.line(); !line.startsWith('('); line = pop3.line()) {
            octets += line.size() + 2;
            last = line;
        }
        QVERIFY(octets > 5'000'000);
        QCOMPARE(last, QByteArray("+OK Goodbye"));
    }

    void aThousandIdleConnectionsDoNoHarm()
    {
        RunningRelay relay{inMemory()};
        QTRY_VERIFY(relay.isRunning);
        std::vector<std::unique_ptr<QTcpSocket>> idle;
        for (int i = 0; i < 1000; ++i) {
            idle.push_back(std::make_unique<QTcpSocket>());
            idle.back()->connectToHost(QHostAddress::LocalHost, relay.smtpPort());
        }
        QTRY_VERIFY_WITH_TIMEOUT(std::all_of(idle.begin(), idle.end(), [](const auto &s) { return s->bytesAvailable() > 0; }), 20'000);
        QElapsedTimer clock;
        clock.start();
        LineClient honest{relay.smtpPort()};
        QVERIFY(honest.line().startsWith("220"));
        QVERIFY(honest.ask("EHLO client").startsWith("250"));
        QVERIFY(honest.deliver("bob@example.org", "in time").startsWith("250"));
        QVERIFY2(clock.elapsed() < 1000 * support::patience(), qPrintable(QString::number(clock.elapsed())));
    }

    void manyClientsAtOnceLoseNothing()
    {
        QTemporaryDir directory;
        RunningRelay relay{onDisk(directory.path())};
        QTRY_VERIFY(relay.isRunning);
        constexpr int kClients = 20;
        constexpr int kEach = 10;
        std::vector<std::unique_ptr<LineClient>> clients;
        for (int i = 0; i < kClients; ++i) {
            clients.push_back(std::make_unique<LineClient>(relay.smtpPort()));
            clients.back()->send("EHLO c\r\n");
        }
        for (auto &client : clients) {
            QVERIFY(client->line().startsWith("220"));
            QVERIFY(client->reply().startsWith("250"));
        }
        for (int n = 0; n < kEach; ++n) {
            for (int i = 0; i < kClients; ++i)
                clients[i]->send("MAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n");
            for (int i = 0; i < kClients; ++i)
                clients[i]->send("message " + QByteArray::number(n * kClients + i) + "\r\n.\r\n");
        }
        for (auto &client : clients)
            for (int n = 0; n < 4 * kEach; ++n) {
                const QByteArray answer = client->line();
                QVERIFY2(answer.startsWith("250") || answer.startsWith("354"), answer.constData());
            }
        LineClient pop3{relay.pop3Port()};
        QVERIFY(logIn(pop3));
        QVERIFY(pop3.ask("STAT").startsWith("+OK 200 "));
    }

    void theMonitorSeesSessionsOnlyWhileItWatches()
    {
        RunningRelay relay{inMemory()};
        QTRY_VERIFY(relay.isRunning);
        LineClient before{relay.smtpPort()};
        QVERIFY(before.line().startsWith("220"));
        relay.watch();
        LineClient smtp{relay.smtpPort()};
        QVERIFY(smtp.line().startsWith("220"));
        QVERIFY(smtp.ask("EHLO client").startsWith("250"));
        QVERIFY(smtp.deliver("bob@example.org", "x").startsWith("250"));
        QVERIFY(smtp.ask("QUIT").startsWith("221"));
        using Kind = relay::MonitorEvent::Kind;
        const auto has = [&relay](Kind kind) { return std::any_of(relay.events.cbegin(), relay.events.cend(), [kind](const auto &e) { return e.kind == kind; }); };
        QTRY_VERIFY(has(Kind::SessionClosed));
        for (const Kind kind : {Kind::SessionOpened, Kind::LineIn, Kind::LineOut, Kind::BodyIn, Kind::MessageStored})
            QVERIFY(has(kind));
        QVERIFY(std::all_of(relay.events.cbegin(), relay.events.cend(), [](const auto &e) { return e.session == 2; }));
    }
};

QTEST_GUILESS_MAIN(TestRelayServer)
#include "tst_RelayServer.moc"
