// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/CmsReading.h"

#include "provider/CertificateFacts.h"
#include "provider/CmsOptions.h"

#include <QtCrypto>
#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using provider::CmsFault;

namespace smime {

namespace {

base::Error errorFor(CmsFault fault, const QString &detail)
{
    switch (fault) {
    case CmsFault::NoKey:
        return {ErrorCode::NoDecryptionKey, detail, {}, {}};
    case CmsFault::UnsupportedAlgorithm:
        return {ErrorCode::AlgorithmUnsupported, detail, {}, {}};
    case CmsFault::Malformed:
    case CmsFault::WrongType:
        return {ErrorCode::CmsMalformed, detail, {}, {}};
    case CmsFault::TooLarge:
        return {ErrorCode::CmsTooLarge, detail, {}, {}};
    case CmsFault::None:
    case CmsFault::DecryptionFailed:
    case CmsFault::SigningFailed:
    case CmsFault::EncryptionFailed:
        break;
    }
    return {ErrorCode::DecryptionFailed, detail, {}, {}};
}

/// Facts and fault of a finished operation. Facts::fault stays None only for success.
std::optional<base::Error> takeFacts(const QCA::SecureMessage &message, provider::CmsFacts &facts)
{
    if (const provider::CmsFacts *found = provider::factsOf(message))
        facts = *found;
    if (message.success() && facts.fault == CmsFault::None)
        return std::nullopt;
    return errorFor(facts.fault, facts.detail.isEmpty() ? message.diagnosticText() : facts.detail);
}

void finish(QCA::SecureMessage &message)
{
    message.end();
    message.waitForFinished(-1);
}

QCA::CertificateCollection collectionOf(const QList<QByteArray> &certificates)
{
    QCA::CertificateCollection collection;
    for (const QByteArray &der : certificates) {
        QCA::ConvertResult result = QCA::ErrorDecode;
        const QCA::Certificate certificate = QCA::Certificate::fromDER(der, &result);
        if (result == QCA::ConvertGood && !certificate.isNull())
            collection.addCertificate(certificate);
    }
    return collection;
}

/// A SignedData, the content of a detached one, and what checking may cost.
struct Verification {
    const QByteArray &der;
    const Pieces *content;
    const std::shared_ptr<provider::PathEffort> &effort;
};

VerifiedCms verifyWith(CmsSession &session, const Verification &what, const QCA::CertificateCollection &known)
{
    session.cms().setUntrustedCertificates(known);
    QCA::SecureMessage &message = session.message();
    VerifiedCms verified;
    provider::CmsOptions options;
    options.effort = what.effort;
    if (!provider::setOptions(message, options)) {
        verified.fault = base::Error{ErrorCode::Unsupported, u"the provider is not registered"_s, {}, {}};
        return verified;
    }
    message.setSMIMEAttributesEnabled(true);
    message.startVerify(what.content ? what.der : QByteArray());
    if (what.content)
        for (const QByteArray &piece : *what.content)
            message.update(piece);
    else
        message.update(what.der);
    finish(message);
    verified.fault = takeFacts(message, verified.facts);
    if (!verified.fault && !what.content)
        verified.content = message.read();
    return verified;
}

bool lacksCertificate(const VerifiedCms &verified)
{
    return std::any_of(verified.facts.signers.begin(), verified.facts.signers.end(), [](const provider::CmsSignerFacts &signer) {
        return signer.integrity == provider::CmsIntegrity::NoCertificate;
    });
}

// Most messages bring their certificates along; only for the others it is worth reading those of the book.
VerifiedCms verify(CmsSession &session, const Verification &what, const OpeningMaterial &material)
{
    VerifiedCms verified = verifyWith(session, what, {});
    if (!lacksCertificate(verified))
        return verified;
    QList<QByteArray> atHand = material.certificates + material.people + material.anchors;
    if (material.keys)
        for (const identity::KeyMaterial &own : material.keys->keys)
            atHand.append(own.certificate);
    return atHand.isEmpty() ? verified : verifyWith(session, what, collectionOf(atHand));
}

RecipientKind kindOf(provider::CmsRecipientKind kind)
{
    switch (kind) {
    case provider::CmsRecipientKind::Unknown:
    case provider::CmsRecipientKind::KeyTransport:
        return RecipientKind::KeyTransport;
    case provider::CmsRecipientKind::KeyAgreement:
        return RecipientKind::KeyAgreement;
    case provider::CmsRecipientKind::Kek:
        return RecipientKind::Kek;
    case provider::CmsRecipientKind::Password:
        return RecipientKind::Password;
    case provider::CmsRecipientKind::Kem:
        return RecipientKind::Kem;
    }
    Q_UNREACHABLE_RETURN(RecipientKind::KeyTransport);
}

QString algorithmName(const provider::CmsRecipient &recipient)
{
    return recipient.keyEncryption.name == "RSA"_L1 ? u"RSA-PKCS1-v1_5"_s : recipient.keyEncryption.name;
}

/// RFC 8551 sections 4.4 and 4.5: RSA under 2048 bits is for reading only. An encrypted key is as long as the modulus, so it shows for everybody's key.
Strength strengthOfKey(const provider::CmsRecipient &entry)
{
    constexpr qsizetype kStrongOctets = 2048 / 8;
    const bool isRsa = entry.kind == provider::CmsRecipientKind::KeyTransport && entry.keyEncryption.name.startsWith("RSA"_L1);
    return !isRsa ? Strength::NotChecked : entry.encryptedKeyOctets < kStrongOctets ? Strength::Weak : Strength::Strong;
}

Recipient recipientOf(const provider::CmsRecipient &entry)
{
    Recipient recipient;
    recipient.kind = kindOf(entry.kind);
    recipient.issuer = entry.id.issuer;
    recipient.serial = entry.id.serialHex;
    recipient.subjectKeyIdentifier = entry.id.subjectKeyId.toHex();
    recipient.algorithm = algorithmName(entry);
    recipient.strength = strengthOfKey(entry);
    return recipient;
}

void nameAfter(Recipient &recipient, const provider::CertificateFacts &facts)
{
    recipient.name = facts.commonName;
    recipient.addresses = facts.addresses;
}

/// Our keys that a message names, ready for QCA, and in the same order their certificates.
struct FittingKeys {
    QCA::SecureMessageKeyList keys;
    QList<QByteArray> certificates;
};

void addKey(FittingKeys &fitting, const identity::KeyMaterial &material, identity::PreparedKeys &prepared)
{
    const base::Result<QCA::Certificate> certificate = prepared.certificate(material.certificate);
    const base::Result<QCA::PrivateKey> key = prepared.key(material.certificate, material.pkcs8);
    if (!certificate || !key)
        return;
    QCA::SecureMessageKey entry;
    entry.setX509CertificateChain(QCA::CertificateChain(*certificate));
    entry.setX509PrivateKey(*key);
    fitting.keys.append(entry);
    fitting.certificates.append(material.certificate);
}

// Reading a private key costs as much as using it, so only keys that the message names are read.
FittingKeys fittingKeys(const provider::CmsStructure &structure, const OpeningMaterial &material, QList<Recipient> &recipients)
{
    FittingKeys fitting;
    if (!material.keys)
        return fitting;
    for (const identity::KeyMaterial &key : material.keys->keys) {
        const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(key.certificate);
        if (!facts)
            continue;
        bool isNamed = false;
        for (qsizetype i = 0; i < structure.recipients.size(); ++i) {
            if (!isNamedBy(*facts, structure.recipients[i].id))
                continue;
            isNamed = true;
            recipients[i].isSelf = true;
            nameAfter(recipients[i], *facts);
        }
        if (isNamed)
            addKey(fitting, key, *material.keys->prepared);
    }
    return fitting;
}

Protection protectionOf(provider::CmsProtection protection)
{
    switch (protection) {
    case provider::CmsProtection::None:
        return Protection::None;
    case provider::CmsProtection::Unauthenticated:
        return Protection::Unauthenticated;
    case provider::CmsProtection::Authenticated:
        return Protection::Authenticated;
    }
    Q_UNREACHABLE_RETURN(Protection::None);
}

Strength strengthOfCipher(const QString &cipher)
{
    constexpr std::array kModern{"AES"_L1, "ChaCha20"_L1, "Camellia"_L1, "ARIA"_L1, "SEED"_L1};
    const bool isModern = std::any_of(kModern.begin(), kModern.end(), [&cipher](QLatin1StringView family) { return cipher.startsWith(family); });
    const bool isOld = cipher.contains("DES"_L1) || cipher.startsWith("RC2"_L1);
    return isModern ? Strength::Strong : isOld ? Strength::Weak : Strength::NotChecked;
}

/// Runs the decryption; what QCA holds of `der` is the only copy then, so that it is decrypted in place.
void runDecryption(CmsSession &session, QByteArray der, const QCA::SecureMessageKeyList &keys, const provider::CmsOptions &options, DecryptedCms &decrypted)
{
    session.cms().setPrivateKeys(keys);
    QCA::SecureMessage &message = session.message();
    if (!provider::setOptions(message, options)) {
        decrypted.fault = base::Error{ErrorCode::Unsupported, u"the provider is not registered"_s, {}, {}};
        return;
    }
    message.setSMIMEAttributesEnabled(true);
    message.startDecrypt();
    message.update(der);
    der.clear();
    finish(message);
    decrypted.fault = takeFacts(message, decrypted.facts);
    if (!decrypted.fault)
        decrypted.content = message.read();
}

bool hasRecipient(const provider::CmsStructure &structure, provider::CmsRecipientKind kind)
{
    return std::any_of(structure.recipients.begin(), structure.recipients.end(),
                       [kind](const provider::CmsRecipient &recipient) { return recipient.kind == kind; });
}

} // namespace

// Some programs write the issuer's name in another string type than the certificate has it, or with other blanks: what it says decides (RFC 5280 section 7.1).
bool isNamedBy(const provider::CertificateFacts &facts, const provider::CmsIdentifier &id)
{
    if (id.issuerDer.isEmpty())
        return !id.subjectKeyId.isEmpty() && facts.subjectKeyIdentifier == id.subjectKeyId.toHex();
    return facts.serial == id.serialHex
        && (facts.issuerDer == id.issuerDer || (!id.issuer.isEmpty() && facts.issuer.simplified().compare(id.issuer.simplified(), Qt::CaseInsensitive) == 0));
}

VerifiedCms verifyDetached(CmsSession &session, const QByteArray &der, const Pieces &content, const OpeningMaterial &material,
                           const std::shared_ptr<provider::PathEffort> &effort)
{
    return verify(session, {der, &content, effort}, material);
}

VerifiedCms verifyOpaque(CmsSession &session, QByteArray der, const OpeningMaterial &material, const std::shared_ptr<provider::PathEffort> &effort)
{
    return verify(session, {der, nullptr, effort}, material);
}

DecryptedCms decryptCms(CmsSession &session, QByteArray der, const provider::CmsStructure &structure, const OpeningMaterial &material,
                        const std::shared_ptr<provider::PathEffort> &effort)
{
    DecryptedCms decrypted;
    EncryptionVerdict &verdict = decrypted.verdict;
    for (const provider::CmsRecipient &entry : structure.recipients)
        verdict.recipients.append(recipientOf(entry));
    verdict.cipher = structure.contentEncryption.name;
    verdict.strength = strengthOfCipher(verdict.cipher);
    const FittingKeys fitting = fittingKeys(structure, material, verdict.recipients);
    provider::CmsOptions options;
    options.structure = &structure;
    options.effort = effort;
    if (hasRecipient(structure, provider::CmsRecipientKind::Kek))
        options.sharedKeys = material.sharedKeys;
    // Deriving a key from a password is slow: only if one is wanted. Nothing says which is whose.
    QList<base::Secret> passwords = hasRecipient(structure, provider::CmsRecipientKind::Password) ? material.passwords : QList<base::Secret>{};
    if (fitting.keys.isEmpty() && passwords.isEmpty() && options.sharedKeys.isEmpty()) {
        verdict.state = EncryptionState::NoKey;
        decrypted.fault = base::Error{ErrorCode::NoDecryptionKey, u"None of the keys belongs to a recipient"_s, {}, {}};
        return decrypted;
    }
    do {
        if (!passwords.isEmpty())
            options.password = passwords.takeFirst();
        runDecryption(session, passwords.isEmpty() ? std::move(der) : der, fitting.keys, options, decrypted);
    } while (decrypted.fault && !passwords.isEmpty());
    if (!decrypted.facts.cipher.name.isEmpty())
        verdict.cipher = decrypted.facts.cipher.name;
    const int openedKey = decrypted.facts.openedKey;
    if (openedKey >= 0 && openedKey < fitting.certificates.size())
        decrypted.keyCertificate = fitting.certificates[openedKey];
    else if (const int opened = decrypted.facts.openedRecipient; opened >= 0 && opened < verdict.recipients.size())
        verdict.recipients[opened].isSelf = true; // by a password or a shared key, which names nobody
    verdict.state = !decrypted.fault ? EncryptionState::Decrypted
        : decrypted.fault->code == ErrorCode::NoDecryptionKey ? EncryptionState::NoKey : EncryptionState::Failed;
    verdict.protection = decrypted.fault ? Protection::None : protectionOf(decrypted.facts.protection);
    return decrypted;
}

DecryptedCms decompressCms(CmsSession &session, QByteArray der)
{
    DecryptedCms decompressed;
    runDecryption(session, std::move(der), {}, {}, decompressed);
    return decompressed;
}

void nameRecipients(QList<Recipient> &recipients, const QList<QByteArray> &certificates)
{
    const auto isNameless = [](const Recipient &recipient) { return recipient.name.isEmpty() && recipient.addresses.isEmpty(); };
    for (const QByteArray &der : certificates) {
        if (std::none_of(recipients.begin(), recipients.end(), isNameless))
            return;
        const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
        if (!facts)
            continue;
        for (Recipient &recipient : recipients) {
            const bool isByNumber = !recipient.serial.isEmpty() && recipient.serial == facts->serial && recipient.issuer == facts->issuer;
            const bool isByKey = !recipient.subjectKeyIdentifier.isEmpty() && recipient.subjectKeyIdentifier == facts->subjectKeyIdentifier;
            if (isNameless(recipient) && (isByNumber || isByKey))
                nameAfter(recipient, *facts);
        }
    }
}

} // namespace smime
