// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/RelayServer.h"
#include "relay/Users.h"
#include "store/SqliteSpool.h"
#include "support/FakeSpool.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <sys/socket.h>

inline store::SpoolAccount account(const QByteArray &address, const QByteArray &password)
{
    return {address, relay::toCredential(*net::makeScramVerifier(base::Secret{password}, 4096))};
}

/// A spool below `directory`; Bob has a mailbox, his password is "secret".
inline relay::RelayConfiguration onDisk(const QString &directory)
{
    relay::RelayConfiguration configuration;
    configuration.spool = [directory]() -> base::Result<std::unique_ptr<store::Spool>> {
        auto spool = store::SqliteSpool::open(directory, store::SqliteSpool::Role::Relay);
        if (!spool)
            return spool.error();
        if (!(*spool)->setAccount(account("bob@example.org", "secret")))
            return base::ErrorCode::Unknown;
        return std::unique_ptr<store::Spool>{std::move(*spool)};
    };
    return configuration;
}

/// A relay on loopback, ports chosen by the system, on a thread of its own.
class RunningRelay : public QObject
{
public:
    explicit RunningRelay(relay::RelayConfiguration configuration)
    {
        if (configuration.smtp.isEmpty())
            configuration.smtp = {{QStringLiteral("127.0.0.1"), 0}};
        if (configuration.pop3.isEmpty())
            configuration.pop3 = {{QStringLiteral("127.0.0.1"), 0}};
        m_server = new relay::RelayServer{std::move(configuration)};
        m_server->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
        connect(m_server, &relay::RelayServer::started, this, [this](const QList<relay::DoorEndpoint> &endpoints) {
            take(endpoints);
            isRunning = true;
        });
        connect(m_server, &relay::RelayServer::reloaded, this, [this](const QList<relay::DoorEndpoint> &endpoints, int number) {
            take(endpoints);
            ++reloads;
            reloadEnds.append(number);
        });
        connect(m_server, &relay::RelayServer::reloadFailed, this, [this](const base::Error &given, int number) {
            reloadError = given;
            reloadEnds.append(number);
        });
        connect(m_server, &relay::RelayServer::failed, this, [this](const base::Error &given) { error = given; });
        connect(m_server, &relay::RelayServer::troubled, this, [this](const base::Error &given) { trouble = given; });
        connect(m_server, &relay::RelayServer::recovered, this, [this] { trouble.reset(); });
        connect(m_server, &relay::RelayServer::stopped, this, [this] { isStopped = true; });
        connect(m_server, &relay::RelayServer::sessionEvents, this, [this](const QList<relay::MonitorEvent> &given) { events += given; });
        connect(m_server, &relay::RelayServer::messagesStored, this, [this](const QStringList &given) { storedFor += given; });
        m_thread.start();
        QMetaObject::invokeMethod(m_server, &relay::RelayServer::start, Qt::QueuedConnection);
    }
    ~RunningRelay() override
    {
        m_thread.quit();
        m_thread.wait();
    }

    [[nodiscard]] quint16 smtpPort(int index = 0) const { return smtpEndpoints.value(index).port; }
    [[nodiscard]] quint16 pop3Port() const { return pop3Endpoints.value(0).port; }
    void stop() { QMetaObject::invokeMethod(m_server, &relay::RelayServer::stop, Qt::QueuedConnection); }
    void watch() { QMetaObject::invokeMethod(m_server, [server = m_server] { server->setWatching(true); }, Qt::BlockingQueuedConnection); }

    void reload(const relay::RelayConfiguration &configuration)
    {
        QMetaObject::invokeMethod(m_server, [server = m_server, configuration] { server->reload(configuration); }, Qt::QueuedConnection);
    }
    /// As number 1 and number 2, which begins before the first has read the users.
    void reload(const relay::RelayConfiguration &first, const relay::RelayConfiguration &second)
    {
        const auto both = [server = m_server, first, second] {
            server->reload(first, 1);
            server->reload(second, 2);
        };
        QMetaObject::invokeMethod(m_server, both, Qt::QueuedConnection);
    }
    /// The first that listens for this.
    [[nodiscard]] quint16 port(relay::Door door) const
    {
        for (const relay::DoorEndpoint &endpoint : doors)
            if (endpoint.door == door)
                return endpoint.endpoint.port;
        return 0;
    }

    QList<relay::DoorEndpoint> doors;
    QList<net::Endpoint> smtpEndpoints;
    QList<net::Endpoint> pop3Endpoints;
    std::optional<base::Error> error;
    std::optional<base::Error> trouble;
    QList<relay::MonitorEvent> events;
    QStringList storedFor;
    bool isRunning = false;
    bool isStopped = false;
    int reloads = 0;
    QList<int> reloadEnds; ///< The numbers of those that succeeded or failed.
    std::optional<base::Error> reloadError;

private:
    void take(const QList<relay::DoorEndpoint> &endpoints)
    {
        doors = endpoints;
        smtpEndpoints.clear();
        pop3Endpoints.clear();
        for (const relay::DoorEndpoint &endpoint : endpoints)
            (endpoint.door == relay::Door::Pop3 || endpoint.door == relay::Door::Pop3Tls ? pop3Endpoints : smtpEndpoints).append(endpoint.endpoint);
    }

    QThread m_thread;
    relay::RelayServer *m_server = nullptr;
};

