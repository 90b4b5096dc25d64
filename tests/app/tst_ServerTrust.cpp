// SPDX-License-Identifier: GPL-3.0-or-later
// Our clients and our relay under TLS: who is believed, and that nothing goes to anybody else.
#include "app/ErrorText.h"
#include "app/FetchService.h"
#include "app/KnownServers.h"
#include "app/MailboxService.h"
#include "app/RelayCertificate.h"
#include "app/RelayService.h"
#include "net/TlsPolicy.h"
#include "provider/Registration.h"
#include "support/ErrorNames.h"
#include "support/StoreFiles.h"
#include "transport/SubmitMessage.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QSslServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QtCrypto>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using app::RelayService;
using base::ErrorCode;

namespace {

/// Takes letters as a slow line does: of their text a piece each turn, and only after a while as fast as it comes.
class SlowServer final : public QSslServer
{
public:
    SlowServer(const QSslConfiguration &tls, std::chrono::milliseconds slowFor)
    {
        setSslConfiguration(tls);
        m_turn.setInterval(20);
        connect(&m_turn, &QTimer::timeout, this, [this] { takePiece(); });
        connect(this, &QTcpServer::pendingConnectionAvailable, this, [this, slowFor] {
            m_socket = nextPendingConnection();
            m_socket->setReadBufferSize(kPieceOctets);
            m_socket->write("220 slow\r\n");
            connect(m_socket, &QIODevice::readyRead, this, [this, slowFor] { takeLine(slowFor); });
        });
    }

private:
    static constexpr qint64 kPieceOctets = 128 * 1024;

    void takeLine(std::chrono::milliseconds slowFor)
    {
        if (m_turn.isActive())
            return;
        const bool isData = m_socket->readLine().startsWith("DATA");
        m_socket->write(isData ? "354 go on\r\n" : "250 ok\r\n");
        if (!isData)
            return;
        m_turn.start();
        QTimer::singleShot(slowFor, this, [this] { m_turn.setInterval(0); });
    }
    void takePiece()
    {
        m_end = (m_end + m_socket->read(kPieceOctets)).right(5);
        if (m_end != "\r\n.\r\n")
            return;
        m_turn.stop();
        m_socket->write("250 ok\r\n");
    }

    QTimer m_turn;
    QTcpSocket *m_socket = nullptr;
    QByteArray m_end;
};

} // namespace

class TestServerTrust : public QObject
{
    Q_OBJECT

    QCA::Initializer m_qca;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<identity::DataDirectory> m_data;
    std::shared_ptr<app::KnownServers> m_known;
    std::unique_ptr<transport::IoThread> m_io;
    std::unique_ptr<RelayService> m_relay;
    app::RelaySettings m_settings;
    QList<relay::MonitorEvent> m_events;
    QThreadPool m_pool;

