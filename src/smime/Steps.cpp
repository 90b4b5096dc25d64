// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Steps.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

void add(Step &step, Field field, const QString &value, const QByteArray &octets = {})
{
    if (!value.isEmpty() || !octets.isEmpty())
        step.values.append({field, value, octets});
}

void addDigest(Step &step, Field field, const QByteArray &digest)
{
    if (!digest.isEmpty())
        step.values.append({field, QString::fromLatin1(digest.toHex()), digest});
}

void addTruth(Step &step, Field field, bool isTrue)
{
    step.values.append({field, isTrue ? u"yes"_s : u"no"_s, {}});
}

QString idOf(const Recipient &recipient)
{
    if (!recipient.serial.isEmpty())
        return u"%1, serialNumber %2"_s.arg(recipient.issuer, QString::fromLatin1(recipient.serial));
    return u"subjectKeyIdentifier %1"_s.arg(QString::fromLatin1(recipient.subjectKeyIdentifier));
}

StepOutcome outcomeOf(Integrity integrity)
{
    switch (integrity) {
    case Integrity::Valid:
        return StepOutcome::Done;
    case Integrity::Invalid:
        return StepOutcome::Failed;
    case Integrity::None:
    case Integrity::Unsupported:
        return StepOutcome::NotChecked;
    }
    Q_UNREACHABLE_RETURN(StepOutcome::NotChecked);
}

StepOutcome pathOutcome(const SignatureAxes &axes)
{
    if (axes.chain == Chain::NotChecked)
        return StepOutcome::NotChecked;
    const bool isFailed = axes.chain == Chain::Invalid || axes.revocation == Revocation::Revoked || axes.usage == Usage::Forbidden;
    const bool isGood = axes.chain == Chain::Trusted && axes.usage == Usage::Permitted
        && (axes.time == Time::Valid || axes.time == Time::ExpiredSince);
    return isFailed ? StepOutcome::Failed : isGood ? StepOutcome::Done : StepOutcome::Questionable;
}

Step signatureStep(const Layer &layer, const Signer &signer, const provider::CmsSignerFacts &facts, qint64 signedOctets)
{
    Step step{StepKind::Signature, outcomeOf(signer.axes.integrity), layer.part, {}};
    add(step, Field::SignerName, signer.name, signer.certificate);
    add(step, Field::SignerAddress, signer.addresses.join(u", "_s));
    add(step, Field::SignerSerial, QString::fromLatin1(signer.serial));
    add(step, Field::SignedOctets, QString::number(signedOctets));
    add(step, Field::DigestAlgorithm, signer.digest);
    addDigest(step, Field::DigestComputed, signer.digestComputed);
    addDigest(step, Field::DigestSigned, signer.digestSigned);
    if (!signer.digestComputed.isEmpty() && !signer.digestSigned.isEmpty())
        addTruth(step, Field::DigestsEqual, signer.digestComputed == signer.digestSigned);
    add(step, Field::SignatureAlgorithm, signer.algorithm, facts.signer.value);
    if (signer.axes.integrity == Integrity::Valid || facts.defect == provider::CmsDefect::SignatureWrong)
        addTruth(step, Field::SignatureValueGood, signer.axes.integrity == Integrity::Valid);
    if (signer.signingTime.isValid())
        add(step, Field::SigningTime, signer.signingTime.toString(Qt::ISODate));
    if (signer.axes.integrity != Integrity::Valid)
        add(step, Field::Cause, facts.detail);
    return step;
}

Step pathStep(const Layer &layer, const Signer &signer)
{
    Step step{StepKind::Path, pathOutcome(signer.axes), layer.part, {}};
    add(step, Field::PathCertificate, signer.subject, signer.certificate);
    for (const QByteArray &der : signer.path) {
        const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
        add(step, Field::PathCertificate, facts ? facts->subject : QString(), der);
    }
    add(step, Field::PathTrust, nameOf(signer.axes.chain));
    add(step, Field::PathUsage, nameOf(signer.axes.usage));
    add(step, Field::PathTime, nameOf(signer.axes.time));
    add(step, Field::PathRevocation, nameOf(signer.axes.revocation));
    if (step.outcome != StepOutcome::Done)
        add(step, Field::Cause, signer.detail);
    return step;
}

Step envelopeStep(const Layer &layer, const provider::CmsStructure &structure, const DecryptedCms &decrypted)
{
    Step step{StepKind::Envelope, StepOutcome::Done, layer.part, {}};
    add(step, Field::ContentType, layer.kind == LayerKind::AuthEnveloped ? u"AuthEnvelopedData"_s : u"EnvelopedData"_s);
    add(step, Field::ContentCipher, layer.encryption.cipher, decrypted.facts.nonce);
    for (const Recipient &recipient : layer.encryption.recipients) {
        const QString name = recipient.name.isEmpty() ? idOf(recipient) : u"%1 (%2)"_s.arg(recipient.name, idOf(recipient));
        add(step, recipient.isSelf ? Field::RecipientIsYou : Field::Recipient, name);
    }
    add(step, Field::EncryptedContentOctets, QString::number(structure.contentOctets));
    return step;
}

