// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/RelayServer.h"

#include "base/Log.h"
#include "net/TlsPolicy.h"
#include "relay/OnwardQueue.h"
#include "relay/Pop3Connection.h"
#include "relay/SmtpConnection.h"
#include "relay/WatchedFile.h"

#include <QDateTime>
#include <QFile>
#include <QFileSystemWatcher>
#include <algorithm>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace relay {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;

namespace {

/// A window that shows a thousand more events is none the wiser.
constexpr qsizetype kMostEvents = 20000;
/// Whoever said something a moment ago is not let go for a newcomer's sake.
constexpr auto kSilence = 300ms;
/// Descriptors for everything but connections: databases, bodies under way, listening sockets, what a TLS handshake doubles.
constexpr rlim_t kReservedDescriptors = 256;

QList<DoorEndpoint> doorsOf(const RelayConfiguration &configuration)
{
    const std::pair<const QList<net::Endpoint> &, Door> doors[] = {{configuration.smtp, Door::Smtp},
                                                                   {configuration.submission, Door::Submission},
                                                                   {configuration.submissionTls, Door::SubmissionTls},
                                                                   {configuration.pop3, Door::Pop3},
                                                                   {configuration.pop3Tls, Door::Pop3Tls}};
    QList<DoorEndpoint> all;
    for (const auto &[endpoints, door] : doors)
        for (const net::Endpoint &endpoint : endpoints)
            all.append({endpoint, door});
    return all;
}

base::Status checkPlaces(const QList<DoorEndpoint> &doors)
{
    for (qsizetype i = 0; i < doors.size(); ++i) {
        const net::Endpoint &place = doors[i].endpoint;
        if (!isAddress(place.host))
            return {ErrorCode::ConfigurationInvalid, u"%1: give an address of this computer, not a name"_s.arg(net::toString(place))};
        if (std::any_of(doors.cbegin(), doors.cbegin() + i, [&place](const DoorEndpoint &former) { return isSamePlace(former.endpoint, place); }))
            return {ErrorCode::ConfigurationInvalid, u"%1 is wanted by two doors, and only one can listen there"_s.arg(net::toString(place))};
    }
    return base::Done{};
}

/// How long mail stays, by RFC 2449 section 6.7. A bound on the number of messages promises no time at all.
QByteArray expiryOf(const RelayConfiguration &configuration)
{
    if (configuration.keepMessages > 0)
        return {};
    if (configuration.keepAge.count() <= 0)
        return "NEVER";
    const auto days = std::chrono::duration_cast<std::chrono::days>(configuration.keepAge).count();
    return days > 0 ? QByteArray::number(static_cast<qint64>(days)) : QByteArray{}; // EXPIRE 0 would mean that nothing may be left here.
}

/// Each connection is a descriptor, and the usual limit is 1024: asks for as many as the system grants, and returns how many
/// connections they suffice for.
qsizetype raiseDescriptorLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 512;
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    const rlim_t granted = qMin<rlim_t>(limit.rlim_cur, 1 << 20);
    return static_cast<qsizetype>(granted > 2 * kReservedDescriptors ? granted - kReservedDescriptors : granted / 2);
}

/// A peer that gets no session; it may or may not read this.
void turnAway(qintptr descriptor, Door door)
{
    const bool isPop3 = door == Door::Pop3 || door == Door::Pop3Tls;
    const QByteArrayView text = isTlsFromTheStart(door) ? "" : isPop3 ? "-ERR [SYS/TEMP] Too many connections, try again later\r\n"
                                                                      : "421 4.7.0 Too many connections, try again later\r\n";
    [[maybe_unused]] const auto sent = ::send(static_cast<int>(descriptor), text.data(), static_cast<std::size_t>(text.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::close(static_cast<int>(descriptor));
}

} // namespace

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
    m_doors.reset();
    // Before the services, which they use; those among them that have ended and wait for their deletion too.
    m_connections.clear();
    qDeleteAll(findChildren<Connection *>(Qt::FindDirectChildrenOnly));
    m_queue.reset();
}

base::Status checkConfiguration(const RelayConfiguration &configuration)
{
    const QList<DoorEndpoint> doors = doorsOf(configuration);
    if (doors.isEmpty() && configuration.passedSockets.isEmpty())
        return {ErrorCode::ConfigurationInvalid, u"the relay has no address to listen on"_s};
    if (const base::Status places = checkPlaces(doors); !places)
        return places;
    if (!configuration.tlsChainPem.isEmpty() && configuration.isTlsChecked)
        return base::Done{};
    if (!configuration.tlsChainPem.isEmpty()) {
        const base::Result<QSslConfiguration> tls = net::serverTls(configuration.tlsChainPem, configuration.tlsKeyPem.view().toByteArray());
        return tls ? base::Status{base::Done{}} : base::Status{tls.error()};
    }
    const QString reachable = u"%1 is reachable from other computers: that needs a TLS certificate"_s;
    for (const DoorEndpoint &door : doors)
        if (!net::isLoopback(door.endpoint.host))
            return {ErrorCode::ConfigurationInvalid, reachable.arg(net::toString(door.endpoint))};
    for (const PassedSocket &passed : configuration.passedSockets)
        if (!isLoopbackSocket(passed.descriptor))
            return {ErrorCode::ConfigurationInvalid, reachable.arg(u"a passed socket"_s)};
    const bool wantsTls = std::any_of(doors.cbegin(), doors.cend(), [](const DoorEndpoint &d) { return isTlsFromTheStart(d.door); })
        || std::any_of(configuration.passedSockets.cbegin(), configuration.passedSockets.cend(), [](const PassedSocket &p) { return isTlsFromTheStart(p.door); });
    return wantsTls ? base::Status{ErrorCode::ConfigurationInvalid, u"TLS from the start needs a TLS certificate"_s} : base::Status{base::Done{}};
}

