// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayService.h"

#include "app/RelayAssessor.h"
#include "app/RelayFaults.h"
#include "app/RelayQueue.h"
#include "app/RelayReading.h"
#include "app/RelaySpool.h"
#include "app/SmarthostCarrier.h"
#include "relay/Doors.h"
#include "relay/RelayServer.h"
#include "store/SqliteSpool.h"

#include <QMap>
#include <QThread>
#include <QThreadPool>
#include <QTimer>
#include <chrono>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

constexpr std::chrono::hours kTlsInterval{1};

void addSmarthost(const SmarthostSettings &settings, relay::RelayConfiguration &configuration)
{
    configuration.retries = settings.retries;
    configuration.onward = settings.onward;
    if (settings.host.isEmpty())
        return;
    const transport::Server server{settings.host, settings.port, settings.tls, settings.user, settings.password, settings.anchors};
    configuration.makeCarrier = [server]() -> std::unique_ptr<relay::Carrier> { return std::make_unique<SmarthostCarrier>(server); };
}

relay::RelayConfiguration configurationOf(const RelaySettings &settings)
{
    relay::RelayConfiguration configuration;
    configuration.spool = [directory = settings.spoolDirectory]() -> base::Result<std::unique_ptr<store::Spool>> {
        base::Result<std::unique_ptr<store::SqliteSpool>> spool = store::SqliteSpool::open(directory, store::SqliteSpool::Role::Relay);
        if (!spool)
            return spool.error();
        return std::unique_ptr<store::Spool>{std::move(*spool)};
    };
    configuration.watchedFile = relaySpool::accountsFile(settings.spoolDirectory);
    configuration.faultsFile = relayFaults::file(settings.spoolDirectory);
    configuration.smtp = settings.smtp;
    configuration.submission = settings.submission;
    configuration.submissionTls = settings.submissionTls;
    configuration.pop3 = settings.pop3;
    configuration.pop3Tls = settings.pop3Tls;
    configuration.hostName = settings.hostName.toUtf8();
    configuration.tlsChainPem = settings.tlsChainPem;
    configuration.tlsKeyPem = settings.tlsKeyPem;
    configuration.isTlsChecked = settings.tlsCertificateFile.isEmpty(); // relayCredentials() gives only what is usable.
    configuration.limits = settings.limits;
    configuration.undeclaredEightBit = settings.undeclaredEightBit;
    configuration.senderOfUsers = settings.senderOfUsers;
    configuration.repetitions = settings.repetitions;
    configuration.isOpenRelay = settings.isOpenRelay;
    configuration.passedSockets = settings.passedSockets;
    configuration.journalDirectory = settings.spoolDirectory;
    if (!settings.dataDirectory.isEmpty())
        configuration.assessor = std::make_shared<RelayAssessor>(identity::DataDirectory{settings.dataDirectory}, settings.assessmentKeys);
    configuration.keepMessages = settings.keepMessages;
    configuration.keepAge = settings.keepAge;
    addSmarthost(settings.smarthost, configuration);
    configuration.queueFile = relayQueue::changedFile(settings.spoolDirectory);
    return configuration;
}

} // namespace

struct RelayService::Private {
    RelaySettings settings;
    QMap<int, RelaySettings> reloading;    ///< What each reload under way read, by its attempt.
    State state = State::Stopped;
    base::Error error;
    QList<relay::DoorEndpoint> endpoints;
    std::optional<base::Error> trouble;
    bool isWatching = false;
    int attempt = 0;                       ///< Which start or reload is under way: what an earlier one prepared comes too late.
    QThread thread;                        ///< The relay's: all of its sockets.
    relay::RelayServer *server = nullptr;  ///< Lives there.
    QTimer tlsTimer;
    QThreadPool pool;                      ///< For work on the spool; one thread, so that changes keep their order.

    template <typename Work>
    auto onPool(Work work) { return base::runOn(&pool, [work = std::move(work)](const base::Cancellation &) { return work(); }); }
};

