// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RelayCommands.h"

#include "app/RelayFaults.h"
#include "app/RelayService.h"
#include "app/RelaySpool.h"
#include "cli/RelayFaultCommands.h"
#include "cli/RelayMessageCommands.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QSocketNotifier>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using app::RelayService;

namespace cli {

namespace {

constexpr qint64 kPemLimit = 1 << 20;

/// Turns SIGTERM and SIGINT into a call on the main thread.
class SignalWatch
{
public:
    explicit SignalWatch(std::function<void()> onSignal) : m_onSignal(std::move(onSignal))
    {
        if (::pipe2(s_pipe.data(), O_CLOEXEC) != 0)
            return;
        m_notifier = std::make_unique<QSocketNotifier>(s_pipe[0], QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
            char byte = 0;
            [[maybe_unused]] const auto octets = ::read(s_pipe[0], &byte, 1);
            m_onSignal();
        });
        struct sigaction action {};
        action.sa_handler = [](int) { [[maybe_unused]] const auto octets = ::write(s_pipe[1], "", 1); };
        action.sa_flags = SA_RESTART;
        ::sigaction(SIGTERM, &action, nullptr);
        ::sigaction(SIGINT, &action, nullptr);
    }

private:
    static inline std::array<int, 2> s_pipe{-1, -1};
    std::function<void()> m_onSignal;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

base::Status readEndpoints(const Arguments &arguments, const QString &option, QList<net::Endpoint> &endpoints)
{
    const QStringList values = arguments.values(option);
    if (values.isEmpty())
        return base::Done{};
    endpoints.clear();
    for (const QString &value : values) {
        const base::Result<net::Endpoint> endpoint = net::parseEndpoint(value);
        if (!endpoint)
            return endpoint.error();
        endpoints.append(*endpoint);
    }
    return base::Done{};
}

base::Status readTls(const Arguments &arguments, app::RelaySettings &settings)
{
    if (!arguments.isSet(u"tls-certificate"_s) && !arguments.isSet(u"tls-key"_s))
        return base::Done{};
    base::Result<QByteArray> chain = readInput(arguments.value(u"tls-certificate"_s), kPemLimit);
    base::Result<QByteArray> key = readInput(arguments.value(u"tls-key"_s), kPemLimit);
    if (!chain || !key)
        return !chain ? chain.error() : key.error();
    settings.tlsChainPem = *chain;
    settings.tlsKeyPem = base::Secret{*key};
    key->fill('\0');
    return base::Done{};
}

void addServerOptions(Arguments &arguments)
{
    arguments.addOption({u"smtp"_s}, Talk::tr("Take mail at ADDR:PORT, by default 127.0.0.1:1025; may be repeated."), u"ADDR:PORT"_s);
    arguments.addOption({u"submission"_s}, Talk::tr("Take mail of users who log in, with STARTTLS; may be repeated."), u"ADDR:PORT"_s);
    arguments.addOption({u"submission-tls"_s}, Talk::tr("The same with TLS from the start; may be repeated."), u"ADDR:PORT"_s);
    arguments.addOption({u"pop3"_s}, Talk::tr("Give mail out at ADDR:PORT, by default 127.0.0.1:1110; may be repeated."), u"ADDR:PORT"_s);
    arguments.addOption({u"spool"_s}, Talk::tr("Keep the mail in DIR, by default \"relay\" in the data directory."), u"DIR"_s);
    arguments.addOption({u"host-name"_s}, Talk::tr("The name in greetings and Received lines."), u"NAME"_s);
    arguments.addOption({u"tls-certificate"_s}, Talk::tr("PEM file with the certificate chain, leaf first."), u"FILE"_s);
    arguments.addOption({u"tls-key"_s}, Talk::tr("PEM file with its key, RSA or EC, without passphrase."), u"FILE"_s);
    arguments.addOption({u"faults"_s}, Talk::tr("Replace the rules of faults by those in FILE; without it they stay as they were."), u"FILE"_s);
    arguments.addOption({u"seed"_s}, Talk::tr("What their chances are drawn from, in place of the seed in FILE."), u"N"_s);
    arguments.addOption({u"key"_s}, Talk::tr("Assess with the private keys in FILE what they can open; nothing decrypted is kept."), u"FILE"_s);
    arguments.addOption({u"keep-messages"_s}, Talk::tr("Delete the oldest beyond the newest N, fetched or not; by default none."), u"N"_s);
    arguments.addOption({u"keep-days"_s}, Talk::tr("Delete what is older than N days, fetched or not; by default nothing."), u"N"_s);
    arguments.addOption({u"max-message-octets"_s}, Talk::tr("The largest message that is taken, by default 67108864."), u"N"_s);
}

base::Result<app::RelaySettings> readSettings(const Context &context, const Arguments &arguments)
{
    base::Result<app::RelaySettings> settings = app::RelaySettings::fromEnvironment(context.dataDirectory);
    if (!settings)
        return settings;
    const std::pair<QString, QList<net::Endpoint> *> endpoints[] = {{u"smtp"_s, &settings->smtp}, {u"submission"_s, &settings->submission},
                                                                   {u"submission-tls"_s, &settings->submissionTls}, {u"pop3"_s, &settings->pop3}};
    for (const auto &[option, list] : endpoints)
        if (const base::Status status = readEndpoints(arguments, option, *list); !status)
            return status.error();
    if (arguments.isSet(u"spool"_s))
        settings->spoolDirectory = arguments.value(u"spool"_s);
    if (arguments.isSet(u"host-name"_s))
        settings->hostName = arguments.value(u"host-name"_s);
    if (arguments.isSet(u"max-message-octets"_s)) {
        settings->maxMessageOctets = arguments.value(u"max-message-octets"_s).toLongLong();
        if (settings->maxMessageOctets < 1)
            return {base::ErrorCode::ConfigurationInvalid, u"--max-message-octets must be a number above 0"_s};
    }
    return settings;
}

/// Keys to assess with, and how long mail is kept.
base::Status readAssessing(const Arguments &arguments, app::RelaySettings &settings)
{
    const base::Result<smime::OpeningMaterial> keys = keysFromFiles(arguments);
    if (!keys)
        return keys.error();
    settings.assessmentKeys = keys->keys;
    if (arguments.isSet(u"keep-messages"_s)) {
        settings.keepMessages = arguments.value(u"keep-messages"_s).toLongLong();
        if (settings.keepMessages < 1)
            return {base::ErrorCode::ConfigurationInvalid, u"--keep-messages must be a number above 0"_s};
    }
    if (arguments.isSet(u"keep-days"_s)) {
        const double days = arguments.value(u"keep-days"_s).toDouble();
        if (!(days > 0) || days > 36500)
            return {base::ErrorCode::ConfigurationInvalid, u"--keep-days must be a number above 0"_s};
        settings.keepAge = std::chrono::seconds{std::max<qint64>(1, static_cast<qint64>(days * 86400))};
    }
    return base::Done{};
}

/// Puts the rules of --faults and --seed in place before the relay starts, and says that there are some.
base::Status prepareFaults(const Arguments &arguments, const QString &spool)
{
    base::Result<app::FaultPlan> plan = app::relayFaults::plan(spool);
    if (arguments.isSet(u"faults"_s)) {
        const base::Result<QByteArray> file = readInput(arguments.value(u"faults"_s), kPemLimit);
        if (!file)
            return file.error();
        plan = app::FaultPlan::fromJson(*file);
    }
    if (!plan)
        return plan.error();
    if (arguments.isSet(u"seed"_s))
        plan->seed = arguments.value(u"seed"_s).toULongLong();
    if (arguments.isSet(u"faults"_s) || arguments.isSet(u"seed"_s))
        if (base::Status status = app::relayFaults::replace(spool, *plan); !status)
            return status;
    for (const app::FaultRule &rule : plan->rules)
        say(u"Fault rule in force: %1"_s.arg(app::faultText(rule)));
    return base::Done{};
}

void tellWhereItListens(const RelayService &service, bool wantsJson)
{
    const QString smtp = net::toString(service.smtpEndpoint());
    const QString pop3 = net::toString(service.pop3Endpoint());
    if (wantsJson)
        print(QJsonDocument{QJsonObject{{u"smtp"_s, smtp}, {u"pop3"_s, pop3}, {u"tls"_s, service.offersTls()}}}.toJson(QJsonDocument::Compact) + '\n');
    else
        say(Talk::tr("Relay running on %1, POP3 on %2. Stop it with Ctrl+C.").arg(smtp, pop3));
}

Exit runServer(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay [--smtp ADDR:PORT]... [--pop3 ADDR:PORT] [--spool DIR] [--tls-certificate FILE --tls-key FILE] | relay user ..."_s};
    addServerOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    base::Result<app::RelaySettings> settings = readSettings(context, arguments);
    if (!settings)
        return wrongUsage(settings.error().detail);
    if (const base::Status status = readTls(arguments, *settings); !status)
        return fail(status.error());
    if (const base::Status status = readAssessing(arguments, *settings); !status)
        return status.error().code == base::ErrorCode::ConfigurationInvalid ? wrongUsage(status.error().detail) : fail(status.error());
    if (const base::Status status = prepareFaults(arguments, settings->spoolDirectory); !status)
        return status.error().code == base::ErrorCode::ConfigurationInvalid ? wrongUsage(status.error().detail) : fail(status.error());
    RelayService service;
    Exit exit = Exit::Done;
    QObject::connect(&service, &RelayService::stateChanged, &service, [&](RelayService::State state) {
        if (state == RelayService::State::Running) {
            tellWhereItListens(service, arguments.wantsJson());
        } else if (state == RelayService::State::Failed) {
            exit = fail(service.error());
            QCoreApplication::quit();
        } else if (state == RelayService::State::Stopped) {
            QCoreApplication::quit();
        }
    });
    const SignalWatch watch{[&service] {
        if (service.state() == RelayService::State::Running || service.state() == RelayService::State::Starting)
            service.stop();
        else
            QCoreApplication::quit();
    }};
    QMetaObject::invokeMethod(&service, [&] { service.start(*settings); }, Qt::QueuedConnection);
    QCoreApplication::exec();
    return exit;
}

Exit addUser(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay user add ADDRESS --password-file FILE [--replace] [--spool DIR]"_s};
    arguments.addOption({u"password-file"_s}, Talk::tr("The password is the first line of FILE."), u"FILE"_s);
    arguments.addOption({u"replace"_s}, Talk::tr("Set the password of a user that exists."));
    arguments.addOption({u"spool"_s}, Talk::tr("The relay's spool."), u"DIR"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which address?"));
    const base::Result<base::Secret> password = readPassword(arguments.value(u"password-file"_s));
    if (!password)
        return fail(password.error());
    const auto policy = arguments.isSet(u"replace"_s) ? app::relaySpool::IfUserExists::Replace : app::relaySpool::IfUserExists::Refuse;
    const base::Status status = app::relaySpool::addUser(spoolOf(context, arguments), arguments.positional().first(), *password, policy);
    return status ? Exit::Done : fail(status.error());
}

Exit removeUser(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay user remove ADDRESS [--spool DIR]"_s};
    arguments.addOption({u"spool"_s}, Talk::tr("The relay's spool."), u"DIR"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which address?"));
    const base::Status status = app::relaySpool::removeUser(spoolOf(context, arguments), arguments.positional().first());
    return status ? Exit::Done : fail(status.error());
}

Exit listUsers(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay user list [--spool DIR]"_s};
    arguments.addOption({u"spool"_s}, Talk::tr("The relay's spool."), u"DIR"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<QList<app::RelayMailbox>> mailboxes = app::relaySpool::listUsers(spoolOf(context, arguments));
    if (!mailboxes)
        return fail(mailboxes.error());
    QJsonArray list;
    for (const app::RelayMailbox &mailbox : *mailboxes) {
        if (arguments.wantsJson())
            list.append(QJsonObject{{u"address"_s, mailbox.address}, {u"messages"_s, mailbox.messages}, {u"octets"_s, mailbox.octets}});
        else
            print(u"%1\t%2\t%3\n"_s.arg(mailbox.address).arg(mailbox.messages).arg(mailbox.octets).toUtf8());
    }
    if (arguments.wantsJson())
        print(QJsonDocument{list});
    return Exit::Done;
}

Exit runUser(const Context &context, const QStringList &words)
{
    const QString what = words.value(0);
    if (what == "add"_L1)
        return addUser(context, words.mid(1));
    if (what == "list"_L1)
        return listUsers(context, words.mid(1));
    if (what == "remove"_L1)
        return removeUser(context, words.mid(1));
    return wrongUsage(Talk::tr("wax relay user add ADDRESS --password-file FILE, list, or remove ADDRESS"));
}

} // namespace

QString spoolOf(const Context &context, const Arguments &arguments)
{
    return arguments.isSet(u"spool"_s) ? arguments.value(u"spool"_s) : context.dataDirectory + u"/relay"_s;
}

Exit runRelay(const Context &context, const QStringList &words)
{
    if (words.value(0) == "user"_L1)
        return runUser(context, words.mid(1));
    const std::pair<QLatin1StringView, Exit (*)(const Context &, const QStringList &)> commands[] = {
        {"fault"_L1, runRelayFault}, {"list"_L1, runRelayList}, {"show"_L1, runRelayShow}, {"get"_L1, runRelayGet},
        {"delete"_L1, runRelayDelete}, {"transcript"_L1, runRelayTranscript}, {"expect"_L1, runRelayExpect}};
    for (const auto &[name, run] : commands)
        if (words.value(0) == name)
            return run(context, words.mid(1));
    return runServer(context, words);
}

} // namespace cli
