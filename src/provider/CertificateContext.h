// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: certificates, authorities and collections behind QCA's classes.

#include "provider/OpenSsl.h"

#include <qcaprovider.h>

namespace provider {

/// A certificate taken apart, shared by all contexts of the same DER.
struct KnownCertificate {
    std::shared_ptr<X509> x509;
    std::shared_ptr<const QCA::CertContextProps> properties;
};

class CertificateContext final : public QCA::CertContext
{
    Q_OBJECT

public:
    explicit CertificateContext(QCA::Provider *provider) : QCA::CertContext(provider) {}
    CertificateContext(QCA::Provider *provider, X509Ptr certificate);
    CertificateContext(const CertificateContext &other);

    Context *clone() const override { return new CertificateContext(*this); }
    QByteArray toDER() const override;
    QString toPEM() const override;
    QCA::ConvertResult fromDER(const QByteArray &der) override;
    QCA::ConvertResult fromPEM(const QString &pem) override;
    bool createSelfSigned(const QCA::CertificateOptions &options, const QCA::PKeyContext &key) override;
    const QCA::CertContextProps *props() const override { return m_properties.get(); }
    bool compare(const QCA::CertContext *other) const override;
    QCA::PKeyContext *subjectPublicKey() const override;
    bool isIssuerOf(const QCA::CertContext *other) const override;
    QCA::Validity validate(const QList<QCA::CertContext *> &trusted, const QList<QCA::CertContext *> &untrusted,
                           const QList<QCA::CRLContext *> &crls, QCA::UsageMode usage, QCA::ValidateFlags) const override;
    QCA::Validity validate_chain(const QList<QCA::CertContext *> &chain, const QList<QCA::CertContext *> &trusted,
                                 const QList<QCA::CRLContext *> &crls, QCA::UsageMode usage,
                                 QCA::ValidateFlags flags) const override;

    /// Still owned by this object.
    [[nodiscard]] X509 *x509() const { return m_certificate.get(); }

private:
    void take(X509Ptr certificate);

    X509Ptr m_certificate;
    /// Never null; shared, because copying it costs more than anything else about a certificate that is known.
    std::shared_ptr<const QCA::CertContextProps> m_properties = std::make_shared<const QCA::CertContextProps>();
};

class AuthorityContext final : public QCA::CAContext
{
    Q_OBJECT

public:
    explicit AuthorityContext(QCA::Provider *provider) : QCA::CAContext(provider) {}
    AuthorityContext(const AuthorityContext &other);

    Context *clone() const override { return new AuthorityContext(*this); }
    void setup(const QCA::CertContext &certificate, const QCA::PKeyContext &key) override;
    QCA::CertContext *certificate() const override;
    QCA::CertContext *signRequest(const QCA::CSRContext &request, const QDateTime &validUntil) const override;
    QCA::CertContext *createCertificate(const QCA::PKeyContext &key, const QCA::CertificateOptions &options) const override;
    QCA::CRLContext *createCRL(const QDateTime &nextUpdate) const override;
    QCA::CRLContext *updateCRL(const QCA::CRLContext &crl, const QList<QCA::CRLEntry> &entries,
                               const QDateTime &nextUpdate) const override;

private:
    X509Ptr m_certificate;
    EvpKeyPtr m_key;
};

/// Certificates-only SignedData (.p7b, .p7c).
class CollectionContext final : public QCA::CertCollectionContext
{
    Q_OBJECT

public:
    explicit CollectionContext(QCA::Provider *provider) : QCA::CertCollectionContext(provider) {}

    Context *clone() const override { return new CollectionContext(provider()); }
    QByteArray toPKCS7(const QList<QCA::CertContext *> &certificates, const QList<QCA::CRLContext *> &crls) const override;
    QCA::ConvertResult fromPKCS7(const QByteArray &der, QList<QCA::CertContext *> *certificates,
                                 QList<QCA::CRLContext *> *crls) const override;
};

} // namespace provider
