// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Connection.h"

#include "base/FileAccess.h"
#include "base/Log.h"
#include "net/Endpoint.h"
#include "net/TlsPolicy.h"
#include "relay/PlainWire.h"
#include "relay/TlsWire.h"

#include <QHostAddress>
#include <algorithm>
#include <array>
#include <netinet/in.h>
#include <sys/socket.h>

namespace relay {

using Kind = MonitorEvent::Kind;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kReadOctets = 64 * 1024;
/// In one turn of the loop.
constexpr qint64 kTurnOctets = 4 * kReadOctets;
constexpr auto kHandshakeTime = 30s;
constexpr auto kLingerTime = 2s;
/// Below this a congested sender goes on.
constexpr qint64 kRoomOctets = 64 * 1024;

struct Address {
    QHostAddress host;
    quint16 port = 0;
};

Address peerOf(int descriptor)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (::getpeername(descriptor, address, &size) != 0)
        return {};
    const in_port_t port = storage.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 *>(address)->sin6_port
                                                         : reinterpret_cast<const sockaddr_in *>(address)->sin_port;
    return {QHostAddress{address}, ntohs(port)};
}

} // namespace

Connection::Connection(qintptr descriptor, Services &services, Protocol protocol, quint64 number)
    : m_services(services), m_protocol(protocol), m_number(number), m_since(Clock::now()), m_lastActivity(m_since)
{
    const Address peer = peerOf(static_cast<int>(descriptor));
    m_peer.address = peer.host.toString().toLatin1();
    m_peer.countedAs = net::countedAs(peer.host);
    m_peer.isLoopback = net::isLoopback(peer.host);
    if (m_peer.address.startsWith("::ffff:") && m_peer.address.contains('.'))
        m_peer.address.remove(0, 7);
    noteEvent(Kind::SessionOpened, m_peer.address + ':' + QByteArray::number(peer.port), 0, 0);
    Wire::Owner &owner = *this;
    auto wire = std::make_unique<PlainWire>(static_cast<int>(descriptor), services.poller, owner);
    m_isWatched = wire->isOpen();
    m_wire = std::move(wire);
}

Connection::~Connection() = default;

void Connection::begin(Start start)
{
    if (!m_isWatched) {
        qCWarning(logRelay) << "a connection could not be watched:" << qt_error_string();
        return end("the system refuses to watch it");
    }
    if (start == Start::Tls)
        return startHandshake();
    m_isSessionBegun = true;
    startSession();
}

void Connection::sendBytes(QByteArrayView bytes)
{
    if (m_isOver)
        return;
    if (!m_drip)
        return m_wire->write(bytes);
    m_drip->waiting.append(bytes);
    if (!m_drip->timer.isActive())
        m_drip->timer.start();
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
    m_wire->write(QByteArrayView{m_drip->waiting}.first(octets));
    m_drip->waiting.remove(0, octets);
    m_lastActivity = Clock::now();
    if (m_drip->waiting.isEmpty()) {
        m_drip->timer.stop();
        if (const std::optional<QByteArray> why = std::exchange(m_drip->closing, std::nullopt))
            return closeAfterSending(*why);
    }
    // The wire may have taken all at once, and then says nothing.
    if (unsentOctets() < kRoomOctets)
        drained();
}

void Connection::wireReadable()
{
    if (!m_isOver && !m_isHandshaking)
        readMore();
}