RelayService::RelayService(QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    qRegisterMetaType<QList<relay::DoorEndpoint>>();
    qRegisterMetaType<QList<relay::MonitorEvent>>();
    qRegisterMetaType<base::Error>();
    qRegisterMetaType<QList<qint64>>();
    d->pool.setMaxThreadCount(1);
    d->thread.setObjectName(u"relay"_s);
    d->tlsTimer.setInterval(kTlsInterval);
    connect(&d->tlsTimer, &QTimer::timeout, this, &RelayService::renewTls);
    connect(&d->thread, &QThread::finished, this, [this] {
        if (d->state != State::Stopping)
            return;
        d->server = nullptr;
        d->state = State::Stopped;
        Q_EMIT stateChanged(d->state, QPrivateSignal{});
    });
}

RelayService::~RelayService()
{
    d->thread.quit();
    d->thread.wait();
    d->pool.waitForDone();
}

base::Status RelayService::check(const RelaySettings &settings)
{
    RelaySettings tried = settings;
    base::Status status = prepareTls(tried, TlsKeeping::Nowhere);
    if (status)
        status = relay::checkConfiguration(configurationOf(tried));
    if (!status)
        return status;
    for (const net::Endpoint &endpoint : tried.smtp + tried.submission + tried.submissionTls + tried.pop3 + tried.pop3Tls)
        if (!net::isLoopback(endpoint.host) && !relay::isAddressHere(endpoint.host))
            return {base::ErrorCode::AddressNotAvailable, net::toString(endpoint)};
    return base::Done{};
}

void RelayService::refuse(const base::Error &error)
{
    if (d->state == State::Stopped || d->state == State::Failed)
        fail(error);
}

void RelayService::fail(const base::Error &error)
{
    d->error = error;
    d->state = State::Failed;
    Q_EMIT stateChanged(d->state, QPrivateSignal{});
}

base::Operation<RelaySettings> RelayService::prepared(const RelaySettings &settings)
{
    return d->onPool([wanted = settings]() -> base::Result<RelaySettings> {
        RelaySettings whole = wanted;
        const base::Status status = prepareTls(whole);
        return status ? base::Result<RelaySettings>{std::move(whole)} : base::Result<RelaySettings>{status.error()};
    });
}

void RelayService::start(const RelaySettings &settings)
{
    if ((d->state != State::Stopped && d->state != State::Failed) || d->thread.isRunning())
        return;
    d->settings = settings;
    d->error = {};
    d->trouble.reset();
    d->reloading.clear();
    d->state = State::Starting;
    base::whenReady(this, prepared(settings), [this, attempt = ++d->attempt](const base::Result<RelaySettings> &whole) {
        if (d->state != State::Starting || d->attempt != attempt)
            return;
        if (!whole)
            return fail(whole.error());
        d->settings = *whole;
        startServer();
    });
    Q_EMIT stateChanged(d->state, QPrivateSignal{});
}

