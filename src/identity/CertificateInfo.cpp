// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/CertificateInfo.h"

#include "identity/KeyTypeName.h"
#include "identity/UsageNames.h"
#include "provider/PathPolicy.h"

using namespace Qt::StringLiterals;

namespace identity {

namespace {

QStringList usagesOf(const provider::CertificateFacts &facts)
{
    QStringList usages = keyUsageNames(facts.keyUsage);
    for (const QByteArray &oid : facts.extendedKeyUsage)
        usages.append(extendedUsageName(oid));
    return usages;
}

/// "CN=Team CA,O=Example": the value of the first CN, or the whole.
QString commonNameIn(const QString &distinguishedName)
{
    const QStringList parts = distinguishedName.split(u',');
    for (const QString &part : parts)
        if (part.startsWith("CN="_L1))
            return part.mid(3);
    return distinguishedName;
}

} // namespace

base::Result<CertificateInfo> certificateInfo(const QByteArray &der)
{
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
    if (!facts)
        return facts.error();
    CertificateInfo info;
    info.certificate = der;
    info.name = facts->commonName.isEmpty() ? facts->subject : facts->commonName;
    info.subject = facts->subject;
    info.issuer = facts->issuer;
    info.issuerName = commonNameIn(facts->issuer);
    info.serial = facts->serial;
    info.addresses = facts->addresses;
    info.notBefore = facts->notBefore;
    info.notAfter = facts->notAfter;
    info.keyType = keyTypeName(facts->keyType);
    info.usages = usagesOf(*facts);
    info.fingerprint = facts->sha256Fingerprint;
    info.isAuthority = facts->isCa;
    return info;
}

CertificateState assess(const QByteArray &certificate, const QList<QByteArray> &chain, const TrustMaterial &trust,
                        AssessFor purpose, const QDateTime &now)
{
    provider::PathPolicy policy;
    policy.purpose = purpose == AssessFor::Encryption ? provider::PathPurpose::SmimeEncrypt : provider::PathPurpose::SmimeSign;
    policy.at = now;
    const provider::PathFindings found = provider::validatePath(certificate, chain, trust.anchors, trust.crls, policy);
    if (found.chain == provider::PathChain::Invalid)
        return CertificateState::Damaged;
    if (found.revocation == provider::PathRevocation::Revoked)
        return CertificateState::Revoked;
    if (found.usage == provider::PathUsage::Forbidden)
        return CertificateState::WrongUsage;
    if (found.time == provider::PathTime::Expired)
        return CertificateState::Expired;
    if (found.time == provider::PathTime::NotYetValid)
        return CertificateState::NotYetValid;
    if (found.chain != provider::PathChain::Trusted)
        return CertificateState::Untrusted;
    if (found.strength == provider::PathStrength::Weak || found.strength == provider::PathStrength::Broken)
        return CertificateState::Weak;
    return CertificateState::Good;
}

QByteArray capabilitiesIn(const QByteArray &certificate)
{
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(certificate);
    return facts && facts->hasSmimeCapabilities ? provider::encodeSmimeCapabilities(facts->smimeCapabilities) : QByteArray{};
}

} // namespace identity