/// A client that waits for each answer, but never longer than its deadline; every line is logged with its direction.
class LineClient
{
public:
    explicit LineClient(quint16 port, const QString &host = QStringLiteral("127.0.0.1"))
    {
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.connectToHost(host, port);
        m_isConnected = m_socket.waitForConnected(kDeadlineMs);
    }

    void send(const QByteArray &bytes)
    {
        m_log += "> " + bytes;
        m_socket.write(bytes);
        m_socket.flush();
    }
    /// One line without CRLF; "(closed)" or "(silence)".
    [[nodiscard]] QByteArray line()
    {
        QElapsedTimer clock;
        clock.start();
        while (!m_socket.canReadLine()) {
            const auto left = kDeadlineMs - static_cast<int>(clock.elapsed());
            if (m_socket.state() != QAbstractSocket::ConnectedState)
                return QByteArray{"(closed)"};
            if (left <= 0)
                return QByteArray{"(silence)"};
            m_socket.waitForReadyRead(left);
        }
        QByteArray text = m_socket.readLine();
        m_log += "< " + text;
        text.chop(2);
        return text;
    }
    /// A whole SMTP reply; its last line.
    [[nodiscard]] QByteArray reply()
    {
        QByteArray text = line();
        while (text.size() > 3 && text[3] == '-')
            text = line();
        return text;
    }
    [[nodiscard]] QByteArray ask(const QByteArray &command)
    {
        send(command + "\r\n");
        return reply();
    }
    /// What follows up to the line that is a dot.
    [[nodiscard]] QByteArrayList listing()
    {
        QByteArrayList lines;
        for (QByteArray text = line(); text != "." && text != "(closed)" && text != "(silence)"; text = line())
            lines.append(text);
        return lines;
    }
    [[nodiscard]] bool startTls()
    {
        m_socket.startClientEncryption();
        return m_socket.waitForEncrypted(kDeadlineMs);
    }
    /// Sends one message; the reply to it, or to what was refused before.
    [[nodiscard]] QByteArray deliver(const QByteArray &to, const QByteArray &text)
    {
        for (const QByteArray &command : {QByteArray("MAIL FROM:<sender@example.org>"), QByteArray("RCPT TO:<" + to + ">"), QByteArray("DATA")})
            if (const QByteArray answer = ask(command); !answer.startsWith('2') && !answer.startsWith('3'))
                return answer;
        return ask(text + "\r\n.");
    }
    [[nodiscard]] bool hasLine() const { return m_socket.canReadLine(); }
    void abort() { m_socket.abort(); }
    /// Says that nothing more will be said, and listens on.
    void endTalking()
    {
        while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(kDeadlineMs)) {
        }
        ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR);
    }
    [[nodiscard]] bool isConnected() const { return m_isConnected; }
    [[nodiscard]] const QByteArray &log() const { return m_log; }

private:
    static constexpr int kDeadlineMs = 10'000;
    QSslSocket m_socket;
    QByteArray m_log;
    bool m_isConnected = false;
};

/// A certificate for localhost that nobody vouches for, made by the openssl command.
struct TestTls {
    QByteArray chainPem;
    QByteArray keyPem;

    static TestTls make()
    {
        QTemporaryDir directory;
        const QString key = directory.filePath(QStringLiteral("key.pem"));
        const QString certificate = directory.filePath(QStringLiteral("certificate.pem"));
        QProcess::execute(QStringLiteral("openssl"), {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                                                      QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                                                      QStringLiteral("-subj"), QStringLiteral("/CN=localhost"), QStringLiteral("-addext"),
                                                      QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1"), QStringLiteral("-keyout"), key,
                                                      QStringLiteral("-out"), certificate});
        TestTls tls;
        for (const auto &[path, target] : {std::pair{key, &tls.keyPem}, std::pair{certificate, &tls.chainPem}}) {
            QFile file{path};
            if (file.open(QIODevice::ReadOnly))
                *target = file.readAll();
        }
        return tls;
    }
};

/// A spool in memory; Bob has a mailbox, his password is "secret".
inline relay::RelayConfiguration inMemory()
{
    relay::RelayConfiguration configuration;
    configuration.spool = []() -> base::Result<std::unique_ptr<store::Spool>> {
        auto spool = std::make_unique<FakeSpool>();
        if (!spool->addAccount(account("bob@example.org", "secret")))
            return base::ErrorCode::Unknown;
        return std::unique_ptr<store::Spool>{std::move(spool)};
    };
    return configuration;
}

inline relay::RelayConfiguration withTls(relay::RelayConfiguration configuration)
{
    const TestTls tls = TestTls::make();
    configuration.tlsChainPem = tls.chainPem;
    configuration.tlsKeyPem = base::Secret{tls.keyPem};
    return configuration;
}

inline QByteArray bigMessage(qsizetype octets)
{
    QByteArray text = "Subject: big\r\n\r\n";
    while (text.size() < octets)
        text += ".0123456789012345678901234567890123456789\r\n";
    text.chop(2);
    return text;
}

/// The greeting of POP3, and Bob's login.
[[nodiscard]] inline bool logIn(LineClient &client)
{
    return client.line().startsWith("+OK") && client.ask("USER bob@example.org").startsWith("+OK") && client.ask("PASS secret").startsWith("+OK");
}
