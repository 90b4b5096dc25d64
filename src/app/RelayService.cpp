// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayService.h"

#include "app/RelayAssessor.h"
#include "app/RelayCertificate.h"
#include "app/RelayFaults.h"
#include "app/RelaySpool.h"
#include "base/Log.h"
#include "relay/RelayServer.h"
#include "store/SqliteSpool.h"

#include <QThread>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

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
    configuration.hostName = settings.hostName.toUtf8();
    configuration.tlsChainPem = settings.tlsChainPem;
    configuration.tlsKeyPem = settings.tlsKeyPem;
    configuration.limits.maxMessageOctets = settings.maxMessageOctets;
    configuration.journalDirectory = settings.spoolDirectory;
    if (!settings.dataDirectory.isEmpty())
        configuration.assessor = std::make_shared<RelayAssessor>(identity::DataDirectory{settings.dataDirectory}, settings.assessmentKeys);
    configuration.keepMessages = settings.keepMessages;
    configuration.keepAge = settings.keepAge;
    return configuration;
}

base::Result<QList<net::Endpoint>> endpointFromEnvironment(const char *name, const QList<net::Endpoint> &otherwise)
{
    const QString text = qEnvironmentVariable(name);
    if (text.isEmpty())
        return otherwise;
    base::Result<net::Endpoint> endpoint = net::parseEndpoint(text);
    if (!endpoint)
        return {ErrorCode::ConfigurationInvalid, QLatin1StringView{name} + u": "_s + endpoint.error().detail};
    return QList<net::Endpoint>{*endpoint};
}

} // namespace

base::Result<RelaySettings> RelaySettings::fromEnvironment(const QString &dataDirectory)
{
    RelaySettings settings;
    settings.spoolDirectory = dataDirectory + u"/relay"_s;
    settings.dataDirectory = dataDirectory;
    const base::Result<QList<net::Endpoint>> smtp = endpointFromEnvironment("WAXWING_SMTP", settings.smtp);
    const base::Result<QList<net::Endpoint>> pop3 = endpointFromEnvironment("WAXWING_POP3", settings.pop3);
    if (!smtp || !pop3)
        return !smtp ? smtp.error() : pop3.error();
    settings.smtp = *smtp;
    settings.pop3 = *pop3;
    // Without a certificate the relay still runs, on loopback and in the clear.
    if (const base::Result<identity::ServerCredentials> tls = relayCredentials(identity::DataDirectory{dataDirectory})) {
        settings.tlsChainPem = tls->certificateChainPem;
        settings.tlsKeyPem = tls->privateKeyPem;
    } else {
        qCWarning(logRelay, "no TLS: %s %s", base::nameOf(tls.error().code), qPrintable(tls.error().detail));
    }
    return settings;
}

struct RelayService::Private {
    RelaySettings settings;
    State state = State::Stopped;
    base::Error error;
    QList<net::Endpoint> smtp;
    QList<net::Endpoint> pop3;
    bool isWatching = false;
    QThread thread;                        ///< The relay's: all of its sockets.
    relay::RelayServer *server = nullptr;  ///< Lives there.
    QThreadPool pool;                      ///< For work on the spool; one thread, so that changes keep their order.

    template <typename Work>
    auto onPool(Work work) { return base::runOn(&pool, [work = std::move(work)](const base::Cancellation &) { return work(); }); }
};

RelayService::RelayService(QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    qRegisterMetaType<QList<net::Endpoint>>();
    qRegisterMetaType<QList<relay::MonitorEvent>>();
    qRegisterMetaType<base::Error>();
    qRegisterMetaType<QList<qint64>>();
    d->pool.setMaxThreadCount(1);
    d->thread.setObjectName(u"relay"_s);
    connect(&d->thread, &QThread::finished, this, [this] {
        d->server = nullptr;
        if (d->state == State::Stopping) {
            d->state = State::Stopped;
            Q_EMIT stateChanged(d->state, QPrivateSignal{});
        }
    });
}

RelayService::~RelayService()
{
    d->thread.quit();
    d->thread.wait();
    d->pool.waitForDone();
}

