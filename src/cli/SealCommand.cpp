// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/FileAccess.h"
#include "cli/MaterialOptions.h"
#include "cli/MessageCommands.h"
#include "cli/Unlock.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>

#include <functional>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// One option's words and what they mean.
template <typename Value>
std::optional<Value> choice(const QString &word, std::initializer_list<std::pair<QLatin1StringView, Value>> choices)
{
    for (const auto &[name, value] : choices)
        if (word == name)
            return value;
    return std::nullopt;
}

void declareOptions(Arguments &arguments)
{
    arguments.addOption({u"from"_s}, Talk::tr("The sender: a profile of the data directory."), u"ADDRESS"_s);
    arguments.addOption({u"to"_s}, Talk::tr("A recipient; may be repeated."), u"ADDRESS"_s);
    arguments.addOption({u"cc"_s}, Talk::tr("A recipient of a copy; may be repeated."), u"ADDRESS"_s);
    arguments.addOption({u"bcc"_s}, Talk::tr("A hidden recipient; may be repeated; needs --out."), u"ADDRESS"_s);
    arguments.addOption({u"no-sign"_s}, Talk::tr("Do not sign."));
    arguments.addOption({u"no-encrypt"_s}, Talk::tr("Do not encrypt."));
    arguments.addOption({u"opaque"_s}, Talk::tr("Sign with the content inside the signature."));
    arguments.addOption({u"cipher"_s}, Talk::tr("auto, aes256-gcm, aes128-gcm, aes256-cbc or aes128-cbc."), u"CIPHER"_s);
    arguments.addOption({u"key-transport"_s}, Talk::tr("auto, oaep or rsa15."), u"METHOD"_s);
    arguments.addOption({u"headers"_s}, Talk::tr("baseline, shy or none: which fields are hidden."), u"POLICY"_s);
    arguments.addOption({u"out"_s}, Talk::tr("Write one file per envelope into DIR."), u"DIR"_s);
    addFileOptions(arguments);
}

/// Reads the options that say how; the reason if one is wrong.
std::optional<QString> readChoices(const Arguments &arguments, smime::SealRequest &request)
{
    const auto word = [&arguments](const QString &name, const QString &fallback) {
        return arguments.isSet(name) ? arguments.value(name) : fallback;
    };
    const auto cipher = choice<smime::CipherWish>(word(u"cipher"_s, u"auto"_s), {{"auto"_L1, smime::CipherWish::Auto},
        {"aes256-gcm"_L1, smime::CipherWish::Aes256Gcm}, {"aes128-gcm"_L1, smime::CipherWish::Aes128Gcm},
        {"aes256-cbc"_L1, smime::CipherWish::Aes256Cbc}, {"aes128-cbc"_L1, smime::CipherWish::Aes128Cbc}});
    if (!cipher)
        return Talk::tr("--cipher is one of auto, aes256-gcm, aes128-gcm, aes256-cbc, aes128-cbc.");
    const auto transport = choice<smime::KeyTransportWish>(word(u"key-transport"_s, u"auto"_s), {{"auto"_L1, smime::KeyTransportWish::Auto},
        {"oaep"_L1, smime::KeyTransportWish::Oaep}, {"rsa15"_L1, smime::KeyTransportWish::RsaPkcs1}});
    if (!transport)
        return Talk::tr("--key-transport is one of auto, oaep, rsa15.");
    const auto headers = choice<smime::HeaderPolicy>(word(u"headers"_s, u"baseline"_s), {{"baseline"_L1, smime::HeaderPolicy::Baseline},
        {"shy"_L1, smime::HeaderPolicy::Shy}, {"none"_L1, smime::HeaderPolicy::None}});
    if (!headers)
        return Talk::tr("--headers is one of baseline, shy, none.");
    request.cipher = *cipher;
    request.keyTransport = *transport;
    request.headers = *headers;
    request.signature = arguments.isSet(u"no-sign"_s) ? smime::SignatureForm::None
        : arguments.isSet(u"opaque"_s)                ? smime::SignatureForm::Opaque
                                                      : smime::SignatureForm::Detached;
    request.encryption = arguments.isSet(u"no-encrypt"_s) ? smime::Encryption::None : smime::Encryption::ForRecipients;
    return std::nullopt;
}

