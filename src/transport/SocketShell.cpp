// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/SocketShell.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace transport {

namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr qint64 kReadAtOnce = 256 * 1024;

qint64 now()
{
    static QElapsedTimer timer = [] { QElapsedTimer t; t.start(); return t; }();
    return timer.elapsed();
}

ErrorCode codeOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: return ErrorCode::ConnectionRefused;
    case QAbstractSocket::HostNotFoundError: return ErrorCode::HostNotFound;
    case QAbstractSocket::SocketTimeoutError: return ErrorCode::TimedOut;
    case QAbstractSocket::SslHandshakeFailedError: return ErrorCode::TlsFailed;
    default: return ErrorCode::ConnectionLost;
    }
}

} // namespace

SocketShell::SocketShell(Dialogue *dialogue, Server server, Deadlines deadlines, base::Cancellation cancellation, QObject *parent)
    : QObject(parent), m_dialogue(dialogue), m_server(std::move(server)), m_deadlines(deadlines), m_cancellation(std::move(cancellation))
{
    connect(&m_socket, &QSslSocket::connected, this, &SocketShell::onConnected);
    connect(&m_socket, &QSslSocket::encrypted, this, &SocketShell::onEncrypted);
    connect(&m_socket, &QSslSocket::readyRead, this, &SocketShell::onReadyRead);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &SocketShell::onErrorOccurred);
    connect(&m_socket, &QSslSocket::sslErrors, this, &SocketShell::onSslErrors);
    connect(&m_socket, &QSslSocket::bytesWritten, this, &SocketShell::pump);
    connect(&m_socket, &QSslSocket::encryptedBytesWritten, this, &SocketShell::pump);
    connect(&m_tick, &QTimer::timeout, this, &SocketShell::onTick);
}

SocketShell::~SocketShell()
{
    // The dialogue, a member of the deriving class, is gone by now.
    m_socket.disconnect(this);
}

void SocketShell::begin()
{
    base::Status allowed = net::checkTlsMode(m_server.tls, m_server.host);
    if (allowed)
        allowed = prepareTls();
    if (!allowed) {
        m_dialogue->fail(allowed.error());
        return pump();
    }
    m_lastProgressAt = now();
    m_lastDeadline = m_deadlines.connect;
    m_tick.start(kTick);
    // What a server sends before it is read lies in the kernel: memory stays bounded.
    m_socket.setReadBufferSize(kReadAtOnce);
    if (m_server.tls == net::TlsMode::Implicit)
        m_socket.connectToHostEncrypted(m_server.host, m_server.port);
    else
        m_socket.connectToHost(m_server.host, m_server.port);
}

base::Status SocketShell::prepareTls()
{
    if (m_server.tls == net::TlsMode::None)
        return base::Done{};
    // Nobody outside vouches for a server of this computer; and reading the system's anchors takes longer than the handshake.
    const bool isSystemOfUse = m_server.anchors.isEmpty() && !net::isLoopback(m_server.host);
    const QList<QByteArray> known = m_server.anchors.isEmpty() && m_server.trust ? m_server.trust->anchors() : m_server.anchors;
    const base::Result<QSslConfiguration> configuration = net::clientTls(known, isSystemOfUse ? net::SystemAnchors::Use : net::SystemAnchors::DoNotUse);
    if (!configuration)
        return configuration.error();
    m_socket.setSslConfiguration(*configuration);
    return base::Done{};
}

void SocketShell::onConnected()
{
    m_isConnected = true;
    m_lastProgressAt = now();
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (m_server.tls == net::TlsMode::Implicit)
        return;
    m_dialogue->connected();
    pump();
}

void SocketShell::onEncrypted()
{
    m_lastProgressAt = now();
    if (m_server.trust && m_socket.sslHandshakeErrors().isEmpty())
        m_server.trust->noteVouched(net::toString({m_server.host, m_server.port}));
    if (m_server.tls == net::TlsMode::Implicit)
        m_dialogue->connected();
    else
        m_dialogue->encrypted();
    pump();
}

void SocketShell::onReadyRead()
{
    while (!m_dialogue->isOver() && m_socket.bytesAvailable() > 0) {
        m_dialogue->receive(m_socket.read(kReadAtOnce));
        pump();
    }
}

void SocketShell::onErrorOccurred(QAbstractSocket::SocketError error)
{
    // What the server said before it hung up counts first.
    onReadyRead();
    m_dialogue->fail({codeOf(error), m_socket.errorString(), {}, {}});
    pump();
}

void SocketShell::onSslErrors(const QList<QSslError> &errors)
{
    const bool isBelieved = m_server.anchors.isEmpty() && m_server.tls == net::TlsMode::StartTlsIfOffered && m_server.trust
        && m_server.trust->isKnown(net::toString({m_server.host, m_server.port}), m_socket.peerCertificate().toDer());
    if (isBelieved || certificateCheck() == CertificateCheck::TakeAny)
        return m_socket.ignoreSslErrors();
    m_dialogue->fail(net::tlsError(errors));
    pump();
}

QList<QByteArray> SocketShell::peerChain() const
{
    QList<QByteArray> chain;
    for (const QSslCertificate &certificate : m_socket.peerCertificateChain())
        chain.append(certificate.toDer());
    return chain;
}

void SocketShell::onTick()
{
    if (m_cancellation.isRequested()) {
        m_dialogue->fail({ErrorCode::Cancelled, {}, {}, {}});
        return pump();
    }
    const std::chrono::milliseconds deadline = m_isConnected ? m_dialogue->deadline() : m_deadlines.connect;
    // Content on its way out is progress, too.
    const quint64 progress = m_dialogue->progress() - static_cast<quint64>(unsentOctets());
    if (progress != m_lastProgress || deadline != m_lastDeadline || deadline.count() == 0) {
        m_lastProgress = progress;
        m_lastDeadline = deadline;
        m_lastProgressAt = now();
    } else if (now() - m_lastProgressAt > deadline.count()) {
        m_dialogue->fail({ErrorCode::TimedOut, u"no answer for %1 s"_s.arg(deadline.count() / 1000), {}, {}});
        pump();
    }
}

void SocketShell::pump()
{
    if (m_isClosed)
        return;
    settle();
    const Effects effects = m_dialogue->takeEffects();
    if (!effects.send.isEmpty() && m_isConnected)
        m_socket.write(effects.send);
    if (effects.startTls)
        m_socket.startClientEncryption();
    if (m_dialogue->isOver())
        close();
}

void SocketShell::close()
{
    m_isClosed = true;
    m_tick.stop();
    m_socket.disconnect(this);
    report();
    if (m_socket.state() != QAbstractSocket::ConnectedState) {
        m_socket.abort();
        return deleteLater();
    }
    // Lets the QUIT go out; a peer that does not hang up is not waited for long.
    connect(&m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
    QTimer::singleShot(std::chrono::seconds{2}, this, &QObject::deleteLater);
    m_socket.disconnectFromHost();
}

} // namespace transport
