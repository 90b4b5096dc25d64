// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Verdict.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

// From the best value to the worst. What was not checked is worse than what was found to be good, so that
// one good signer never hides one that nobody looked at.
constexpr std::array kIntegrity{Integrity::Valid, Integrity::None, Integrity::Unsupported, Integrity::Invalid};
constexpr std::array kChain{Chain::Trusted, Chain::NotChecked, Chain::Incomplete, Chain::Untrusted, Chain::Invalid};
constexpr std::array kUsage{Usage::Permitted, Usage::NotChecked, Usage::Forbidden};
constexpr std::array kTime{Time::Valid, Time::ExpiredSince, Time::NotChecked, Time::NotYetValid, Time::Expired};
constexpr std::array kRevocation{Revocation::Good, Revocation::NotChecked, Revocation::Unknown, Revocation::Revoked};
constexpr std::array kStrength{Strength::Strong, Strength::NotChecked, Strength::Weak, Strength::Broken};
constexpr std::array kIdentity{Identity::Match, Identity::NotChecked, Identity::NoAddress, Identity::Mismatch};

template <typename Axis, std::size_t N>
Axis worse(const std::array<Axis, N> &order, Axis a, Axis b)
{
    return std::find(order.begin(), order.end(), a) < std::find(order.begin(), order.end(), b) ? b : a;
}

bool isRevocationAcceptable(Revocation revocation, RevocationDemand demand)
{
    switch (revocation) {
    case Revocation::Good:
    case Revocation::NotChecked:
        return true;
    case Revocation::Unknown:
        return demand == RevocationDemand::WhereAtHand;
    case Revocation::Revoked:
        return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

bool isVerified(const SignatureVerdict &signature, RevocationDemand demand)
{
    const SignatureAxes &axes = signature.axes;
    return axes.integrity == Integrity::Valid && axes.chain == Chain::Trusted && axes.usage == Usage::Permitted
        && (axes.time == Time::Valid || axes.time == Time::ExpiredSince) && axes.strength == Strength::Strong
        && axes.identity == Identity::Match && signature.coverage == Coverage::Whole
        && isRevocationAcceptable(axes.revocation, demand);
}

} // namespace

Summary summarise(const SignatureVerdict &signature, const EncryptionVerdict &encryption, bool isMalformed, RevocationDemand demand)
{
    if (isMalformed)
        return Summary::Malformed;
    if (encryption.state == EncryptionState::NoKey || encryption.state == EncryptionState::Failed)
        return Summary::CannotDecrypt;
    if (signature.axes.integrity == Integrity::Invalid)
        return Summary::Altered;
    if (signature.axes.integrity == Integrity::Valid && signature.axes.identity == Identity::Mismatch)
        return Summary::Impersonated;
    if (isVerified(signature, demand))
        return Summary::Verified;
    if (signature.axes.integrity != Integrity::None)
        return Summary::Unverified;
    return encryption.state == EncryptionState::Decrypted ? Summary::Decrypted : Summary::Plain;
}

bool isUnreadable(const SignatureVerdict &signature)
{
    const auto isBroken = [](const Signer &signer) { return signer.axes.integrity == Integrity::Invalid; };
    return signature.axes.integrity == Integrity::Invalid && (signature.signers.isEmpty() || !signature.detail.isEmpty())
        && std::none_of(signature.signers.begin(), signature.signers.end(), isBroken);
}

bool isSharedSecret(const Recipient &recipient)
{
    return recipient.kind == RecipientKind::Password || recipient.kind == RecipientKind::Kek;
}

bool isForSecretsOnly(const EncryptionVerdict &encryption)
{
    return !encryption.recipients.isEmpty() && std::all_of(encryption.recipients.begin(), encryption.recipients.end(), isSharedSecret);
}

bool mayOpenByPassword(const EncryptionVerdict &encryption)
{
    const QList<Recipient> &recipients = encryption.recipients;
    const auto isOurs = [](const Recipient &recipient) { return recipient.isSelf; };
    const auto isForPassword = [](const Recipient &recipient) { return recipient.kind == RecipientKind::Password; };
    const bool isShut = encryption.state == EncryptionState::NoKey
        || (encryption.state == EncryptionState::Failed && std::none_of(recipients.begin(), recipients.end(), isOurs));
    return isShut && std::any_of(recipients.begin(), recipients.end(), isForPassword);
}

bool hasWeakReader(const EncryptionVerdict &encryption)
{
    return std::any_of(encryption.recipients.begin(), encryption.recipients.end(),
                       [](const Recipient &recipient) { return recipient.strength == Strength::Weak; });
}

SignatureAxes worst(const SignatureAxes &a, const SignatureAxes &b)
{
    return {worse(kIntegrity, a.integrity, b.integrity),    worse(kChain, a.chain, b.chain),
            worse(kUsage, a.usage, b.usage),                worse(kTime, a.time, b.time),
            worse(kRevocation, a.revocation, b.revocation), worse(kStrength, a.strength, b.strength),
            worse(kIdentity, a.identity, b.identity)};
}

SignatureAxes worst(const QList<Signer> &signers)
{
    if (signers.isEmpty())
        return {};
    SignatureAxes axes = signers.first().axes;
    for (const Signer &signer : signers)
        axes = worst(axes, signer.axes);
    return axes;
}

} // namespace smime