void RelayService::start(const RelaySettings &settings)
{
    if ((d->state != State::Stopped && d->state != State::Failed) || d->thread.isRunning())
        return;
    d->settings = settings;
    d->error = {};
    d->state = State::Starting;
    d->server = new relay::RelayServer{configurationOf(settings)};
    d->server->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->server, &QObject::deleteLater);
    connect(d->server, &relay::RelayServer::started, this, [this](const QList<net::Endpoint> &smtp, const QList<net::Endpoint> &pop3) {
        d->smtp = smtp;
        d->pop3 = pop3;
        d->state = State::Running;
        setWatching(d->isWatching);
        Q_EMIT stateChanged(d->state, QPrivateSignal{});
    });
    connect(d->server, &relay::RelayServer::failed, this, [this](const base::Error &error) {
        d->error = error;
        d->state = State::Failed;
        d->thread.quit();
        d->thread.wait(); // It has nothing left to do; so that start() may be called from the signal.
        Q_EMIT stateChanged(d->state, QPrivateSignal{});
    });
    connect(d->server, &relay::RelayServer::stopped, this, [this] { d->thread.quit(); });
    connect(d->server, &relay::RelayServer::sessionEvents, this,
            [this](const QList<relay::MonitorEvent> &events) { Q_EMIT sessionEvents(events, QPrivateSignal{}); });
    connect(d->server, &relay::RelayServer::messagesStored, this, [this](const QStringList &mailboxes) { Q_EMIT messagesStored(mailboxes, QPrivateSignal{}); });
    connect(d->server, &relay::RelayServer::messagesAssessed, this, [this](const QList<qint64> &ids) { Q_EMIT messagesAssessed(ids, QPrivateSignal{}); });
    d->thread.start();
    QMetaObject::invokeMethod(d->server, &relay::RelayServer::start, Qt::QueuedConnection);
    Q_EMIT stateChanged(d->state, QPrivateSignal{});
}

void RelayService::stop()
{
    if (d->state != State::Running && d->state != State::Starting)
        return;
    d->state = State::Stopping;
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

net::Endpoint RelayService::smtpEndpoint() const
{
    return d->smtp.value(0);
}

net::Endpoint RelayService::pop3Endpoint() const
{
    return d->pop3.value(0);
}

QString RelayService::address() const
{
    return d->smtp.isEmpty() ? QString{} : net::toString(d->smtp.first());
}

bool RelayService::offersTls() const
{
    return !d->settings.tlsChainPem.isEmpty();
}

void RelayService::setWatching(bool watching)
{
    d->isWatching = watching;
    if (d->state == State::Running)
        QMetaObject::invokeMethod(d->server, [server = d->server, watching] { server->setWatching(watching); }, Qt::QueuedConnection);
}

void RelayService::setSpoolDirectory(const QString &directory)
{
    if (d->state == State::Stopped || d->state == State::Failed)
        d->settings.spoolDirectory = directory;
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

base::Operation<QList<RelayMessage>> RelayService::listMessages(const QString &mailbox, int limit)
{
    return d->onPool([directory = d->settings.spoolDirectory, mailbox, limit] { return relaySpool::listMessages(directory, mailbox, limit); });
}

base::Operation<QByteArray> RelayService::getMessage(qint64 id)
{
    return d->onPool([directory = d->settings.spoolDirectory, id] { return relaySpool::getMessage(directory, id); });
}

base::Operation<RelayMessage> RelayService::message(qint64 id)
{
    return d->onPool([directory = d->settings.spoolDirectory, id] { return relaySpool::message(directory, id); });
}

base::Operation<int> RelayService::deleteAllMessages()
{
    return d->onPool([directory = d->settings.spoolDirectory] { return relaySpool::deleteAllMessages(directory); });
}

base::Operation<QByteArray> RelayService::transcript(const QString &session)
{
    return d->onPool([directory = d->settings.spoolDirectory, session] { return relaySpool::transcript(directory, session); });
}

base::Operation<FaultPlan> RelayService::faults()
{
    return d->onPool([directory = d->settings.spoolDirectory] { return relayFaults::plan(directory); });
}

base::Operation<base::Done> RelayService::addFault(const FaultRule &rule)
{
    return changeFaults([directory = d->settings.spoolDirectory, rule] { return relayFaults::add(directory, rule); });
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
    return d->onPool([directory = d->settings.spoolDirectory, id] { return relaySpool::deleteMessage(directory, id); });
}

} // namespace app