Step keyStep(const Layer &layer, const DecryptedCms &decrypted)
{
    // Which of key and content was damaged cannot be told apart, on purpose: a wrong key unwraps to a random one
    // (RFC 3218), so the failure shows where it can be seen, at the content.
    const bool isUnwrapped = !decrypted.fault || decrypted.fault->code == base::ErrorCode::DecryptionFailed;
    int opened = decrypted.facts.openedRecipient;
    for (int i = 0; isUnwrapped && opened < 0 && i < layer.encryption.recipients.size(); ++i)
        opened = layer.encryption.recipients[i].isSelf ? i : -1;
    // What nobody here knows how to undo was not tried.
    const bool isUnknown = decrypted.fault && decrypted.fault->code == base::ErrorCode::AlgorithmUnsupported;
    Step step{StepKind::KeyUnwrapped, isUnwrapped ? StepOutcome::Done : isUnknown ? StepOutcome::NotChecked : StepOutcome::Failed, layer.part, {}};
    if (opened >= 0 && opened < layer.encryption.recipients.size()) {
        const Recipient &recipient = layer.encryption.recipients[opened];
        add(step, Field::KeyAlgorithm, recipient.algorithm);
        add(step, Field::UnwrappedWith, recipient.name.isEmpty() ? idOf(recipient) : recipient.name, decrypted.keyCertificate);
    }
    if (!isUnwrapped && decrypted.fault)
        add(step, Field::Cause, decrypted.fault->detail);
    return step;
}

Step contentStep(const Layer &layer, const DecryptedCms &decrypted, qint64 contentOctets)
{
    Step step{StepKind::ContentDecrypted, decrypted.fault ? StepOutcome::Failed : StepOutcome::Done, layer.part, {}};
    if (decrypted.fault) {
        add(step, Field::Cause, decrypted.fault->detail);
        return step;
    }
    const bool isAuthenticated = layer.encryption.protection == Protection::Authenticated;
    if (!isAuthenticated)
        step.outcome = StepOutcome::Questionable;
    addTruth(step, Field::Authenticated, isAuthenticated);
    if (isAuthenticated && !decrypted.facts.authenticationTag.isEmpty())
        step.values.last().octets = decrypted.facts.authenticationTag;
    add(step, Field::PlaintextOctets, QString::number(contentOctets));
    return step;
}

} // namespace

void appendReceivedStep(QList<Step> &steps, const QByteArray &message, const mime::Structure &structure)
{
    Step step{StepKind::Received, StepOutcome::Done, u"1"_s, {}};
    add(step, Field::SizeOctets, QString::number(message.size()), message);
    add(step, Field::LineEnds, structure.hasBareLineFeeds ? u"LF"_s : u"CRLF"_s);
    add(step, Field::ContentType, QString::fromLatin1(structure.root.type.value));
    steps.append(step);
}

void appendEncryptionSteps(QList<Step> &steps, const Layer &layer, const provider::CmsStructure &structure,
                           const DecryptedCms &decrypted, qint64 contentOctets)
{
    steps.append(envelopeStep(layer, structure, decrypted));
    steps.append(keyStep(layer, decrypted));
    if (steps.last().outcome == StepOutcome::Done)
        steps.append(contentStep(layer, decrypted, contentOctets));
}

void appendCompressionStep(QList<Step> &steps, const Layer &layer, const DecryptedCms &inflated, qint64 compressedOctets)
{
    Step step{StepKind::Decompressed, inflated.fault ? StepOutcome::Failed : StepOutcome::Done, layer.part, {}};
    add(step, Field::SizeOctets, QString::number(compressedOctets));
    if (inflated.fault)
        add(step, Field::Cause, inflated.fault->detail);
    else
        add(step, Field::PlaintextOctets, QString::number(inflated.content.size()));
    steps.append(step);
}

void appendSignatureSteps(QList<Step> &steps, const Layer &layer, const VerifiedCms &verified, qint64 signedOctets)
{
    const QList<Signer> &signers = layer.signature.signers;
    for (qsizetype i = 0; i < signers.size(); ++i) {
        steps.append(signatureStep(layer, signers[i], verified.facts.signers[i], signedOctets));
        if (!signers[i].certificate.isEmpty())
            steps.append(pathStep(layer, signers[i]));
    }
    if (!signers.isEmpty())
        return;
    Step step{StepKind::Signature, StepOutcome::Failed, layer.part, {}};
    if (verified.fault)
        add(step, Field::Cause, verified.fault->detail);
    steps.append(step);
}

void appendHeaderStep(QList<Step> &steps, const QList<ShownField> &headers, bool isBound)
{
    Step step{StepKind::ProtectedHeaders, isBound ? StepOutcome::Done : StepOutcome::Questionable, u"1"_s, {}};
    for (const ShownField &field : headers) {
        if (field.protection == CryptographicStatus::None)
            continue;
        const QString name = QString::fromLatin1(field.name);
        add(step, Field::ProtectedField, name + u": "_s + field.value);
        if (field.outer)
            add(step, Field::OuterField, name + u": "_s + *field.outer);
    }
    if (!step.values.isEmpty())
        steps.append(step);
}

} // namespace smime
