// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Inspection.h"

#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using smime::Field;
using smime::StepKind;
using smime::StepOutcome;

namespace app {

namespace {

// What provider finds wrong, with a value in it; where one begins as another does, the longer one comes first.
constexpr const char *kCausesWithValue[] = {
    QT_TRANSLATE_NOOP("app::Inspection", "expired on %1"),
    QT_TRANSLATE_NOOP("app::Inspection", "not valid before %1"),
    QT_TRANSLATE_NOOP("app::Inspection", "Signed attribute %1 is not single"),
    QT_TRANSLATE_NOOP("app::Inspection", "Content cipher %1 in a structure that is not made for it"),
    QT_TRANSLATE_NOOP("app::Inspection", "Content cipher %1"),
    QT_TRANSLATE_NOOP("app::Inspection", "Decompressed content is larger than %1 octets"),
};

/// The words of the inspector: one function for each question.
class InspectorWords
{
    Q_DECLARE_TR_FUNCTIONS(app::Inspection)

public:
    static QString title(StepKind kind)
    {
        switch (kind) {
        case StepKind::Received:
            return tr("Received");
        case StepKind::Envelope:
            return tr("Encryption");
        case StepKind::KeyUnwrapped:
            return tr("Key unwrapped");
        case StepKind::ContentDecrypted:
            return tr("Content decrypted");
        case StepKind::Decompressed:
            return tr("Decompressed");
        case StepKind::Signature:
            return tr("Signature");
        case StepKind::Path:
            return tr("Path to the authority");
        case StepKind::ProtectedHeaders:
            return tr("Protected headers");
        }
        Q_UNREACHABLE_RETURN({});
    }

    static QString sentence(StepKind kind, StepOutcome outcome)
    {
        const bool isGood = outcome == StepOutcome::Done;
        const bool isFailed = outcome == StepOutcome::Failed;
        switch (kind) {
        case StepKind::Received:
            return tr("These octets arrived; everything below was computed from them.");
        case StepKind::Envelope:
            return tr("The content is encrypted with a key of its own, and that key is wrapped for each reader.");
        case StepKind::KeyUnwrapped:
            return isFailed ? tr("None of your keys fits.")
                : isGood    ? tr("Your private key unwrapped the content's key.")
                            : tr("It was made for you, but this program does not know how to open it.");
        case StepKind::ContentDecrypted:
            return isFailed ? tr("The content does not open: it was damaged or altered on the way.")
                : isGood    ? tr("The content was decrypted, and nobody had altered it.")
                            : tr("The content was decrypted; this cipher cannot tell whether somebody altered it.");
        case StepKind::Decompressed:
            return isFailed ? tr("The content could not be decompressed.") : tr("The content was decompressed.");
        case StepKind::Signature:
            return isGood   ? tr("The digest computed now is the one that was signed, and the signature fits the signer's key.")
                : isFailed  ? tr("The signature does not fit the content.")
                            : tr("The signature could not be checked.");
        case StepKind::Path:
            return isGood   ? tr("Every certificate vouches for the next, up to one that you trust.")
                : isFailed  ? tr("The path from the signer to an authority does not hold.")
                            : tr("The path from the signer leads to nobody you trust, or not at this time.");
        case StepKind::ProtectedHeaders:
            return isGood ? tr("These fields stand inside the protection.") : tr("These fields stand inside, but no signature binds their sender.");
        }
        Q_UNREACHABLE_RETURN({});
    }