base::Status RelayServer::useTls(const RelayConfiguration &configuration)
{
    if (configuration.tlsChainPem.isEmpty()) {
        m_services->tls.reset();
        return base::Done{};
    }
    net::ServerTls tls{configuration.tlsChainPem, configuration.tlsKeyPem};
    if (!configuration.isTlsChecked && !tls.configuration())
        return tls.configuration().error();
    m_services->tls = std::move(tls);
    return base::Done{};
}

/// Makes the sessions' settings anew; those under way hold on to theirs.
void RelayServer::useSettings()
{
    const bool offersTls = m_services->tls.has_value();
    m_services->hostName = m_configuration.hostName;
    SmtpSettings smtp;
    smtp.hostName = m_configuration.hostName;
    smtp.limits = m_configuration.limits;
    smtp.offersTls = offersTls;
    smtp.undeclaredEightBit = m_configuration.undeclaredEightBit;
    smtp.senderOfUsers = m_configuration.senderOfUsers;
    smtp.repetitions = m_configuration.repetitions;
    smtp.isOpenRelay = m_configuration.isOpenRelay;
    smtp.onward = m_configuration.onward;
    SmtpSettings submission = smtp;
    submission.isSubmission = true;
    submission.isOpenRelay = false;
    m_smtpSettings = std::make_shared<const SmtpSettings>(smtp);
    m_submissionSettings = std::make_shared<const SmtpSettings>(submission);
    m_pop3Settings = std::make_shared<const Pop3Settings>(
        Pop3Settings{m_configuration.hostName, m_configuration.limits, offersTls, m_services->spool.generation(), expiryOf(m_configuration)});
    m_services->fill.setQuota(m_configuration.limits.mailboxQuotaOctets);
    if (m_configuration.keepMessages <= 0 && m_configuration.keepAge.count() <= 0)
        m_retentionTimer.stop();
    else if (!m_retentionTimer.isActive())
        m_retentionTimer.start();
}

void RelayServer::start()
{
    m_mostConnections = raiseDescriptorLimit();
    m_services = std::make_unique<Services>(this, m_configuration.spool);
    m_services->nextSession = [this] { return ++m_sessions; };
    m_services->note = [this](MonitorEvent event) { note(std::move(event)); };
    m_services->troubleChanged = [this](const std::optional<base::Error> &trouble) {
        if (trouble)
            Q_EMIT troubled(*trouble);
        else
            Q_EMIT recovered();
    };
    m_services->stored = [this](const QList<QByteArray> &mailboxes) { stored(mailboxes); };
    m_doors = std::make_unique<Doors>([this](qintptr descriptor, Door door) { take(descriptor, door); }, [this] {
        m_services->noteHealth(base::Error{ErrorCode::TooManyFilesOpen, u"no descriptor is left for a new connection"_s, {}, {}});
        makeRoom();
    });
    base::Status status = checkConfiguration(m_configuration);
    if (status)
        status = useTls(m_configuration);
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
    useSettings();
    watchFaults();
    openOffice();
    watchAccounts(); // Before they are read: who is added meanwhile must not be missed.
    m_services->reloadUsers([this] {
        if (!m_services->fill.isLimited())
            return begin();
        m_services->reloadFill([this] { begin(); });
    });
}

void RelayServer::begin()
{
    if (const base::Status listening = openDoors(); !listening) {
        m_doors->close();
        Q_EMIT failed(listening.error());
        return;
    }
    startQueue();
    Q_EMIT started(m_doors->endpoints());
}

base::Status RelayServer::openDoors()
{
    for (const PassedSocket &passed : std::as_const(m_configuration.passedSockets))
        if (base::Status status = m_doors->adopt(passed); !status)
            return status;
    return m_doors->open(doorsOf(m_configuration));
}

void RelayServer::reload(const RelayConfiguration &configuration, int number)
{
    if (m_isStopping || !m_smtpSettings)
        return;
    base::Status status = checkConfiguration(configuration);
    if (status)
        status = m_doors->open(doorsOf(configuration));
    if (status)
        status = useTls(configuration);
    if (!status) {
        Q_EMIT reloadFailed(status.error(), number);
        return;
    }
    m_configuration = configuration;
    useSettings();
    if (m_queue)
        useNextHop();
    m_services->reloadUsers([this, number] {
        const auto done = [this, number] { Q_EMIT reloaded(m_doors->endpoints(), number); };
        m_services->fill.isLimited() ? m_services->reloadFill(done) : done();
    });
}

