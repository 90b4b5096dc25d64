// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/MessageCommands.h"

#include "app/AccountSettings.h"
#include "app/MessageJson.h"
#include "app/MessageService.h"
#include "app/RevocationFetching.h"
#include "app/VerdictPresenter.h"
#include "cli/MaterialOptions.h"
#include "cli/Unlock.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace cli {

namespace {

constexpr QLatin1StringView kRequireRevocation{"require-revocation"};

bool asksNetwork(const Arguments &arguments)
{
    return arguments.isSet(u"fetch-revocation"_s);
}

/// How revocation is dealt with: as the account says, or as the words of this call do, the stronger of the two.
base::Result<app::AccountSettings> accountOf(const Arguments &arguments, const app::Reader &reader)
{
    base::Result<app::AccountSettings> account = app::AccountSettings::load(reader.profile.folder, reader.profile.address);
    if (account && arguments.isSet(kRequireRevocation))
        account->demand = smime::RevocationDemand::Required;
    if (account && asksNetwork(arguments))
        account->revocation = app::AccountSettings::RevocationUse::Fetch;
    return account;
}

smime::OpenedMessage openMail(const app::AccountSettings &account, app::Reader reader, const QByteArray &octets, const QDateTime &at)
{
    reader.demand = account.demand;
    const app::MailToOpen mail{octets, at, {}, app::Learning::LookOnly, {}};
    if (account.revocation != app::AccountSettings::RevocationUse::Fetch)
        return app::openFor(reader, mail);
    app::RevocationNetwork network;
    return app::openForAsking(reader, mail, network);
}

smime::OpenedMessage openRequest(const Arguments &arguments, const smime::OpenRequest &request)
{
    if (!asksNetwork(arguments))
        return smime::open(request);
    app::RevocationNetwork network;
    return app::openAsking(request, network);
}

// The passphrase is asked for only if the message is encrypted: reading signed mail must not cost a slow key derivation.
base::Result<smime::OpenedMessage> openForProfile(const Context &context, const Arguments &arguments, const QByteArray &octets, const QDateTime &at)
{
    const base::Result<app::Reader> reader = lockedReader(context);
    if (!reader)
        return reader.error();
    const base::Result<app::AccountSettings> account = accountOf(arguments, *reader);
    if (!account)
        return account.error();
    smime::OpenedMessage opened = openMail(*account, *reader, octets, at);
    if (!opened.needsKey())
        return opened;
    const base::Result<app::Reader> unlocked = unlockedReader(context, arguments);
    if (!unlocked)
        return unlocked.error();
    return openMail(*account, *unlocked, octets, at);
}

base::Result<smime::OpenedMessage> openWithFiles(const Context &context, const Arguments &arguments, const QByteArray &octets, const QDateTime &at)
{
    base::Result<smime::OpeningMaterial> material = materialFromFiles(arguments);
    if (!material)
        return material.error();
    if (arguments.isSet(kRequireRevocation))
        material->revocation = smime::RevocationDemand::Required;
    smime::OpenedMessage opened = openRequest(arguments, {octets, *material, at, {}});
    if (!opened.needsKey() || context.profile.isEmpty())
        return opened;
    base::Result<app::Reader> reader = unlockedReader(context, arguments);
    if (!reader)
        return reader.error();
    material->keys = reader->material.keys;
    return openRequest(arguments, {octets, *material, at, {}});
}

base::Result<smime::OpenedMessage> openAs(const Context &context, const Arguments &arguments, const QByteArray &octets, const QDateTime &at)
{
    const bool hasFiles = hasMaterialFiles(arguments) || context.profile.isEmpty();
    return hasFiles ? openWithFiles(context, arguments, octets, at) : openForProfile(context, arguments, octets, at);
}

Exit showCompared(const Context &context, const Arguments &arguments, smime::OpenedMessage opened, const QDateTime &at)
{
    const base::Result<QByteArray> octets = readInput(arguments.value(u"sent"_s));
    if (!octets)
        return fail(octets.error());
    const base::Result<smime::OpenedMessage> sent = openAs(context, arguments, *octets, at);
    if (!sent)
        return fail(sent.error());
    if (std::optional<smime::SignatureDiagnosis> diagnosis = smime::diagnoseAgainst(*sent, opened))
        opened.diagnosis = std::move(diagnosis);
    return showOpened(opened, at, arguments);
}

Exit exitFor(smime::Summary summary)
{
    switch (summary) {
    case smime::Summary::Verified:
    case smime::Summary::Decrypted:
    case smime::Summary::Plain:
        return Exit::Done;
    case smime::Summary::Altered:
    case smime::Summary::Impersonated:
    case smime::Summary::Unverified:
    case smime::Summary::CannotDecrypt:
    case smime::Summary::Malformed:
        return Exit::Negative;
    }
    Q_UNREACHABLE_RETURN(Exit::Negative);
}

void sayVerdict(const smime::OpenedMessage &opened, const QDateTime &at)
{
    for (const QString &line : app::presentVerdict(opened.verdict, app::verdictContextOf(opened, at)).accessibleText().split(u'\n'))
        say(line);
    if (opened.fault && !opened.fault->detail.isEmpty())
        say(opened.fault->detail);
}

void printOpened(const smime::OpenedMessage &opened)
{
    QString text;
    for (const smime::ShownField &field : opened.headers)
        text += QString::fromLatin1(field.name) + u": "_s + field.value + u'\n';
    text += u'\n' + opened.text;
    if (!text.endsWith(u'\n'))
        text += u'\n';
    for (const smime::Attachment &attachment : opened.attachments)
        text += u"[%1, %2, %3 octets]\n"_s.arg(attachment.name.isEmpty() ? attachment.part : attachment.name,
                                               QString::fromLatin1(attachment.type)).arg(attachment.sizeOctets);
    for (const smime::UnprotectedPart &part : opened.unprotected)
        text += u"--- outside the protection, part %1 ---\n%2\n"_s.arg(part.part, part.text);
    printText(text);
}

/// Each by itself, with its verdict right before it.
void showFurther(const smime::OpenedMessage &opened, const QDateTime &at)
{
    for (const smime::OpenedMessage &part : opened.further) {
        say(Talk::tr("The protected part %1, by itself:").arg(part.part));
        sayVerdict(part, at);
        printText(u"--- protected part %1 ---\n%2%3"_s.arg(part.part, part.text, part.text.endsWith(u'\n') ? QString() : u"\n"_s));
    }
}

} // namespace

