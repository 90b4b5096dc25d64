// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/CertificateInfo.h"

#include "identity/KeyTypeName.h"
#include "provider/CertificateFacts.h"
#include "provider/PathPolicy.h"

using namespace Qt::StringLiterals;

namespace identity {

namespace {

struct NamedUsage {
    provider::KeyUsage bit;
    QLatin1StringView name;
};

/// RFC 5280 section 4.2.1.3.
constexpr NamedUsage kKeyUsages[] = {
    {provider::KeyUsage::DigitalSignature, "digitalSignature"_L1}, {provider::KeyUsage::NonRepudiation, "nonRepudiation"_L1},
    {provider::KeyUsage::KeyEncipherment, "keyEncipherment"_L1},   {provider::KeyUsage::DataEncipherment, "dataEncipherment"_L1},
    {provider::KeyUsage::KeyAgreement, "keyAgreement"_L1},         {provider::KeyUsage::KeyCertSign, "keyCertSign"_L1},
    {provider::KeyUsage::CrlSign, "cRLSign"_L1},                   {provider::KeyUsage::EncipherOnly, "encipherOnly"_L1},
    {provider::KeyUsage::DecipherOnly, "decipherOnly"_L1},
};

QStringList usagesOf(const provider::CertificateFacts &facts)
{
    QStringList usages;
    for (const NamedUsage &usage : kKeyUsages)
        if (facts.keyUsage.testFlag(usage.bit))
            usages.append(usage.name);
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

QString extendedUsageName(const QByteArray &oid)
{
    struct Named {
        QByteArrayView oid;
        QLatin1StringView name;
    };
    static const Named kNames[] = {
        {provider::kAnyExtendedKeyUsageOid, "anyExtendedKeyUsage"_L1}, {provider::kServerAuthOid, "serverAuth"_L1},
        {"1.3.6.1.5.5.7.3.2", "clientAuth"_L1}, {"1.3.6.1.5.5.7.3.3", "codeSigning"_L1},
        {provider::kEmailProtectionOid, "emailProtection"_L1}, {"1.3.6.1.5.5.7.3.8", "timeStamping"_L1},
        {"1.3.6.1.5.5.7.3.9", "OCSPSigning"_L1},
    };
    for (const Named &known : kNames)
        if (oid == known.oid)
            return known.name;
    return QString::fromLatin1(oid);
}

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
