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
    // CMS_* insists on content to hash; the older functions write the degenerate form of RFC 2315 section 9.1 as it is.
    const Owned<PKCS7, PKCS7_free> bag(PKCS7_new());
    if (!bag || PKCS7_set_type(bag.get(), NID_pkcs7_signed) != 1 || PKCS7_content_new(bag.get(), NID_pkcs7_data) != 1
        || PKCS7_set_detached(bag.get(), 1) != 1)
        return {};
    for (const QByteArray &der : certificates) {
        const X509Ptr certificate = x509FromDer(der);
        if (!certificate || PKCS7_add_certificate(bag.get(), certificate.get()) != 1)
            return {};
    }
    for (const QByteArray &der : crls) {
        const X509CrlPtr crl = crlFromDer(der);
        if (!crl || PKCS7_add_crl(bag.get(), crl.get()) != 1)
            return {};
    }
    return derBy(i2d_PKCS7, bag.get());
}

} // namespace provider