void RelayService::startServer()
{
    d->server = new relay::RelayServer{configurationOf(d->settings)};
    d->server->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->server, &QObject::deleteLater);
    connect(d->server, &relay::RelayServer::started, this, [this](const QList<relay::DoorEndpoint> &endpoints) {
        if (d->state != State::Starting)
            return; // It was told to stop meanwhile, and will.
        d->endpoints = endpoints;
        d->state = State::Running;
        d->tlsTimer.start();
        setWatching(d->isWatching);
        Q_EMIT stateChanged(d->state, QPrivateSignal{});
    });
    connect(d->server, &relay::RelayServer::failed, this, [this](const base::Error &error) {
        d->thread.quit();
        d->thread.wait(); // It has nothing left to do; so that start() may be called from the signal.
        d->server = nullptr;
        fail(error);
    });
    connect(d->server, &relay::RelayServer::stopped, this, [this] { d->thread.quit(); });
    connect(d->server, &relay::RelayServer::reloaded, this, [this](const QList<relay::DoorEndpoint> &endpoints, int attempt) {
        d->endpoints = endpoints;
        // One that a later reload has overtaken is not there any more.
        if (const auto own = d->reloading.constFind(attempt); own != d->reloading.cend()) {
            d->settings = *own;
            d->reloading.erase(d->reloading.cbegin(), std::next(own));
        }
        Q_EMIT reloaded(QPrivateSignal{});
    });
    connect(d->server, &relay::RelayServer::reloadFailed, this, [this](const base::Error &error, int attempt) {
        d->reloading.remove(attempt);
        Q_EMIT reloadFailed(error, QPrivateSignal{});
    });
    connect(d->server, &relay::RelayServer::troubled, this, [this](const base::Error &error) { noteTrouble(error); });
    connect(d->server, &relay::RelayServer::recovered, this, [this] { noteTrouble(std::nullopt); });
    connect(d->server, &relay::RelayServer::sessionEvents, this,
            [this](const QList<relay::MonitorEvent> &events) { Q_EMIT sessionEvents(events, QPrivateSignal{}); });
    connect(d->server, &relay::RelayServer::messagesStored, this, [this](const QStringList &mailboxes) { Q_EMIT messagesStored(mailboxes, QPrivateSignal{}); });
    connect(d->server, &relay::RelayServer::messagesAssessed, this, [this](const QList<qint64> &ids) { Q_EMIT messagesAssessed(ids, QPrivateSignal{}); });
    d->thread.start();
    QMetaObject::invokeMethod(d->server, &relay::RelayServer::start, Qt::QueuedConnection);
}

void RelayService::reload(const RelaySettings &settings)
{
    if (d->state != State::Running)
        return;
    if (settings.spoolDirectory != d->settings.spoolDirectory) {
        Q_EMIT reloadFailed({ErrorCode::ConfigurationInvalid, u"another spool needs a new start"_s, {}, {}}, QPrivateSignal{});
        return;
    }
    base::whenReady(this, prepared(settings), [this, attempt = ++d->attempt](const base::Result<RelaySettings> &whole) {
        if (d->state != State::Running || d->attempt != attempt)
            return; // A later one tells.
        if (!whole)
            return Q_EMIT reloadFailed(whole.error(), QPrivateSignal{});
        // A moment in which the certificate cannot be read is no reason to speak in the clear from then on.
        if (whole->tlsFault && !d->settings.tlsChainPem.isEmpty())
            return Q_EMIT reloadFailed(*whole->tlsFault, QPrivateSignal{});
        d->reloading.insert(attempt, *whole);
        QMetaObject::invokeMethod(d->server, [server = d->server, configuration = configurationOf(*whole), attempt] { server->reload(configuration, attempt); },
                                  Qt::QueuedConnection);
    });
}

void RelayService::renewTls()
{
    if (d->state != State::Running)
        return;
    base::whenReady(this, prepared(d->settings), [this, attempt = d->attempt](const base::Result<RelaySettings> &renewed) {
        if (d->attempt != attempt)
            return; // Whoever reloads or starts looks for the certificate, too.
        if (!renewed)
            return Q_EMIT reloadFailed(renewed.error(), QPrivateSignal{});
        if (renewed->tlsChainPem != d->settings.tlsChainPem)
            reload(d->settings);
    });
}

void RelayService::noteTrouble(const std::optional<base::Error> &trouble)
{
    d->trouble = trouble;
    Q_EMIT troubleChanged(QPrivateSignal{});
}

void RelayService::stop()
{
    if (d->state != State::Running && d->state != State::Starting)
        return;
    d->tlsTimer.stop();
    d->state = d->server ? State::Stopping : State::Stopped;
    if (d->server)
        QMetaObject::invokeMethod(d->server, &relay::RelayServer::stop, Qt::QueuedConnection);
    Q_EMIT stateChanged(d->state, QPrivateSignal{});
}

