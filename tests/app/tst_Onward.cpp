// SPDX-License-Identifier: GPL-3.0-or-later
// A relay that carries onward to another one, over TLS and with a password.
#include "app/RelayQueue.h"
#include "app/RelayService.h"
#include "app/RelaySpool.h"
#include "relay/RelayFixture.h"
#include "store/SqliteSpool.h"

#include <QSslCertificate>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using app::RelayQueueRecipient;
using app::RelayService;
using Command = app::relayQueue::Command;

namespace {

const base::Secret kPassword{"secret"};

QByteArray plainOf(const QByteArray &user)
{
    return (QByteArray(1, '\0') + user + '\0' + "secret").toBase64();
}

/// A port that nobody listens on.
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// The relay of elsewhere.org, which takes mail only over TLS and from who logs in. Alice has a mailbox there too, for its reports.
struct Elsewhere {
    explicit Elsewhere(const TestTls &tls, quint16 port = 0)
    {
        for (const QString &user : {u"bob@elsewhere.org"_s, u"alice@here.org"_s})
            if (!app::relaySpool::addUser(directory.path(), user, kPassword, app::relaySpool::IfUserExists::Refuse))
                qFatal("no mailbox was made");
        relay::RelayConfiguration configuration;
        configuration.spool = [path = directory.path()]() -> base::Result<std::unique_ptr<store::Spool>> {
            auto spool = store::SqliteSpool::open(path, store::SqliteSpool::Role::Relay);
            if (!spool)
                return spool.error();
            return std::unique_ptr<store::Spool>{std::move(*spool)};
        };
        configuration.submission = {{u"127.0.0.1"_s, port}};
        configuration.tlsChainPem = tls.chainPem;
        configuration.tlsKeyPem = base::Secret{tls.keyPem};
        configuration.senderOfUsers = relay::SenderPolicy::Any;
        running = std::make_unique<RunningRelay>(std::move(configuration));
    }
    [[nodiscard]] QByteArray newestOf(const QString &user) const
    {
        const auto list = app::relaySpool::listMessages(directory.path(), user, 1);
        return list && !list->isEmpty() ? *app::relaySpool::getMessage(directory.path(), list->first().id) : QByteArray{};
    }

    QTemporaryDir directory;
    std::unique_ptr<RunningRelay> running;
};

/// The relay of here.org, with Alice's mailbox.
struct Here {
    explicit Here(const TestTls &tls, quint16 smarthostPort)
    {
        if (!app::relaySpool::addUser(directory.path(), u"alice@here.org"_s, kPassword, app::relaySpool::IfUserExists::Refuse))
            qFatal("no mailbox was made");
        settings.spoolDirectory = directory.path();
        settings.smtp = {{u"127.0.0.1"_s, 0}};
        settings.pop3 = {{u"127.0.0.1"_s, 0}};
        settings.hostName = u"relay.here.org"_s;
        settings.smarthost.host = u"127.0.0.1"_s;
        settings.smarthost.port = smarthostPort;
        settings.smarthost.user = u"bob@elsewhere.org"_s;
        settings.smarthost.password = kPassword;
        settings.smarthost.anchors = {QSslCertificate{tls.chainPem}.toDer()};
        settings.smarthost.retries.first = 50ms;
        settings.smarthost.retries.most = 200ms;
    }
    void start()
    {
        service.start(settings);
        QTRY_COMPARE(service.state(), RelayService::State::Running);
    }
    /// Alice's session, logged in.
    [[nodiscard]] std::unique_ptr<LineClient> alice()
    {
        auto client = std::make_unique<LineClient>(service.smtpEndpoint().port);
        (void)client->reply();
        (void)client->ask("EHLO client");
        if (!client->ask("AUTH PLAIN " + plainOf("alice@here.org")).startsWith("235"))
            qWarning("the login failed");
        return client;
    }
    void submit(const QByteArray &to, const QByteArray &text, const QByteArray &mailParameters = {}, const QByteArray &rcptParameters = {})
    {
        const auto client = alice();
        QCOMPARE(client->ask("MAIL FROM:<alice@here.org>" + mailParameters).first(3), "250"_ba);
        QCOMPARE(client->ask("RCPT TO:<" + to + ">" + rcptParameters).first(3), "250"_ba);
        QCOMPARE(client->ask("DATA").first(3), "354"_ba);
        QCOMPARE(client->ask(text + "\r\n.").first(3), "250"_ba);
    }
    [[nodiscard]] app::RelayQueueContents queue() const { return *app::relayQueue::list(directory.path()); }
    [[nodiscard]] RelayQueueRecipient firstQueued() const
    {
        const QList<app::RelayQueueEntry> entries = queue().entries;
        return entries.isEmpty() ? RelayQueueRecipient{} : entries.first().recipients.first();
    }
    [[nodiscard]] QByteArray newestOfAlice() const
    {
        const auto list = app::relaySpool::listMessages(directory.path(), u"alice@here.org"_s, 1);
        return list && !list->isEmpty() ? *app::relaySpool::getMessage(directory.path(), list->first().id) : QByteArray{};
    }

