// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsSign.h"

#include "base/LargeArray.h"
#include "provider/CmsDer.h"
#include "provider/CmsDigest.h"
#include "provider/CmsNames.h"
#include "provider/CmsOids.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace provider::cms {
namespace {

int nidOfChoice(DigestAlgorithm digest)
{
    switch (digest) {
    case DigestAlgorithm::Sha256:
        return NID_sha256;
    case DigestAlgorithm::Sha384:
        return NID_sha384;
    case DigestAlgorithm::Sha512:
        return NID_sha512;
    }
    Q_UNREACHABLE();
}

enum class KeyFamily { Rsa, Ec, Pure };

KeyFamily familyOf(const EVP_PKEY *key)
{
    if (isOfType(key, "RSA") || isOfType(key, "RSA-PSS") || isOfType(key, "DSA"))
        return KeyFamily::Rsa;
    return isOfType(key, "EC") ? KeyFamily::Ec : KeyFamily::Pure;
}

/// The digest that an RSA-PSS key with parameters prescribes (RFC 4055 section 3.3), if it is one that we sign with; NID_undef otherwise.
int prescribedDigestNid(EVP_PKEY *key)
{
    constexpr int kMandatory = 2;
    int nid = NID_undef;
    const bool isPrescribed = isOfType(key, "RSA-PSS") && EVP_PKEY_get_default_digest_nid(key, &nid) == kMandatory;
    return isPrescribed && (nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512) ? nid : NID_undef;
}

/// As long as the digest, and never shorter than an RSA-PSS key with parameters demands.
int saltOctetsFor(const EVP_PKEY *key, const Digest &digest)
{
    int least = 0;
    EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_RSA_PSS_SALTLEN, &least);
    return std::max(least, EVP_MD_get_size(digest.md));
}

/// The digest that goes with a key: see DigestAlgorithm.
int digestNidFor(EVP_PKEY *key, DigestAlgorithm wished)
{
    const int nid = nidOfChoice(wished);
    switch (familyOf(key)) {
    case KeyFamily::Rsa:
        return prescribedDigestNid(key) != NID_undef ? prescribedDigestNid(key) : nid;
    case KeyFamily::Ec:
        if (EVP_PKEY_get_bits(key) > 384)
            return NID_sha512;
        return EVP_PKEY_get_bits(key) > 256 && nid == NID_sha256 ? NID_sha384 : nid;
    case KeyFamily::Pure:
        return isOfType(key, "ED448") ? NID_shake256 : NID_sha512;
    }
    Q_UNREACHABLE();
}

AlgorithmPtr digestAlgorithm(int nid)
{
    if (nid == NID_shake256)
        return makeAlgorithm(kOidShake256Length, derInteger(512)); // with Ed448, RFC 8419 section 3.1
    AlgorithmPtr algorithm(X509_ALGOR_new());
    // RFC 5754 section 2: parameters absent.
    X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(nid), V_ASN1_UNDEF, nullptr);
    return algorithm;
}

bool addAttribute(STACK_OF(X509_ATTRIBUTE) * attributes, const char *oid, const QByteArray &value)
{
    const QByteArray der = derWrap(V_ASN1_SEQUENCE, derOid(oid) + derWrap(V_ASN1_SET, value));
    auto attribute = fromDerBy<AttributePtr>(d2i_X509_ATTRIBUTE, der);
    if (value.isEmpty() || !attribute || sk_X509_ATTRIBUTE_push(attributes, attribute.get()) == 0)
        return false;
    attribute.release();
    return true;
}

/// SigningCertificateV2 with the signer's certificate alone, SHA-256 (the default, therefore absent). RFC 5035 section 3.
QByteArray signingCertificate(const QByteArray &certificateDer)
{
    const QByteArray hash = digestOver(digestOfNid(NID_sha256), {certificateDer});
    const QByteArray id = derWrap(V_ASN1_SEQUENCE, derOctets(hash));
    return derWrap(V_ASN1_SEQUENCE, derWrap(V_ASN1_SEQUENCE, id));
}

QByteArray issuerAndSerialBody(const X509 *certificate)
{
    return derBy(i2d_X509_NAME, X509_get_issuer_name(certificate))
        + derBy(i2d_ASN1_INTEGER, X509_get0_serialNumber(certificate));
}

/// SMIMEEncryptionKeyPreference, the choice issuerAndSerialNumber [0]. RFC 8551 section 2.5.3.
QByteArray encryptionPreference(const QByteArray &certificateDer)
{
    const auto certificate = x509FromDer(certificateDer);
    return certificate ? derContext(0, issuerAndSerialBody(certificate.get())) : QByteArray{};
}

IdentifierPtr identifierFor(const X509 *certificate, CertificateNaming naming)
{
    if (namesByKeyId(certificate, naming)) {
        const QByteArray id = toBytes(X509_get0_subject_key_id(const_cast<X509 *>(certificate)));
        return fromDerBy<IdentifierPtr>(d2i_Identifier, derHeader(0, V_ASN1_CONTEXT_SPECIFIC, false, id.size()) + id);
    }
    return fromDerBy<IdentifierPtr>(d2i_Identifier, derWrap(V_ASN1_SEQUENCE, issuerAndSerialBody(certificate)));
}

