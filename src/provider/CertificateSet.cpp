// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateSet.h"

#include "provider/OpenSsl.h"

namespace provider {

std::optional<CertificateSet> readCertificateSet(QByteArrayView der)
{
    const CmsPtr cms = fromDerBy<CmsPtr>(d2i_CMS_ContentInfo, der);
    if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed)
        return std::nullopt;
    const X509StackPtr certificates(CMS_get1_certs(cms.get()));
    const CrlStackPtr crls(CMS_get1_crls(cms.get()));
    CertificateSet set;
    for (int i = 0; certificates && i < sk_X509_num(certificates.get()); ++i)
        set.certificates.append(toDer(sk_X509_value(certificates.get(), i)));
    for (int i = 0; crls && i < sk_X509_CRL_num(crls.get()); ++i)
        set.crls.append(toDer(sk_X509_CRL_value(crls.get(), i)));
    return set;
}

QByteArray certificatesOnlyCms(const QList<QByteArray> &certificates, const QList<QByteArray> &crls)
{
    const CmsPtr cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_PARTIAL));
    for (const QByteArray &der : certificates) {
        const X509Ptr certificate = x509FromDer(der);
        if (!cms || !certificate || CMS_add1_cert(cms.get(), certificate.get()) != 1)
            return {};
    }
    for (const QByteArray &der : crls) {
        const X509CrlPtr crl = crlFromDer(der);
        if (!cms || !crl || CMS_add1_crl(cms.get(), crl.get()) != 1)
            return {};
    }
    const BioPtr nothing(BIO_new(BIO_s_null()));
    if (!cms || CMS_set_detached(cms.get(), 1) != 1 || CMS_final(cms.get(), nothing.get(), nullptr, CMS_DETACHED) != 1)
        return {};
    return derBy(i2d_CMS_ContentInfo, cms.get());
}

} // namespace provider