Exit showOpened(const smime::OpenedMessage &opened, const QDateTime &at, const Arguments &arguments)
{
    if (arguments.wantsJson()) {
        print(QJsonDocument(app::toJson(opened)));
    } else {
        sayVerdict(opened, at);
        printOpened(opened);
        showFurther(opened, at);
    }
    return exitFor(opened.verdict.summary);
}

Exit runOpen(const Context &context, const QStringList &words)
{
    Arguments arguments{u"open [--json] [--trust FILE]... [--crl FILE]... [--key FILE]... [--at TIME] [--fetch-revocation] [--require-revocation] [--sent FILE] [FILE]"_s};
    addMaterialOptions(arguments);
    arguments.addOption({u"at"_s}, Talk::tr("Judge as of TIME, ISO 8601; now by default."), u"TIME"_s);
    arguments.addOption({u"sent"_s}, Talk::tr("Say what changed since the letter was sent; FILE is the copy that its author kept."), u"FILE"_s);
    arguments.addOption({u"fetch-revocation"_s}, Talk::tr("Ask the network whether trusted signers' certificates were revoked, where they say, even if the profile's settings do not want it."));
    arguments.addOption({kRequireRevocation}, Talk::tr("Call nothing verified unless a list or a responder says that its certificates were not revoked."));
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    QDateTime at = base::Clock::system().now();
    if (arguments.isSet(u"at"_s)) {
        at = QDateTime::fromString(arguments.value(u"at"_s), Qt::ISODate).toUTC();
        if (!at.isValid())
            return wrongUsage(Talk::tr("--at needs a time such as 2026-11-23T10:00:00Z."));
    }
    const base::Result<QByteArray> octets = readInput(arguments.positional().value(0));
    if (!octets)
        return fail(octets.error());
    base::Result<smime::OpenedMessage> opened = openAs(context, arguments, *octets, at);
    if (!opened)
        return fail(opened.error());
    if (!arguments.isSet(u"sent"_s))
        return showOpened(*opened, at, arguments);
    return showCompared(context, arguments, std::move(opened).value(), at);
}

} // namespace cli