    static identity::ServerCredentials stranger()
    {
        const auto made = identity::selfSignedServer({u"localhost"_s, u"127.0.0.1"_s}, base::Clock::system().now());
        Q_ASSERT(made);
        return *made;
    }
    void makeAuthority()
    {
        auto authority = identity::Authority::create(m_data->authorityFolder(), u"Team"_s, u"ec:p256"_s, identity::wellKnownPassphrase());
        QVERIFY(authority);
        QVERIFY(app::issueRelayCertificate(*m_data, *authority));
    }
    identity::ServerCredentials own() const
    {
        const auto credentials = app::relayCredentials(*m_data);
        Q_ASSERT(credentials);
        return *credentials;
    }
    /// On the same ports as before, as another relay in its place.
    void startRelay(const std::optional<identity::ServerCredentials> &credentials)
    {
        if (m_relay->state() == RelayService::State::Running) {
            m_relay->stop();
            QTRY_COMPARE(m_relay->state(), RelayService::State::Stopped);
        }
        m_settings.tlsChainPem = credentials ? credentials->certificateChainPem : QByteArray{};
        m_settings.tlsKeyPem = credentials ? credentials->privateKeyPem : base::Secret{};
        m_relay->start(m_settings);
        QTRY_COMPARE(m_relay->state(), RelayService::State::Running);
        m_settings.smtp = {m_relay->smtpEndpoint()};
        m_settings.pop3 = {m_relay->pop3Endpoint()};
        m_events.clear();
    }
    app::AccountSettings account(net::TlsMode mode = net::TlsMode::StartTlsIfOffered) const
    {
        app::AccountSettings account = app::AccountSettings::defaults(u"bob@example.org"_s);
        account.smtp.port = m_settings.smtp.first().port;
        account.pop3.port = m_settings.pop3.first().port;
        account.smtp.tls = account.pop3.tls = mode;
        account.setPassword(base::Secret{"password"});
        account.setTrust(m_known);
        return account;
    }
    base::Result<transport::SubmissionReceipt> send(const app::AccountSettings &settings) const
    {
        return base::await(transport::submitMessage(*m_io, settings.smtp, {u"alice@example.org"_s, {u"bob@example.org"_s}, support::letter("tls")}));
    }
    base::Result<transport::FetchSummary> fetch(app::MailboxService &mailbox, const app::AccountSettings &settings) const
    {
        return base::await(app::FetchService::fetchOnce(mailbox.mail(), *m_io, settings.pop3, transport::AfterFetch::Delete));
    }
    QJsonObject noted() const
    {
        QFile file{m_folder->filePath(u"servers.json"_s)};
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject{};
    }
    QString where() const { return net::toString(m_settings.smtp.first()); }
    QByteArray saidToTheRelay() const
    {
        QByteArray lines;
        for (const relay::MonitorEvent &event : m_events) {
            if (event.kind == relay::MonitorEvent::Kind::LineIn)
                lines += event.text + '\n';
            else if (event.kind == relay::MonitorEvent::Kind::TlsStarted)
                lines += "(" + event.text.left(3) + ")\n";
        }
        return lines;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(provider::registerProvider()); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_data = std::make_unique<identity::DataDirectory>(m_folder->filePath(u"data"_s));
        m_known = std::make_shared<app::KnownServers>(*m_data, m_folder->path());
        m_io = std::make_unique<transport::IoThread>();
        m_relay = std::make_unique<RelayService>();
        m_relay->setWatching(true);
        connect(m_relay.get(), &RelayService::sessionEvents, this, [this](const QList<relay::MonitorEvent> &events) { m_events += events; });
        m_settings = {};
        m_settings.spoolDirectory = m_folder->filePath(u"spool"_s);
        m_settings.smtp = {{u"127.0.0.1"_s, 0}};
        m_settings.pop3 = {{u"127.0.0.1"_s, 0}};
        m_relay->setSpoolDirectory(m_settings.spoolDirectory);
        QVERIFY(base::await(m_relay->setUser(u"bob@example.org"_s, base::Secret{"password"})));
    }
    void cleanup()
    {
        m_relay.reset();
        m_io.reset();
    }