    static QString label(Field field)
    {
        switch (field) {
        case Field::SizeOctets:
            return tr("Size in octets");
        case Field::LineEnds:
            return tr("Line ends");
        case Field::ContentType:
            return tr("Type");
        case Field::Sha256:
            return tr("SHA-256");
        case Field::ContentCipher:
            return tr("Cipher");
        case Field::Recipient:
            return tr("Reader");
        case Field::RecipientIsYou:
            return tr("Reader: this is you");
        case Field::EncryptedContentOctets:
            return tr("Encrypted octets");
        case Field::KeyAlgorithm:
            return tr("Key transport");
        case Field::UnwrappedWith:
            return tr("Unwrapped with the key of");
        case Field::Authenticated:
            return tr("Authenticated");
        case Field::PlaintextOctets:
            return tr("Octets inside");
        case Field::SignerName:
            return tr("Signer");
        case Field::SignerAddress:
            return tr("Signer's address");
        case Field::SignerSerial:
            return tr("Certificate's serial number");
        case Field::SignatureAlgorithm:
            return tr("Signature algorithm");
        case Field::DigestAlgorithm:
            return tr("Digest algorithm");
        case Field::DigestComputed:
            return tr("Digest computed now");
        case Field::DigestSigned:
            return tr("Digest that was signed");
        case Field::DigestsEqual:
            return tr("Are they equal");
        case Field::SignatureValueGood:
            return tr("Signature fits the key");
        case Field::SigningTime:
            return tr("Signing time, as claimed");
        case Field::SignedOctets:
            return tr("Signed octets");
        case Field::PathCertificate:
            return tr("Certificate");
        case Field::PathTrust:
            return tr("Trust");
        case Field::PathUsage:
            return tr("Permitted use");
        case Field::PathTime:
            return tr("Validity");
        case Field::PathRevocation:
            return tr("Revocation");
        case Field::ProtectedField:
            return tr("Inside");
        case Field::OuterField:
            return tr("What the server saw");
        case Field::Cause:
            return tr("Cause");
        }
        Q_UNREACHABLE_RETURN({});
    }

    static QString outcome(StepOutcome outcome)
    {
        switch (outcome) {
        case StepOutcome::NotChecked:
            return tr("Not checked");
        case StepOutcome::Done:
            return tr("Done");
        case StepOutcome::Questionable:
            return tr("Doubtful");
        case StepOutcome::Failed:
            return tr("Failed");
        }
        Q_UNREACHABLE_RETURN({});
    }

    static QString value(const smime::StepValue &value)
    {
        if (value.field == Field::Authenticated || value.field == Field::DigestsEqual || value.field == Field::SignatureValueGood)
            return value.value == "yes"_L1 ? tr("yes") : tr("no");
        if (value.field == Field::PathTrust)
            return chain(value.value);
        if (value.field == Field::PathUsage)
            return value.value == "permitted"_L1 ? tr("permitted") : value.value == "forbidden"_L1 ? tr("not permitted") : tr("not checked");
        if (value.field == Field::PathTime)
            return validity(value.value);
        if (value.field == Field::PathRevocation)
            return revocation(value.value);
        // Digits, names and hex are the same in every language.
        return value.field == Field::Cause ? cause(value.value) : value.value;
    }

    /// What the layers below say in English, for people: as a whole, or behind the name of the certificate that it is about.
    static QString cause(const QString &detail)
    {
        const qsizetype colon = detail.lastIndexOf(": "_L1);
        const QString whose = colon < 0 ? QString() : detail.first(colon + 2);
        const QString what = detail.sliced(whose.size());
        for (const char *pattern : kCausesWithValue) {
            const QString text = QString::fromLatin1(pattern);
            const QString begin = text.section(u"%1"_s, 0, 0);
            const QString end = text.section(u"%1"_s, 1);
            if (what.startsWith(begin) && what.endsWith(end))
                return whose + tr(pattern).arg(what.sliced(begin.size()).chopped(end.size()));
        }
        return whose + tr(what.toUtf8().constData());
    }

    static QString chain(const QString &name)
    {
        if (name == "trusted"_L1)
            return tr("leads to an authority that you trust");
        if (name == "untrusted"_L1)
            return tr("leads to nobody you trust");
        if (name == "incomplete"_L1)
            return tr("a certificate in between is missing");
        return name == "invalid"_L1 ? tr("does not hold") : tr("not checked");
    }

private:
    static QString validity(const QString &name)
    {
        if (name == "valid"_L1)
            return tr("valid");
        if (name == "expired"_L1)
            return tr("expired");
        if (name == "not-yet-valid"_L1)
            return tr("not yet valid");
        return name == "expired-since"_L1 ? tr("valid when it was signed, expired since") : tr("not checked");
    }