struct SignedBytes {
    QByteArray value;
    AlgorithmPtr algorithm;
};

AlgorithmPtr signatureAlgorithm(EVP_PKEY_CTX *context, KeyFamily family, RsaSignature scheme, const EVP_PKEY *key)
{
    // rsaEncryption for v1.5 is what every reader knows (RFC 3370 section 3.2).
    if (family == KeyFamily::Rsa && isOfType(key, "RSA") && scheme == RsaSignature::Pkcs1) {
        AlgorithmPtr algorithm(X509_ALGOR_new());
        X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_rsaEncryption), V_ASN1_NULL, nullptr);
        return algorithm;
    }
    QByteArray der(512, Qt::Uninitialized);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_ALGORITHM_ID, der.data(), size_t(der.size())),
        OSSL_PARAM_construct_end(),
    };
    if (EVP_PKEY_CTX_get_params(context, parameters) != 1 || !OSSL_PARAM_modified(parameters))
        return nullptr;
    der.truncate(qsizetype(parameters[0].return_size));
    return fromDerBy<AlgorithmPtr>(d2i_X509_ALGOR, der);
}

SignedBytes signBytes(QByteArrayView bytes, EVP_PKEY *key, const Digest &digest, RsaSignature scheme)
{
    const KeyFamily family = familyOf(key);
    const EvpDigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *parameters = nullptr; // owned by context
    if (EVP_DigestSignInit(context.get(), &parameters, family == KeyFamily::Pure ? nullptr : digest.md, nullptr, key) != 1)
        return {};
    const bool isPss = isOfType(key, "RSA-PSS") || (isOfType(key, "RSA") && scheme == RsaSignature::Pss);
    if (isPss
        && (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1
            || EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, saltOctetsFor(key, digest)) != 1))
        return {};
    SignedBytes result;
    result.algorithm = signatureAlgorithm(parameters, family, scheme, key);
    size_t size = 0;
    if (!result.algorithm || EVP_DigestSign(context.get(), nullptr, &size, octets(bytes), size_t(bytes.size())) != 1)
        return {};
    result.value = QByteArray(qsizetype(size), Qt::Uninitialized);
    if (EVP_DigestSign(context.get(), octets(result.value), &size, octets(bytes), size_t(bytes.size())) != 1)
        return {};
    result.value.truncate(qsizetype(size));
    return result;
}

/// Fills the signed attributes of `info`. RFC 5652 section 11, RFC 8551 section 2.5.
bool addAttributes(SignerInfo &info, const SigningJob &job, const QByteArray &certificateDer, const QByteArray &digest)
{
    info.signedAttributes = sk_X509_ATTRIBUTE_new_null();
    auto *attributes = info.signedAttributes;
    const auto time = toAsn1Time(job.options.signingTime.value_or(QDateTime::currentDateTimeUtc()));
    bool ok = attributes && time && addAttribute(attributes, kOidContentTypeAttribute, derOid(kOidData))
        && addAttribute(attributes, kOidSigningTime, derBy(i2d_ASN1_TIME, time.get()))
        && addAttribute(attributes, kOidMessageDigest, derOctets(digest))
        && addAttribute(attributes, kOidSigningCertificateV2, signingCertificate(certificateDer));
    if (!ok || job.attributes == MailAttributes::Leave)
        return ok;
    const QByteArray capabilities = job.options.capabilitiesDer.isEmpty() ? ownCapabilities() : job.options.capabilitiesDer;
    ok = addAttribute(attributes, kOidSmimeCapabilities, capabilities);
    if (ok && !job.options.preferredEncryptionCertificate.isEmpty())
        ok = addAttribute(attributes, kOidEncryptionKeyPreference, encryptionPreference(job.options.preferredEncryptionCertificate));
    return ok;
}

/// DER of one SignerInfo; empty if the key cannot sign.
QByteArray signOnce(const SigningJob &job, const OwnKey &signer, int digestNid, const QByteArray &contentDigest)
{
    const SignerInfoPtr info(SignerInfo_new());
    Identifier_free(info->sid);
    info->sid = identifierFor(signer.certificate.get(), job.options.signerNaming).release();
    X509_ALGOR_free(info->digestAlgorithm);
    info->digestAlgorithm = digestAlgorithm(digestNid).release();
    if (!info->sid || !addAttributes(*info, job, toDer(signer.certificate.get()), contentDigest))
        return {};
    info->version = info->sid->type == Identifier::ByKeyId ? 3 : 1;
    OpenSslBytesPtr attributes;
    unsigned char *encoded = nullptr;
    const int size = ASN1_item_i2d(reinterpret_cast<ASN1_VALUE *>(info->signedAttributes), &encoded,
                                   ASN1_ITEM_rptr(AttributesSorted));
    attributes.reset(encoded);
    if (size <= 0)
        return {};
    SignedBytes signature = signBytes({encoded, size}, signer.key.get(), digestOfNid(digestNid), job.options.rsaSignature);
    if (signature.value.isEmpty())
        return {};
    X509_ALGOR_free(info->signatureAlgorithm);
    info->signatureAlgorithm = signature.algorithm.release();
    ASN1_STRING_set(info->signature, signature.value.data(), int(signature.value.size()));
    return derBy(i2d_SignerInfo, info.get());
}

