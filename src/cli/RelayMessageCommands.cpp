// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RelayMessageCommands.h"

#include "app/MessageInspection.h"
#include "app/MessageJson.h"
#include "app/RelayReading.h"
#include "app/RelaySpool.h"
#include "cli/RelayCommands.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

constexpr qint64 kKeyLimit = 16 << 20;

QJsonArray faultsToJson(const QList<app::FaultMark> &marks)
{
    QJsonArray list;
    for (const app::FaultMark &mark : marks)
        list.append(QJsonObject{{u"rule"_s, mark.rule}, {u"fault"_s, mark.fault}, {u"altered"_s, mark.isAltered},
                                {u"note"_s, mark.note.isEmpty() ? QJsonValue() : QJsonValue(mark.note)}});
    return list;
}

QJsonArray readersToJson(const app::RelayAssessment &assessment)
{
    QJsonArray list;
    for (const app::RelayReader &reader : assessment.readers)
        list.append(app::toJson(reader));
    return list;
}

QString nameOf(app::Severity severity)
{
    switch (severity) {
    case app::Severity::Neutral:
        return u"neutral"_s;
    case app::Severity::Good:
        return u"good"_s;
    case app::Severity::Notice:
        return u"notice"_s;
    case app::Severity::Danger:
        return u"danger"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// The number of a message, or nothing.
std::optional<qint64> idOf(const Arguments &arguments)
{
    bool isNumber = false;
    const qint64 id = arguments.positional().value(0).toLongLong(&isNumber);
    return isNumber && id > 0 ? std::optional<qint64>{id} : std::nullopt;
}

/// The session that was named, or the one in which the message of that number came.
base::Result<QString> sessionOf(const Arguments &arguments, const QString &spool)
{
    const std::optional<qint64> id = idOf(arguments);
    if (!id)
        return arguments.positional().first();
    const base::Result<app::RelayMessage> message = app::relaySpool::message(spool, *id);
    if (!message)
        return message.error();
    if (message->session.isEmpty())
        return {base::ErrorCode::MessageNotFound, u"the session of message %1"_s.arg(*id)};
    return message->session;
}

/// The members of `wax open --json`, and where the message came from.
QJsonObject shownJson(const app::RelayMessage &message, const smime::OpenedMessage &opened, bool isOpenedWithKeys)
{
    QJsonObject object = app::toJson(opened);
    // What the relay found out stands; only keys that it does not have can say more.
    if (!isOpenedWithKeys)
        for (auto it = message.assessment.open.begin(); it != message.assessment.open.end(); ++it)
            if (it.key() != "further"_L1) // Kept without their content.
                object[it.key()] = it.value();
    const QJsonObject row = toJson(message);
    for (const QString &member : {u"id"_s, u"received"_s, u"session"_s, u"envelope"_s, u"octets"_s, u"faults"_s, u"assessed"_s, u"severity"_s})
        object[member] = row[member];
    object[u"readableBy"_s] = readersToJson(message.assessment);
    object[u"cannotRead"_s] = QJsonArray::fromStringList(message.assessment.cannotRead);
    object[u"headerProtection"_s] = message.assessment.headerProtection.isEmpty() ? u"none"_s : message.assessment.headerProtection;
    return object;
}

void printShown(const app::RelayMessage &message, const smime::OpenedMessage &opened)
{
    QString text = u"Message %1, received %2, %3 octets\nFrom <%4> to <%5>\n"_s.arg(message.id).arg(message.received.toString(Qt::ISODate))
                       .arg(message.octets).arg(message.sender, message.recipients.join(u">, <"_s));
    text += u"Subject: %1\n%2\n"_s.arg(message.assessment.subject, message.assessment.structure);
    for (const app::FaultMark &mark : message.faults)
        text += app::faultMarkText(mark) + u'\n';
    for (const QString &sentence : app::assessmentSentences(message.assessment))
        text += sentence + u'\n';
    if (!opened.text.isEmpty())
        text += u'\n' + opened.text;
    if (!text.endsWith(u'\n'))
        text += u'\n';
    printText(text);
}

} // namespace

QJsonObject toJson(const app::RelayMessage &message)
{
    const app::RelayAssessment &assessment = message.assessment;
    return {{u"id"_s, message.id},
            {u"received"_s, app::timeToJson(message.received)},
            {u"session"_s, message.session.isEmpty() ? QJsonValue() : QJsonValue(message.session)},
            {u"envelope"_s, QJsonObject{{u"from"_s, message.sender}, {u"to"_s, QJsonArray::fromStringList(message.recipients)},
                                         {u"otherNames"_s, QJsonArray::fromStringList(message.otherNames)}}},
            {u"octets"_s, message.octets},
            {u"from"_s, assessment.from},
            {u"subject"_s, assessment.subject},
            {u"assessed"_s, assessment.isLookedInto()},
            {u"structure"_s, assessment.structure},
            {u"summary"_s, assessment.isLookedInto() ? QJsonValue(assessment.summary) : QJsonValue()},
            {u"signedBy"_s, QJsonArray::fromStringList(assessment.signedBy)},
            {u"encrypted"_s, assessment.isEncrypted()},
            {u"readableBy"_s, readersToJson(assessment)},
            {u"betrayed"_s, assessment.hasLeak()},
            {u"cannotRead"_s, QJsonArray::fromStringList(assessment.cannotRead)},
            {u"headerProtection"_s, assessment.headerProtection.isEmpty() ? u"none"_s : assessment.headerProtection},
            {u"diagnosis"_s, assessment.damage.isEmpty() ? QJsonValue() : QJsonValue(assessment.damage)},
            {u"headline"_s, app::assessmentHeadline(assessment)},
            {u"severity"_s, assessment.isKnown ? QJsonValue(nameOf(app::assessmentSeverity(assessment))) : QJsonValue()},
            {u"faults"_s, faultsToJson(message.faults)}};
}

base::Result<smime::OpeningMaterial> keysFromFiles(const Arguments &arguments)
{
    app::MaterialFiles files;
    for (const QString &file : arguments.values(u"key"_s)) {
        base::Result<QByteArray> content = readInput(file, kKeyLimit);
        if (!content)
            return content.error();
        files.keys.append(std::move(*content));
    }
    if (files.keys.isEmpty())
        return smime::OpeningMaterial{};
    return app::readMaterial(files, [&arguments] { return readPassphrase(arguments.value(u"passphrase-file"_s), u"Passphrase of the key"_s); });
}

Exit runRelayList(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay list [--mailbox ADDRESS] [--limit N] [--json] [--spool DIR]"_s};
    addSpoolOptions(arguments);
    arguments.addOption({u"mailbox"_s}, Talk::tr("Only of this mailbox."), u"ADDRESS"_s);
    arguments.addOption({u"limit"_s}, Talk::tr("The newest N, by default 1000."), u"N"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const std::optional<int> limit = limitOf(arguments);
    if (!limit)
        return wrongUsage(Talk::tr("--limit needs a number above 0."));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    base::Result<QList<app::RelayMessage>> messages = app::relaySpool::listMessages(*spool, arguments.value(u"mailbox"_s), *limit);
    if (!messages)
        return fail(messages.error());
    if (const base::Status status = app::relaySpool::assessMissing(*spool, context.dataDirectory, *messages); !status)
        return fail(status.error());
    QJsonArray list;
    for (const app::RelayMessage &message : std::as_const(*messages)) {
        if (arguments.wantsJson()) {
            list.append(toJson(message));
            continue;
        }
        QString line = u"%1\t%2\t%3\t%4\t%5\t%6"_s.arg(message.id).arg(message.received.toString(Qt::ISODate), message.sender,
                                                       message.recipients.join(u','), message.assessment.subject, app::assessmentHeadline(message.assessment));
        for (const app::FaultMark &mark : message.faults)
            line += u'\t' + app::faultMarkText(mark);
        printText(line + u'\n');
    }
    if (arguments.wantsJson())
        print(QJsonDocument{list});
    return Exit::Done;
}

Exit runRelayShow(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay show ID [--key FILE]... [--json] [--spool DIR]"_s};
    addSpoolOptions(arguments);
    arguments.addOption({u"key"_s}, Talk::tr("Decrypt with the private keys in FILE."), u"FILE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    const std::optional<qint64> id = idOf(arguments);
    if (!id)
        return wrongUsage(Talk::tr("Which message? Give its number from \"wax relay list\"."));
    const base::Result<smime::OpeningMaterial> keys = keysFromFiles(arguments);
    if (!keys)
        return fail(keys.error());
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Result<app::RelayReading> reading = app::readRelayMessage({*spool, context.dataDirectory}, *id, *keys);
    if (!reading)
        return fail(reading.error());
    if (!arguments.wantsJson()) {
        printShown(reading->message, reading->opened);
        return Exit::Done;
    }
    QJsonObject object = shownJson(reading->message, reading->opened, keys->keys != nullptr);
    const base::Result<app::InspectedPart> tree = app::inspect(reading->octets);
    object[u"structure"_s] = tree ? QJsonValue(app::toJson(*tree)) : QJsonValue();
    print(QJsonDocument{object});
    return Exit::Done;
}

Exit runRelayGet(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay get ID [--spool DIR] > FILE"_s};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    const std::optional<qint64> id = idOf(arguments);
    if (!id)
        return wrongUsage(Talk::tr("Which message? Give its number from \"wax relay list\"."));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Result<QByteArray> octets = app::relaySpool::getMessage(*spool, *id);
    if (!octets)
        return fail(octets.error());
    print(*octets);
    return Exit::Done;
}

Exit runRelayDelete(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay delete ID | --all [--json] [--spool DIR]"_s};
    addSpoolOptions(arguments);
    arguments.addOption({u"all"_s}, Talk::tr("Every message of every mailbox."));
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    const std::optional<qint64> id = idOf(arguments);
    const bool isAll = arguments.isSet(u"all"_s);
    if (isAll == !arguments.positional().isEmpty() || (!isAll && !id))
        return wrongUsage(Talk::tr("Give the number of one message, or --all."));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    int count = 1;
    if (isAll) {
        const base::Result<int> removed = app::relaySpool::deleteAllMessages(*spool);
        if (!removed)
            return fail(removed.error());
        count = *removed;
    } else if (const base::Status status = app::relaySpool::deleteMessage(*spool, *id); !status) {
        return fail(status.error());
    }
    if (arguments.wantsJson())
        print(QJsonDocument{QJsonObject{{u"deleted"_s, count}}});
    return Exit::Done;
}

Exit runRelayTranscript(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay transcript SESSION|ID [--json] [--spool DIR]"_s};
    addSpoolOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which session? Give its name, or the number of a message from \"wax relay list\"."));
    const std::optional<QString> spool = presentSpool(context, arguments);
    if (!spool)
        return Exit::CouldNot;
    const base::Result<QString> session = sessionOf(arguments, *spool);
    if (!session)
        return fail(session.error());
    const base::Result<QByteArray> text = app::relaySpool::transcript(*spool, *session);
    if (!text)
        return fail(text.error());
    if (!arguments.wantsJson()) {
        printText(QString::fromUtf8(*text));
        return Exit::Done;
    }
    QJsonArray lines;
    for (const QByteArray &line : text->split('\n')) {
        const QList<QByteArray> parts = line.split(' ');
        if (parts.size() < 3 || parts[1].size() != 1)
            continue;
        lines.append(QJsonObject{{u"ms"_s, parts[0].toLongLong()}, {u"who"_s, QString::fromLatin1(parts[1])},
                                 {u"text"_s, QString::fromUtf8(line.sliced(parts[0].size() + 3))}});
    }
    print(QJsonDocument{QJsonObject{{u"session"_s, *session}, {u"lines"_s, lines}}});
    return Exit::Done;
}

} // namespace cli