    static QString revocation(const QString &name)
    {
        if (name == "good"_L1)
            return tr("not revoked");
        if (name == "revoked"_L1)
            return tr("revoked");
        return name == "unknown"_L1 ? tr("asked, and nobody answered") : tr("not checked");
    }
};

// What provider finds wrong, as it says it.
[[maybe_unused]] constexpr const char *kCauses[] = {
    QT_TRANSLATE_NOOP("app::Inspection", "Signed attributes lack contentType or messageDigest"),
    QT_TRANSLATE_NOOP("app::Inspection", "Signed contentType is not the type of the content"),
    QT_TRANSLATE_NOOP("app::Inspection", "The signer's certificate is not at hand"),
    QT_TRANSLATE_NOOP("app::Inspection", "The signer's key does not fit the algorithm"),
    QT_TRANSLATE_NOOP("app::Inspection", "The signature value does not fit"),
    QT_TRANSLATE_NOOP("app::Inspection", "The signed certificate hash is of another certificate"),
    QT_TRANSLATE_NOOP("app::Inspection", "The digest algorithm proves nothing any more"),
    QT_TRANSLATE_NOOP("app::Inspection", "Unknown signature algorithm"),
    QT_TRANSLATE_NOOP("app::Inspection", "Unknown digest algorithm"),
    QT_TRANSLATE_NOOP("app::Inspection", "Content that is not Data, or that is signed attributes itself, needs signed attributes"),
    QT_TRANSLATE_NOOP("app::Inspection", "Digest and signature algorithm do not belong together"),
    QT_TRANSLATE_NOOP("app::Inspection", "The digest of the content is not the signed one"),
    QT_TRANSLATE_NOOP("app::Inspection", "The signed attributes name other algorithms than the signature"),
    QT_TRANSLATE_NOOP("app::Inspection", "The detached signature carries other content of its own"),
    QT_TRANSLATE_NOOP("app::Inspection", "Too many signers"),
    QT_TRANSLATE_NOOP("app::Inspection", "The message could not be decrypted"),
    QT_TRANSLATE_NOOP("app::Inspection", "None of the keys belongs to a recipient"),
    QT_TRANSLATE_NOOP("app::Inspection", "Key encryption algorithm of our recipient entry"),
    QT_TRANSLATE_NOOP("app::Inspection", "Cipher and structure do not fit"),
    QT_TRANSLATE_NOOP("app::Inspection", "Too many recipients"),
    QT_TRANSLATE_NOOP("app::Inspection", "Without the encrypted content"),
    QT_TRANSLATE_NOOP("app::Inspection", "malformed or repeated extension"),
    QT_TRANSLATE_NOOP("app::Inspection", "its issuer has no name"),
    QT_TRANSLATE_NOOP("app::Inspection", "contradicts itself on whether it can be revoked"),
    QT_TRANSLATE_NOOP("app::Inspection", "its signature has parameters that it must not have"),
    QT_TRANSLATE_NOOP("app::Inspection", "the certificates of its path name more policies than can be followed"),
    QT_TRANSLATE_NOOP("app::Inspection", "is not a certification authority"),
    QT_TRANSLATE_NOOP("app::Inspection", "malformed validity"),
    QT_TRANSLATE_NOOP("app::Inspection", "is not trusted"),
    QT_TRANSLATE_NOOP("app::Inspection", "RSA key with a useless exponent"),
    QT_TRANSLATE_NOOP("app::Inspection", "Ed25519 key by which anybody can sign"),
    QT_TRANSLATE_NOOP("app::Inspection", "Ed448 key by which anybody can sign"),
    QT_TRANSLATE_NOOP("app::Inspection", "EC key by which anybody can sign"),
    QT_TRANSLATE_NOOP("app::Inspection", "its issuer's signature does not verify"),
    QT_TRANSLATE_NOOP("app::Inspection", "the path is too long"),
    QT_TRANSLATE_NOOP("app::Inspection", "the certificates ask for too much work"),
    QT_TRANSLATE_NOOP("app::Inspection", "the authority has revoked itself"),
    QT_TRANSLATE_NOOP("app::Inspection", "what is said about it is from after its expiry"),
    QT_TRANSLATE_NOOP("app::Inspection", "extended key usage does not permit signing mail"),
    QT_TRANSLATE_NOOP("app::Inspection", "key usage does not permit signing mail"),
    QT_TRANSLATE_NOOP("app::Inspection", "its critical Netscape type does not permit signing mail"),
};

// As RFC 5652, 5280, 5322 and 9788 spell them; for those who read the standards beside it.
QString rfcNameOf(Field field)
{
    switch (field) {
    case Field::ContentType:
        return u"contentType"_s;
    case Field::ContentCipher:
        return u"contentEncryptionAlgorithm"_s;
    case Field::Recipient:
    case Field::RecipientIsYou:
        return u"RecipientInfo"_s;
    case Field::EncryptedContentOctets:
        return u"encryptedContent"_s;
    case Field::KeyAlgorithm:
        return u"keyEncryptionAlgorithm"_s;
    case Field::Authenticated:
        return u"mac"_s;
    case Field::SignerName:
        return u"subject"_s;
    case Field::SignerAddress:
        return u"subjectAltName"_s;
    case Field::SignerSerial:
        return u"serialNumber"_s;
    case Field::SignatureAlgorithm:
        return u"signatureAlgorithm"_s;
    case Field::DigestAlgorithm:
        return u"digestAlgorithm"_s;
    case Field::DigestSigned:
        return u"messageDigest"_s;
    case Field::SignatureValueGood:
        return u"signature"_s;
    case Field::SigningTime:
        return u"signingTime"_s;
    case Field::SignedOctets:
        return u"eContent"_s;
    case Field::PathCertificate:
        return u"Certificate"_s;
    case Field::PathUsage:
        return u"keyUsage, extKeyUsage"_s;
    case Field::PathTime:
        return u"validity"_s;
    case Field::OuterField:
        return u"HP-Outer"_s;
    case Field::SizeOctets:
    case Field::LineEnds:
    case Field::Sha256:
    case Field::UnwrappedWith:
    case Field::PlaintextOctets:
    case Field::DigestComputed:
    case Field::DigestsEqual:
    case Field::PathTrust:
    case Field::PathRevocation:
    case Field::ProtectedField:
    case Field::Cause:
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

InspectionRow digestRow(const QByteArray &octets)
{
    const QByteArray digest = QCryptographicHash::hash(octets, QCryptographicHash::Sha256);
    return {InspectorWords::label(Field::Sha256), rfcNameOf(Field::Sha256), QString::fromLatin1(digest.toHex()), digest};
}

} // namespace

QList<InspectionStep> inspectionSteps(const smime::OpenedMessage &message)
{
    QList<InspectionStep> steps;
    for (const smime::Step &done : message.steps) {
        InspectionStep step{done.kind, done.outcome, InspectorWords::title(done.kind), InspectorWords::sentence(done.kind, done.outcome), {}};
        for (const smime::StepValue &value : done.values)
            step.rows.append({InspectorWords::label(value.field), rfcNameOf(value.field), InspectorWords::value(value), value.octets});
        // Only here, where somebody looks: opening does not pay for it.
        if (done.kind == StepKind::Received && !done.values.isEmpty())
            step.rows.append(digestRow(done.values.constFirst().octets));
        steps.append(step);
    }
    return steps;
}

QString causeText(const QString &detail)
{
    return InspectorWords::cause(detail);
}

QString chainText(const QString &name)
{
    return InspectorWords::chain(name);
}

QString outcomeText(StepOutcome outcome)
{
    return InspectorWords::outcome(outcome);
}

} // namespace app
