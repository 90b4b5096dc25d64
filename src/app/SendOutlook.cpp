// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SendOutlook.h"

#include "smime/AlgorithmPolicy.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

namespace {

using Permission = SendOutlook::Permission;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(app::SendOutlook)
};

QString nameOf(const OutlookRecipient &recipient) { return recipient.name.isEmpty() ? recipient.address : recipient.name; }

QStringList namesWith(const OutlookQuestion &question, RecipientOutlook state)
{
    QStringList names;
    for (const OutlookRecipient &recipient : question.recipients) {
        if (recipient.state == state)
            names += nameOf(recipient);
    }
    return names;
}

SendOutlook waits(const QString &sentence) { return {Permission::Wait, Severity::Neutral, SealSign::None, sentence, {}}; }

SendOutlook refused(const QString &sentence, const QList<WayOut> &ways = {})
{
    return {Permission::Refused, Severity::Notice, SealSign::LockWarning, sentence, ways};
}

/// Whether the owner had a certificate for another use than `unfit` until some time before `at`.
bool hasExpired(const identity::KeySet &keys, identity::KeyUse unfit, const QDateTime &at)
{
    return std::ranges::any_of(keys.keys, [&](const identity::KeyMaterial &key) {
        return key.use != unfit && key.isForOwner && !key.certificate.isEmpty() && key.notAfter < at;
    });
}

