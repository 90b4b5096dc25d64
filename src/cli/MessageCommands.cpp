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

bool needsKey(const smime::OpenedMessage &opened)
{
    return opened.verdict.encryption.state == smime::EncryptionState::NoKey;
}

constexpr QLatin1StringView kRequireRevocation{"require-revocation"};

bool asksNetwork(const Arguments &arguments)
{
    return arguments.isSet(u"fetch-revocation"_s);
}

smime::OpenedMessage openMail(const Arguments &arguments, const app::Reader &reader, const QByteArray &octets, const QDateTime &at)
{
    const app::MailToOpen mail{octets, at, {}, app::Learning::LookOnly, {}};
    if (!asksNetwork(arguments))
        return app::openFor(reader, mail);
    app::RevocationNetwork network;
    return app::openForAsking(reader, mail, network);
}

/// What the profile demands, or the words of this call.
base::Result<smime::RevocationDemand> demandOf(const Arguments &arguments, const app::Reader &reader)
{
    if (arguments.isSet(kRequireRevocation))
        return smime::RevocationDemand::Required;
    const base::Result<app::AccountSettings> account = app::AccountSettings::load(reader.profile.folder, reader.profile.address);
    if (!account)
        return account.error();
    return account->demand;
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
    base::Result<app::Reader> reader = lockedReader(context);
    if (!reader)
        return reader.error();
    const base::Result<smime::RevocationDemand> demand = demandOf(arguments, *reader);
    if (!demand)
        return demand.error();
    reader->demand = *demand;
    smime::OpenedMessage opened = openMail(arguments, *reader, octets, at);
    if (!needsKey(opened))
        return opened;
    base::Result<app::Reader> unlocked = unlockedReader(context, arguments);
    if (!unlocked)
        return unlocked.error();
    unlocked->demand = *demand;
    return openMail(arguments, *unlocked, octets, at);
}

base::Result<smime::OpenedMessage> openWithFiles(const Context &context, const Arguments &arguments, const QByteArray &octets, const QDateTime &at)
{
    base::Result<smime::OpeningMaterial> material = materialFromFiles(arguments);
    if (!material)
        return material.error();
    if (arguments.isSet(kRequireRevocation))
        material->revocation = smime::RevocationDemand::Required;
    smime::OpenedMessage opened = openRequest(arguments, {octets, *material, at, {}});
    if (!needsKey(opened) || context.profile.isEmpty())
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

} // namespace

Exit showOpened(const smime::OpenedMessage &opened, const QDateTime &at, const Arguments &arguments)
{
    if (arguments.wantsJson()) {
        print(QJsonDocument(app::toJson(opened)));
    } else {
        sayVerdict(opened, at);
        printOpened(opened);
    }
    return exitFor(opened.verdict.summary);
}

Exit runOpen(const Context &context, const QStringList &words)
{
    Arguments arguments{u"open [--json] [--trust FILE]... [--crl FILE]... [--key FILE]... [--at TIME] [--fetch-revocation] [--require-revocation] [--sent FILE] [FILE]"_s};
    addMaterialOptions(arguments);
    arguments.addOption({u"at"_s}, Talk::tr("Judge as of TIME, ISO 8601; now by default."), u"TIME"_s);
    arguments.addOption({u"sent"_s}, Talk::tr("Say what changed since the letter was sent; FILE is the copy that its author kept."), u"FILE"_s);
    arguments.addOption({u"fetch-revocation"_s}, Talk::tr("Ask the network whether trusted signers' certificates were revoked, where they say."));
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