void Connection::readMore()
{
    // One buffer for all: what a session cannot take at once stays in its socket.
    static thread_local std::array<char, kReadOctets> buffer;
    for (qint64 taken = 0; !m_isOver && !m_isHandshaking && (m_isLingering || wantsBytes());) {
        // Nobody keeps the others waiting by sending without a pause.
        if (taken >= kTurnOctets) {
            QMetaObject::invokeMethod(this, &Connection::readMore, Qt::QueuedConnection);
            break;
        }
        const qint64 octets = m_wire->read(buffer.data(), kReadOctets);
        if (octets <= 0)
            break;
        taken += octets;
        if (!m_isLingering)
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

/// What a peer sent too early is no handshake: it ends the connection.
void Connection::startHandshake()
{
    if (m_isOver)
        return;
    if (m_drip && !m_drip->waiting.isEmpty())
        m_wire->write(std::exchange(m_drip->waiting, {}));
    if (m_services.faults() && meetsTlsFault())
        return;
    m_isHandshaking = true;
    m_lastActivity = Clock::now();
    const int descriptor = m_wire->release();
    m_formerWire = std::move(m_wire); // Which may be the one that called us.
    Wire::Owner &owner = *this;
    auto wire = std::make_unique<TlsWire>(owner);
    TlsWire *secured = wire.get();
    m_wire = std::move(wire);
    if (descriptor < 0 || !secured->begin(descriptor, tlsSettings()))
        end("TLS failed");
}

/// Empty ones, with which no handshake succeeds, if the relay's own cannot be read.
QSslConfiguration Connection::tlsSettings()
{
    if (m_faultyTls || !m_services.tls)
        return m_faultyTls.value_or(QSslConfiguration{});
    const base::Result<QSslConfiguration> &settings = m_services.tls->configuration();
    if (!settings)
        qCWarning(logRelay, "no TLS: %s %s", base::nameOf(settings.error().code), qPrintable(settings.error().detail));
    return settings ? *settings : QSslConfiguration{};
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
        constexpr qint64 kLargestPemFile = 1 << 20;
        const base::Result<QByteArray> chain = base::readFile(rule.certificate, kLargestPemFile);
        const base::Result<QByteArray> key = base::readFile(rule.key, kLargestPemFile);
        if (!chain || !key) {
            qCWarning(logRelay) << "a fault rule's certificate cannot be read:" << rule.name;
            return false;
        }
        if (base::Result<QSslConfiguration> tls = net::serverTls(*chain, *key))
            m_faultyTls = *tls;
        return false;
    }
    if (rule.kind == FaultKind::TlsGarbage)
        m_wire->write("This is not TLS, and whoever reads on is not careful.\r\n");
    end("fault rule " + rule.name.toUtf8());
    return true;
}

void Connection::wireSecured(const QByteArray &tls)
{
    m_peer.tls = tls;
    m_isHandshaking = false;
    noteEvent(Kind::TlsStarted, m_peer.tls, 0, 0);
    // The session has its own copy of the peer, made before the handshake also where TLS comes first.
    tlsStarted(m_peer.tls);
    if (!std::exchange(m_isSessionBegun, true))
        startSession();
    readMore();
}

/// Closing while the peer still sends would reset the connection, and the last reply could be lost on the way: what still comes is read.
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
    m_wire->finish();
}

void Connection::wireSent()
{
    m_lastActivity = Clock::now();
    if (m_hasPeerEnded)
        wireEnded();
    if (!m_isOver && unsentOctets() < kRoomOctets)
        drained();
}

/// A peer that said all it had to say may still wait for what it asked for.
void Connection::wireEnded()
{
    m_hasPeerEnded = true;
    if (unsentOctets() == 0)
        end("the peer closed");
}

qint64 Connection::unsentOctets() const
{
    return m_wire->unsentOctets() + (m_drip ? m_drip->waiting.size() : 0);
}

void Connection::wireLost(QByteArrayView why)
{
    end(why);
}

void Connection::end(QByteArrayView why)
{
    if (m_isOver)
        return;
    m_isOver = true;
    if (!m_isLingering)
        noteEvent(Kind::SessionClosed, why, 0, 0);
    keepTranscript();
    m_wire->abort();
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
    // Who said QUIT on a slow line may still be owed the message before it.
    if (m_isLingering && quiet > (unsentOctets() > 0 ? std::chrono::duration_cast<Clock::duration>(idleLimit()) : Clock::duration{kLingerTime}))
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