    void aMemoryThatCannotBeReadKnowsNobodyAndStays()
    {
        const QByteArray damaged = "{\"127.0.0.1:1110\": \"ab";
        QFile file{m_folder->filePath(u"servers.json"_s)};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(damaged) == damaged.size());
        file.close();
        QVERIFY(!m_known->isKnown(u"127.0.0.1:1025"_s, "certificate"));
        m_known->noteVouched(u"127.0.0.1:1025"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), damaged);
        file.close();
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"127.0.0.1:1025\": 5}") > 0);
        file.close();
        QVERIFY(!m_known->isKnown(u"127.0.0.1:1025"_s, "certificate"));
        QVERIFY(m_known->isKnown(u"127.0.0.1:1110"_s, "certificate"));
    }

    void theRelayOfOurAuthorityIsSpokenToUnderTlsAndByScram()
    {
        makeAuthority();
        startRelay(own());
        QVERIFY(send(account()));
        QTRY_VERIFY(saidToTheRelay().contains("QUIT"));
        const QByteArray sent = saidToTheRelay();
        QVERIFY2(sent.indexOf("STARTTLS\n(TLS)\nEHLO") > 0 && sent.indexOf("MAIL FROM") > sent.indexOf("(TLS)"), sent);
        m_events.clear();
        app::MailboxService bob{m_folder->filePath(u"bob.sqlite"_s), &m_pool};
        const auto summary = fetch(bob, account());
        QVERIFY(summary);
        QCOMPARE(summary->newMessages, 1);
        QTRY_VERIFY(saidToTheRelay().contains("QUIT"));
        const QByteArray fetched = saidToTheRelay();
        QVERIFY2(fetched.indexOf("AUTH SCRAM-SHA-256") > fetched.indexOf("STLS\n(TLS)") && fetched.contains("STLS\n(TLS)"), fetched);
        QCOMPARE(noted()[where()].toString(), u"vouched"_s);
    }

    void aStrangerInThePlaceOfOurRelayGetsNothing()
    {
        makeAuthority();
        startRelay(own());
        QVERIFY(send(account()));
        app::MailboxService bob{m_folder->filePath(u"bob.sqlite"_s), &m_pool};
        QVERIFY(fetch(bob, account()));
        startRelay(stranger());
        const auto receipt = send(account());
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().code, ErrorCode::TlsCertificateUntrusted);
        QVERIFY(!receipt.error().isTemporary());
        QCOMPARE(app::errorText(receipt.error()).sentence,
                 u"The server's certificate is not trusted, so nothing was sent to it. Check that you are talking to the right server. If it is your company's own, say in the main window, under Mail servers, who vouches for it."_s);
        QCOMPARE(fetch(bob, account()).error().code, ErrorCode::TlsCertificateUntrusted);
        QTRY_VERIFY(saidToTheRelay().contains("STARTTLS"));
        QVERIFY2(!saidToTheRelay().contains("MAIL FROM"), saidToTheRelay());
        // The right one is believed again.
        startRelay(own());
        QVERIFY(send(account()));
    }

    void theFirstStrangerOfThisComputerIsRememberedAndNoOtherIsBelieved()
    {
        const identity::ServerCredentials first = stranger();
        startRelay(first);
        QVERIFY(send(account()));
        QCOMPARE(noted()[where()].toString().size(), 64);
        QVERIFY(send(account()));
        startRelay(stranger());
        QCOMPARE(send(account()).error().code, ErrorCode::TlsCertificateUntrusted);
        // A new object reads what the old one noted.
        m_known = std::make_shared<app::KnownServers>(*m_data, m_folder->path());
        QCOMPARE(send(account()).error().code, ErrorCode::TlsCertificateUntrusted);
        startRelay(first);
        QVERIFY(send(account()));
    }

    void anAuthorityMadeLaterIsBelievedAtOnce()
    {
        startRelay(own());
        QVERIFY(send(account()));
        makeAuthority();
        startRelay(own());
        QVERIFY(send(account()));
        QCOMPARE(noted()[where()].toString(), u"vouched"_s);
    }

    void wherePeopleDemandTlsNoStrangerIsBelieved()
    {
        startRelay(stranger());
        QCOMPARE(send(account(net::TlsMode::StartTls)).error().code, ErrorCode::TlsCertificateUntrusted);
        startRelay(std::nullopt);
        const auto clear = send(account(net::TlsMode::StartTls));
        QCOMPARE(clear.error().code, ErrorCode::TlsUnavailable);
        QVERIFY(!saidToTheRelay().contains("MAIL FROM"));
    }

    void aRelayWithoutTlsIsServedOnThisComputer()
    {
        startRelay(std::nullopt);
        QVERIFY(send(account()));
        QVERIFY(noted().isEmpty());
    }

    // TLS encrypts all at once; then it waits for the network, and the server cannot answer yet.
    void aLetterThatLeavesSlowlyUnderTlsIsNotGivenUp()
    {
        constexpr std::chrono::milliseconds kPatience{400};
        constexpr qsizetype kMoreThanSystemsBuffer = 20 << 20;
        const identity::ServerCredentials credentials = stranger();
        const auto tls = net::serverTls(credentials.certificateChainPem, credentials.privateKeyPem.view().toByteArray());
        QVERIFY(tls);
        SlowServer slow{*tls, 2 * kPatience};
        QVERIFY(slow.listen(QHostAddress::LocalHost));
        transport::Server server{u"127.0.0.1"_s, slow.serverPort(), net::TlsMode::Implicit, {}, {}, {}};
        server.anchors = {tls->localCertificate().toDer()};
        const QByteArray letter = support::letter("slow") + QByteArray("One line of many.\r\n").repeated(kMoreThanSystemsBuffer / 19);
        const auto sent = transport::submitMessage(*m_io, server, {u"alice@example.org"_s, {u"bob@example.org"_s}, letter}, {10s, 10s, kPatience});
        QTRY_VERIFY_WITH_TIMEOUT(!sent.isRunning(), 20'000);
        QVERIFY2(sent.outcome(), sent.outcome() ? "" : qPrintable(sent.outcome().error().detail));
    }
};

QTEST_GUILESS_MAIN(TestServerTrust)
#include "tst_ServerTrust.moc"
