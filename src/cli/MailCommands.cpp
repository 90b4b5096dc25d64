// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/MailCommands.h"

#include "app/MailSession.h"
#include "app/MessageJson.h"
#include "app/MessageListModel.h"
#include "cli/IdentitySupport.h"
#include "cli/MessageCommands.h"
#include "cli/Online.h"
#include "cli/Unlock.h"
#include "mime/Domain.h"

#include <QJsonArray>
#include <algorithm>

using namespace Qt::StringLiterals;
using app::MailSession;
using store::Flag;

namespace cli {

namespace {

QJsonArray addressesJson(const QList<mime::Address> &addresses)
{
    QJsonArray array;
    for (const mime::Address &address : addresses)
        array += QJsonObject{{u"name"_s, address.name}, {u"address"_s, address.mailbox}};
    return array;
}

QJsonObject rowJson(const store::MessageSummary &row)
{
    return {
        {u"id"_s, static_cast<qint64>(row.id)},
        {u"folder"_s, store::folderName(row.folder)},
        {u"from"_s, addressesJson(row.from)},
        {u"to"_s, addressesJson(row.to)},
        {u"subject"_s, row.subject},
        {u"date"_s, app::timeToJson(row.date)},
        {u"received"_s, app::timeToJson(row.received)},
        {u"size"_s, row.sizeOctets},
        {u"seal"_s, QString::fromLatin1(store::sealName(row.seal))},
        {u"read"_s, row.flags.testFlag(Flag::Read)},
        {u"answered"_s, row.flags.testFlag(Flag::Answered)},
        {u"attachments"_s, row.flags.testFlag(Flag::Attachments)},
        {u"messageId"_s, QString::fromUtf8(row.messageId)},
    };
}

/// Number, N if unread, date, seal, correspondent, subject: what others wrote comes last, so that it cannot pass for the seal, nor push it off the line.
QString rowLine(const store::MessageSummary &row, qsizetype sealWidth)
{
    const bool isIncoming = row.folder == store::Folder::Inbox || row.folder == store::Folder::Archive || row.folder == store::Folder::Trash;
    const QList<mime::Address> &people = isIncoming ? row.from : row.to;
    const QString who = people.isEmpty() ? u"-"_s : mime::displayMailbox(people.first().mailbox);
    const QString seal = u'[' + app::MessageListModel::sealText(row.seal) + u']';
    const QDateTime date = row.date.isValid() ? row.date : row.received;
    return u"%1 %2 %3  %4  %5  %6\n"_s.arg(QString::number(static_cast<qint64>(row.id)).rightJustified(6), row.flags.testFlag(Flag::Read) ? u" "_s : u"N"_s,
        date.toString(u"yyyy-MM-dd HH:mm"_s), seal.leftJustified(sealWidth), who.leftJustified(28), row.subject);
}

Exit printRows(const base::Result<QList<store::MessageSummary>> &rows, const Arguments &arguments)
{
    if (!rows)
        return fail(rows.error());
    qsizetype sealWidth = 0;
    for (const store::MessageSummary &row : *rows)
        sealWidth = std::max(sealWidth, app::MessageListModel::sealText(row.seal).size() + 2); // In brackets.
    QJsonArray array;
    QString text;
    for (const store::MessageSummary &row : *rows) {
        if (arguments.wantsJson())
            array += rowJson(row);
        else
            text += rowLine(row, sealWidth);
    }
    if (arguments.wantsJson())
        print(QJsonDocument{array});
    else
        printText(text);
    return Exit::Done;
}

base::Result<MailSession> openSession(const Context &context)
{
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return profile.error();
    return MailSession::open(identity::DataDirectory{context.dataDirectory}, *profile);
}

base::Result<base::Secret> passphraseOf(const MailSession &session, const Arguments &arguments)
{
    return readPassphrase(arguments.value(u"passphrase-file"_s), Talk::tr("Passphrase of %1").arg(session.profile().address));
}

base::Status unlock(MailSession &session, const Arguments &arguments)
{
    return unlockWith(session.profile(), arguments, [&session](const base::Secret &passphrase) { return session.unlock(passphrase); });
}

/// The servers' password: from the file if one is named, else from the keystore.
base::Status providePassword(MailSession &session, const Arguments &arguments)
{
    const QString file = arguments.value(u"password-file"_s);
    if (file.isEmpty())
        return unlock(session, arguments);
    const base::Result<base::Secret> password = readPassword(file);
    if (!password)
        return password.error();
    session.setPassword(*password);
    return base::Done{};
}

/// After a password worked, and if it costs no question, it is kept for the next time.
base::Status keepPassword(const MailSession &session, const Arguments &arguments)
{
    if (!arguments.isSet(u"password-file"_s) || !arguments.isSet(u"passphrase-file"_s))
        return base::Done{};
    const base::Result<base::Secret> passphrase = passphraseOf(session, arguments);
    return passphrase ? session.keepPassword(*passphrase) : passphrase.error();
}

Arguments::Glossary searchedPlaces()
{
    return {{u"header"_s, Talk::tr("From, To, Cc, Bcc and the subject, as they stand outside.")},
            {u"text"_s, Talk::tr("What the message says, and the names of its files, unless anything in it is encrypted. It is read when it is first searched.")}};
}

} // namespace

base::Result<QByteArray> sentOctets(const Context &context, const QByteArray &messageId)
{
    base::Result<MailSession> session = openSession(context);
    if (!session)
        return session.error();
    return session->sentOctets(messageId);
}

Exit runFetch(const Context &context, const QStringList &words)
{
    Arguments arguments{u"fetch [--leave] [--password-file FILE] [--json]"_s};
    arguments.addOption({u"leave"_s}, Talk::tr("Leave the messages on the server."));
    arguments.addOption({u"password-file"_s}, Talk::tr("The password for the server; it is kept in the keystore if --passphrase-file is given too."), u"FILE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    base::Result<MailSession> session = openSession(context);
    if (!session)
        return fail(session.error());
    if (const base::Status provided = providePassword(*session, arguments); !provided)
        return fail(provided.error());
    if (!session->hasPassword())
        return fail(base::ErrorCode::PassphraseMissing, Talk::tr("No password is known for the server %1. Give it once with --password-file.").arg(session->pop3Server()));
    const auto summary = session->fetch(arguments.isSet(u"leave"_s) ? std::optional{transport::AfterFetch::Leave} : std::nullopt);
    if (!summary)
        return fail(summary.error());
    if (const base::Status kept = keepPassword(*session, arguments); !kept)
        return fail(kept.error());
    if (arguments.wantsJson())
        print(QJsonDocument{QJsonObject{{u"new"_s, summary->newMessages}, {u"known"_s, summary->known}, {u"tooLarge"_s, summary->tooLarge}}});
    else
        say(Talk::tr("%1 new, %2 known before, %3 too large and left on the server.").arg(summary->newMessages).arg(summary->known).arg(summary->tooLarge));
    return Exit::Done;
}

Exit runImport(const Context &context, const QStringList &words)
{
    Arguments arguments{u"import [--folder F] [--json] FILE|FOLDER..."_s};
    arguments.addOption({u"folder"_s}, Talk::tr("archive (the default), inbox or sent."), u"FOLDER"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1000))
        return *exit;
    const auto folder = arguments.isSet(u"folder"_s) ? store::folderNamed(arguments.value(u"folder"_s)) : store::Folder::Archive;
    if (folder != store::Folder::Archive && folder != store::Folder::Inbox && folder != store::Folder::Sent)
        return wrongUsage(Talk::tr("--folder is one of archive, inbox, sent."));
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which files? An mbox file holds many messages, an .eml file one; of a folder, such as a Maildir, all mail in it is taken."));
    base::Result<MailSession> session = openSession(context);
    if (!session)
        return fail(session.error());
    const base::Result<app::MailImport> import = session->importMail(arguments.positional(), *folder);
    if (!import)
        return fail(import.error());
    if (arguments.wantsJson())
        print(QJsonDocument{QJsonObject{{u"added"_s, import->added}, {u"known"_s, import->known}, {u"unreadable"_s, import->unreadable.size()}}});
    else
        say(Talk::tr("%1 taken in, %2 known before.").arg(import->added).arg(import->known));
    Exit exit = Exit::Done;
    for (const auto &[path, error] : import->unreadable)
        exit = fail(error);
    return exit;
}

Exit runList(const Context &context, const QStringList &words)
{
    Arguments arguments{u"list [--folder F] [--limit N] [--json]"_s};
    arguments.addOption({u"folder"_s}, Talk::tr("inbox (the default), drafts, sent, outbox, waiting, archive or trash."), u"FOLDER"_s);
    arguments.addOption({u"limit"_s}, Talk::tr("At most N messages, the newest; 1000 by default."), u"N"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const auto folder = arguments.isSet(u"folder"_s) ? store::folderNamed(arguments.value(u"folder"_s)) : store::Folder::Inbox;
    const std::optional<int> limit = limitOf(arguments);
    if (!folder)
        return wrongUsage(Talk::tr("--folder is one of inbox, drafts, sent, outbox, waiting, archive, trash."));
    if (!limit)
        return wrongUsage(Talk::tr("--limit needs a number above 0."));
    base::Result<MailSession> session = openSession(context);
    if (!session)
        return fail(session.error());
    return printRows(session->list(*folder, *limit), arguments);
}

Exit runSearch(const Context &context, const QStringList &words)
{
    Arguments arguments{u"search [--limit N] [--json] WORD..."_s};
    arguments.addGlossary(Talk::tr("Each WORD begins a word of one of these, in any folder but the trash:"), &searchedPlaces);
    arguments.addOption({u"limit"_s}, Talk::tr("At most N messages, the newest; 1000 by default."), u"N"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1000))
        return *exit;
    const std::optional<int> limit = limitOf(arguments);
    if (!limit)
        return wrongUsage(Talk::tr("--limit needs a number above 0."));
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which words?"));
    base::Result<MailSession> session = openSession(context);
    if (!session)
        return fail(session.error());
    return printRows(session->search(arguments.positional().join(u' '), *limit), arguments);
}

Exit runRead(const Context &context, const QStringList &words)
{
    Arguments arguments{u"read [--raw] [--json] ID | --sent-as MESSAGE-ID"_s};
    arguments.addOption({u"raw"_s}, Talk::tr("Write the octets as they were received, and open nothing."));
    arguments.addOption({u"sent-as"_s}, Talk::tr("Write the octets of the letter in Sent with this Message-ID, and open nothing."), u"MESSAGE-ID"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.isSet(u"sent-as"_s)) {
        const base::Result<QByteArray> octets = sentOctets(context, arguments.value(u"sent-as"_s).toUtf8());
        if (!octets)
            return fail(octets.error());
        print(*octets);
        return Exit::Done;
    }
    bool isNumber = false;
    const store::MessageId id{arguments.positional().value(0).toLongLong(&isNumber)};
    if (!isNumber)
        return wrongUsage(Talk::tr("Which message? Its number is the first column of wax list."));
    base::Result<MailSession> session = openSession(context);
    if (!session)
        return fail(session.error());
    const auto stored = session->stored(id);
    if (!stored)
        return fail(stored.error());
    if (arguments.isSet(u"raw"_s)) {
        print(stored->octets);
        return Exit::Done;
    }
    const QDateTime now = base::Clock::system().now();
    smime::OpenedMessage opened = session->openMessage(*stored, now);
    // Keys are asked for only if the message needs them.
    if (opened.needsKey()) {
        if (const base::Status unlocked = unlock(*session, arguments); !unlocked)
            return fail(unlocked.error());
        opened = session->openMessage(*stored, now);
    }
    return showOpened(opened, now, arguments);
}

} // namespace cli
