// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Doors.h"

#include "base/Log.h"

#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>
#include <QUdpSocket>
#include <cerrno>
#include <chrono>
#include <sys/socket.h>

namespace relay {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;

namespace {

constexpr int kBacklog = 4096;
/// In one turn of the loop: those who are inside already have their turns too.
constexpr int kMostAtOnce = 64;

base::Error listenError(const QTcpServer &server, const net::Endpoint &endpoint)
{
    const QString where = net::toString(endpoint);
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return {ErrorCode::PortInUse, where, {}, {}};
    case QAbstractSocket::SocketAccessError:
        return {ErrorCode::PortForbidden, where, {}, {}};
    case QAbstractSocket::SocketAddressNotAvailableError:
        return {ErrorCode::AddressNotAvailable, where, {}, {}};
    default:
        return {ErrorCode::AddressNotAvailable, where + u": "_s + server.errorString(), {}, {}};
    }
}

QHostAddress addressOf(const QString &host)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return QHostAddress{QHostAddress::LocalHost};
    return host == "*"_L1 ? QHostAddress{QHostAddress::Any} : QHostAddress{host};
}

} // namespace

bool isAddress(const QString &host)
{
    return !addressOf(host).isNull();
}

bool isAddressHere(const QString &host)
{
    QUdpSocket probe;
    return probe.bind(addressOf(host), 0) || probe.error() != QAbstractSocket::SocketAddressNotAvailableError;
}

bool isSamePlace(const net::Endpoint &a, const net::Endpoint &b)
{
    return a.port != 0 && a.port == b.port && addressOf(a.host) == addressOf(b.host);
}

/// Listens by QTcpServer and accepts by itself: QTcpServer says nothing when descriptors run out, and tries again without a pause.
class Doors::Listener final : public QTcpServer
{
public:
    Listener(Doors &doors, const DoorEndpoint &wanted) : m_doors(doors), m_wanted(wanted) { setListenBacklogSize(kBacklog); }

    /// Call once it listens.
    void begin()
    {
        pauseAccepting();
        m_notifier = std::make_unique<QSocketNotifier>(socketDescriptor(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { acceptAll(); });
    }
    [[nodiscard]] const DoorEndpoint &wanted() const { return m_wanted; }
    [[nodiscard]] net::Endpoint endpoint() const { return {serverAddress().toString(), serverPort()}; }
    bool isPassed = false;

private:
    void acceptAll()
    {
        for (int count = 0; count < kMostAtOnce; ++count) {
            const int descriptor = ::accept4(static_cast<int>(socketDescriptor()), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (descriptor >= 0) {
                m_doors.m_taker(descriptor, m_wanted.door);
            } else if (errno != ECONNABORTED && errno != EINTR) {
                if (errno != EAGAIN)
                    pause();
                return;
            }
        }
    }
    void pause()
    {
        const int why = errno;
        qCWarning(logRelay) << "a connection could not be accepted:" << qt_error_string(why);
        m_notifier->setEnabled(false);
        if (why == EMFILE || why == ENFILE || why == ENOBUFS || why == ENOMEM)
            m_doors.m_exhausted();
        QTimer::singleShot(100ms, this, [this] { m_notifier->setEnabled(true); });
    }

    Doors &m_doors;
    DoorEndpoint m_wanted;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

Doors::Doors(Taker taker, std::function<void()> exhausted) : m_taker(std::move(taker)), m_exhausted(std::move(exhausted)) {}

Doors::~Doors() = default;

base::Status Doors::adopt(const PassedSocket &passed)
{
    auto listener = std::make_unique<Listener>(*this, DoorEndpoint{{}, passed.door});
    listener->isPassed = true;
    if (!listener->setSocketDescriptor(passed.descriptor))
        return {ErrorCode::ConfigurationInvalid, u"descriptor %1 is no listening socket: %2"_s.arg(passed.descriptor).arg(listener->errorString())};
    listener->begin();
    m_listeners.push_back(std::move(listener));
    return base::Done{};
}

base::Result<std::unique_ptr<Doors::Listener>> Doors::listen(const DoorEndpoint &wanted)
{
    const QHostAddress address = addressOf(wanted.endpoint.host);
    if (address.isNull())
        return {ErrorCode::AddressNotAvailable, u"%1: give an address of this computer, not a name"_s.arg(net::toString(wanted.endpoint))};
    auto listener = std::make_unique<Listener>(*this, wanted);
    if (!listener->listen(address, wanted.endpoint.port))
        return listenError(*listener, wanted.endpoint);
    listener->begin();
    return listener;
}

base::Status Doors::open(const QList<DoorEndpoint> &wanted)
{
    const auto isOpen = [this](const DoorEndpoint &door) {
        return std::any_of(m_listeners.cbegin(), m_listeners.cend(), [&door](const auto &l) { return !l->isPassed && l->wanted() == door; });
    };
    std::vector<std::unique_ptr<Listener>> fresh;
    for (const DoorEndpoint &door : wanted) {
        if (isOpen(door))
            continue;
        base::Result<std::unique_ptr<Listener>> listener = listen(door);
        if (!listener)
            return listener.error();
        fresh.push_back(std::move(*listener));
    }
    std::erase_if(m_listeners, [&wanted](const auto &l) { return !l->isPassed && !wanted.contains(l->wanted()); });
    for (auto &listener : fresh)
        m_listeners.push_back(std::move(listener));
    return base::Done{};
}

void Doors::close()
{
    m_listeners.clear();
}

QList<DoorEndpoint> Doors::endpoints() const
{
    QList<DoorEndpoint> endpoints;
    for (const auto &listener : m_listeners)
        endpoints.append({listener->endpoint(), listener->wanted().door});
    return endpoints;
}

} // namespace relay
