// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RelayFaultCommands.h"

#include "app/RelayFaults.h"
#include "cli/FileWait.h"
#include "cli/IdentitySupport.h"
#include "cli/RelayCommands.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// An option of `fault add` and the member of the rule that it sets.
struct RuleOption {
    const char *option;
    const char *member;
    bool isNumber;
    const char *description;
};

constexpr RuleOption kRuleOptions[] = {
    {"at", "at", false, "Where in the dialogue: connect, ehlo, mail, rcpt, data, body, message, quit, login, retr, ..."},
    {"from", "from", false, "Only for this envelope sender: an address, *@domain, or <>."},
    {"to", "to", false, "Only for this recipient, or the mailbox that is read."},
    {"nth", "nth", true, "Only the N-th time."},
    {"every", "every", true, "Each N-th time."},
    {"recipient", "recipient", true, "At rcpt: from the N-th recipient of a message on."},
    {"session", "session", true, "Only in session N."},
    {"chance", "chance", true, "With this probability from 0 to 1, drawn from the seed."},
    {"after-seconds", "afterSeconds", true, "Not before N seconds have gone."},
    {"for-seconds", "forSeconds", true, "No longer than N seconds."},
    {"code", "code", false, "The reply code of refuse."},
    {"text", "text", false, "The reply's text, the footer, or what stands before the subject."},
    {"per-minute", "perMinute", true, "What rate-limit lets pass."},
    {"seconds", "seconds", true, "How long greylist refuses."},
    {"milliseconds", "milliseconds", true, "How long delay waits."},
    {"octets", "octets", true, "Where truncate cuts, or disconnect within a message."},
    {"octets-per-second", "octetsPerSecond", true, "How fast drip sends."},
    {"columns", "columns", true, "Where rewrap wraps."},
    {"copies", "copies", true, "How often replay delivers again."},
    {"certificate", "certificate", false, "PEM file that tls-certificate shows."},
    {"key", "key", false, "PEM file with its key."},
};

Exit finish(const QString &spool, const base::Status &status)
{
    if (!status)
        return status.error().code == base::ErrorCode::ConfigurationInvalid ? wrongUsage(status.error().detail) : fail(status.error());
    const QString file = app::relayFaults::file(spool);
    if (!waitForFiles({spool, app::FaultPlan::confirmationFile(file)}, std::chrono::seconds{5}, [&spool] { return app::relayFaults::isInForce(spool); }))
        say(Talk::tr("The rules are stored, but the running relay has not confirmed them yet."));
    return Exit::Done;
}

Exit addRule(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay fault add NAME FAULT [--from A] [--to B] [--nth N] ... [--spool DIR]"_s};
    for (const RuleOption &option : kRuleOptions)
        arguments.addOption({QString::fromLatin1(option.option)}, QString::fromLatin1(option.description), option.isNumber ? u"N"_s : u"VALUE"_s);
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 2))
        return *exit;
    if (arguments.positional().size() != 2)
        return wrongUsage(Talk::tr("Give the rule a name and say what it does, such as: wax relay fault add list footer --to bob@example.org"));
    QJsonObject object{{u"name"_s, arguments.positional().at(0)}, {u"fault"_s, arguments.positional().at(1)}};
    for (const RuleOption &option : kRuleOptions) {
        const QString name = QString::fromLatin1(option.option);
        if (!arguments.isSet(name))
            continue;
        QString value = arguments.value(name);
        bool isNumber = false;
        const double number = value.toDouble(&isNumber);
        if (option.isNumber && !isNumber)
            return wrongUsage(Talk::tr("--%1 needs a number.").arg(name));
        const bool isFile = name == "certificate"_L1 || name == "key"_L1;
        if (isFile)
            value = QDir::current().absoluteFilePath(value); // The relay may run elsewhere.
        object[QString::fromLatin1(option.member)] = option.isNumber ? QJsonValue(number) : QJsonValue(value);
    }
    const base::Result<app::FaultRule> rule = app::FaultRule::fromJson(object);
    if (!rule)
        return wrongUsage(rule.error().detail);
    const QString spool = spoolOf(context, arguments);
    return finish(spool, app::relayFaults::add(spool, *rule));
}

Exit listRules(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay fault list [--json] [--spool DIR]"_s};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<app::FaultPlan> plan = app::relayFaults::plan(spoolOf(context, arguments));
    if (!plan)
        return fail(plan.error());
    if (arguments.wantsJson()) {
        print(QJsonDocument::fromJson(plan->toJson()));
        return Exit::Done;
    }
    for (const app::FaultRule &rule : plan->rules)
        print(app::faultText(rule).toUtf8() + '\n');
    return Exit::Done;
}

Exit removeRule(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay fault remove NAME [--spool DIR]"_s};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which rule?"));
    const QString spool = spoolOf(context, arguments);
    return finish(spool, app::relayFaults::remove(spool, arguments.positional().first()));
}

Exit switchRule(const Context &context, const QStringList &words, app::relayFaults::RuleState state)
{
    const bool isOn = state == app::relayFaults::RuleState::On;
    Arguments arguments{u"relay fault %1 NAME [--spool DIR]"_s.arg(isOn ? u"enable"_s : u"disable"_s)};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which rule?"));
    const QString spool = spoolOf(context, arguments);
    return finish(spool, app::relayFaults::setState(spool, arguments.positional().first(), state));
}

Exit clearRules(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay fault clear [--spool DIR]"_s};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const QString spool = spoolOf(context, arguments);
    return finish(spool, app::relayFaults::clear(spool));
}

Exit enableRule(const Context &context, const QStringList &words)
{
    return switchRule(context, words, app::relayFaults::RuleState::On);
}

Exit disableRule(const Context &context, const QStringList &words)
{
    return switchRule(context, words, app::relayFaults::RuleState::Off);
}

constexpr Command kFaultCommands[] = {
    {"add", QT_TRANSLATE_NOOP("cli::Talk", "do this fault to what the rule meets"), addRule},
    {"list", QT_TRANSLATE_NOOP("cli::Talk", "list the rules"), listRules},
    {"remove", QT_TRANSLATE_NOOP("cli::Talk", "delete a rule"), removeRule},
    {"enable", QT_TRANSLATE_NOOP("cli::Talk", "switch a rule on again"), enableRule},
    {"disable", QT_TRANSLATE_NOOP("cli::Talk", "keep a rule and do nothing"), disableRule},
    {"clear", QT_TRANSLATE_NOOP("cli::Talk", "delete all rules"), clearRules},
};

} // namespace

Exit runRelayFault(const Context &context, const QStringList &words)
{
    return dispatch("relay fault", kFaultCommands, context, words);
}

} // namespace cli
