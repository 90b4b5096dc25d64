// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateContext.h"

#include "provider/CertificateBuilder.h"
#include "provider/KeyContext.h"
#include "provider/PathPolicy.h"
#include "provider/PemBlocks.h"
#include "provider/Provider.h"
#include "provider/QcaProperties.h"

namespace provider {

namespace {

template <typename Contexts>
QList<QByteArray> allDer(const Contexts &contexts)
{
    QList<QByteArray> all;
    for (const auto *context : contexts)
        all.append(context->toDER());
    return all;
}

QCA::Validity toValidity(const PathFindings &findings)
{
    switch (findings.chain) {
    case PathChain::Untrusted: return QCA::ErrorSelfSigned;
    case PathChain::NotChecked:
    case PathChain::Incomplete: return QCA::ErrorUntrusted;
    case PathChain::Invalid: return QCA::ErrorSignatureFailed;
    case PathChain::Trusted: break;
    }
    if (findings.revocation == PathRevocation::Revoked)
        return QCA::ErrorRevoked;
    if (findings.time != PathTime::Valid)
        return QCA::ErrorExpired;
    if (findings.usage == PathUsage::Forbidden)
        return QCA::ErrorInvalidPurpose;
    return findings.strength == PathStrength::Broken ? QCA::ErrorRejected : QCA::ValidityGood;
}

PathPurpose toPurpose(QCA::UsageMode usage, const EVP_PKEY *key)
{
    if (usage == QCA::UsageEmailProtection)
        return canSign(key) ? PathPurpose::SmimeSign : PathPurpose::SmimeEncrypt;
    return usage == QCA::UsageTLSServer ? PathPurpose::TlsServer : PathPurpose::Any;
}

} // namespace

CertificateContext::CertificateContext(QCA::Provider *provider, X509Ptr certificate) : QCA::CertContext(provider)
{
    take(std::move(certificate));
}

CertificateContext::CertificateContext(const CertificateContext &other)
    : QCA::CertContext(other.provider()), m_certificate(shared(other.m_certificate.get())), m_properties(other.m_properties)
{
}

void CertificateContext::take(X509Ptr certificate)
{
    m_certificate = std::move(certificate);
    m_properties = std::make_shared<const QCA::CertContextProps>(propertiesOf(m_certificate.get()));
}

QByteArray CertificateContext::toDER() const
{
    return toDer(m_certificate.get());
}

QString CertificateContext::toPEM() const
{
    return QString::fromLatin1(toPem(toDER(), "CERTIFICATE"));
}

QCA::ConvertResult CertificateContext::fromDER(const QByteArray &der)
{
    const ClearsErrorQueue clears;
    auto *owner = dynamic_cast<Provider *>(provider());
    if (const auto known = owner ? owner->recentCertificates().find(der) : std::nullopt) {
        m_certificate = shared(known->x509.get());
        m_properties = known->properties;
        return QCA::ConvertGood;
    }
    X509Ptr certificate = x509FromDer(der);
    if (!certificate)
        return QCA::ErrorDecode;
    take(std::move(certificate));
    if (owner)
        owner->recentCertificates().keep(der, {std::shared_ptr<X509>(shared(m_certificate.get())), m_properties});
    return QCA::ConvertGood;
}

QCA::ConvertResult CertificateContext::fromPEM(const QString &pem)
{
    return fromDER(firstPemBlock(pem.toLatin1(), "CERTIFICATE"));
}

bool CertificateContext::createSelfSigned(const QCA::CertificateOptions &options, const QCA::PKeyContext &key)
{
    const ClearsErrorQueue clears;
    const EvpKeyPtr evp = evpOf(key);
    const X509NamePtr subject = subjectFrom(options);
    auto certificate = buildCertificate(nullptr, evp.get(), evp.get(), subject.get(), profileFrom(options));
    if (!certificate)
        return false;
    take(std::move(*certificate));
    return true;
}

bool CertificateContext::compare(const QCA::CertContext *other) const
{
    return other && other->toDER() == toDER();
}

QCA::PKeyContext *CertificateContext::subjectPublicKey() const
{
    const ClearsErrorQueue clears;
    EvpKeyPtr key(m_certificate ? X509_get_pubkey(m_certificate.get()) : nullptr);
    return key ? new KeyContext(provider(), std::move(key), false) : new KeyContext(provider());
}

bool CertificateContext::isIssuerOf(const QCA::CertContext *other) const
{
    const ClearsErrorQueue clears;
    const X509Ptr subject = other ? x509FromDer(other->toDER()) : nullptr;
    return m_certificate && subject && X509_check_issued(m_certificate.get(), subject.get()) == X509_V_OK;
}

QCA::Validity CertificateContext::validate(const QList<QCA::CertContext *> &trusted, const QList<QCA::CertContext *> &untrusted,
                                           const QList<QCA::CRLContext *> &crls, QCA::UsageMode usage,
                                           QCA::ValidateFlags) const
{
    PathPolicy policy;
    policy.purpose = toPurpose(usage, m_certificate ? X509_get0_pubkey(m_certificate.get()) : nullptr);
    policy.at = QDateTime::currentDateTimeUtc(); // QCA has no argument for it
    return toValidity(validatePath(toDER(), allDer(untrusted), allDer(trusted), allDer(crls), policy));
}

QCA::Validity CertificateContext::validate_chain(const QList<QCA::CertContext *> &chain, const QList<QCA::CertContext *> &trusted,
                                                 const QList<QCA::CRLContext *> &crls, QCA::UsageMode usage,
                                                 QCA::ValidateFlags flags) const
{
    return validate(trusted, chain, crls, usage, flags);
}

} // namespace provider