/// The certificates to send along: chains without their roots, which nobody trusts because they came in a mail.
QList<QByteArray> bundled(const SigningJob &job)
{
    QList<QByteArray> result;
    if (job.bundle == Bundle::Nothing)
        return result;
    const auto add = [&result](const QByteArray &der) {
        if (!der.isEmpty() && !result.contains(der))
            result.append(der);
    };
    for (const OwnKey &signer : job.signers) {
        add(toDer(signer.certificate.get()));
        for (const QByteArray &der : signer.chain.sliced(qMin(1, signer.chain.size()))) {
            const auto certificate = x509FromDer(der);
            if (certificate && X509_self_signed(certificate.get(), 0) != 1)
                add(der);
        }
    }
    add(job.options.preferredEncryptionCertificate);
    return result;
}

/// Everything of SignedData but the content, in the order in which it is written.
struct SignedFrame {
    QByteArray before;      // version, digestAlgorithms
    QByteArray after;       // certificates, signerInfos
};

/// ContentInfo around `frame` and, if opaque, the content, which is copied exactly once.
QByteArray assemble(const SignedFrame &frame, const SigningJob &job)
{
    const QByteArray type = derOid(kOidData);
    const qsizetype contentOctets = octetsIn(job.content);
    QByteArray contentHeads;
    if (job.form == SignatureForm::Opaque) {
        contentHeads = derHeader(V_ASN1_OCTET_STRING, V_ASN1_UNIVERSAL, false, contentOctets);
        contentHeads.prepend(derHeader(0, V_ASN1_CONTEXT_SPECIFIC, true, contentHeads.size() + contentOctets));
    }
    const qsizetype content = job.form == SignatureForm::Opaque ? contentOctets : 0;
    const qsizetype encapsulated = type.size() + contentHeads.size() + content;
    const QByteArray encapsulatedHead = derHeader(V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL, true, encapsulated);
    const qsizetype body = frame.before.size() + encapsulatedHead.size() + encapsulated + frame.after.size();
    const QByteArray bodyHead = derHeader(V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL, true, body);
    const QByteArray holder = derHeader(0, V_ASN1_CONTEXT_SPECIFIC, true, bodyHead.size() + body);
    const QByteArray outerType = derOid(kOidSignedData);
    const qsizetype outer = outerType.size() + holder.size() + bodyHead.size() + body;
    QByteArray out;
    base::reserveLarge(out, outer + 16);
    out += derHeader(V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL, true, outer);
    out += outerType + holder + bodyHead + frame.before + encapsulatedHead + type + contentHeads;
    if (job.form == SignatureForm::Opaque)
        for (const QByteArray &piece : job.content)
            out += piece;
    out += frame.after;
    return out;
}

} // namespace

Outcome sign(const SigningJob &job)
{
    if (job.signers.empty())
        return Outcome::failed(CmsFault::SigningFailed, u"No key to sign with"_s);
    QList<QByteArray> digestAlgorithms;
    QList<QByteArray> signerInfos;
    QHash<int, QByteArray> digests;
    Outcome outcome;
    bool hasKeyId = false;
    for (const OwnKey &signer : job.signers) {
        if (!signer.certificate || !signer.key || X509_check_private_key(signer.certificate.get(), signer.key.get()) != 1)
            return Outcome::failed(CmsFault::SigningFailed, u"Certificate and private key do not belong together"_s);
        const int nid = digestNidFor(signer.key.get(), job.options.digest);
        if (!digests.contains(nid)) {
            digests.insert(nid, digestOver(digestOfNid(nid), viewsOf(job.content)));
            digestAlgorithms.append(derBy(i2d_X509_ALGOR, digestAlgorithm(nid).get()));
        }
        const QByteArray info = signOnce(job, signer, nid, digests.value(nid));
        if (info.isEmpty())
            return Outcome::failed(CmsFault::SigningFailed, u"The key cannot sign: "_s + takeErrorText());
        signerInfos.append(info);
        outcome.hashName = QString::fromLatin1(OBJ_nid2sn(nid)).toLower();
        hasKeyId = hasKeyId || namesByKeyId(signer.certificate.get(), job.options.signerNaming);
    }
    SignedFrame frame;
    frame.before = derInteger(hasKeyId ? 3 : 1) + derWrap(V_ASN1_SET, derSorted(digestAlgorithms));
    const QList<QByteArray> certificates = bundled(job);
    if (!certificates.isEmpty())
        frame.after = derContext(0, derSorted(certificates));
    frame.after += derWrap(V_ASN1_SET, derSorted(signerInfos));
    (job.form == SignatureForm::Detached ? outcome.signature : outcome.output) = assemble(frame, job);
    outcome.facts.type = CmsContentType::SignedData;
    outcome.facts.innerTypeOid = kOidData;
    outcome.facts.certificates = certificates;
    return outcome;
}

} // namespace provider::cms
