// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/RelayServer.h"

#include "base/Log.h"
#include "net/TlsPolicy.h"
#include "relay/Pop3Connection.h"
#include "relay/SmtpConnection.h"

#include <QDateTime>
#include <QFile>
#include <QFileSystemWatcher>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace relay {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;

namespace {

constexpr int kBacklog = 4096;
/// A window that shows a thousand more events is none the wiser.
constexpr qsizetype kMostEvents = 20000;

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

/// Each connection is a descriptor, and the usual limit is 1024.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// To a peer that gets no session; it may or may not read it.
void turnAway(qintptr descriptor, QByteArrayView text)
{
    [[maybe_unused]] const auto sent = ::send(static_cast<int>(descriptor), text.data(), static_cast<std::size_t>(text.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::close(static_cast<int>(descriptor));
}

} // namespace

/// Hands descriptors on, so that each session chooses its kind of socket.
class RelayServer::Listener final : public QTcpServer
{
public:
    Listener(RelayServer &server, Door door) : m_server(server), m_door(door)
    {
        setListenBacklogSize(kBacklog);
        // Out of descriptors: QTcpServer stops accepting by itself; try again when some may be free.
        connect(this, &QTcpServer::acceptError, this, [this] {
            qCWarning(logRelay) << "a connection could not be accepted:" << errorString();
            QTimer::singleShot(1s, this, &QTcpServer::resumeAccepting);
        });
    }

    [[nodiscard]] Door door() const { return m_door; }
    [[nodiscard]] net::Endpoint endpoint() const { return {serverAddress().toString(), serverPort()}; }

protected:
    void incomingConnection(qintptr descriptor) override { m_server.take(descriptor, m_door); }

private:
    RelayServer &m_server;
    Door m_door;
};

RelayServer::RelayServer(RelayConfiguration configuration) : m_configuration(std::move(configuration))
{
    for (QTimer *timer : {&m_clock, &m_eventTimer, &m_storedTimer, &m_stopTimer, &m_retentionTimer})
        timer->setParent(this); // So that they move to the relay's thread with this object.
    m_clock.setInterval(1s);
    m_eventTimer.setInterval(50ms);
    m_storedTimer.setInterval(20ms);
    m_stopTimer.setInterval(50ms);
    m_eventTimer.setSingleShot(true);
    m_storedTimer.setSingleShot(true);
    m_retentionTimer.setInterval(5s);
    connect(&m_retentionTimer, &QTimer::timeout, this, &RelayServer::removeOldest);
    connect(&m_clock, &QTimer::timeout, this, &RelayServer::watchTime);
    connect(&m_stopTimer, &QTimer::timeout, this, &RelayServer::finishStop);
    connect(&m_eventTimer, &QTimer::timeout, this, [this] { Q_EMIT sessionEvents(std::exchange(m_events, {})); });
    connect(&m_storedTimer, &QTimer::timeout, this, [this] {
        QStringList mailboxes;
        for (const QByteArray &mailbox : std::exchange(m_storedMailboxes, {}))
            mailboxes.append(QString::fromUtf8(mailbox));
        Q_EMIT messagesStored(mailboxes);
    });
}

RelayServer::~RelayServer()
{
    m_listeners.clear();
    // Before the services, which they use; those among them that have ended and wait for their deletion too.
    m_connections.clear();
    qDeleteAll(findChildren<Connection *>(Qt::FindDirectChildrenOnly));
}

base::Status RelayServer::checkConfiguration() const
{
    const QList<net::Endpoint> all = m_configuration.smtp + m_configuration.submission + m_configuration.submissionTls + m_configuration.pop3;
    if (all.isEmpty())
        return {ErrorCode::ConfigurationInvalid, u"the relay has no address to listen on"_s};
    for (const net::Endpoint &endpoint : all)
        if (!net::isLoopback(endpoint.host) && m_configuration.tlsChainPem.isEmpty())
            return {ErrorCode::ConfigurationInvalid, u"%1 is reachable from other computers: that needs a TLS certificate"_s.arg(net::toString(endpoint))};
    if (m_configuration.tlsChainPem.isEmpty() && !m_configuration.submissionTls.isEmpty())
        return {ErrorCode::ConfigurationInvalid, u"submission with TLS needs a TLS certificate"_s};
    return base::Done{};
}

base::Status RelayServer::prepareTls()
{
    if (m_configuration.tlsChainPem.isEmpty())
        return base::Done{};
    base::Result<QSslConfiguration> tls = net::serverTls(m_configuration.tlsChainPem, m_configuration.tlsKeyPem.view().toByteArray());
    if (!tls)
        return tls.error();
    m_services->tls = *tls;
    return base::Done{};
}

void RelayServer::start()
{
    raiseDescriptorLimit();
    m_services = std::make_unique<Services>(this, m_configuration.spool);
    m_services->note = [this](MonitorEvent event) { note(std::move(event)); };
    m_services->stored = [this](const QList<QByteArray> &mailboxes) { stored(mailboxes); };
    base::Status status = checkConfiguration();
    if (status)
        status = prepareTls();
    if (!status) {
        Q_EMIT failed(status.error());
        return;
    }
    m_services->spool.open([this](const base::Status &opened) { onSpoolOpened(opened); });
}

void RelayServer::onSpoolOpened(const base::Status &status)
{
    if (!status) {
        Q_EMIT failed(status.error());
        return;
    }
    m_smtpSettings = {m_configuration.hostName, m_configuration.limits, m_services->tls.has_value(), false,
                      m_configuration.undeclaredEightBit, m_configuration.senderOfUsers};
    m_submissionSettings = m_smtpSettings;
    m_submissionSettings.isSubmission = true;
    m_pop3Settings = {m_configuration.hostName, m_configuration.limits, m_services->tls.has_value(), m_services->spool.generation()};
    watchFaults();
    openOffice();
    if (m_configuration.keepMessages > 0 || m_configuration.keepAge.count() > 0)
        m_retentionTimer.start();
    m_services->reloadUsers([this] {
        if (const base::Status listening = listenEverywhere(); !listening) {
            m_listeners.clear();
            Q_EMIT failed(listening.error());
            return;
        }
        watchAccounts();
        Q_EMIT started(endpointsOf({Door::Smtp, Door::Submission, Door::SubmissionTls}), endpointsOf({Door::Pop3}));
    });
}

base::Status RelayServer::listenEverywhere()
{
    const std::pair<const QList<net::Endpoint> &, Door> doors[] = {{m_configuration.smtp, Door::Smtp},
                                                                   {m_configuration.submission, Door::Submission},
                                                                   {m_configuration.submissionTls, Door::SubmissionTls},
                                                                   {m_configuration.pop3, Door::Pop3}};
    for (const auto &[endpoints, door] : doors)
        for (const net::Endpoint &endpoint : endpoints)
            if (base::Status status = listen(endpoint, door); !status)
                return status;
    return base::Done{};
}

base::Status RelayServer::listen(const net::Endpoint &endpoint, Door door)
{
    QHostAddress address{endpoint.host};
    if (endpoint.host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        address = QHostAddress{QHostAddress::LocalHost};
    else if (endpoint.host == "*"_L1)
        address = QHostAddress{QHostAddress::Any};
    if (address.isNull())
        return {ErrorCode::AddressNotAvailable, u"%1: give an address of this computer, not a name"_s.arg(net::toString(endpoint))};
    auto listener = std::make_unique<Listener>(*this, door);
    if (!listener->listen(address, endpoint.port))
        return listenError(*listener, endpoint);
    m_listeners.push_back(std::move(listener));
    return base::Done{};
}

QList<net::Endpoint> RelayServer::endpointsOf(std::initializer_list<Door> doors) const
{
    QList<net::Endpoint> endpoints;
    for (const Door door : doors)
        for (const auto &listener : m_listeners)
            if (listener->door() == door)
                endpoints.append(listener->endpoint());
    return endpoints;
}

bool RelayServer::isTooMany(qintptr descriptor)
{
    if (m_connections.size() < m_configuration.limits.maxConnections)
        return false;
    turnAway(descriptor, "421 4.7.0 Too many connections, try again later\r\n");
    return true;
}

void RelayServer::take(qintptr descriptor, Door door)
{
    if (isTooMany(descriptor))
        return;
    Connection *connection = nullptr;
    if (door == Door::Pop3)
        connection = new Pop3Connection{descriptor, *m_services, m_pop3Settings, ++m_sessions};
    else
        connection = new SmtpConnection{descriptor, *m_services, door == Door::Smtp ? m_smtpSettings : m_submissionSettings, ++m_sessions};
    connection->setParent(this);
    m_connections.insert(connection);
    if (!m_clock.isActive())
        m_clock.start();
    const Peer &peer = connection->peer();
    int &fromThere = m_perAddress[peer.address];
    ++fromThere;
    connect(connection, &Connection::finished, this, [this, connection, address = peer.address] {
        m_connections.remove(connection);
        if (--m_perAddress[address] <= 0)
            m_perAddress.remove(address);
        if (m_connections.isEmpty())
            m_clock.stop(); // A relay without visitors sleeps.
    });
    if (!peer.isLoopback && fromThere > m_configuration.limits.maxConnectionsPerAddress)
        return connection->shutDown("Too many connections from your address");
    connection->begin(door == Door::SubmissionTls ? Connection::Start::Tls : Connection::Start::Clear);
}

void RelayServer::watchTime()
{
    const Connection::Clock::time_point now = Connection::Clock::now();
    const QSet<Connection *> connections = m_connections; // Some end here.
    for (Connection *connection : connections)
        connection->watchTime(now);
}

/// `wax relay user` of another process touches this file.
void RelayServer::watchAccounts()
{
    if (m_configuration.watchedFile.isEmpty())
        return;
    if (QFile file{m_configuration.watchedFile}; !file.exists() && !file.open(QIODevice::WriteOnly))
        return;
    auto *watcher = new QFileSystemWatcher{{m_configuration.watchedFile}, this};
    connect(watcher, &QFileSystemWatcher::fileChanged, this, &RelayServer::reloadUsers);
}

/// Assessments and transcripts: whatever goes wrong with them, mail goes on.
void RelayServer::openOffice()
{
    if (m_configuration.journalDirectory.isEmpty())
        return;
    base::Result<std::unique_ptr<store::SpoolReader>> reader = m_services->spool.makeReader();
    if (!reader) {
        qCWarning(logRelay) << "messages are not assessed:" << reader.error().detail;
        return;
    }
    m_services->runName = QByteArray::number(QDateTime::currentSecsSinceEpoch(), 36);
    m_services->office = std::make_unique<BackOffice>(m_configuration.assessor,
        [directory = m_configuration.journalDirectory, generation = m_services->spool.generation()] {
            return store::RelayJournal::open(directory, generation);
        });
    m_services->office->start(std::move(*reader), m_services->spool.nextId(), [this](const QList<qint64> &ids) {
        QMetaObject::invokeMethod(this, [this, ids] { Q_EMIT messagesAssessed(ids); }, Qt::QueuedConnection);
    });
}

/// In small transactions, so that no letter waits long behind one.
void RelayServer::removeOldest()
{
    constexpr int kAtOnce = 200;
    const qint64 age = std::chrono::duration_cast<std::chrono::milliseconds>(m_configuration.keepAge).count();
    const qint64 before = age > 0 ? QDateTime::currentMSecsSinceEpoch() - age : 0;
    m_services->spool.write([this, before, keep = m_configuration.keepMessages](store::Spool &spool) -> SpoolAccess::Delivery {
        const base::Result<int> removed = spool.removeOldest(keep, before, kAtOnce);
        if (!removed)
            qCWarning(logRelay) << "old messages could not be removed:" << removed.error().detail;
        const bool isMore = removed && *removed == kAtOnce;
        return [this, isMore] {
            if (isMore)
                removeOldest();
        };
    });
}

/// `wax relay fault` and the window replace this file. Watching begins anew before each look, so that no change is missed.
void RelayServer::watchFaults()
{
    m_services->faultEngine.setPlan(m_configuration.faults, QDateTime::currentMSecsSinceEpoch());
    const QString &path = m_configuration.faultsFile;
    if (path.isEmpty())
        return;
    if (!QFile::exists(path))
        if (const base::Status status = FaultPlan{}.write(path); !status)
            qCWarning(logRelay) << "fault rules cannot be watched:" << status.error().detail;
    auto *watcher = new QFileSystemWatcher{{path}, this};
    connect(watcher, &QFileSystemWatcher::fileChanged, this, [this, watcher, path] {
        if (!watcher->files().contains(path))
            watcher->addPath(path);
        reloadFaults();
    });
    reloadFaults();
}

void RelayServer::reloadFaults()
{
    const base::Result<FaultPlan> plan = FaultPlan::read(m_configuration.faultsFile);
    if (!plan) {
        qCWarning(logRelay) << "the fault rules stay as they were:" << plan.error().detail;
        return;
    }
    if (!plan->rules.isEmpty() || !m_services->faultEngine.isIdle())
        qCInfo(logRelay) << "fault rules in force:" << plan->rules.size();
    m_services->faultEngine.setPlan(*plan, QDateTime::currentMSecsSinceEpoch());
    if (const base::Status status = plan->confirm(m_configuration.faultsFile); !status)
        qCWarning(logRelay) << "nobody can be told which fault rules are in force:" << status.error().detail;
}

void RelayServer::reloadUsers()
{
    m_services->reloadUsers([] {});
}

void RelayServer::stop()
{
    if (std::exchange(m_isStopping, true))
        return;
    m_retentionTimer.stop();
    m_listeners.clear();
    m_clock.stop();
    m_stopTimer.setProperty("turns", 0);
    m_stopTimer.start();
    finishStop();
}

/// Idle sessions go at once, the others when they have their answer; nobody is waited for longer than a second.
void RelayServer::finishStop()
{
    constexpr int kMostTurns = 20;
    const int turns = m_stopTimer.property("turns").toInt() + 1;
    m_stopTimer.setProperty("turns", turns);
    bool isBusy = false;
    const QSet<Connection *> connections = m_connections;
    for (Connection *connection : connections) {
        if (connection->isIdle() || turns >= kMostTurns)
            connection->shutDown("The relay is stopping");
        else
            isBusy = true;
    }
    if ((isBusy || (m_services && m_services->spool.waitingLetters() > 0)) && turns < kMostTurns)
        return;
    m_stopTimer.stop();
    Q_EMIT stopped();
}

void RelayServer::setWatching(bool watching)
{
    if (m_services)
        m_services->isWatched = watching;
}

void RelayServer::note(MonitorEvent event)
{
    if (m_events.size() >= kMostEvents)
        return;
    m_events.append(std::move(event));
    if (!m_eventTimer.isActive())
        m_eventTimer.start();
}

void RelayServer::stored(const QList<QByteArray> &mailboxes)
{
    for (const QByteArray &mailbox : mailboxes)
        m_storedMailboxes.insert(mailbox);
    if (!m_storedTimer.isActive())
        m_storedTimer.start();
}

} // namespace relay
