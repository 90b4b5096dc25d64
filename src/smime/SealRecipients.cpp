// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/SealRecipients.h"

#include "base/Clock.h"
#include "base/Mailbox.h"
#include "provider/PathPolicy.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace smime {

namespace {

/// RFC 8551 section 4.4: shorter ones are for reading only.
constexpr int kShortestRsaBits = 2048;

RecipientObstacle obstacleOnPath(const provider::CertificateFacts &facts, const SealRequest &request)
{
    provider::PathPolicy policy;
    policy.purpose = provider::PathPurpose::SmimeEncrypt;
    policy.at = request.at;
    const provider::PathFindings path = provider::validatePath(facts.der, request.issuers, request.anchors, request.crls, policy);
    if (path.revocation == provider::PathRevocation::Revoked)
        return RecipientObstacle::Revoked;
    if (path.usage == provider::PathUsage::Forbidden)
        return RecipientObstacle::WrongUsage;
    return path.chain == provider::PathChain::Trusted ? RecipientObstacle::None : RecipientObstacle::Untrusted;
}

RecipientObstacle obstacleOf(const provider::CertificateFacts &facts, const QString &address, const SealRequest &request)
{
    if (!facts.mayReceive() || !facts.mayProtectMail())
        return RecipientObstacle::WrongUsage;
    if (facts.keyType.startsWith("RSA"_L1) && facts.keyBits < kShortestRsaBits)
        return RecipientObstacle::TooWeak;
    if (request.at.isValid() && facts.notAfter < request.at.addDuration(-base::kClockTolerance))
        return RecipientObstacle::Expired;
    if (request.at.isValid() && facts.notBefore > request.at.addDuration(base::kClockTolerance))
        return RecipientObstacle::NotYetValid;
    if (!base::namesMailbox(facts.addresses, address))
        return RecipientObstacle::AddressDiffers;
    return obstacleOnPath(facts, request);
}

AssessedRecipient assess(const SealRecipient &recipient, const SealRequest &request)
{
    AssessedRecipient assessed{recipient.address.mailbox, recipient.role, {}, recipient.remembered, RecipientObstacle::NoCertificate};
    if (recipient.certificate.isEmpty())
        return assessed;
    base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(recipient.certificate);
    if (!facts) {
        assessed.obstacle = RecipientObstacle::Unreadable;
        return assessed;
    }
    assessed.facts = std::move(facts).value();
    assessed.capabilities = effectiveCapabilities(recipient.remembered, Capabilities::of(assessed.facts.smimeCapabilities));
    assessed.obstacle = obstacleOf(assessed.facts, recipient.address.mailbox, request);
    return assessed;
}

RecipientAbility::KeyKind keyKindOf(const provider::CertificateFacts &facts)
{
    if (facts.keyType.startsWith("RSA"_L1))
        return RecipientAbility::KeyKind::Rsa;
    return facts.keyType.startsWith("ML-KEM"_L1) ? RecipientAbility::KeyKind::Kem : RecipientAbility::KeyKind::Agreement;
}

ErrorCode codeFor(RecipientObstacle obstacle)
{
    switch (obstacle) {
    case RecipientObstacle::None:
    case RecipientObstacle::Untrusted:
        return ErrorCode::Unknown;
    case RecipientObstacle::NoCertificate:
    case RecipientObstacle::AddressDiffers:
        return ErrorCode::RecipientWithoutCertificate;
    case RecipientObstacle::Unreadable:
        return ErrorCode::NotACertificate;
    case RecipientObstacle::Expired:
        return ErrorCode::CertificateExpired;
    case RecipientObstacle::NotYetValid:
        return ErrorCode::CertificateNotYetValid;
    case RecipientObstacle::Revoked:
        return ErrorCode::CertificateRevoked;
    case RecipientObstacle::WrongUsage:
        return ErrorCode::CertificateWrongUsage;
    case RecipientObstacle::TooWeak:
        return ErrorCode::CertificateTooWeak;
    }
    Q_UNREACHABLE_RETURN(ErrorCode::Unknown);
}

bool isInTheWay(const AssessedRecipient &recipient)
{
    return codeFor(recipient.obstacle) != ErrorCode::Unknown;
}

} // namespace

RecipientObstacle recipientObstacle(const SealRecipient &recipient, const SealRequest &request)
{
    return assess(recipient, request).obstacle;
}

QList<AssessedRecipient> assessRecipients(const SealRequest &request)
{
    QList<AssessedRecipient> assessed;
    for (const SealRecipient &recipient : request.recipients)
        assessed.append(assess(recipient, request));
    return assessed;
}

AssessedRecipient assessSelf(const SealRequest &request)
{
    AssessedRecipient self;
    self.address = request.sender.mailbox;
    const identity::KeyMaterial *key = request.keys ? request.keys->encryptionKey(request.at) : nullptr;
    if (!key)
        return self;
    base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(key->certificate);
    if (!facts)
        return self;
    self.facts = std::move(facts).value();
    // Our own program reads what it writes, whatever the certificate says.
    self.capabilities = Capabilities::ours();
    self.obstacle = RecipientObstacle::None;
    return self;
}

bool isSignerRevoked(const SealRequest &request)
{
    const identity::KeyMaterial *key = request.keys ? request.keys->signingKey(request.at) : nullptr;
    if (!key || request.signature == SignatureForm::None)
        return false;
    provider::PathPolicy policy;
    policy.purpose = provider::PathPurpose::SmimeSign;
    policy.at = request.at;
    const provider::PathFindings path = provider::validatePath(key->certificate, request.issuers + key->chain, request.anchors, request.crls, policy);
    return path.revocation == provider::PathRevocation::Revoked;
}

QList<RecipientAbility> abilitiesOf(const QList<AssessedRecipient> &recipients)
{
    QList<RecipientAbility> abilities;
    for (const AssessedRecipient &recipient : recipients)
        abilities.append({recipient.address, keyKindOf(recipient.facts), recipient.capabilities});
    return abilities;
}

base::Status checkObstacles(const QList<AssessedRecipient> &recipients)
{
    const auto first = std::find_if(recipients.begin(), recipients.end(), isInTheWay);
    if (first == recipients.end())
        return base::Done{};
    QStringList concerned;
    for (const AssessedRecipient &recipient : recipients)
        if (recipient.obstacle == first->obstacle)
            concerned.append(recipient.address);
    return {codeFor(first->obstacle), concerned.join(u", "_s)};
}

} // namespace smime
