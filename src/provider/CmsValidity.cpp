// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsValidity.h"

#include "provider/OpenSsl.h"
#include "provider/PathPolicy.h"

namespace provider::cms {
namespace {

using QCA::SecureMessageSignature;

SecureMessageSignature::IdentityResult identityOf(CmsIntegrity integrity)
{
    switch (integrity) {
    case CmsIntegrity::Valid:
        return SecureMessageSignature::Valid;
    case CmsIntegrity::NoCertificate:
        return SecureMessageSignature::NoKey;
    case CmsIntegrity::Unsupported:
        return SecureMessageSignature::InvalidKey;
    case CmsIntegrity::NotChecked:
    case CmsIntegrity::Invalid:
    case CmsIntegrity::Refused:
        break;
    }
    return SecureMessageSignature::InvalidSignature;
}

QCA::Validity validityOf(const PathFindings &path)
{
    if (path.revocation == PathRevocation::Revoked)
        return QCA::ErrorRevoked;
    if (path.chain == PathChain::Incomplete)
        return QCA::ErrorInvalidCA;
    if (path.chain == PathChain::Untrusted)
        return QCA::ErrorUntrusted;
    if (path.chain != PathChain::Trusted)
        return QCA::ErrorSignatureFailed;
    if (path.time == PathTime::Expired)
        return QCA::ErrorExpired;
    if (path.time != PathTime::Valid)
        return QCA::ErrorValidityUnknown;
    return path.usage == PathUsage::Permitted ? QCA::ValidityGood : QCA::ErrorInvalidPurpose;
}

QList<QByteArray> dersOf(const QCA::CertificateCollection &collection)
{
    QList<QByteArray> result;
    for (const QCA::Certificate &certificate : collection.certificates())
        result.append(certificate.toDER());
    return result;
}

QCA::Validity validityOf(const CmsSignerFacts &signer, const CmsFacts &facts, const QCA::CertificateCollection &trusted)
{
    const QList<QByteArray> anchors = dersOf(trusted);
    if (anchors.isEmpty() || signer.certificateDer.isEmpty())
        return QCA::ErrorValidityUnknown;
    QList<QByteArray> crls = facts.crls;
    for (const QCA::CRL &crl : trusted.crls())
        crls.append(crl.toDER());
    PathPolicy policy;
    policy.purpose = PathPurpose::SmimeSign;
    policy.at = QDateTime::currentDateTimeUtc();
    return validityOf(validatePath(signer.certificateDer, facts.certificates, anchors, crls, policy));
}

} // namespace

SecureMessageSignature toQcaSignature(const CmsSignerFacts &signer, const CmsFacts &facts, const QCA::CertificateCollection &trusted)
{
    QCA::SecureMessageKey key;
    if (const X509Ptr certificate = x509FromDer(signer.certificateDer)) {
        QCA::CertificateChain chain;
        chain.append(toCertificate(certificate.get()));
        key.setX509CertificateChain(chain);
    }
    return {identityOf(signer.integrity), validityOf(signer, facts, trusted), key, signer.signer.signingTime.value_or(QDateTime{})};
}

SecureMessageSignature toBareSignature(const CmsSignerFacts &signer)
{
    return {identityOf(signer.integrity), QCA::ErrorValidityUnknown, {}, signer.signer.signingTime.value_or(QDateTime{})};
}

} // namespace provider::cms