RelayService::State RelayService::state() const
{
    return d->state;
}

base::Error RelayService::error() const
{
    return d->error;
}

QList<net::Endpoint> RelayService::endpoints(relay::Door door) const
{
    QList<net::Endpoint> endpoints;
    for (const relay::DoorEndpoint &endpoint : std::as_const(d->endpoints))
        if (endpoint.door == door)
            endpoints.append(endpoint.endpoint);
    return endpoints;
}

std::optional<base::Error> RelayService::trouble() const
{
    return d->state == State::Running ? d->trouble : std::nullopt;
}

net::Endpoint RelayService::smtpEndpoint() const
{
    return (endpoints(relay::Door::Smtp) + endpoints(relay::Door::Submission) + endpoints(relay::Door::SubmissionTls)).value(0);
}

net::Endpoint RelayService::pop3Endpoint() const
{
    return (endpoints(relay::Door::Pop3) + endpoints(relay::Door::Pop3Tls)).value(0);
}

QString RelayService::address() const
{
    return d->endpoints.isEmpty() ? QString{} : net::toString(smtpEndpoint());
}

QByteArray RelayService::tlsChain() const
{
    return d->settings.tlsChainPem;
}

bool RelayService::looksAfterTls() const
{
    return d->settings.looksAfterTls;
}

void RelayService::setWatching(bool watching)
{
    d->isWatching = watching;
    if (d->state == State::Running)
        QMetaObject::invokeMethod(d->server, [server = d->server, watching] { server->setWatching(watching); }, Qt::QueuedConnection);
}

void RelayService::setSpoolDirectory(const QString &directory, const QString &dataDirectory)
{
    if (d->state != State::Stopped && d->state != State::Failed)
        return;
    d->settings.spoolDirectory = directory;
    d->settings.dataDirectory = dataDirectory;
}

RelayPlace RelayService::place() const
{
    return {d->settings.spoolDirectory, d->settings.dataDirectory};
}

QString RelayService::spoolDirectory() const
{
    return d->settings.spoolDirectory;
}

base::Operation<base::Done> RelayService::addUser(const QString &address, const base::Secret &password)
{
    return changeUsers([directory = d->settings.spoolDirectory, address, password] {
        return relaySpool::addUser(directory, address, password, relaySpool::IfUserExists::Refuse);
    });
}

base::Operation<base::Done> RelayService::setUser(const QString &address, const base::Secret &password)
{
    return changeUsers([directory = d->settings.spoolDirectory, address, password] {
        return relaySpool::addUser(directory, address, password, relaySpool::IfUserExists::Replace);
    });
}

base::Operation<base::Done> RelayService::removeUser(const QString &address)
{
    return changeUsers([directory = d->settings.spoolDirectory, address] { return relaySpool::removeUser(directory, address); });
}

base::Operation<base::Done> RelayService::setAlias(const QString &alias, const QString &address)
{
    return changeUsers([directory = d->settings.spoolDirectory, alias, address] { return relaySpool::setAlias(directory, alias, address); });
}

base::Operation<base::Done> RelayService::removeAlias(const QString &alias)
{
    return changeUsers([directory = d->settings.spoolDirectory, alias] { return relaySpool::removeAlias(directory, alias); });
}

base::Operation<base::Done> RelayService::changeUsers(std::function<base::Status()> change)
{
    base::Operation<base::Done> operation = d->onPool(std::move(change));
    base::whenReady(this, operation, [this](const base::Status &status) {
        if (!status)
            return;
        if (d->state == State::Running)
            QMetaObject::invokeMethod(d->server, &relay::RelayServer::reloadUsers, Qt::QueuedConnection);
        Q_EMIT usersChanged(QPrivateSignal{});
    });
    return operation;
}

base::Operation<QList<RelayMailbox>> RelayService::listUsers()
{
    return d->onPool([directory = d->settings.spoolDirectory] { return relaySpool::listUsers(directory); });
}

