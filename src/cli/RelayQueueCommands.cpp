// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RelayQueueCommands.h"

#include "app/MessageJson.h"
#include "app/RelayQueue.h"
#include "cli/IdentitySupport.h"
#include "cli/RelayCommands.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using app::RelayQueueRecipient;
using QueueCommand = app::relayQueue::Command;

namespace cli {

namespace {

QString nameOf(RelayQueueRecipient::State state)
{
    switch (state) {
    case RelayQueueRecipient::State::Waiting: return u"waiting"_s;
    case RelayQueueRecipient::State::Held: return u"held"_s;
    case RelayQueueRecipient::State::Reporting: return u"reporting"_s;
    case RelayQueueRecipient::State::Lost: return u"lost"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonObject jsonOf(const app::RelayQueueEntry &entry)
{
    QJsonArray recipients;
    for (const RelayQueueRecipient &one : entry.recipients)
        recipients.append(QJsonObject{{u"address"_s, one.address}, {u"state"_s, nameOf(one.state)}, {u"attempts"_s, one.attempts},
                                      {u"nextAttempt"_s, app::timeToJson(one.nextAttempt)}, {u"lastAttempt"_s, app::timeToJson(one.lastAttempt)},
                                      {u"lastReply"_s, one.lastReply}});
    return {{u"id"_s, entry.id}, {u"received"_s, app::timeToJson(entry.received)}, {u"sender"_s, entry.sender}, {u"octets"_s, entry.octets},
            {u"recipients"_s, recipients}};
}

Exit listQueue(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay queue list [--limit N] [--spool DIR]"_s};
    addSpoolOptions(arguments);
    arguments.addOption({u"limit"_s}, Talk::tr("The first N messages, by default 1000."), u"N"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const std::optional<int> limit = limitOf(arguments);
    if (!limit)
        return wrongUsage(Talk::tr("--limit needs a number above 0."));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Result<app::RelayQueueContents> contents = app::relayQueue::list(*spool, *limit);
    if (!contents)
        return fail(contents.error());
    if (arguments.wantsJson()) {
        QJsonArray messages;
        for (const app::RelayQueueEntry &entry : contents->entries)
            messages.append(jsonOf(entry));
        print(QJsonDocument{QJsonObject{{u"paused"_s, contents->isPaused}, {u"messages"_s, messages}}});
        return Exit::Done;
    }
    if (contents->isPaused)
        say(Talk::tr("The queue is paused. Let it go on with: wax relay queue resume"));
    for (const app::RelayQueueEntry &entry : contents->entries)
        for (const RelayQueueRecipient &one : entry.recipients)
            printText(u"%1\t%2\t%3\t%4\n"_s.arg(QString::number(entry.id), entry.sender, one.address, app::queueSentence(one)));
    return Exit::Done;
}

/// `ids` of a command's words, or nothing if one is none.
std::optional<QList<qint64>> readIds(const QStringList &words)
{
    QList<qint64> ids;
    for (const QString &word : words) {
        bool isNumber = false;
        ids.append(word.toLongLong(&isNumber));
        if (!isNumber)
            return std::nullopt;
    }
    return ids;
}

Exit command(const Context &context, const QString &name, QueueCommand command, const QStringList &words)
{
    Arguments arguments{u"relay queue %1 [ID...] [--spool DIR]"_s.arg(name)};
    addSpoolOptions(arguments);
    if (command == QueueCommand::Delete)
        arguments.addOption({u"all"_s}, Talk::tr("Everything in the queue."));
    if (const std::optional<Exit> exit = arguments.parse(words, std::numeric_limits<int>::max()))
        return *exit;
    const std::optional<QList<qint64>> ids = readIds(arguments.positional());
    if (!ids)
        return wrongUsage(Talk::tr("An ID is a number; see: wax relay queue list"));
    // All is what the other commands do without an ID, and what nobody wants to delete by leaving one out.
    if (command == QueueCommand::Delete && ids->isEmpty() != arguments.isSet(u"all"_s))
        return wrongUsage(Talk::tr("Which messages? Give their IDs, or --all."));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Status status = app::relayQueue::command(*spool, command, *ids);
    return status ? Exit::Done : fail(status.error());
}

Exit flushQueue(const Context &context, const QStringList &words)
{
    return command(context, u"flush"_s, QueueCommand::Flush, words);
}

Exit pauseQueue(const Context &context, const QStringList &words)
{
    return command(context, u"pause"_s, QueueCommand::Pause, words);
}

Exit resumeQueue(const Context &context, const QStringList &words)
{
    return command(context, u"resume"_s, QueueCommand::Resume, words);
}

Exit deleteQueued(const Context &context, const QStringList &words)
{
    return command(context, u"delete"_s, QueueCommand::Delete, words);
}

constexpr Command kQueueCommands[] = {
    {"list", QT_TRANSLATE_NOOP("cli::Talk", "list what waits to be carried onward"), listQueue},
    {"flush", QT_TRANSLATE_NOOP("cli::Talk", "try these messages at once, or all"), flushQueue},
    {"pause", QT_TRANSLATE_NOOP("cli::Talk", "keep these messages back, or all"), pauseQueue},
    {"resume", QT_TRANSLATE_NOOP("cli::Talk", "go on with them"), resumeQueue},
    {"delete", QT_TRANSLATE_NOOP("cli::Talk", "give these messages up"), deleteQueued},
};

} // namespace

Exit runRelayQueue(const Context &context, const QStringList &words)
{
    return dispatch("relay queue", kQueueCommands, context, words);
}

} // namespace cli