/// Looks up the certificate to which somebody's mail is encrypted, and puts it into the recipient.
using FindCertificate = std::function<void(smime::SealRecipient &)>;

base::Status addRecipients(smime::SealRequest &request, const QStringList &words, smime::RecipientRole role, const FindCertificate &find)
{
    for (const QString &word : words) {
        const QList<mime::Address> addresses = mime::parseAddresses(word);
        if (addresses.isEmpty())
            return {base::ErrorCode::AddressInvalid, word};
        for (const mime::Address &address : addresses) {
            if (!mime::isValidMailbox(address.mailbox))
                return {base::ErrorCode::AddressInvalid, word};
            smime::SealRecipient recipient{address, role, {}, {}};
            if (request.encryption == smime::Encryption::ForRecipients)
                find(recipient);
            request.recipients.append(recipient);
        }
    }
    return base::Done{};
}

base::Status addRecipients(smime::SealRequest &request, const Arguments &arguments, const FindCertificate &find)
{
    const std::pair<QString, smime::RecipientRole> roles[] = {{u"to"_s, smime::RecipientRole::To}, {u"cc"_s, smime::RecipientRole::Cc}, {u"bcc"_s, smime::RecipientRole::Bcc}};
    for (const auto &[option, role] : roles)
        if (base::Status added = addRecipients(request, arguments.values(option), role, find); !added)
            return added;
    return base::Done{};
}

base::Status prepareFromProfile(Context context, const Arguments &arguments, smime::SealRequest &request)
{
    const QString from = arguments.value(u"from"_s);
    if (!from.isEmpty())
        context.profile = mime::parseAddresses(from).value(0, {{}, from}).mailbox;
    const bool needsKeys = request.signature != smime::SignatureForm::None || request.encryption != smime::Encryption::None;
    const base::Result<app::Reader> sender = needsKeys ? unlockedReader(context, arguments) : lockedReader(context);
    if (!sender)
        return sender.error();
    request.sender = {sender->profile.name, sender->profile.address};
    request.keys = sender->material.keys;
    request.anchors = sender->material.trust.anchors;
    request.crls = sender->material.trust.crls;
    return addRecipients(request, arguments, [&](smime::SealRecipient &recipient) {
        const app::RecipientCertificate found = app::findRecipient(sender->data, sender->profile, recipient.address.mailbox, request.at);
        recipient.certificate = found.certificate.isEmpty() ? found.info.certificate : found.certificate;
        recipient.remembered = smime::Capabilities::fromDer(found.capabilities);
        request.issuers += found.chain;
    });
}

/// The first certificate that nothing speaks against; else the first about that address, so that the refusal says what is wrong with it.
QByteArray chooseCertificate(smime::SealRecipient recipient, const QList<QByteArray> &certificates, const smime::SealRequest &request)
{
    QByteArray second;
    for (const QByteArray &certificate : certificates) {
        recipient.certificate = certificate;
        const smime::RecipientObstacle obstacle = smime::recipientObstacle(recipient, request);
        if (obstacle == smime::RecipientObstacle::None)
            return certificate;
        if (second.isEmpty() && obstacle != smime::RecipientObstacle::AddressDiffers && obstacle != smime::RecipientObstacle::Unreadable)
            second = certificate;
    }
    return second;
}

// No profile, no passphrase to derive a key from: what is needed stands in the files.
base::Status prepareFromFiles(const Arguments &arguments, smime::SealRequest &request)
{
    const base::Result<smime::OpeningMaterial> material = keysAndTrustFrom(arguments);
    if (!material)
        return material.error();
    const QList<mime::Address> senders = mime::parseAddresses(arguments.value(u"from"_s));
    if (senders.size() != 1 || !mime::isValidMailbox(senders.first().mailbox))
        return {base::ErrorCode::AddressInvalid, arguments.value(u"from"_s)};
    request.sender = senders.first();
    request.keys = material->keys;
    request.anchors = material->anchors;
    request.crls = material->crls;
    request.issuers = material->certificates;
    return addRecipients(request, arguments, [&](smime::SealRecipient &recipient) {
        recipient.certificate = chooseCertificate(recipient, material->certificates, request);
    });
}

