// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsSign.h"

#include "base/LargeArray.h"
#include "provider/CmsDer.h"
#include "provider/CmsDigest.h"
#include "provider/CmsNames.h"
#include "provider/CmsOids.h"
#include "provider/SmimeCapabilities.h"

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

QByteArray digestAlgorithm(int nid)
{
    if (nid == NID_shake256)
        return derWrap(V_ASN1_SEQUENCE, derOid(kOidShake256Length) + derInteger(512)); // with Ed448, RFC 8419 section 3.1
    return derWrap(V_ASN1_SEQUENCE, derBy(i2d_ASN1_OBJECT, OBJ_nid2obj(nid))); // RFC 5754 section 2: parameters absent
}

QByteArray attribute(const char *oid, const QByteArray &value)
{
    return derWrap(V_ASN1_SEQUENCE, derOid(oid) + derWrap(V_ASN1_SET, value));
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
    const X509Ptr certificate = rememberedX509(certificateDer);
    return certificate ? derContext(0, issuerAndSerialBody(certificate.get())) : QByteArray{};
}

struct SignedBytes {
    QByteArray value;
    QByteArray algorithm; ///< DER
};

QByteArray signatureAlgorithm(EVP_PKEY_CTX *context)
{
    QByteArray der(512, Qt::Uninitialized);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_ALGORITHM_ID, der.data(), size_t(der.size())),
        OSSL_PARAM_construct_end(),
    };
    if (EVP_PKEY_CTX_get_params(context, parameters) != 1 || !OSSL_PARAM_modified(parameters))
        return {};
    der.truncate(qsizetype(parameters[0].return_size));
    return der;
}

EvpKeyContextPtr pkcs1SigningContext(EVP_PKEY *key, const Digest &digest)
{
    EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const bool isReady = context && EVP_PKEY_sign_init(context.get()) == 1
        && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1
        && EVP_PKEY_CTX_set_signature_md(context.get(), digest.md) == 1;
    return isReady ? std::move(context) : nullptr;
}

/// What most people have, with a context that stays ready.
SignedBytes signByPkcs1(QByteArrayView bytes, const OwnKey &signer, int digestNid)
{
    const Digest digest = digestOfNid(digestNid);
    const QByteArray hash = digestOver(digest, {bytes});
    EvpKeyContextPtr context = signer.contexts->take(KeyOperation::Sign, digestNid, [&] { return pkcs1SigningContext(signer.key.get(), digest); });
    QByteArray value(EVP_PKEY_get_size(signer.key.get()), Qt::Uninitialized);
    size_t size = size_t(value.size());
    if (!context || hash.isEmpty() || EVP_PKEY_sign(context.get(), octets(value), &size, octets(QByteArrayView(hash)), size_t(hash.size())) != 1)
        return {};
    signer.contexts->giveBack(KeyOperation::Sign, digestNid, std::move(context));
    value.truncate(qsizetype(size));
    // rsaEncryption is what every reader knows (RFC 3370 section 3.2).
    return {value, derWrap(V_ASN1_SEQUENCE, derOid(kOidRsaEncryption) + derNull())};
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
    result.algorithm = signatureAlgorithm(parameters);
    size_t size = 0;
    if (result.algorithm.isEmpty() || EVP_DigestSign(context.get(), nullptr, &size, octets(bytes), size_t(bytes.size())) != 1)
        return {};
    result.value = QByteArray(qsizetype(size), Qt::Uninitialized);
    if (EVP_DigestSign(context.get(), octets(result.value), &size, octets(bytes), size_t(bytes.size())) != 1)
        return {};
    result.value.truncate(qsizetype(size));
    return result;
}

/// For programs that know only QCA; whoever knows the key that mail is to be encrypted to says what belongs to it.
const QByteArray &usualCapabilities()
{
    static const QByteArray s_rsa = encodeSmimeCapabilities(ownCapabilities(u"RSA"_s));
    return s_rsa;
}

/// The signed attributes in the order of DER; empty if one of them cannot be made. RFC 5652 section 11, RFC 8551 section 2.5.
QByteArray signedAttributes(const SigningJob &job, const QByteArray &certificateDer, const QByteArray &digest)
{
    const auto time = toAsn1Time(job.options.signingTime.value_or(QDateTime::currentDateTimeUtc()));
    if (!time || digest.isEmpty())
        return {};
    QList<QByteArray> attributes{
        attribute(kOidContentTypeAttribute, derOid(kOidData)), attribute(kOidSigningTime, derBy(i2d_ASN1_TIME, time.get())),
        attribute(kOidMessageDigest, derOctets(digest)), attribute(kOidSigningCertificateV2, signingCertificate(certificateDer))};
    if (job.attributes == MailAttributes::Leave)
        return derSorted(attributes);
    attributes.append(attribute(kOidSmimeCapabilities, job.options.capabilitiesDer.isEmpty() ? usualCapabilities() : job.options.capabilitiesDer));
    if (job.options.preferredEncryptionCertificate.isEmpty())
        return derSorted(attributes);
    const QByteArray preference = encryptionPreference(job.options.preferredEncryptionCertificate);
    attributes.append(attribute(kOidEncryptionKeyPreference, preference));
    return preference.isEmpty() ? QByteArray{} : derSorted(attributes);
}

/// DER of one SignerInfo; empty if the key cannot sign.
QByteArray signOnce(const SigningJob &job, const OwnKey &signer, int digestNid, const QByteArray &contentDigest)
{
    const QByteArray attributes = signedAttributes(job, toDer(signer.certificate.get()), contentDigest);
    if (attributes.isEmpty())
        return {};
    const QByteArray toSign = derWrap(V_ASN1_SET, attributes);
    const bool isPkcs1 = isOfType(signer.key.get(), "RSA") && job.options.rsaSignature == RsaSignature::Pkcs1;
    const SignedBytes signature = isPkcs1 ? signByPkcs1(toSign, signer, digestNid)
                                          : signBytes(toSign, signer.key.get(), digestOfNid(digestNid), job.options.rsaSignature);
    if (signature.value.isEmpty())
        return {};
    return derWrap(V_ASN1_SEQUENCE, derInteger(1) + identifierDer(signer.certificate.get(), CertificateNaming::IssuerAndSerial)
                                        + digestAlgorithm(digestNid) + derContext(0, attributes) + signature.algorithm
                                        + derOctets(signature.value));
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
            const X509Ptr certificate = rememberedX509(der);
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
    for (const OwnKey &signer : job.signers) {
        if (!signer.certificate || !signer.key || X509_check_private_key(signer.certificate.get(), signer.key.get()) != 1)
            return Outcome::failed(CmsFault::SigningFailed, u"Certificate and private key do not belong together"_s);
        const int nid = digestNidFor(signer.key.get(), job.options.digest);
        if (!digests.contains(nid)) {
            digests.insert(nid, digestOver(digestOfNid(nid), viewsOf(job.content)));
            digestAlgorithms.append(digestAlgorithm(nid));
        }
        const QByteArray info = signOnce(job, signer, nid, digests.value(nid));
        if (info.isEmpty())
            return Outcome::failed(CmsFault::SigningFailed, u"The key cannot sign: "_s + takeErrorText());
        signerInfos.append(info);
        outcome.hashName = QString::fromLatin1(OBJ_nid2sn(nid)).toLower();
    }
    SignedFrame frame;
    frame.before = derInteger(1) + derWrap(V_ASN1_SET, derSorted(digestAlgorithms));
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
