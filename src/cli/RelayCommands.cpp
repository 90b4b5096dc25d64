// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RelayCommands.h"

#include "app/ErrorText.h"
#include "app/RelayFaults.h"
#include "app/RelayService.h"
#include "app/RelaySpool.h"
#include "app/SignalWatch.h"
#include "cli/JoinCommands.h"
#include "cli/RelayFaultCommands.h"
#include "cli/RelayMessageCommands.h"
#include "cli/RelayQueueCommands.h"
#include "cli/RelayUserCommands.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using app::RelayService;

namespace cli {

namespace {

constexpr qint64 kFaultFileLimit = 1 << 20;

void addServerOptions(Arguments &arguments)
{
    for (const app::RelayOption &option : app::relayOptions())
        arguments.addOption({QString::fromLatin1(option.name)}, Talk::tr(option.description), QString::fromLatin1(option.valueName));
    arguments.addOption({u"config"_s}, Talk::tr("Read the settings from FILE, by default relay.json in the data directory."), u"FILE"_s);
    arguments.addOption({u"faults"_s}, Talk::tr("Replace the rules of faults by those in FILE; without it they stay as they were."), u"FILE"_s);
    arguments.addOption({u"seed"_s}, Talk::tr("What their chances are drawn from, in place of the seed in FILE."), u"N"_s);
    arguments.addOption({u"key"_s}, Talk::tr("Assess with the private keys in FILE what they can open; nothing decrypted is kept."), u"FILE"_s);
    arguments.addOption({u"check-config"_s}, Talk::tr("Say whether the settings are in order, and start nothing."));
}

QString originOf(const app::GivenRelaySetting &given)
{
    switch (given.origin) {
    case app::GivenRelaySetting::Origin::File:
        return u"file"_s;
    case app::GivenRelaySetting::Origin::Environment:
        return u"environment"_s;
    case app::GivenRelaySetting::Origin::Flag:
        return u"flag"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// Exit status 1 is the finding that something is wrong.
Exit tellWhetherInOrder(const base::Result<app::RelaySettings> &settings, const base::Status &status, bool wantsJson)
{
    QJsonObject given;
    if (settings)
        for (const app::GivenRelaySetting &setting : settings->given)
            given.insert(setting.name, QJsonObject{{u"values"_s, QJsonArray::fromStringList(setting.values)}, {u"from"_s, originOf(setting)}});
    if (wantsJson) {
        print(QJsonDocument{QJsonObject{{u"valid"_s, status.isOk()},
                                        {u"problem"_s, status ? QJsonValue{} : QJsonValue{status.error().detail}},
                                        {u"file"_s, settings && !settings->file.isEmpty() ? QJsonValue{settings->file} : QJsonValue{}},
                                        {u"settings"_s, given}}});
        return status ? Exit::Done : Exit::Negative;
    }
    if (!status) {
        (void)fail(status.error());
        return Exit::Negative;
    }
    for (const app::GivenRelaySetting &setting : settings->given)
        print(u"%1\t%2\t%3\n"_s.arg(setting.name, setting.values.join(u", "_s), originOf(setting)).toUtf8());
    say(Talk::tr("The settings are in order."));
    return Exit::Done;
}

QJsonArray endpointsOf(const RelayService &service, relay::Door door)
{
    QJsonArray list;
    for (const net::Endpoint &endpoint : service.endpoints(door))
        list.append(net::toString(endpoint));
    return list;
}

/// `smtp` and `pop3` are the first of each, as ever; the lists are of each kind.
void tellWhereItListens(const RelayService &service, bool wantsJson)
{
    const QString smtp = net::toString(service.smtpEndpoint());
    const QString pop3 = net::toString(service.pop3Endpoint());
    if (!wantsJson && service.smtpEndpoint().port == 0)
        return say(Talk::tr("Relay running for POP3 only, on %1. Stop it with Ctrl+C.").arg(pop3));
    if (!wantsJson && service.pop3Endpoint().port == 0)
        return say(Talk::tr("Relay running on %1, without POP3. Stop it with Ctrl+C.").arg(smtp));
    if (!wantsJson)
        return say(Talk::tr("Relay running on %1, POP3 on %2. Stop it with Ctrl+C.").arg(smtp, pop3));
    const QJsonObject where{{u"smtp"_s, smtp}, {u"pop3"_s, pop3}, {u"tls"_s, !service.tlsChain().isEmpty()},
                            {u"submission"_s, endpointsOf(service, relay::Door::Submission)},
                            {u"submissionTls"_s, endpointsOf(service, relay::Door::SubmissionTls)},
                            {u"pop3Tls"_s, endpointsOf(service, relay::Door::Pop3Tls)}};
    print(QJsonDocument{where}.toJson(QJsonDocument::Compact) + '\n');
}

void tellTrouble(const RelayService &service)
{
    const std::optional<base::Error> trouble = service.trouble();
    if (!trouble)
        return say(Talk::tr("The relay takes mail again."));
    const app::ErrorText text = app::relayTroubleText(*trouble);
    say(text.sentence);
    say(text.detail);
}

/// Runs the relay in this process until a signal ends it, and reads the settings anew on SIGHUP.
class ServerRun
{
public:
    using ReadSettings = std::function<base::Result<app::RelaySettings>()>;

    ServerRun(ReadSettings readSettings, bool wantsJson) : m_readSettings(std::move(readSettings)), m_wantsJson(wantsJson) {}

    Exit run(const app::RelaySettings &settings)
    {
        QObject::connect(&m_service, &RelayService::stateChanged, &m_service, [this](RelayService::State state) { onState(state); });
        QObject::connect(&m_service, &RelayService::troubleChanged, &m_service, [this] { tellTrouble(m_service); });
        QObject::connect(&m_service, &RelayService::reloaded, &m_service, [this] {
            if (m_wantsJson)
                print("{\"reloaded\":true}\n");
            say(Talk::tr("The settings were read anew."));
            app::notifyServiceManager("READY=1\n");
        });
        QObject::connect(&m_service, &RelayService::reloadFailed, &m_service, [](const base::Error &error) {
            (void)fail(error);
            say(Talk::tr("The relay runs on with its old settings."));
            app::notifyServiceManager("READY=1\n");
        });
        const app::SignalWatch watch{[this] { stop(); }, [this] { reload(); }};
        QMetaObject::invokeMethod(&m_service, [this, settings] { m_service.start(settings); }, Qt::QueuedConnection);
        QCoreApplication::exec();
        return m_exit;
    }

private:
    void onState(RelayService::State state)
    {
        if (state == RelayService::State::Running) {
            tellWhereItListens(m_service, m_wantsJson);
            app::notifyServiceManager("READY=1\n");
        } else if (state == RelayService::State::Failed) {
            m_exit = fail(m_service.error());
            QCoreApplication::quit();
        } else if (state == RelayService::State::Stopped) {
            QCoreApplication::quit();
        }
    }

    void stop()
    {
        app::notifyServiceManager("STOPPING=1\n");
        if (m_service.state() == RelayService::State::Running || m_service.state() == RelayService::State::Starting)
            m_service.stop();
        else
            QCoreApplication::quit();
    }

    void reload()
    {
        const base::Result<app::RelaySettings> settings = m_readSettings();
        if (settings)
            return m_service.reload(*settings);
        (void)fail(settings.error());
        say(Talk::tr("The relay runs on with its old settings."));
    }

    ReadSettings m_readSettings;
    bool m_wantsJson;
    RelayService m_service;
    Exit m_exit = Exit::Done;
};

void warnOfOpenRelay(const app::RelaySettings &settings)
{
    if (settings.isOpenRelay)
        say(Talk::tr("OPEN-RELAY is set: whoever reaches this relay may send to anybody through it."));
}

/// Puts the rules of --faults and --seed in place before the relay starts, and says that there are some.
base::Status prepareFaults(const Arguments &arguments, const QString &spool)
{
    base::Result<app::FaultPlan> plan = app::relayFaults::plan(spool);
    if (arguments.isSet(u"faults"_s)) {
        const base::Result<QByteArray> file = readInput(arguments.value(u"faults"_s), kFaultFileLimit);
        if (!file)
            return file.error();
        plan = app::FaultPlan::fromJson(*file);
    }
    if (!plan)
        return plan.error();
    bool isNumber = true;
    if (arguments.isSet(u"seed"_s))
        plan->seed = arguments.value(u"seed"_s).toULongLong(&isNumber);
    if (!isNumber)
        return {base::ErrorCode::ConfigurationInvalid, cli::Talk::tr("--seed needs a whole number from 0 on.")};
    if (arguments.isSet(u"faults"_s) || arguments.isSet(u"seed"_s))
        if (base::Status status = app::relayFaults::replace(spool, *plan); !status)
            return status;
    for (const app::FaultRule &rule : plan->rules)
        say(cli::Talk::tr("Fault rule in force: %1").arg(app::faultText(rule)));
    return base::Done{};
}

Exit runServer(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay [--smtp ADDR:PORT]... [--pop3 ADDR:PORT] [--spool DIR] [--config FILE] [--check-config] | relay user|fault|list|show|get|delete|queue|transcript|expect|join-card ..."_s};
    addServerOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<QList<relay::PassedSocket>> passed = app::takePassedSockets();
    const auto readSettings = [&]() -> base::Result<app::RelaySettings> {
        if (!passed)
            return passed.error();
        base::Result<app::RelaySettings> read =
            app::readRelaySettings(context.dataDirectory, [&arguments](const QString &name) { return arguments.flag(name); }, *passed);
        const base::Result<smime::OpeningMaterial> keys = keysFromFiles(arguments);
        if (read && !keys)
            return keys.error();
        if (read)
            read->assessmentKeys = keys->keys;
        return read;
    };
    const base::Result<app::RelaySettings> settings = readSettings();
    const base::Status status = settings ? RelayService::check(*settings) : base::Status{settings.error()};
    if (arguments.isSet(u"check-config"_s))
        return tellWhetherInOrder(settings, status, arguments.wantsJson());
    if (!status)
        return status.error().code == base::ErrorCode::ConfigurationInvalid ? wrongUsage(status.error().detail) : fail(status.error());
    if (const base::Status prepared = prepareFaults(arguments, settings->spoolDirectory); !prepared)
        return prepared.error().code == base::ErrorCode::ConfigurationInvalid ? wrongUsage(prepared.error().detail) : fail(prepared.error());
    warnOfOpenRelay(*settings);
    return ServerRun{readSettings, arguments.wantsJson()}.run(*settings);
}

} // namespace

QString spoolOf(const Context &context, const Arguments &arguments)
{
    return app::relaySpoolDirectory(context.dataDirectory, [&arguments](const QString &name) { return arguments.flag(name); });
}

std::optional<QString> presentSpool(const Context &context, const Arguments &arguments)
{
    const QString spool = spoolOf(context, arguments);
    if (!arguments.isSet(u"spool"_s) || app::relaySpool::isPresent(spool))
        return spool;
    (void)noSpool(spool);
    return std::nullopt;
}

Exit noSpool(const QString &spool)
{
    return fail(base::ErrorCode::FileNotFound, Talk::tr("There is no spool of a relay in %1. Name the folder that the relay was given: --spool DIR").arg(spool));
}

void addSpoolOptions(Arguments &arguments)
{
    arguments.addOption({u"spool"_s}, Talk::tr("The relay's spool."), u"DIR"_s);
    arguments.addOption({u"config"_s}, Talk::tr("The relay's settings, which name the spool; by default relay.json in the data directory."), u"FILE"_s);
}

Exit runRelay(const Context &context, const QStringList &words)
{
    if (words.value(0) == "user"_L1)
        return runRelayUser(context, words.mid(1));
    const std::pair<QLatin1StringView, Exit (*)(const Context &, const QStringList &)> commands[] = {
        {"fault"_L1, runRelayFault}, {"list"_L1, runRelayList}, {"show"_L1, runRelayShow}, {"get"_L1, runRelayGet},
        {"delete"_L1, runRelayDelete}, {"queue"_L1, runRelayQueue}, {"transcript"_L1, runRelayTranscript}, {"expect"_L1, runRelayExpect}, {"join-card"_L1, runRelayJoinCard}};
    for (const auto &[name, run] : commands)
        if (words.value(0) == name)
            return run(context, words.mid(1));
    return runServer(context, words);
}

} // namespace cli