/// What readers may object to, in words and, given back, as codes for scripts.
QStringList warningsOf(const smime::SealRequest &request)
{
    if (!smime::isSignerRevoked(request))
        return {};
    say(Talk::tr("Your certificate was revoked: whoever knows that will not believe the signature. Get a new one first, with wax identity renew."));
    return QStringList{u"signer-revoked"_s};
}

Exit printEnvelope(const smime::Envelope &envelope, const QStringList &warnings)
{
    const QJsonObject written{{u"message"_s, QString::fromUtf8(envelope.message)}, {u"recipients"_s, QJsonArray::fromStringList(envelope.recipients)}};
    print(QJsonDocument(QJsonObject{{u"envelopes"_s, QJsonArray{written}}, {u"warnings"_s, QJsonArray::fromStringList(warnings)}}));
    return Exit::Done;
}

Exit writeEnvelopes(const smime::SealedMail &mail, const QString &folder, const QStringList &warnings, bool asJson)
{
    if (!QDir().mkpath(folder))
        return fail({base::ErrorCode::FileNotWritable, folder, {}, {}});
    QJsonArray written;
    for (qsizetype i = 0; i < mail.envelopes.size(); ++i) {
        const QString file = QDir(folder).filePath(u"%1.eml"_s.arg(i + 1));
        if (const base::Status status = base::writeFileOrPipe(file, mail.envelopes[i].message); !status)
            return fail(status.error());
        written.append(QJsonObject{{u"file"_s, file}, {u"recipients"_s, QJsonArray::fromStringList(mail.envelopes[i].recipients)}});
        if (!asJson)
            say(Talk::tr("%1: for %2").arg(file, mail.envelopes[i].recipients.join(u", "_s)));
    }
    if (asJson)
        print(QJsonDocument(QJsonObject{{u"envelopes"_s, written}, {u"warnings"_s, QJsonArray::fromStringList(warnings)}}));
    return Exit::Done;
}

} // namespace

Exit runSeal(const Context &context, const QStringList &words)
{
    Arguments arguments{u"seal --from A --to B... [--cc C] [--bcc D] [--no-sign] [--no-encrypt] [--opaque] [--key FILE --certificate FILE --trust FILE] [OPTION...] [FILE]"_s};
    declareOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    smime::SealRequest request;
    if (const std::optional<QString> objection = readChoices(arguments, request))
        return wrongUsage(*objection);
    const bool hasRecipients = arguments.isSet(u"to"_s) || arguments.isSet(u"cc"_s) || arguments.isSet(u"bcc"_s);
    if ((!arguments.isSet(u"from"_s) && context.profile.isEmpty()) || !hasRecipients)
        return wrongUsage(Talk::tr("wax seal needs --from and at least one --to, --cc or --bcc."));
    if (arguments.isSet(u"bcc"_s) && !arguments.isSet(u"out"_s))
        return wrongUsage(Talk::tr("With --bcc there are several messages: say with --out where they go."));
    request.at = base::Clock::system().now();
    const base::Status prepared = hasFiles(arguments) ? prepareFromFiles(arguments, request) : prepareFromProfile(context, arguments, request);
    if (!prepared)
        return fail(prepared.error());
    base::Result<QByteArray> draft = readInput(arguments.positional().value(0));
    if (!draft)
        return fail(draft.error());
    request.draft = std::move(draft).value();
    const base::Result<smime::SealedMail> mail = smime::seal(request);
    if (!mail)
        return fail(mail.error());
    const QStringList warnings = warningsOf(request);
    if (arguments.isSet(u"out"_s))
        return writeEnvelopes(*mail, arguments.value(u"out"_s), warnings, arguments.wantsJson());
    if (arguments.wantsJson())
        return printEnvelope(mail->envelopes.first(), warnings);
    print(mail->envelopes.first().message);
    return Exit::Done;
}

} // namespace cli
