// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: certificate requests behind QCA::CertificateRequest.

#include "provider/OpenSsl.h"

#include <qcaprovider.h>

namespace provider {

class RequestContext final : public QCA::CSRContext
{
    Q_OBJECT

public:
    explicit RequestContext(QCA::Provider *provider) : QCA::CSRContext(provider) {}
    RequestContext(const RequestContext &other);

    Context *clone() const override { return new RequestContext(*this); }
    QByteArray toDER() const override;
    QString toPEM() const override;
    QCA::ConvertResult fromDER(const QByteArray &der) override;
    QCA::ConvertResult fromPEM(const QString &pem) override;
    bool canUseFormat(QCA::CertificateRequestFormat format) const override { return format == QCA::PKCS10; }
    bool createRequest(const QCA::CertificateOptions &options, const QCA::PKeyContext &key) override;
    const QCA::CertContextProps *props() const override { return &m_properties; }
    bool compare(const QCA::CSRContext *other) const override;
    QCA::PKeyContext *subjectPublicKey() const override;
    QString toSPKAC() const override { return {}; }
    QCA::ConvertResult fromSPKAC(const QString &) override { return QCA::ErrorDecode; }

private:
    X509RequestPtr m_request;
    QCA::CertContextProps m_properties{};
};

} // namespace provider
