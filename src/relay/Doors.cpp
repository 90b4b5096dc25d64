// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Doors.h"

#include "base/Log.h"

#include <QTcpServer>
#include <QTimer>
#include <chrono>

namespace relay {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;

namespace {

constexpr int kBacklog = 4096;

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

class Doors::Listener final : public QTcpServer
{
public:
    Listener(Doors &doors, const DoorEndpoint &wanted) : m_doors(doors), m_wanted(wanted)
    {
        setListenBacklogSize(kBacklog);
        // Out of descriptors: QTcpServer stops accepting by itself.
        connect(this, &QTcpServer::acceptError, this, [this] {
            qCWarning(logRelay) << "a connection could not be accepted:" << errorString();
            m_doors.m_exhausted();
            QTimer::singleShot(100ms, this, &QTcpServer::resumeAccepting);
        });
    }

    [[nodiscard]] const DoorEndpoint &wanted() const { return m_wanted; }
    [[nodiscard]] net::Endpoint endpoint() const { return {serverAddress().toString(), serverPort()}; }
    bool isPassed = false;

protected:
    void incomingConnection(qintptr descriptor) override { m_doors.m_taker(descriptor, m_wanted.door); }

private:
    Doors &m_doors;
    DoorEndpoint m_wanted;
};

Doors::Doors(Taker taker, std::function<void()> exhausted) : m_taker(std::move(taker)), m_exhausted(std::move(exhausted)) {}

Doors::~Doors() = default;

base::Status Doors::adopt(const PassedSocket &passed)
{
    auto listener = std::make_unique<Listener>(*this, DoorEndpoint{{}, passed.door});
    listener->isPassed = true;
    if (!listener->setSocketDescriptor(passed.descriptor))
        return {ErrorCode::ConfigurationInvalid, u"descriptor %1 is no listening socket: %2"_s.arg(passed.descriptor).arg(listener->errorString())};
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