base::Operation<QList<RelayMessage>> RelayService::listMessages(int limit)
{
    return d->onPool([place = place(), limit]() -> base::Result<QList<RelayMessage>> {
        base::Result<QList<RelayMessage>> messages = relaySpool::listMessages(place.spoolDirectory, {}, limit);
        // A relay that runs does it itself. What cannot be looked at is listed all the same.
        if (messages && !place.dataDirectory.isEmpty())
            (void)relaySpool::assessMissing(place.spoolDirectory, place.dataDirectory, *messages);
        return messages;
    });
}

base::Operation<QByteArray> RelayService::getMessage(qint64 id)
{
    return d->onPool([directory = d->settings.spoolDirectory, id] { return relaySpool::getMessage(directory, id); });
}

base::Operation<RelayReading> RelayService::read(qint64 id, const smime::OpeningMaterial &mine)
{
    return d->onPool([place = place(), id, mine] { return readRelayMessage(place, id, mine); });
}

base::Operation<smime::InspectedPart> RelayService::inspect(const QByteArray &octets, const smime::OpeningMaterial &mine)
{
    return d->onPool([place = place(), octets, mine] { return inspectRelayMessage(place, octets, mine); });
}

base::Operation<int> RelayService::deleteAllMessages()
{
    const base::Operation<int> operation = d->onPool([directory = d->settings.spoolDirectory] { return relaySpool::deleteAllMessages(directory); });
    base::whenReady(this, operation, [this](const base::Result<int> &removed) {
        if (removed)
            Q_EMIT messagesRemoved(QPrivateSignal{});
    });
    return operation;
}

base::Operation<QList<relay::TranscriptLine>> RelayService::transcript(const QString &session)
{
    return d->onPool([directory = d->settings.spoolDirectory, session]() -> base::Result<QList<relay::TranscriptLine>> {
        const base::Result<QByteArray> text = relaySpool::transcript(directory, session);
        if (!text)
            return text.error();
        return relay::readTranscript(*text);
    });
}

base::Operation<FaultPlan> RelayService::faults()
{
    return d->onPool([directory = d->settings.spoolDirectory] { return relayFaults::plan(directory); });
}

base::Operation<base::Done> RelayService::addFault(const FaultRule &rule)
{
    return changeFaults([directory = d->settings.spoolDirectory, rule] { return relayFaults::add(directory, rule); });
}

base::Operation<base::Done> RelayService::changeFault(const QString &before, const FaultRule &rule)
{
    return changeFaults([directory = d->settings.spoolDirectory, before, rule] { return relayFaults::change(directory, before, rule); });
}

base::Operation<base::Done> RelayService::setFaultState(const QString &name, relayFaults::RuleState state)
{
    return changeFaults([directory = d->settings.spoolDirectory, name, state] { return relayFaults::setState(directory, name, state); });
}

base::Operation<base::Done> RelayService::removeFault(const QString &name)
{
    return changeFaults([directory = d->settings.spoolDirectory, name] { return relayFaults::remove(directory, name); });
}

base::Operation<base::Done> RelayService::clearFaults()
{
    return changeFaults([directory = d->settings.spoolDirectory] { return relayFaults::clear(directory); });
}

base::Operation<base::Done> RelayService::changeFaults(std::function<base::Status()> change)
{
    base::Operation<base::Done> operation = d->onPool(std::move(change));
    base::whenReady(this, operation, [this](const base::Status &status) {
        if (status)
            Q_EMIT faultsChanged(QPrivateSignal{});
    });
    return operation;
}

base::Operation<base::Done> RelayService::deleteMessage(qint64 id)
{
    const base::Operation<base::Done> operation = d->onPool([directory = d->settings.spoolDirectory, id] { return relaySpool::deleteMessage(directory, id); });
    base::whenReady(this, operation, [this](const base::Status &status) {
        if (status)
            Q_EMIT messagesRemoved(QPrivateSignal{});
    });
    return operation;
}

} // namespace app
