// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/VerdictPresenter.h"

#include "app/VerdictReasons.h"
#include "mime/Address.h"
#include "mime/Domain.h"
#include "smime/Open.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace smime;

namespace app {

namespace {

/// What makes a signature less than verified, the gravest first; the headline speaks of one.
enum class Objection { None, Unsupported, Revoked, ChainInvalid, Usage, Broken, Untrusted, Expired, NotYetValid, Weak, NoAddress, NoSender, Part, RevocationUnknown };

constexpr std::array kObjections{Objection::Unsupported, Objection::Revoked, Objection::ChainInvalid, Objection::Usage, Objection::Broken, Objection::Untrusted, Objection::Expired,
                                 Objection::NotYetValid, Objection::Weak, Objection::NoAddress, Objection::NoSender, Objection::Part, Objection::RevocationUnknown};

bool applies(Objection objection, const SignatureAxes &axes)
{
    switch (objection) {
    case Objection::Unsupported:
        return axes.integrity == Integrity::Unsupported;
    case Objection::Revoked:
        return axes.revocation == Revocation::Revoked;
    case Objection::ChainInvalid:
        return axes.chain == Chain::Invalid;
    case Objection::Usage:
        return axes.usage == Usage::Forbidden;
    case Objection::Broken:
        return axes.strength == Strength::Broken;
    case Objection::Untrusted:
        return axes.chain != Chain::Trusted;
    case Objection::Expired:
        return axes.time == Time::Expired;
    case Objection::NotYetValid:
        return axes.time == Time::NotYetValid;
    case Objection::Weak:
        return axes.strength == Strength::Weak;
    case Objection::NoAddress:
        return axes.identity == Identity::NoAddress;
    case Objection::NoSender:
        return axes.identity == Identity::NotChecked;
    case Objection::RevocationUnknown:
        return axes.revocation == Revocation::Unknown;
    case Objection::Part: // Of the message, not of a signer.
    case Objection::None:
        return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

Objection gravestObjection(const SignatureVerdict &signature)
{
    const auto found = std::find_if(kObjections.begin(), kObjections.end(), [&signature](Objection objection) {
        return objection == Objection::Part ? signature.coverage == Coverage::Part : applies(objection, signature.axes);
    });
    return found == kObjections.end() ? Objection::None : *found;
}

bool isGrave(Objection objection)
{
    return objection == Objection::Revoked || objection == Objection::ChainInvalid || objection == Objection::Usage
        || objection == Objection::Broken;
}

/// The signer whose value on an axis is the worst: the one to name.
template <typename Matches>
const Signer &signerWith(const SignatureVerdict &signature, Matches matches)
{
    static const Signer nobody;
    const auto found = std::find_if(signature.signers.begin(), signature.signers.end(), matches);
    return found == signature.signers.end() ? (signature.signers.isEmpty() ? nobody : signature.signers.first()) : *found;
}

QString nameOfSigner(const Signer &signer)
{
    SignatureVerdict one;
    one.signers.append(signer);
    return signerName(one);
}

/// What came below an encryption of the whole was never in the clear.
bool isEncryptedInPart(const Verdict &verdict)
{
    const auto outermost = std::find_if(verdict.layers.begin(), verdict.layers.end(), [](const Layer &layer) {
        return layer.kind == LayerKind::Enveloped || layer.kind == LayerKind::AuthEnveloped;
    });
    return verdict.warnings.contains(warning::EncryptedPart) && outermost != verdict.layers.end() && outermost->part != "1"_L1;
}

QString idOf(const Recipient &recipient)
{
    return holderName(recipient.name, recipient.addresses);
}

class Headlines
{
    Q_DECLARE_TR_FUNCTIONS(app::VerdictPresenter)

public:
    Headlines(const Verdict &verdict, const VerdictContext &context) : m_verdict(verdict), m_context(context) {}

    [[nodiscard]] QString headline() const
    {
        switch (m_verdict.summary) {
        case Summary::Malformed:
            return tr("This message is damaged and cannot be read.");
        case Summary::CannotDecrypt:
            return cannotDecrypt();
        case Summary::Altered:
            return altered();
        case Summary::Impersonated:
            return impersonated();
        case Summary::Verified:
            return tr("%1 wrote this; nobody changed it.").arg(signerName(m_verdict.signature));
        case Summary::Unverified:
            return unverified();
        case Summary::Decrypted:
            return m_verdict.encryption.protection == Protection::Unauthenticated
                ? tr("Encrypted in an old way that can be altered unseen, and not signed.")
                : tr("Encrypted to you, but not signed: anyone could have written it.");
        case Summary::Plain:
            return m_verdict.warnings.contains(warning::OtherEncryption) ? tr("Encrypted in another way than S/MIME, which this program does not open.")
                                                                         : tr("Not signed, not encrypted.");
        }
        Q_UNREACHABLE_RETURN({});
    }

    [[nodiscard]] QString readers() const
    {
        const bool isSigned = m_verdict.signature.axes.integrity != Integrity::None;
        switch (m_verdict.encryption.state) {
        case EncryptionState::None: // That anyone could read it is no word for what the first sentence says nobody can read.
            return isSigned && m_verdict.summary != Summary::Malformed ? tr("It was not encrypted: anyone on the way could read it.") : QString();
        case EncryptionState::NoKey:
        case EncryptionState::Failed:
            return {};
        case EncryptionState::Decrypted:
            if (isEncryptedInPart(m_verdict))
                return tr("Only a part of the message was encrypted: anyone on the way could read the rest.");
            return m_verdict.warnings.contains(warning::AddressedToOthers) ? tr("It is addressed to others: you got a blind copy, or somebody passed it on.")
                                                                           : knownReaders();
        }
        Q_UNREACHABLE_RETURN({});
    }

    [[nodiscard]] QString advice() const
    {
        switch (m_verdict.summary) {
        case Summary::Malformed:
            return tr("Ask the sender to send it again.");
        case Summary::CannotDecrypt:
            if (m_verdict.encryption.state == EncryptionState::NoKey && m_context.areKeysLocked)
                return {};
            if (m_verdict.encryption.state == EncryptionState::NoKey && smime::isForSecretsOnly(m_verdict.encryption))
                return secretAdvice();
            if (m_verdict.encryption.state == EncryptionState::NoKey)
                return tr("Import the key if you have it elsewhere, or send the sender your present certificate.");
            if (m_context.isAlgorithmUnknown())
                return tr("Ask the sender to encrypt it in a common way.");
            return wasSecretTried() ? tr("Look at what you were told, or ask the sender to send it again.") : tr("Ask the sender to send it again.");
        case Summary::Altered:
            return tr("Ask the sender by another way what the message said.");
        case Summary::Impersonated:
            return tr("Do not act on it before you have asked the person by another way.");
        case Summary::Unverified:
            return unverifiedAdvice();
        case Summary::Decrypted:
            return tr("Ask the sender to sign as well if it matters who wrote it.");
        case Summary::Verified:
        case Summary::Plain:
            return {};
        }
        Q_UNREACHABLE_RETURN({});
    }

private:
    /// Then no entry is one of our keys', and a wrong password looks as damage does.
    [[nodiscard]] bool wasSecretTried() const
    {
        const QList<Recipient> &recipients = m_verdict.encryption.recipients;
        return !recipients.isEmpty() && std::none_of(recipients.begin(), recipients.end(), [](const Recipient &recipient) { return recipient.isSelf; });
    }

    [[nodiscard]] QString cannotDecrypt() const
    {
        if (m_verdict.encryption.state != EncryptionState::NoKey && m_context.isAlgorithmUnknown())
            return m_verdict.encryption.recipients.isEmpty() ? tr("Sealed in a way that this program does not know.")
                                                             : tr("Encrypted to you, but in a way that this program does not know.");
        if (m_verdict.encryption.state != EncryptionState::NoKey && wasSecretTried())
            return tr("It does not open with the password or shared key that you gave: that is another one, or it was damaged on the way.");
        if (m_verdict.encryption.state != EncryptionState::NoKey)
            return tr("Encrypted to you, but it cannot be opened: it was damaged or altered on the way.");
        if (m_verdict.encryption.recipients.isEmpty())
            return tr("Encrypted with a key that was agreed on elsewhere.");
        if (m_context.areKeysLocked)
            return tr("Encrypted, and your keys are locked. Unlock them to read it.");
        if (smime::isForSecretsOnly(m_verdict.encryption))
            return smime::mayOpenByPassword(m_verdict.encryption) ? tr("Encrypted. Whoever knows the password can open it.")
                                                                  : tr("Encrypted. Whoever shares the key can open it.");
        QStringList keys;
        for (const Recipient &recipient : m_verdict.encryption.recipients)
            keys.append(keyText(recipient));
        keys.removeDuplicates();
        return tr("Encrypted to a key that you do not have. It was made for: %1.").arg(keys.join(u"; "_s));
    }

    [[nodiscard]] static QString keyText(const Recipient &recipient)
    {
        if (const QString name = idOf(recipient); !name.isEmpty())
            return name;
        if (!recipient.serial.isEmpty())
            return tr("%1, serial %2").arg(spokenName(recipient.issuer), QString::fromLatin1(recipient.serial));
        if (!recipient.subjectKeyIdentifier.isEmpty())
            return tr("the key %1").arg(QString::fromLatin1(recipient.subjectKeyIdentifier));
        return secretText(recipient);
    }

    [[nodiscard]] static QString secretText(const Recipient &recipient)
    {
        return recipient.kind == RecipientKind::Password ? tr("whoever knows the password") : tr("whoever shares the key");
    }

    [[nodiscard]] QString secretAdvice() const
    {
        if (smime::mayOpenByPassword(m_verdict.encryption))
            return tr("Give the password if you know it, or ask the sender for it by another way.");
        return tr("Open it with \"wax open --shared-key\" if you have the shared key, or ask the sender to encrypt it to your certificate.");
    }

    [[nodiscard]] QString altered() const
    {
        if (isUnreadable(m_verdict.signature))
            return tr("The signature of this message cannot be read. Do not rely on its content.");
        const Signer &signer = signerWith(m_verdict.signature, [](const Signer &s) { return s.axes.integrity == Integrity::Invalid; });
        if (signer.name.isEmpty() && signer.addresses.isEmpty())
            return tr("This message was changed after it was signed. Do not rely on its content.");
        return tr("This message was changed after %1 signed it. Do not rely on its content.").arg(nameOfSigner(signer));
    }

    [[nodiscard]] QString impersonated() const
    {
        const Signer &signer = signerWith(m_verdict.signature, [](const Signer &s) { return s.axes.identity == Identity::Mismatch; });
        const QString who = signer.addresses.isEmpty() ? nameOfSigner(signer) : signer.addresses.first();
        return tr("Careful: %1 signed this, not %2 as shown.").arg(who, m_context.fromAddress);
    }

    [[nodiscard]] QString unverified() const
    {
        const SignatureVerdict &signature = m_verdict.signature;
        const Objection objection = gravestObjection(signature);
        // Of several signers the one that the sentence is true of.
        const Signer &signer = signerWith(signature, [objection](const Signer &s) { return applies(objection, s.axes); });
        const QString who = nameOfSigner(signer);
        switch (objection) {
        case Objection::Unsupported:
            if (m_verdict.warnings.contains(warning::ContentMismatch))
                return tr("Signed, but what was signed is not a mail message.");
            return signature.axes.chain == Chain::Incomplete
                ? tr("Signed, but the signer's certificate is missing: the signature cannot be checked.")
                : tr("Signed in a way that this program cannot check.");
        case Objection::Revoked:
            return revoked();
        case Objection::ChainInvalid:
            return tr("Signed, but the certificate of \"%1\" was not issued as it should have been.").arg(who);
        case Objection::Usage:
            return tr("Signed by %1 with a certificate that is not meant for signing mail.").arg(who);
        case Objection::Broken:
            return tr("Signed by %1 in a way that anybody can forge.").arg(who);
        case Objection::Untrusted:
            return tr("Signed, but nobody you trust vouches for \"%1\".").arg(who);
        case Objection::Expired:
            return expired(who);
        case Objection::NotYetValid:
            return notYetValid(who);
        case Objection::Weak:
            return tr("Signed by %1 in an old way that no longer protects well.").arg(who);
        case Objection::NoAddress:
            return tr("Signed by %1, but the certificate names no mail address.").arg(who);
        case Objection::NoSender:
            if (!signer.others.isEmpty())
                return tr("Signed by %1 or by %2: both were certified for the same key.").arg(who, mime::displayMailbox(signer.others.first().first()));
            return tr("Signed by %1, but the message names no sender.").arg(who);
        case Objection::Part:
            return tr("%1 signed only a part of this message; the rest is shown apart.").arg(who);
        case Objection::RevocationUnknown:
        case Objection::None:
            return tr("Signed by %1, but nobody could say whether the certificate was revoked.").arg(who);
        }
        Q_UNREACHABLE_RETURN({});
    }

    [[nodiscard]] QString revoked() const
    {
        const Signer &signer = signerWith(m_verdict.signature, [](const Signer &s) { return s.axes.revocation == Revocation::Revoked; });
        if (!signer.revokedAt.isValid())
            return tr("Signed with a certificate that was revoked.");
        return tr("Signed with a certificate that was revoked on %1.").arg(spokenDate(signer.revokedAt, m_context));
    }

    // Of the signer's certificate the dates are known; where they hold, it is an authority's that does not.
    [[nodiscard]] QString expired(const QString &who) const
    {
        const Signer &signer = signerWith(m_verdict.signature, [](const Signer &s) { return s.axes.time == Time::Expired; });
        if (signer.validUntil > m_context.now)
            return tr("Signed by %1, but the certificate of an authority behind it has expired.").arg(who);
        return tr("Signed by %1 with a certificate that expired on %2.").arg(who, spokenDate(signer.validUntil, m_context));
    }

    [[nodiscard]] QString notYetValid(const QString &who) const
    {
        const Signer &signer = signerWith(m_verdict.signature, [](const Signer &s) { return s.axes.time == Time::NotYetValid; });
        if (signer.validFrom < m_context.now)
            return tr("Signed by %1, but the certificate of an authority behind it is not valid yet.").arg(who);
        return tr("Signed by %1 with a certificate that is not valid before %2.").arg(who, spokenDate(signer.validFrom, m_context));
    }

    [[nodiscard]] QString unverifiedAdvice() const
    {
        switch (gravestObjection(m_verdict.signature)) {
        case Objection::Untrusted:
            return tr("If you know the authority behind it, add its certificate to those you trust.");
        case Objection::Part:
            return tr("What is shown apart may come from anybody.");
        case Objection::Unsupported:
        case Objection::Revoked:
        case Objection::ChainInvalid:
        case Objection::Usage:
        case Objection::Broken:
        case Objection::Expired:
        case Objection::NotYetValid:
        case Objection::Weak:
        case Objection::NoAddress:
        case Objection::NoSender:
        case Objection::RevocationUnknown:
        case Objection::None:
            return tr("Ask the person by another way before you rely on it.");
        }
        Q_UNREACHABLE_RETURN({});
    }

    [[nodiscard]] QString knownReaders() const
    {
        QStringList names;
        int unknown = 0;
        for (const Recipient &recipient : m_verdict.encryption.recipients) {
            if (recipient.isSelf && !isSharedSecret(recipient))
                continue;
            const QString name = isSharedSecret(recipient) ? secretText(recipient) : idOf(recipient);
            if (name.isEmpty())
                ++unknown;
            else if (!names.contains(name))
                names.append(name);
        }
        if (unknown > 0)
            return names.isEmpty() ? tr("You and the holders of %n other key(s) can read it.", nullptr, unknown)
                                   : tr("You, %1 and the holders of %n other key(s) can read it.", nullptr, unknown).arg(names.join(u", "_s));
        if (names.isEmpty())
            return tr("Only you can read it.");
        const QString last = names.takeLast();
        return names.isEmpty() ? tr("Only you and %1 can read it.").arg(last)
                               : tr("Only you, %1 and %2 can read it.").arg(names.join(u", "_s), last);
    }

    const Verdict &m_verdict;
    const VerdictContext &m_context;
};

Severity severityOf(const Verdict &verdict)
{
    switch (verdict.summary) {
    case Summary::Altered:
    case Summary::Impersonated:
        return Severity::Danger;
    case Summary::Malformed:
        return Severity::Notice;
    case Summary::Unverified:
        return isGrave(gravestObjection(verdict.signature)) ? Severity::Danger : Severity::Notice;
    case Summary::Verified:
        return Severity::Good;
    case Summary::Decrypted:
        return verdict.encryption.protection == Protection::Unauthenticated ? Severity::Notice : Severity::Neutral;
    case Summary::CannotDecrypt:
    case Summary::Plain:
        return Severity::Neutral;
    }
    Q_UNREACHABLE_RETURN(Severity::Neutral);
}

bool isUnprotected(const ShownField *field)
{
    return field && field->protection == CryptographicStatus::None;
}

/// Of several senders the first whom not every signer is.
const mime::Address &senderToName(const QList<mime::Address> &senders, const QList<Signer> &signers)
{
    QList<mime::MailboxSet> known;
    for (const Signer &signer : signers)
        known.append(mime::MailboxSet(signer.addresses));
    const auto found = std::find_if_not(senders.begin(), senders.end(), [&known](const mime::Address &sender) {
        return std::all_of(known.begin(), known.end(), [&sender](const mime::MailboxSet &one) { return one.contains(sender.mailbox); });
    });
    return found == senders.end() ? senders.first() : *found;
}

// RFC 9788 section 4.4 demands the warning that an inner sender is not bound; nobody asks why a seal is green. A signed letter of old can be sent
// again with another date around it.
bool isDeceptive(const Verdict &verdict, const VerdictContext &context)
{
    if (context.unprotectedFields.contains("Date") && verdict.warnings.contains(warning::DateDiffers))
        return true;
    constexpr std::array kDeceptions{warning::FromNotBound, warning::SeveralFrom, warning::NameLooksLikeAddress, warning::LookAlikeDomain, warning::LookAlikeLocalPart};
    return std::any_of(kDeceptions.begin(), kDeceptions.end(), [&verdict](QLatin1StringView code) { return verdict.warnings.contains(code); });
}

SealSign signForUnverified(const SignatureVerdict &signature)
{
    const Objection objection = gravestObjection(signature);
    if (isGrave(objection))
        return SealSign::SealBroken;
    return objection == Objection::Part ? SealSign::SealPart : SealSign::SealQuestion;
}

class SignTexts
{
    Q_DECLARE_TR_FUNCTIONS(app::VerdictPresenter)

public:
    static QString of(SealSign sign)
    {
        switch (sign) {
        case SealSign::None:
            return tr("Not signed, not encrypted");
        case SealSign::SealVerified:
            return tr("Signed and verified");
        case SealSign::SealPart:
            return tr("Partly signed");
        case SealSign::SealQuestion:
            return tr("Signed, but not verified");
        case SealSign::SealBroken:
            return tr("Signature does not hold");
        case SealSign::Lock:
            return tr("Encrypted, not signed");
        case SealSign::LockWarning:
            return tr("Encrypted, could have been altered");
        case SealSign::LockClosed:
            return tr("Encrypted, cannot be opened");
        case SealSign::Damaged:
            return tr("Damaged: cannot be read");
        }
        Q_UNREACHABLE_RETURN({});
    }
};

} // namespace

QString VerdictPresentation::accessibleText() const
{
    QStringList lines{headline, readers, advice};
    for (const VerdictReason &reason : reasons)
        lines.append(reason.text);
    lines.removeAll(QString());
    return lines.join(u'\n');
}

VerdictContext verdictContextOf(const OpenedMessage &message, const QDateTime &now)
{
    VerdictContext context;
    context.now = now;
    context.fault = message.fault;
    context.diagnosis = message.diagnosis;
    for (const char *name : {"Subject", "Date", "To", "Cc"})
        if (isUnprotected(message.header(name)))
            context.unprotectedFields.append(name);
    if (const ShownField *from = message.header("From")) {
        const QList<mime::Address> senders = mime::parseAddresses(from->raw);
        if (!senders.isEmpty()) {
            context.fromAddress = mime::displayMailbox(senderToName(senders, message.verdict.signature.signers).mailbox);
        }
    }
    return context;
}

VerdictPresentation presentVerdict(const Verdict &verdict, const VerdictContext &context)
{
    const Headlines words{verdict, context};
    return {severityOf(verdict), signFor(verdict), words.headline(), words.readers(), verdictReasons(verdict, context), words.advice(), isDeceptive(verdict, context)};
}

SealSign signFor(const Verdict &verdict)
{
    switch (verdict.summary) {
    case Summary::Malformed:
        return SealSign::Damaged;
    case Summary::Plain:
        return SealSign::None;
    case Summary::CannotDecrypt:
        return SealSign::LockClosed;
    case Summary::Altered:
    case Summary::Impersonated:
        return SealSign::SealBroken;
    case Summary::Verified:
        return SealSign::SealVerified;
    case Summary::Unverified:
        return signForUnverified(verdict.signature);
    case Summary::Decrypted:
        return verdict.encryption.protection == Protection::Unauthenticated ? SealSign::LockWarning : SealSign::Lock;
    }
    Q_UNREACHABLE_RETURN(SealSign::None);
}

QString signText(SealSign sign)
{
    return SignTexts::of(sign);
}

} // namespace app
