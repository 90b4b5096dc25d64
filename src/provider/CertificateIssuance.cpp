// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateIssuance.h"

#include "provider/CertificateBuilder.h"
#include "provider/CertificateNames.h"
#include "provider/PemBlocks.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

base::Result<QCA::Certificate> issueCertificate(const QCA::Certificate &issuer, const QCA::PrivateKey &issuerKey,
                                                const QCA::PublicKey &subjectKey, const CertificateProfile &profile)
{
    const ClearsErrorQueue clears;
    const X509Ptr issuerX509 = toX509(issuer);
    const EvpKeyPtr signer = toEvp(issuerKey);
    const EvpKeyPtr subject = toEvp(subjectKey);
    const QString firstAddress = profile.addresses.value(0);
    const X509NamePtr name = nameWithCommonName(profile.commonName.isEmpty() ? firstAddress : profile.commonName);
    base::Result<X509Ptr> certificate =
            buildCertificate(issuerX509.get(), signer.get(), subject.get(), name.get(), profile);
    if (!certificate)
        return certificate.error();
    return toCertificate(certificate->get());
}

base::Result<QByteArray> makeRequest(const QCA::PrivateKey &key, const QString &commonName, const QStringList &addresses)
{
    const ClearsErrorQueue clears;
    const EvpKeyPtr evp = toEvp(key);
    const X509NamePtr name = nameWithCommonName(commonName);
    base::Result<X509RequestPtr> request = buildRequest(evp.get(), name.get(), addresses, {});
    if (!request)
        return request.error();
    return derBy(i2d_X509_REQ, request->get());
}

base::Result<RequestFacts> readRequest(QByteArrayView request)
{
    const ClearsErrorQueue clears;
    QByteArray der = firstPemBlock(request, "CERTIFICATE REQUEST");
    if (der.isEmpty())
        der = request.toByteArray();
    const X509RequestPtr x509 = fromDerBy<X509RequestPtr>(d2i_X509_REQ, der);
    if (!x509)
        return {ErrorCode::NotACertificateRequest, takeErrorText()};
    EVP_PKEY *key = X509_REQ_get0_pubkey(x509.get());
    if (!key)
        return {ErrorCode::KeyTypeUnsupported, takeErrorText()};
    if (X509_REQ_verify(x509.get(), key) != 1)
        return {ErrorCode::RequestSignatureInvalid, takeErrorText()};
    const X509_NAME *subject = X509_REQ_get_subject_name(x509.get());
    const GeneralNamesPtr names = requestedNames(x509.get());
    QStringList addresses = mailAddressesOf(names.get());
    addresses.append(valuesOf(subject, NID_pkcs9_emailAddress));
    addresses.removeDuplicates();
    return RequestFacts{commonNameOf(subject), toText(subject), addresses, toPublicKey(shared(key)), describeKey(key)};
}

base::Result<QByteArray> issueCrl(const QCA::Certificate &issuer, const QCA::PrivateKey &issuerKey, const CrlFacts &contents)
{
    const ClearsErrorQueue clears;
    const X509Ptr x509 = toX509(issuer);
    const EvpKeyPtr key = toEvp(issuerKey);
    base::Result<X509CrlPtr> crl = buildCrl(x509.get(), key.get(), contents);
    if (!crl)
        return crl.error();
    return toDer(crl->get());
}

} // namespace provider
