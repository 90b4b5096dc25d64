// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsForge.h"

#include "provider/CmsForgeEncoding.h"
#include "provider/CmsOids.h"
#include "provider/OpenSsl.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {
namespace {

using namespace cms;

constexpr char kOidReceiptRequest[] = "1.2.840.113549.1.9.16.2.1";

QByteArray attribute(const char *oid, const QByteArray &values)
{
    return sequence(derOid(oid) + derWrap(V_ASN1_SET, values));
}

QByteArray identifierOf(const X509 *certificate, CertificateNaming naming)
{
    if (naming == CertificateNaming::SubjectKeyIdentifier) {
        // X509_get0_subject_key_id only fills a cache inside the certificate.
        const QByteArray id = toBytes(X509_get0_subject_key_id(const_cast<X509 *>(certificate)));
        return derHeader(0, V_ASN1_CONTEXT_SPECIFIC, false, id.size()) + id;
    }
    return sequence(derBy(i2d_X509_NAME, X509_get_issuer_name(certificate)) + derBy(i2d_ASN1_INTEGER, X509_get0_serialNumber(certificate)));
}

/// Digest, its value over the content, and how both are written.
struct SignerDigest {
    EvpDigestPtr md;
    QByteArray value;
    QByteArray algorithm;
};

SignerDigest digestFor(const ForgedSigner &signer, const EVP_PKEY *key, const QByteArray &content)
{
    SignerDigest digest;
    const bool isEd448 = isOfType(key, "ED448");
    const QByteArray name = isEd448 ? "SHAKE256" : hashesByItself(key) ? "SHA512" : signer.digest;
    digest.md.reset(EVP_MD_fetch(nullptr, name.constData(), nullptr));
    const EvpDigestContextPtr context(EVP_MD_CTX_new());
    if (!digest.md || EVP_DigestInit_ex2(context.get(), digest.md.get(), nullptr) != 1
        || EVP_DigestUpdate(context.get(), content.constData(), size_t(content.size())) != 1)
        return {};
    digest.value.resize(isEd448 ? 64 : EVP_MD_get_size(digest.md.get()));
    const bool isDone = isEd448 ? EVP_DigestFinalXOF(context.get(), octets(digest.value), size_t(digest.value.size())) == 1
                                : EVP_DigestFinal_ex(context.get(), octets(digest.value), nullptr) == 1;
    digest.algorithm = isEd448 ? sequence(derOid(kOidShake256Length) + derInteger(512))
                               : sequence(derBy(i2d_ASN1_OBJECT, OBJ_nid2obj(EVP_MD_get_type(digest.md.get()))));
    return isDone ? std::move(digest) : SignerDigest{};
}

/// receiptRequest of RFC 2634 section 2.7: an identifier, allReceipts, and where to send them.
QByteArray receiptRequest()
{
    const QByteArray all = QByteArray::fromHex("800100");
    const QByteArray address = QByteArray("\x81\x11") + "alice@example.org";
    return sequence(derOctets("forged receipt") + all + sequence(sequence(address)));
}

QList<QByteArray> attributesOf(const ForgedSigner &signer, const QByteArray &contentType, const QByteArray &digest)
{
    using A = ForgedAttributes;
    QList<QByteArray> attributes;
    const char *type = signer.attributes == A::OtherContentType ? kOidTimeStampInfo : contentType.constData();
    if (signer.attributes != A::WithoutContentType)
        attributes.append(attribute(kOidContentTypeAttribute, derOid(type)));
    if (signer.attributes == A::TwoContentTypes)
        attributes.append(attribute(kOidContentTypeAttribute, derOid(type)));
    if (const auto time = toAsn1Time(signer.signingTime))
        attributes.append(attribute(kOidSigningTime, derBy(i2d_ASN1_TIME, time.get())));
    QByteArray digests = derOctets(digest);
    if (signer.attributes == A::TwoMessageDigests)
        digests += derOctets(QByteArray(digest.size(), '\xff'));
    if (signer.attributes != A::WithoutMessageDigest)
        attributes.append(attribute(kOidMessageDigest, digests));
    if (signer.attributes == A::WithReceiptRequest)
        attributes.append(attribute(kOidReceiptRequest, receiptRequest()));
    return attributes;
}

struct SignatureValue {
    QByteArray value;
    QByteArray algorithm;   ///< DER
};

/// As OpenSSL names the algorithm: sha256WithRSAEncryption where the product writes rsaEncryption.
SignatureValue signOver(const QByteArray &input, EVP_PKEY *key, const EVP_MD *digest, ForgedScheme scheme)
{
    const EvpDigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *parameters = nullptr; // owned by context
    const char *name = hashesByItself(key) ? nullptr : EVP_MD_get0_name(digest);
    if (EVP_DigestSignInit_ex(context.get(), &parameters, name, nullptr, nullptr, key, nullptr) != 1)
        return {};
    if (scheme == ForgedScheme::Pss
        && (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1
            || EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1))
        return {};
    SignatureValue result;
    result.algorithm.resize(512);
    OSSL_PARAM wanted[] = {OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_ALGORITHM_ID, result.algorithm.data(), 512),
                           OSSL_PARAM_construct_end()};
    size_t size = 0;
    if (EVP_PKEY_CTX_get_params(parameters, wanted) != 1
        || EVP_DigestSign(context.get(), nullptr, &size, octets(input), size_t(input.size())) != 1)
        return {};
    result.algorithm.truncate(qsizetype(wanted[0].return_size));
    result.value.resize(qsizetype(size));
    if (EVP_DigestSign(context.get(), octets(result.value), &size, octets(input), size_t(input.size())) != 1)
        return {};
    result.value.truncate(qsizetype(size));
    return result;
}