/// Among many peers that say nothing an honest one still finds room: the longest silent go first, a hundredth at a time, so that
/// looking for them costs little.
void RelayServer::makeRoom()
{
    std::vector<Connection *> silent;
    const Connection::Clock::time_point now = Connection::Clock::now();
    for (Connection *connection : std::as_const(m_connections))
        if (connection->isDroppable() && now - connection->lastActivity() > kSilence)
            silent.push_back(connection);
    const auto count = static_cast<std::ptrdiff_t>(qMin<std::size_t>(silent.size(), static_cast<std::size_t>(m_connections.size()) / 100 + 1));
    std::nth_element(silent.begin(), silent.begin() + count, silent.end(),
                     [](const Connection *a, const Connection *b) { return a->lastActivity() < b->lastActivity(); });
    for (auto it = silent.begin(); it != silent.begin() + count; ++it)
        (*it)->drop("Others wait for this connection");
}

bool RelayServer::isTooMany(qintptr descriptor, Door door)
{
    const qsizetype most = qMin<qsizetype>(m_configuration.limits.maxConnections, m_mostConnections);
    if (m_connections.size() >= most)
        makeRoom();
    if (m_connections.size() < most)
        return false;
    turnAway(descriptor, door);
    return true;
}

Connection *RelayServer::makeConnection(qintptr descriptor, Door door)
{
    if (door == Door::Pop3 || door == Door::Pop3Tls)
        return new Pop3Connection{descriptor, *m_services, m_pop3Settings, ++m_sessions};
    return new SmtpConnection{descriptor, *m_services, door == Door::Smtp ? m_smtpSettings : m_submissionSettings, ++m_sessions};
}

void RelayServer::take(qintptr descriptor, Door door)
{
    if (const auto &trouble = m_services->trouble(); trouble && trouble->code == ErrorCode::TooManyFilesOpen)
        m_services->noteHealth(base::Done{});
    if (isTooMany(descriptor, door))
        return;
    Connection *connection = makeConnection(descriptor, door);
    connection->setParent(this);
    m_connections.insert(connection);
    if (!m_clock.isActive())
        m_clock.start();
    const Peer &peer = connection->peer();
    int &fromThere = m_perAddress[peer.countedAs];
    ++fromThere;
    connect(connection, &Connection::finished, this, [this, connection, address = peer.countedAs] {
        m_connections.remove(connection);
        if (--m_perAddress[address] <= 0)
            m_perAddress.remove(address);
        if (m_connections.isEmpty())
            m_clock.stop(); // A relay without visitors sleeps.
    });
    if (!peer.isLoopback && fromThere > m_configuration.limits.maxConnectionsPerAddress)
        return isTlsFromTheStart(door) ? connection->dropNow("too many connections from this address")
                                       : connection->shutDown("Too many connections from your address");
    connection->begin(isTlsFromTheStart(door) ? Connection::Start::Tls : Connection::Start::Clear);
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
    if (!QFile::exists(m_configuration.watchedFile) && !touchWatchedFile(m_configuration.watchedFile))
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

/// What an earlier run still owed goes on now.
void RelayServer::startQueue()
{
    m_queue = std::make_unique<OnwardQueue>(*m_services, nullptr);
    useNextHop();
    m_services->queued = [this] { m_queue->look(); };
    if (m_configuration.queueFile.isEmpty())
        return;
    if (!QFile::exists(m_configuration.queueFile) && !touchWatchedFile(m_configuration.queueFile))
        return;
    auto *watcher = new QFileSystemWatcher{{m_configuration.queueFile}, this};
    connect(watcher, &QFileSystemWatcher::fileChanged, this, &RelayServer::reloadQueue);
}

void RelayServer::useNextHop()
{
    m_services->carriesOnward = m_configuration.makeCarrier != nullptr;
    m_queue->setNextHop(m_configuration.retries, m_configuration.makeCarrier ? m_configuration.makeCarrier() : nullptr);
}

void RelayServer::reloadQueue()
{
    if (m_queue)
        m_queue->lookAfresh();
}

void RelayServer::stop()
{
    if (std::exchange(m_isStopping, true))
        return;
    m_retentionTimer.stop();
    if (m_doors)
        m_doors->close();
    m_clock.stop();
    if (m_queue)
        m_queue->stop();
    m_stopTimer.start();
    finishStop();
}

/// Idle sessions go at once, the others when they have their answer; nobody is waited for longer than a second.
void RelayServer::finishStop()
{
    constexpr int kMostTurns = 20;
    ++m_stopTurns;
    bool isBusy = m_queue && m_queue->isBusy();
    const QSet<Connection *> connections = m_connections;
    for (Connection *connection : connections) {
        if (connection->isIdle() || m_stopTurns >= kMostTurns)
            connection->shutDown("The relay is stopping");
        else
            isBusy = true;
    }
    if ((isBusy || (m_services && m_services->spool.waitingLetters() > 0)) && m_stopTurns < kMostTurns)
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
