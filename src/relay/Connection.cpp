// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Connection.h"

#include "base/Log.h"
#include "net/Endpoint.h"
#include "net/TlsPolicy.h"

#include <QFile>
#include <QSslCipher>
#include <QSslSocket>
#include <algorithm>
#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace relay {

using Kind = MonitorEvent::Kind;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kReadOctets = 64 * 1024;
constexpr auto kHandshakeTime = 30s;
constexpr auto kLingerTime = 2s;
/// Below this a congested sender goes on.
constexpr qint64 kRoomOctets = 64 * 1024;

} // namespace

Connection::Connection(qintptr descriptor, Services &services, Protocol protocol, quint64 number)
    : m_services(services), m_protocol(protocol), m_number(number), m_since(Clock::now()), m_lastActivity(m_since)
{
    auto *socket = new QTcpSocket{this};
    if (!socket->setSocketDescriptor(descriptor)) {
        ::close(static_cast<int>(descriptor));
        qCWarning(logRelay) << "a connection could not be taken:" << socket->errorString();
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_peer.address = socket->peerAddress().toString().toLatin1();
    m_peer.isLoopback = net::isLoopback(socket->peerAddress());
    if (m_peer.address.startsWith("::ffff:") && m_peer.address.contains('.'))
        m_peer.address.remove(0, 7);
    noteEvent(Kind::SessionOpened, m_peer.address + ':' + QByteArray::number(socket->peerPort()), 0, 0);
    adopt(socket);
}

Connection::~Connection() = default;

void Connection::adopt(QTcpSocket *socket)
{
    m_socket = socket;
    socket->setReadBufferSize(kReadOctets);
    connect(socket, &QIODevice::readyRead, this, &Connection::onReadyRead);
    connect(socket, &QIODevice::bytesWritten, this, &Connection::onBytesWritten);
    connect(socket, &QAbstractSocket::disconnected, this, &Connection::onDisconnected);
    connect(socket, &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError || m_isHandshaking)
            end(m_isHandshaking ? "TLS failed" : "connection lost");
    });
}

void Connection::begin(Start start)
{
    if (start == Start::Tls)
        return startHandshake();
    m_isSessionBegun = true;
    startSession();
}

void Connection::sendBytes(QByteArrayView bytes)
{
    if (m_isOver)
        return;
    if (m_drip) {
        m_drip->waiting.append(bytes);
        if (!m_drip->timer.isActive())
            m_drip->timer.start();
        return;
    }
    m_socket->write(bytes.data(), bytes.size());
    // Now, not in the next turn of the loop: the peer waits for it.
    m_socket->flush();
}

void Connection::sendSlowly(int octetsPerSecond)
{
    constexpr int kTurnsPerSecond = 10;
    if (!m_drip) {
        m_drip = std::make_unique<Drip>();
        connect(&m_drip->timer, &QTimer::timeout, this, &Connection::dripOn);
    }
    const int turns = std::min(octetsPerSecond, kTurnsPerSecond);
    m_drip->octetsPerTurn = octetsPerSecond / turns;
    m_drip->timer.setInterval(1000 / turns);
}

void Connection::dripOn()
{
    if (m_isOver)
        return;
    const qsizetype octets = std::min(m_drip->octetsPerTurn, m_drip->waiting.size());
    m_socket->write(m_drip->waiting.constData(), octets);
    m_socket->flush();
    m_drip->waiting.remove(0, octets);
    m_lastActivity = Clock::now();
    if (!m_drip->waiting.isEmpty())
        return;
    m_drip->timer.stop();
    if (const std::optional<QByteArray> why = std::exchange(m_drip->closing, std::nullopt))
        closeAfterSending(*why);
}

void Connection::onReadyRead()
{
    if (m_isOver || m_isHandshaking)
        return;
    if (m_isLingering) {
        m_socket->skip(m_socket->bytesAvailable());
        return;
    }
    readMore();
}

void Connection::readMore()
{
    // One buffer for all: what a session cannot take at once stays in its socket.
    static thread_local std::array<char, kReadOctets> buffer;
    while (!m_isOver && !m_isLingering && !m_isHandshaking && wantsBytes()) {
        const qint64 octets = m_socket->read(buffer.data(), kReadOctets);
        if (octets <= 0)
            break;
        received({buffer.data(), static_cast<qsizetype>(octets)});
    }
    if (std::exchange(m_progress, progress()) != m_progress)
        m_lastActivity = Clock::now();
}

/// At once: one turn of the loop later the old socket might hold the first bytes of the handshake, and throw them away.
void Connection::beginTls()
{
    startHandshake();
}

/// A QSslSocket costs twice a QTcpSocket even in the clear, so it takes over the descriptor only now. What was
/// received in the clear stays behind with the old socket and is gone.
void Connection::startHandshake()
{
    if (m_isOver)
        return;
    if (m_drip && !m_drip->waiting.isEmpty())
        m_socket->write(std::exchange(m_drip->waiting, {}));
    m_socket->flush();
    if (m_services.faults() && meetsTlsFault())
        return;
    m_isHandshaking = true;
    m_lastActivity = Clock::now();
    QTcpSocket *plain = m_socket;
    plain->disconnect(this);
    while (plain->bytesAvailable() > 0)
        plain->skip(plain->bytesAvailable());
    auto *secured = new QSslSocket{this};
    secured->setSslConfiguration(m_faultyTls.value_or(m_services.tls.value_or(QSslConfiguration{})));
    const int descriptor = ::dup(static_cast<int>(plain->socketDescriptor()));
    adopt(secured);
    plain->deleteLater();
    if (descriptor < 0 || !secured->setSocketDescriptor(descriptor))
        return end("TLS failed");
    connect(secured, &QSslSocket::encrypted, this, &Connection::onEncrypted);
    secured->startServerEncryption();
}