    QTemporaryDir directory;
    app::RelaySettings settings;
    RelayService service;
};

} // namespace

class TestOnward : public QObject
{
    Q_OBJECT

    TestTls m_tls;

private Q_SLOTS:
    void initTestCase() { m_tls = TestTls::make(); }

    void aLetterGoesOverTlsAndWithAPassword()
    {
        Elsewhere elsewhere{m_tls};
        QTRY_VERIFY(elsewhere.running->isRunning);
        Here here{m_tls, elsewhere.running->smtpPort(1)};
        here.start();
        here.submit("bob@elsewhere.org", "Subject: hello\r\n\r\n..a dot");
        QTRY_VERIFY(elsewhere.newestOf(u"bob@elsewhere.org"_s).endsWith("Subject: hello\r\n\r\n.a dot\r\n"));
        const QByteArray received = elsewhere.newestOf(u"bob@elsewhere.org"_s);
        QCOMPARE(received.count("Return-Path:"), 1);
        QVERIFY(received.startsWith("Return-Path: <alice@here.org>\r\n"));
        QVERIFY(received.contains("Received: from relay.here.org"));
        QVERIFY(received.contains(" with ESMTPSA id "));
        QVERIFY(received.contains(" with ESMTPA id ")); // Alice's own hop.
        QTRY_VERIFY(here.queue().entries.isEmpty());
        QVERIFY(app::relaySpool::listMessages(here.directory.path(), {}, 10)->isEmpty());
    }

    void theMonitorSeesTheDialogueWithoutThePassword()
    {
        Elsewhere elsewhere{m_tls};
        QTRY_VERIFY(elsewhere.running->isRunning);
        Here here{m_tls, elsewhere.running->smtpPort(1)};
        QList<relay::MonitorEvent> events;
        connect(&here.service, &RelayService::sessionEvents, this, [&events](const QList<relay::MonitorEvent> &some) { events += some; });
        here.service.setWatching(true);
        here.start();
        here.submit("bob@elsewhere.org", "Subject: hello\r\n\r\n");
        const auto onward = [&events] {
            QByteArrayList lines;
            for (const relay::MonitorEvent &event : std::as_const(events))
                if (event.protocol == relay::Protocol::Onward)
                    lines.append(event.text);
            return lines;
        };
        QTRY_COMPARE(onward().value(onward().size() - 1), "carried"_ba);
        QCOMPARE(onward().first(), "127.0.0.1"_ba);
        QVERIFY(onward().contains("STARTTLS"));
        QVERIFY(onward().contains("RCPT TO:<bob@elsewhere.org>"));
        for (const QByteArray &line : onward())
            QVERIFY2(!line.contains("secret") && !line.contains(plainOf("bob@elsewhere.org")), line.constData());
    }

    void aStrangersCertificateGetsNothing()
    {
        Elsewhere elsewhere{m_tls};
        QTRY_VERIFY(elsewhere.running->isRunning);
        Here here{TestTls::make(), elsewhere.running->smtpPort(1)};
        here.start();
        here.submit("bob@elsewhere.org", "Subject: hello\r\n\r\n");
        QTRY_VERIFY(here.firstQueued().lastReply.startsWith(u"TlsCertificateUntrusted"_s));
        QVERIFY(elsewhere.newestOf(u"bob@elsewhere.org"_s).isEmpty());
    }

