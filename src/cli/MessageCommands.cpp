// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/MessageCommands.h"

#include "app/Inspection.h"
#include "app/MessageJson.h"
#include "app/MessageService.h"
#include "app/VerdictPresenter.h"
#include "cli/Unlock.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace cli {

namespace {

base::Result<QList<QByteArray>> readAll(const QStringList &files)
{
    QList<QByteArray> contents;
    for (const QString &file : files) {
        base::Result<QByteArray> bytes = readInput(file, 16 * 1024 * 1024);
        if (!bytes)
            return bytes.error();
        contents.append(std::move(bytes).value());
    }
    return contents;
}

base::Result<smime::OpeningMaterial> materialFromFiles(const Arguments &arguments)
{
    app::MaterialFiles files;
    for (const auto &[name, target] : {std::pair{u"trust"_s, &files.trust}, {u"crl"_s, &files.crls}, {u"key"_s, &files.keys}}) {
        base::Result<QList<QByteArray>> contents = readAll(arguments.values(name));
        if (!contents)
            return contents.error();
        *target = std::move(contents).value();
    }
    return app::readMaterial(files, [&arguments] { return readPassphrase(arguments.value(u"passphrase-file"_s), Talk::tr("Passphrase of the key")); });
}

bool needsKey(const smime::OpenedMessage &opened)
{
    return opened.verdict.encryption.state == smime::EncryptionState::NoKey;
}

// The passphrase is asked for only if the message is encrypted: reading signed mail must not cost a slow key derivation.
base::Result<smime::OpenedMessage> openForProfile(const Context &context, const Arguments &arguments, const QByteArray &octets, const QDateTime &at)
{
    base::Result<app::Reader> reader = lockedReader(context);
    if (!reader)
        return reader.error();
    smime::OpenedMessage opened = app::openFor(*reader, octets, at, {}, app::Learning::LookOnly);
    if (!needsKey(opened))
        return opened;
    base::Result<app::Reader> unlocked = unlockedReader(context, arguments);
    if (!unlocked)
        return unlocked.error();
    return app::openFor(*unlocked, octets, at, {}, app::Learning::LookOnly);
}

base::Result<smime::OpenedMessage> openWithFiles(const Context &context, const Arguments &arguments, const QByteArray &octets, const QDateTime &at)
{
    base::Result<smime::OpeningMaterial> material = materialFromFiles(arguments);
    if (!material)
        return material.error();
    smime::OpenedMessage opened = smime::open({octets, *material, at, {}});
    if (!needsKey(opened) || context.profile.isEmpty())
        return opened;
    base::Result<app::Reader> reader = unlockedReader(context, arguments);
    if (!reader)
        return reader.error();
    material->keys = reader->material.keys;
    return smime::open({octets, *material, at, {}});
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
    app::VerdictContext context;
    if (const smime::ShownField *from = opened.header("From")) {
        const QList<mime::Address> senders = mime::parseAddresses(from->raw);
        if (!senders.isEmpty()) {
            context.fromName = senders.first().name;
            context.fromAddress = senders.first().mailbox;
        }
    }
    context.now = at;
    context.fault = opened.fault;
    context.diagnosis = opened.diagnosis;
    for (const QString &line : app::presentVerdict(opened.verdict, context).accessibleText().split(u'\n'))
        say(line);
    if (opened.fault && !opened.fault->detail.isEmpty())
        say(opened.fault->detail);
}

void printText(const smime::OpenedMessage &opened)
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
    print(text.toUtf8());
}

void printTree(const app::InspectedPart &part, int depth, QString &text)
{
    text += QString(depth * 2, u' ')
        + u"%1 %2 [%3, %4)"_s.arg(QString::fromLatin1(part.number), QString::fromLatin1(part.type)).arg(part.begin).arg(part.end);
    if (!part.fileName.isEmpty())
        text += u" \"%1\""_s.arg(part.fileName);
    text += u'\n';
    const QString indent(depth * 2 + 2, u' ');
    if (part.cms && part.cms->fault)
        text += indent + u"CMS cannot be read: %1\n"_s.arg(part.cms->fault->detail);
    if (part.cms && !part.cms->fault) {
        text += indent + u"CMS %1, %2%3\n"_s.arg(part.cms->type, part.cms->isIndefinite ? u"BER"_s : u"DER"_s,
                                                 part.cms->cipher.isEmpty() ? QString() : u", "_s + part.cms->cipher);
        for (const app::InspectedSigner &signer : part.cms->signers)
            text += indent + u"signer: %1, serial %2, %3 with %4\n"_s.arg(signer.issuer, QString::fromLatin1(signer.serial), signer.algorithm, signer.digest);
        for (const app::InspectedRecipient &recipient : part.cms->recipients)
            text += indent + u"reader: %1, serial %2, %3\n"_s.arg(recipient.issuer, QString::fromLatin1(recipient.serial), recipient.algorithm);
        for (const app::InspectedCertificate &certificate : part.cms->certificates)
            text += indent + u"certificate: %1\n"_s.arg(certificate.subject);
        if (part.cms->content)
            printTree(*part.cms->content, depth + 2, text);
    }
    for (const app::InspectedPart &child : part.children)
        printTree(child, depth + 1, text);
}

} // namespace

Exit showOpened(const smime::OpenedMessage &opened, const QDateTime &at, const Arguments &arguments)
{
    if (arguments.wantsJson()) {
        print(QJsonDocument(app::toJson(opened)));
    } else {
        sayVerdict(opened, at);
        printText(opened);
    }
    return exitFor(opened.verdict.summary);
}

Exit runOpen(const Context &context, const QStringList &words)
{
    Arguments arguments{u"open [--json] [--trust FILE]... [--crl FILE]... [--key FILE]... [--at TIME] [FILE]"_s};
    arguments.addOption({u"trust"_s}, Talk::tr("Trust the certificates in FILE, and nothing else."), u"FILE"_s);
    arguments.addOption({u"crl"_s}, Talk::tr("Use the revocation lists in FILE."), u"FILE"_s);
    arguments.addOption({u"key"_s}, Talk::tr("Use the private keys and certificates in FILE."), u"FILE"_s);
    arguments.addOption({u"at"_s}, Talk::tr("Judge as of TIME, ISO 8601; now by default."), u"TIME"_s);
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
    const bool hasFiles = arguments.isSet(u"trust"_s) || arguments.isSet(u"key"_s) || arguments.isSet(u"crl"_s) || context.profile.isEmpty();
    const base::Result<smime::OpenedMessage> opened = hasFiles ? openWithFiles(context, arguments, *octets, at)
                                                               : openForProfile(context, arguments, *octets, at);
    if (!opened)
        return fail(opened.error());
    return showOpened(*opened, at, arguments);
}

Exit runInspect(const Context &, const QStringList &words)
{
    Arguments arguments{u"inspect [--json] [FILE]"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    const base::Result<QByteArray> octets = readInput(arguments.positional().value(0));
    if (!octets)
        return fail(octets.error());
    const base::Result<app::InspectedPart> tree = app::inspect(*octets);
    if (!tree) {
        fail(tree.error());
        return Exit::Negative;
    }
    if (arguments.wantsJson()) {
        print(QJsonDocument(app::toJson(*tree)));
        return Exit::Done;
    }
    QString text;
    printTree(*tree, 0, text);
    print(text.toUtf8());
    return Exit::Done;
}

} // namespace cli