/// True if there will be no handshake.
bool Connection::meetsTlsFault()
{
    const FaultDecision decision = m_services.faults()->decide(
        {FaultPoint::Handshake, m_number, m_peer.address, {}, {}, QDateTime::currentMSecsSinceEpoch()});
    if (!decision.action)
        return false;
    const FaultRule &rule = *decision.action;
    noteEvent(Kind::FaultApplied, (rule.name + u' ' + nameOf(rule.kind)).toUtf8(), 0, 0);
    if (rule.kind == FaultKind::TlsCertificate) {
        QFile chain{rule.certificate};
        QFile key{rule.key};
        if (!chain.open(QIODevice::ReadOnly) || !key.open(QIODevice::ReadOnly)) {
            qCWarning(logRelay) << "a fault rule's certificate cannot be read:" << rule.name;
            return false;
        }
        if (base::Result<QSslConfiguration> tls = net::serverTls(chain.readAll(), key.readAll()))
            m_faultyTls = *tls;
        return false;
    }
    if (rule.kind == FaultKind::TlsGarbage)
        m_socket->write("This is not TLS, and whoever reads on is not careful.\r\n");
    m_socket->flush();
    end("fault rule " + rule.name.toUtf8());
    return true;
}

void Connection::onEncrypted()
{
    const auto *secured = qobject_cast<QSslSocket *>(m_socket);
    const QSslCipher cipher = secured->sessionCipher();
    m_peer.tls = (cipher.protocolString() + u' ' + cipher.name()).toLatin1();
    m_isHandshaking = false;
    noteEvent(Kind::TlsStarted, m_peer.tls, 0, 0);
    if (m_isSessionBegun) {
        tlsStarted(m_peer.tls);
    } else {
        m_isSessionBegun = true;
        startSession();
    }
    readMore();
}

void Connection::closeAfterSending(QByteArrayView why)
{
    if (m_isOver || m_isLingering)
        return;
    if (m_drip && !m_drip->waiting.isEmpty()) {
        m_drip->closing = why.toByteArray();
        return;
    }
    noteEvent(Kind::SessionClosed, why, 0, 0);
    keepTranscript();
    m_isLingering = true;
    m_lastActivity = Clock::now();
    // Closing while the peer still sends would reset the connection, and the last reply could be lost on the way.
    if (qobject_cast<QSslSocket *>(m_socket) || m_socket->bytesToWrite() > 0)
        m_socket->disconnectFromHost();
    else
        ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR);
}

void Connection::onBytesWritten()
{
    m_lastActivity = Clock::now();
    if (!m_isOver && m_socket->bytesToWrite() < kRoomOctets && (!m_drip || m_drip->waiting.size() < kRoomOctets))
        drained();
}

qint64 Connection::unsentOctets() const
{
    const auto *secured = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (m_drip ? m_drip->waiting.size() : 0) + (secured ? secured->encryptedBytesToWrite() : 0);
}

void Connection::onDisconnected()
{
    end("the peer closed");
}

void Connection::end(QByteArrayView why)
{
    if (m_isOver)
        return;
    m_isOver = true;
    if (!m_isLingering)
        noteEvent(Kind::SessionClosed, why, 0, 0);
    keepTranscript();
    m_socket->disconnect(this);
    m_socket->abort();
    Q_EMIT finished(QPrivateSignal{});
    deleteLater();
}

bool Connection::isDroppable() const
{
    return m_isHandshaking || m_isLingering || wantsBytes() || unsentOctets() > 0;
}

void Connection::drop(QByteArrayView text)
{
    shutDown(text);
    end(text);
}

void Connection::watchTime(Clock::time_point now)
{
    if (m_isOver)
        return;
    if (m_services.office && m_transcript.isDue())
        keepTranscript();
    const auto quiet = now - m_lastActivity;
    if (m_isLingering && quiet > kLingerTime)
        end("closed");
    else if (m_isHandshaking && quiet > kHandshakeTime)
        end("TLS took too long");
    else if (!m_isLingering && !m_isHandshaking && quiet > idleLimit())
        shutDown("Nothing was said for too long");
    else if (!m_isLingering && !m_isHandshaking && now - m_since > totalLimit() && isIdle())
        shutDown("The session has lasted too long");
}

void Connection::keepTranscript()
{
    if (m_services.office && m_transcript.isNew())
        m_services.office->heard({m_services.sessionName(m_number), m_transcript.startedMs(), m_transcript.takeText()});
}

void Connection::noteEvent(Kind kind, QByteArrayView text, qint64 octets, qint64 messageId)
{
    if (m_services.office)
        m_transcript.add(kind, text, octets, messageId);
    if (m_services.isWatched)
        m_services.note({m_number, kind, m_protocol, QDateTime::currentMSecsSinceEpoch(), text.toByteArray(), octets, messageId});
}

} // namespace relay
