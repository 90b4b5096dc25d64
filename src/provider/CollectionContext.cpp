// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateContext.h"
#include "provider/CertificateSet.h"
#include "provider/RevocationContext.h"

namespace provider {

QByteArray CollectionContext::toPKCS7(const QList<QCA::CertContext *> &certificates, const QList<QCA::CRLContext *> &crls) const
{
    const ClearsErrorQueue clears;
    QList<QByteArray> certificatesDer;
    QList<QByteArray> crlsDer;
    for (const QCA::CertContext *certificate : certificates)
        certificatesDer.append(certificate->toDER());
    for (const QCA::CRLContext *crl : crls)
        crlsDer.append(crl->toDER());
    return certificatesOnlyCms(certificatesDer, crlsDer);
}

QCA::ConvertResult CollectionContext::fromPKCS7(const QByteArray &der, QList<QCA::CertContext *> *certificates,
                                                QList<QCA::CRLContext *> *crls) const
{
    const ClearsErrorQueue clears;
    const std::optional<CertificateSet> set = readCertificateSet(der);
    if (!set)
        return QCA::ErrorDecode;
    for (const QByteArray &certificateDer : set->certificates) {
        auto certificate = std::make_unique<CertificateContext>(provider());
        if (certificate->fromDER(certificateDer) == QCA::ConvertGood)
            certificates->append(certificate.release());
    }
    for (const QByteArray &crlDer : set->crls) {
        auto crl = std::make_unique<RevocationContext>(provider());
        if (crl->fromDER(crlDer) == QCA::ConvertGood)
            crls->append(crl.release());
    }
    return QCA::ConvertGood;
}

} // namespace provider