/// MD5 has no RSA signature algorithm in OpenSSL's list of today.
QByteArray algorithmOf(const SignatureValue &signature)
{
    return signature.algorithm.isEmpty() ? sequence(derOid(kOidRsaEncryption) + derNull()) : signature.algorithm;
}

struct SignerInfoDer {
    QByteArray info;
    QByteArray digestAlgorithm;
};

SignerInfoDer signerInfo(const ForgedSigner &signer, const ForgedSignedData &what)
{
    const X509Ptr certificate = x509FromDer(signer.certificate);
    const EvpKeyPtr key = toEvp(signer.key);
    if (!certificate || !key)
        return {};
    const SignerDigest digest = digestFor(signer, key.get(), what.content);
    if (digest.value.isEmpty())
        return {};
    const bool hasAttributes = signer.attributes != ForgedAttributes::None;
    const QByteArray attributes = hasAttributes ? derSorted(attributesOf(signer, what.contentType, digest.value)) : QByteArray{};
    SignatureValue signature =
            signOver(hasAttributes ? derWrap(V_ASN1_SET, attributes) : what.content, key.get(), digest.md.get(), signer.scheme);
    if (signature.value.isEmpty())
        return {};
    if (signer.signature == ForgedSignature::Wrong)
        signature.value[signature.value.size() / 2] ^= '\x01';
    const bool byKeyId = signer.naming == CertificateNaming::SubjectKeyIdentifier;
    const QByteArray info = derInteger(byKeyId ? 3 : 1) + identifierOf(certificate.get(), signer.naming) + digest.algorithm
        + (hasAttributes ? derContext(0, attributes) : QByteArray{}) + algorithmOf(signature) + derOctets(signature.value);
    return {sequence(info), digest.algorithm};
}

} // namespace

base::Result<QCA::PrivateKey> forgeKey(ForgedKey kind)
{
    const ClearsErrorQueue clears;
    EVP_PKEY *key = nullptr;
    if (kind == ForgedKey::Rsa1024) {
        key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(1024));
    } else {
        const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr));
        const bool isReady = context && EVP_PKEY_keygen_init(context.get()) == 1 && EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048) == 1
            && EVP_PKEY_CTX_set_rsa_pss_keygen_md(context.get(), EVP_sha256()) == 1
            && EVP_PKEY_CTX_set_rsa_pss_keygen_mgf1_md(context.get(), EVP_sha256()) == 1
            && EVP_PKEY_CTX_set_rsa_pss_keygen_saltlen(context.get(), 32) == 1;
        if (isReady)
            EVP_PKEY_generate(context.get(), &key);
    }
    if (!key)
        return {ErrorCode::KeyGenerationFailed, takeErrorText()};
    return toPrivateKey(EvpKeyPtr(key));
}

base::Result<QByteArray> forgeSignedData(const ForgedSignedData &what)
{
    const ClearsErrorQueue clears;
    QList<QByteArray> digestAlgorithms;
    QList<QByteArray> infos;
    const QByteArray dataType(kOidData);
    bool isVersion3 = what.contentType != dataType;
    for (const ForgedSigner &signer : what.signers) {
        const SignerInfoDer info = signerInfo(signer, what);
        if (info.info.isEmpty())
            return {ErrorCode::SigningFailed, u"a signer cannot sign: "_s + takeErrorText()};
        infos.append(info.info);
        isVersion3 = isVersion3 || signer.naming == CertificateNaming::SubjectKeyIdentifier;
        if (!digestAlgorithms.contains(info.digestAlgorithm))
            digestAlgorithms.append(info.digestAlgorithm);
    }
    QByteArray inner = derOid(what.contentType.constData());
    if (what.embedded)
        inner += wrapAs(what.encoding, 0xa0, contentAs(what.encoding, 0x04, *what.embedded));
    QByteArray body = derInteger(isVersion3 ? 3 : 1) + derWrap(V_ASN1_SET, derSorted(digestAlgorithms)) + wrapAs(what.encoding, 0x30, inner);
    if (!what.certificates.isEmpty())
        body += derContext(0, derSorted(what.certificates));
    if (!what.crls.isEmpty())
        body += derContext(1, derSorted(what.crls));
    body += derWrap(V_ASN1_SET, derSorted(infos));
    return contentInfo(what.encoding, kOidSignedData, body);
}

} // namespace provider