    void aLargeLetterArrivesOctetForOctet()
    {
        Elsewhere elsewhere{m_tls};
        QTRY_VERIFY(elsewhere.running->isRunning);
        Here here{m_tls, elsewhere.running->smtpPort(1)};
        here.start();
        const QByteArray text = "Subject: large\r\n\r\n" + QByteArray(".0123456789 abcdefghijklmnopqrstuvwxyz\r\n").repeated(200'000);
        QByteArray stuffed = text;
        stuffed.replace("\r\n.", "\r\n..");
        stuffed.chop(2);
        here.submit("bob@elsewhere.org", stuffed);
        QTRY_VERIFY_WITH_TIMEOUT(elsewhere.newestOf(u"bob@elsewhere.org"_s).endsWith(text), 30'000);
    }

    void whatTheNextHopRefusesComesBackToAlice()
    {
        Elsewhere elsewhere{m_tls};
        QTRY_VERIFY(elsewhere.running->isRunning);
        Here here{m_tls, elsewhere.running->smtpPort(1)};
        here.start();
        here.submit("nobody@elsewhere.org", "Subject: hello\r\n\r\ntext\r\n", " RET=FULL ENVID=E-7", " ORCPT=rfc822;Nobody@elsewhere.org");
        QTRY_VERIFY(here.newestOfAlice().contains("multipart/report"));
        const QByteArray report = here.newestOfAlice();
        QVERIFY(report.contains("Original-Envelope-Id: E-7\r\n"));
        QVERIFY(report.contains("Original-Recipient: rfc822;Nobody@elsewhere.org\r\nFinal-Recipient: rfc822; nobody@elsewhere.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"));
        QVERIFY(report.contains("Subject: hello\r\n\r\ntext\r\n"));
        QTRY_VERIFY(here.queue().entries.isEmpty());
    }

    void theWishForAReportIsPassedOn()
    {
        Elsewhere elsewhere{m_tls};
        QTRY_VERIFY(elsewhere.running->isRunning);
        Here here{m_tls, elsewhere.running->smtpPort(1)};
        here.start();
        here.submit("bob@elsewhere.org", "Subject: hello\r\n\r\n", " ENVID=E-8", " NOTIFY=SUCCESS ORCPT=rfc822;Bobby@elsewhere.org");
        QTRY_VERIFY(elsewhere.newestOf(u"alice@here.org"_s).contains("Action: delivered\r\n"));
        QVERIFY(elsewhere.newestOf(u"alice@here.org"_s).contains("Original-Envelope-Id: E-8\r\n"));
        QVERIFY(elsewhere.newestOf(u"alice@here.org"_s).contains("Original-Recipient: rfc822;Bobby@elsewhere.org\r\n"));
        QVERIFY(here.newestOfAlice().isEmpty());
    }

    void aRelayThatIsItsOwnNextHopEndsTheCircle()
    {
        const quint16 port = freePort();
        Here here{m_tls, port};
        here.settings.smtp = {{u"127.0.0.1"_s, port}};
        here.settings.smarthost.tls = net::TlsMode::None;
        here.settings.smarthost.user.clear();
        here.settings.smarthost.onward = relay::OnwardPolicy::AlsoFromLoopbackWithoutLogin;
        here.start();
        here.submit("bob@elsewhere.org", "Subject: round\r\n\r\ntext");
        QTRY_VERIFY_WITH_TIMEOUT(here.newestOfAlice().contains("Status: 5.4.6\r\n"), 30'000);
        QTRY_VERIFY(here.queue().entries.isEmpty());
        QCOMPARE(app::relaySpool::listMessages(here.directory.path(), {}, 10)->size(), 1); // The report, and none on it.
    }

    void itIsNoOpenRelay()
    {
        Here here{m_tls, freePort()};
        here.start();
        LineClient stranger{here.service.smtpEndpoint().port};
        (void)stranger.reply();
        (void)stranger.ask("EHLO client");
        QVERIFY(stranger.ask("MAIL FROM:<alice@here.org>").startsWith("250"));
        for (const QByteArray to : {"bob@elsewhere.org", "bob%elsewhere.org@[127.0.0.1]", "\"bob@elsewhere.org\"@elsewhere.net", "@here.org:bob@elsewhere.org"})
            QVERIFY2(stranger.ask("RCPT TO:<" + to + ">").startsWith('5'), to.constData());
        QVERIFY(stranger.ask("RCPT TO:<nobody@here.org>").startsWith("550 5.1.1"));
    }

    void whatWaitsIsSeenAndObeysWhileTheRelayRuns()
    {
        const quint16 port = freePort();
        Here here{m_tls, port};
        here.settings.smarthost.retries.first = here.settings.smarthost.retries.most = 1h;
        here.start();
        here.submit("bob@elsewhere.org", "Subject: one\r\n\r\n");
        QTRY_COMPARE(here.firstQueued().attempts, 1);
        QVERIFY(here.firstQueued().lastReply.startsWith(u"ConnectionRefused"_s));
        QVERIFY(app::queueSentence(here.firstQueued()).contains(u"ConnectionRefused"_s));
        Elsewhere elsewhere{m_tls, port};
        QTRY_VERIFY(elsewhere.running->isRunning);
        QVERIFY(app::relayQueue::command(here.directory.path(), Command::Pause));
        QVERIFY(app::relayQueue::command(here.directory.path(), Command::Flush));
        here.submit("bob@elsewhere.org", "Subject: two\r\n\r\n");
        QCOMPARE(here.queue().entries.size(), 2);
        QVERIFY(here.queue().isPaused);
        QVERIFY(app::relayQueue::command(here.directory.path(), Command::Delete, {here.queue().entries.first().id}));
        QVERIFY(app::relayQueue::command(here.directory.path(), Command::Resume));
        QTRY_VERIFY(here.queue().entries.isEmpty());
        QTRY_VERIFY(elsewhere.newestOf(u"bob@elsewhere.org"_s).contains("Subject: two"));
        QCOMPARE(app::relaySpool::listMessages(elsewhere.directory.path(), u"bob@elsewhere.org"_s, 10)->size(), 1);
    }

    void aWindowSeesTheQueueAndActsOnIt()
    {
        Here here{m_tls, freePort()};
        here.settings.smarthost.retries.first = here.settings.smarthost.retries.most = 1h;
        here.start();
        here.submit("bob@elsewhere.org", "Subject: one\r\n\r\n");
        app::RelayQueueService queue{&here.service};
        queue.setWatching(true);
        QTRY_COMPARE(queue.contents().entries.size(), 1);
        const auto held = queue.command(Command::Pause, {queue.contents().entries.first().id});
        QTRY_COMPARE(queue.contents().entries.first().recipients.first().state, RelayQueueRecipient::State::Held);
        QVERIFY(held.future().result());
        const auto deleted = queue.command(Command::Delete);
        QTRY_VERIFY(queue.contents().entries.isEmpty());
        QVERIFY(deleted.future().result());
    }

    void aTimeThatHasGoneIsNotPromised()
    {
        RelayQueueRecipient one;
        one.attempts = 1;
        one.lastReply = u"451 later"_s;
        one.nextAttempt = QDateTime::currentDateTimeUtc().addSecs(600);
        QVERIFY(app::queueSentence(one).contains(u"(451 later). It is tried again at "_s));
        one.nextAttempt = QDateTime::currentDateTimeUtc().addSecs(-1);
        QVERIFY(app::queueSentence(one).contains(u"(451 later). It goes out as soon as "_s));
    }

    void whatWaitedGoesOnAfterARestart()
    {
        const quint16 port = freePort();
        Here here{m_tls, port};
        here.settings.smarthost.retries.first = 1s;
        here.start();
        here.submit("bob@elsewhere.org", "Subject: one\r\n\r\n");
        QTRY_COMPARE(here.firstQueued().attempts, 1);
        here.service.stop();
        QTRY_COMPARE(here.service.state(), RelayService::State::Stopped);
        Elsewhere elsewhere{m_tls, port};
        QTRY_VERIFY(elsewhere.running->isRunning);
        here.start();
        QTRY_VERIFY(elsewhere.newestOf(u"bob@elsewhere.org"_s).contains("Subject: one"));
    }
};

QTEST_GUILESS_MAIN(TestOnward)
#include "tst_Onward.moc"