std::optional<SendOutlook> signingObstacle(const OutlookQuestion &question)
{
    if (question.signing == Wanted::No)
        return std::nullopt;
    switch (question.key) {
    case SigningKey::Revoked: // Of that warnedOfRevocation() speaks: the lists may be wrong or too new.
    case SigningKey::Usable: return std::nullopt;
    case SigningKey::Locked:
        return refused(Text::tr("Your keys are locked, so this message cannot be signed. Unlock them, or send it unsigned."), {WayOut::Unlock, WayOut::SendUnsigned});
    case SigningKey::Expired:
        return refused(Text::tr("Your certificate has expired, so this message cannot be signed. Get a new one, or send the message unsigned."), {WayOut::ReplaceKeys, WayOut::SendUnsigned});
    case SigningKey::Missing:
        return refused(Text::tr("You have no certificate to sign with. Make or import one, or send the message unsigned."), {WayOut::ReplaceKeys, WayOut::SendUnsigned});
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

// Without it the sent letter could not be read again.
std::optional<SendOutlook> receivingObstacle(const OutlookQuestion &question)
{
    const QList<WayOut> ways{WayOut::ReplaceKeys, WayOut::SendUnencrypted};
    switch (question.receivingKey) {
    case ReceivingKey::Usable: return std::nullopt;
    case ReceivingKey::Expired:
        return refused(Text::tr("Your certificate has expired, so this message cannot be encrypted to you, too. Get a new one, or send the message unencrypted."), ways);
    case ReceivingKey::Missing:
        return refused(Text::tr("You have no certificate, so this message cannot be encrypted to you, too. Make or import one, or send the message unencrypted."), ways);
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

SendOutlook held(const OutlookQuestion &question, const QString &cause)
{
    const QString promise = Text::tr("The message is kept, encrypted to you, and goes by itself when there is one.");
    const QString request = question.key == SigningKey::Usable || question.key == SigningKey::Revoked ? u' ' + Text::tr("A signed mail asks for it.") : QString();
    return {Permission::Held, Severity::Notice, SealSign::LockClosed, cause + u' ' + promise + request, {WayOut::ImportCertificate, WayOut::SendUnencrypted}};
}

std::optional<SendOutlook> encryptionObstacle(const OutlookQuestion &question)
{
    if (question.encryption == Wanted::No)
        return std::nullopt;
    if (question.key == SigningKey::Locked)
        return refused(Text::tr("Your keys are locked, so this message cannot be encrypted to you, too. Unlock them."), {WayOut::Unlock});
    if (const auto obstacle = receivingObstacle(question))
        return obstacle;
    if (!namesWith(question, RecipientOutlook::Looking).isEmpty())
        return waits(Text::tr("Looking for certificates."));
    for (const OutlookRecipient &recipient : question.recipients) {
        if (recipient.state == RecipientOutlook::Unusable)
            return held(question, Text::tr("The certificate of %1 cannot be used: %2").arg(nameOf(recipient), recipient.reason));
    }
    const QStringList missing = namesWith(question, RecipientOutlook::None);
    if (!missing.isEmpty())
        return held(question, Text::tr("There is no certificate for %1 yet.").arg(namesText(missing)));
    return std::nullopt;
}

QString headersText(smime::HeaderPolicy policy)
{
    switch (policy) {
    case smime::HeaderPolicy::Baseline: return Text::tr("The subject is encrypted too.");
    case smime::HeaderPolicy::Shy: return Text::tr("The subject and everybody's names are encrypted too.");
    case smime::HeaderPolicy::None: return Text::tr("The subject stays readable for everybody on the way.");
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<SendOutlook> quotationObstacle(const OutlookQuestion &question)
{
    if (question.encryption == Wanted::Yes || question.quotation != Quotation::Secret)
        return std::nullopt;
    return refused(Text::tr("This letter repeats what came to you encrypted. Sent without encryption, everybody on the way can read it. Encrypt it, or decide that it may be read."),
                   {WayOut::EncryptAgain, WayOut::ReleaseQuotation});
}

/// Why the older cipher is used, if it is; the choice itself is AlgorithmPolicy's.
QString cipherText(const OutlookQuestion &question)
{
    QList<smime::RecipientAbility> abilities;
    QHash<QString, QString> names;
    for (const OutlookRecipient &recipient : question.recipients) {
        abilities.append({recipient.address, smime::RecipientAbility::KeyKind::Rsa, recipient.capabilities});
        names.insert(recipient.address, nameOf(recipient));
    }
    const smime::AlgorithmChoice choice = smime::chooseAlgorithms(abilities, smime::CipherWish::Auto, smime::KeyTransportWish::Auto);
    QStringList holding;
    for (const QString &address : choice.heldBackBy)
        holding += names.value(address);
    const bool isSigned = question.signing == Wanted::Yes;
    switch (choice.reason) {
    case smime::ChoiceReason::EveryoneCanGcm:
    case smime::ChoiceReason::Wished:
        return {};
    case smime::ChoiceReason::SomebodyUnknown:
        return isSigned ? Text::tr("With AES-256-CBC, since nobody knows yet what the program of %1 can read; the signature inside shows any change.").arg(namesText(holding))
                        : Text::tr("With AES-256-CBC, since nobody knows yet what the program of %1 can read; without a signature it could be changed unseen.").arg(namesText(holding));
    case smime::ChoiceReason::SomebodyCannotGcm:
        return isSigned ? Text::tr("With AES-256-CBC, since the program of %1 cannot read AES-GCM; the signature inside shows any change.").arg(namesText(holding))
                        : Text::tr("With AES-256-CBC, since the program of %1 cannot read AES-GCM; without a signature it could be changed unseen.").arg(namesText(holding));
    }
    Q_UNREACHABLE_RETURN({});
}

SendOutlook allowed(const OutlookQuestion &question)
{
    QStringList names;
    for (const OutlookRecipient &recipient : question.recipients)
        names += nameOf(recipient);
    const bool isSigned = question.signing == Wanted::Yes;
    const bool isEncrypted = question.encryption == Wanted::Yes;
    SendOutlook outlook{Permission::Allowed, Severity::Good, SealSign::SealVerified, {}, {}};
    if (isSigned && isEncrypted) {
        outlook.sentence = Text::tr("Signed as %1. Encrypted for %2 and you.").arg(question.from, namesText(names)) + u' ' + headersText(question.headers);
    } else if (isEncrypted) {
        outlook.severity = Severity::Notice;
        outlook.sign = SealSign::Lock;
        outlook.sentence = Text::tr("Encrypted for %1 and you. Not signed: nobody can tell that you wrote it.").arg(namesText(names)) + u' ' + headersText(question.headers);
    } else if (isSigned) {
        outlook.severity = Severity::Notice;
        outlook.sentence = Text::tr("Signed as %1. Not encrypted: everybody on the way can read it.").arg(question.from);
    } else {
        outlook.severity = Severity::Notice;
        outlook.sign = SealSign::None;
        outlook.sentence = Text::tr("Neither signed nor encrypted: everybody on the way can read and change it.");
    }
    if (isSigned && question.key == SigningKey::Revoked) {
        outlook.severity = Severity::Notice;
        outlook.sign = SealSign::SealQuestion;
    }
    if (const QString cipher = isEncrypted ? cipherText(question) : QString(); !cipher.isEmpty())
        outlook.sentence += u' ' + cipher;
    return outlook;
}

bool goes(const SendOutlook &outlook) { return outlook.permission == Permission::Allowed || outlook.permission == Permission::Held; }

// Said of a letter that waits, too: it goes out with that signature.
SendOutlook warnedOfRevocation(const OutlookQuestion &question, SendOutlook outlook)
{
    if (!goes(outlook) || question.signing == Wanted::No || question.key != SigningKey::Revoked)
        return outlook;
    outlook.sentence.prepend(Text::tr("Your certificate was revoked: whoever knows that will not believe the signature.") + u' ');
    outlook.ways += {WayOut::ReplaceKeys, WayOut::SendUnsigned};
    return outlook;
}

// Who is asked for a certificate finds such a file first.
SendOutlook warnedOfKeys(const QStringList &files, SendOutlook outlook)
{
    outlook.severity = Severity::Notice;
    outlook.sign = SealSign::LockWarning;
    outlook.sentence.prepend(Text::tr("\"%1\" holds a private key: whoever gets it, and its passphrase if it has one, can read what is encrypted to its owner and sign in the owner's name. "
                                      "Others need no more than the certificate, which every signed message brings along.").arg(files.constFirst()) + u' ');
    outlook.ways.prepend(WayOut::TakeKeysOut);
    return outlook;
}

// Before what is said of every letter, which nobody reads again.
SendOutlook reminded(SendOutlook outlook, const QString &sentence)
{
    outlook.severity = Severity::Notice;
    outlook.sentence.prepend(sentence + u' ');
    return outlook;
}

SendOutlook whatHappens(const OutlookQuestion &question)
{
    if (!question.notAddresses.isEmpty())
        return refused(Text::tr("\"%1\" is no mail address. Correct it or take it out.").arg(question.notAddresses.constFirst()));
    if (question.recipients.isEmpty())
        return waits(Text::tr("Nobody is addressed yet."));
    if (const auto obstacle = signingObstacle(question))
        return *obstacle;
    if (const auto obstacle = encryptionObstacle(question))
        return warnedOfRevocation(question, *obstacle);
    if (const auto obstacle = quotationObstacle(question))
        return *obstacle;
    return warnedOfRevocation(question, allowed(question));
}

} // namespace

QString namesText(const QStringList &names)
{
    constexpr qsizetype kMostNames = 3;
    if (names.size() < 2)
        return names.value(0);
    if (names.size() <= kMostNames)
        return Text::tr("%1 and %2").arg(QStringList(names.first(names.size() - 1)).join(QStringLiteral(", ")), names.last());
    return Text::tr("%1 and %n others", nullptr, int(names.size() - 2)).arg(QStringList(names.first(2)).join(QStringLiteral(", ")));
}

SigningKey signingKeyOf(const identity::SharedKeySet &keys, const QDateTime &at)
{
    if (!keys)
        return SigningKey::Locked;
    if (keys->signingKey(at))
        return SigningKey::Usable;
    return hasExpired(*keys, identity::KeyUse::Encryption, at) ? SigningKey::Expired : SigningKey::Missing;
}

ReceivingKey receivingKeyOf(const identity::SharedKeySet &keys, const QDateTime &at)
{
    if (!keys || keys->encryptionKey(at))
        return ReceivingKey::Usable;
    return hasExpired(*keys, identity::KeyUse::Signing, at) ? ReceivingKey::Expired : ReceivingKey::Missing;
}

QString recipientText(const OutlookRecipient &recipient)
{
    switch (recipient.state) {
    case RecipientOutlook::Looking: return Text::tr("Looking for a certificate.");
    case RecipientOutlook::None: return Text::tr("No certificate was found.");
    case RecipientOutlook::Unusable: return recipient.reason;
    case RecipientOutlook::Found: return Text::tr("A certificate was found.");
    }
    Q_UNREACHABLE_RETURN({});
}

SendOutlook sendOutlook(const OutlookQuestion &question)
{
    SendOutlook outlook = whatHappens(question);
    if (!goes(outlook))
        return outlook;
    if (!question.keyFiles.isEmpty())
        return warnedOfKeys(question.keyFiles, outlook);
    if (question.lacksSubject)
        outlook = reminded(outlook, Text::tr("The message has no subject."));
    if (question.lacksAttachment) {
        outlook = reminded(outlook, Text::tr("The message speaks of an attachment, but has none."));
        outlook.ways.prepend(WayOut::Attach);
    }
    return outlook;
}

bool speaksOfAttachment(const QString &text)
{
    static const QRegularExpression words(u"\\b(attached|attaching|attachments?|enclosed|anbei|anhang|anhänge|angehängte?[mnrs]?|beigefügte?[mnrs]?|beiliegende?[mnrs]?)\\b"_s,
                                          QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith("--------"_L1))
            return false; // From here on it is forwarded.
        if (!line.startsWith(u'>') && words.match(line).hasMatch())
            return true;
    }
    return false;
}

} // namespace app
