// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RelayUserCommands.h"

#include "app/RelaySpool.h"
#include "cli/IdentitySupport.h"
#include "cli/RelayCommands.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

Exit addUser(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay user add ADDRESS --password-file FILE [--replace] [--spool DIR]"_s};
    arguments.addOption({u"password-file"_s}, Talk::tr("The password is the first line of FILE."), u"FILE"_s);
    arguments.addOption({u"replace"_s}, Talk::tr("Set the password of a user that exists."));
    addSpoolOptions(arguments);
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
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which address?"));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Status status = app::relaySpool::removeUser(*spool, arguments.positional().first());
    return status ? Exit::Done : fail(status.error());
}

Exit listUsers(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay user list [--spool DIR]"_s};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Result<QList<app::RelayMailbox>> mailboxes = app::relaySpool::listUsers(*spool);
    if (!mailboxes)
        return fail(mailboxes.error());
    QJsonArray list;
    for (const app::RelayMailbox &mailbox : *mailboxes) {
        if (arguments.wantsJson())
            list.append(QJsonObject{{u"address"_s, mailbox.address}, {u"messages"_s, mailbox.messages}, {u"octets"_s, mailbox.octets},
                                    {u"aliases"_s, QJsonArray::fromStringList(mailbox.aliases)}});
        else
            print(u"%1\t%2\t%3\t%4\n"_s.arg(mailbox.address, QString::number(mailbox.messages), QString::number(mailbox.octets), mailbox.aliases.join(u' ')).toUtf8());
    }
    if (arguments.wantsJson())
        print(QJsonDocument{list});
    return Exit::Done;
}

Exit addAlias(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay user alias add ALIAS ADDRESS [--spool DIR]"_s};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 2))
        return *exit;
    if (arguments.positional().size() != 2)
        return wrongUsage(Talk::tr("Which alias, and of which address? @example.org catches all that nobody else has."));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Status status = app::relaySpool::setAlias(*spool, arguments.positional().first(), arguments.positional().last());
    return status ? Exit::Done : fail(status.error());
}

Exit removeAlias(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay user alias remove ALIAS [--spool DIR]"_s};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which alias?"));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Status status = app::relaySpool::removeAlias(*spool, arguments.positional().first());
    return status ? Exit::Done : fail(status.error());
}

constexpr Command kAliasCommands[] = {
    {"add", QT_TRANSLATE_NOOP("cli::Talk", "give a mailbox another name, or all names of a domain"), addAlias},
    {"remove", QT_TRANSLATE_NOOP("cli::Talk", "take the name away"), removeAlias},
};

Exit runAlias(const Context &context, const QStringList &words)
{
    return dispatch("relay user alias", kAliasCommands, context, words);
}

constexpr Command kUserCommands[] = {
    {"add", QT_TRANSLATE_NOOP("cli::Talk", "make a mailbox"), addUser},
    {"list", QT_TRANSLATE_NOOP("cli::Talk", "list the mailboxes and their other names"), listUsers},
    {"remove", QT_TRANSLATE_NOOP("cli::Talk", "delete a mailbox with its mail"), removeUser},
    {"alias", QT_TRANSLATE_NOOP("cli::Talk", "other names of mailboxes"), runAlias},
};

} // namespace

Exit runRelayUser(const Context &context, const QStringList &words)
{
    return dispatch("relay user", kUserCommands, context, words);
}

} // namespace cli
