// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsSignature.h"

#include "provider/CmsDer.h"
#include "provider/CmsNames.h"

#include <openssl/rsa.h>

namespace provider::cms {
namespace {

using State = SignatureMethod::State;

SignatureMethod withDigest(int nid, int keyNid)
{
    SignatureMethod method;
    method.keyNid = keyNid == NID_dsa_2 ? NID_dsa : keyNid;
    method.digestNid = nid;
    method.digest = digestOfNid(nid);
    if (isRefusedDigest(nid))
        method.state = State::Refused;
    else if (method.digest)
        method.state = State::Ready;
    return method;
}

/// OBJ_find_sigid_algs() with what it leaves out.
SignatureMethod namedMethod(int nid)
{
    int digestNid = NID_undef;
    int keyNid = NID_undef;
    switch (nid) {
    case NID_sha512_224WithRSAEncryption:
        return withDigest(NID_sha512_224, NID_rsaEncryption);
    case NID_sha512_256WithRSAEncryption:
        return withDigest(NID_sha512_256, NID_rsaEncryption);
    case NID_dsa_with_SHA384:
        return withDigest(NID_sha384, NID_dsa);
    case NID_dsa_with_SHA512:
        return withDigest(NID_sha512, NID_dsa);
    default:
        return OBJ_find_sigid_algs(nid, &digestNid, &keyNid) == 1 && digestNid != NID_undef ? withDigest(digestNid, keyNid) : SignatureMethod{};
    }
}

/// Defaults as RFC 4055 section 3.1 gives them.
SignatureMethod pssMethod(const X509_ALGOR *signature)
{
    using PssPtr = Owned<RSA_PSS_PARAMS, RSA_PSS_PARAMS_free>;
    const auto parameters = fromDerBy<PssPtr>(d2i_RSA_PSS_PARAMS, parametersOf(signature));
    if (!parameters)
        return {};
    SignatureMethod method = withDigest(parameters->hashAlgorithm ? nidOf(parameters->hashAlgorithm) : NID_sha1, NID_rsassaPss);
    method.isPss = true;
    method.saltOctets = parameters->saltLength ? int(ASN1_INTEGER_get(parameters->saltLength)) : 20;
    method.maskDigest = digestOfNid(NID_sha1);
    if (parameters->maskGenAlgorithm) {
        const auto mask = innerAlgorithm(parameters->maskGenAlgorithm);
        method.maskDigest = nidOf(parameters->maskGenAlgorithm) == NID_mgf1 ? digestOfNid(nidOf(mask.get())) : Digest{};
    }
    const bool isTrailerKnown = !parameters->trailerField || ASN1_INTEGER_get(parameters->trailerField) == 1;
    if (!method.maskDigest || method.saltOctets < 0 || method.saltOctets > 512 || !isTrailerKnown)
        method.state = State::Unsupported;
    return method;
}

bool isPureAlgorithm(int nid)
{
    switch (nid) {
    case NID_ED25519:
    case NID_ED448:
    case NID_ML_DSA_44:
    case NID_ML_DSA_65:
    case NID_ML_DSA_87:
    case NID_SLH_DSA_SHA2_128s:
    case NID_SLH_DSA_SHA2_128f:
    case NID_SLH_DSA_SHA2_192s:
    case NID_SLH_DSA_SHA2_192f:
    case NID_SLH_DSA_SHA2_256s:
    case NID_SLH_DSA_SHA2_256f:
    case NID_SLH_DSA_SHAKE_128s:
    case NID_SLH_DSA_SHAKE_128f:
    case NID_SLH_DSA_SHAKE_192s:
    case NID_SLH_DSA_SHAKE_192f:
    case NID_SLH_DSA_SHAKE_256s:
    case NID_SLH_DSA_SHAKE_256f:
        return true;
    default:
        return false;
    }
}

EvpKeyContextPtr pkcs1VerifyingContext(EVP_PKEY *key, const Digest &digest)
{
    EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const bool isReady = context && EVP_PKEY_verify_init(context.get()) == 1
        && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1
        && EVP_PKEY_CTX_set_signature_md(context.get(), digest.md) == 1;
    return isReady ? std::move(context) : nullptr;
}

/// What most mail has, with a context that stays ready.
SignatureCheck checkPkcs1(const SignatureMethod &method, X509 *certificate, QByteArrayView bytes, QByteArrayView value)
{
    const std::shared_ptr<ContextPool> contexts = contextsOf(certificate);
    EvpKeyContextPtr context = contexts->take(KeyOperation::Verify, method.digestNid,
                                              [&] { return pkcs1VerifyingContext(X509_get0_pubkey(certificate), method.digest); });
    const QByteArray hash = digestOver(method.digest, {bytes});
    if (!context || hash.isEmpty())
        return SignatureCheck::KeyUnsupported;
    const int result = EVP_PKEY_verify(context.get(), octets(value), size_t(value.size()), octets(QByteArrayView(hash)), size_t(hash.size()));
    if (result == 1)
        contexts->giveBack(KeyOperation::Verify, method.digestNid, std::move(context));
    return result == 1 ? SignatureCheck::Right : SignatureCheck::Wrong;
}

/// No signature protects the name of its own algorithm: a value that fits the key must not pass for that of another kind of key. RSA keys sign with
/// PSS, too, and beside the value of a PSS key `openssl cms` writes rsaEncryption.
bool isFor(const SignatureMethod &method, const EVP_PKEY *key)
{
    const bool isRsa = method.isPss || method.keyNid == NID_rsaEncryption;
    return EVP_PKEY_is_a(key, OBJ_nid2sn(method.keyNid)) == 1 || (isRsa && (isOfType(key, "RSA") || isOfType(key, "RSA-PSS")));
}

} // namespace

SignatureMethod signatureMethodOf(const X509_ALGOR *signature, const X509_ALGOR *digest)
{
    const int nid = nidOf(signature);
    if (isRefusedDigest(nidOf(digest)))
        return withDigest(nidOf(digest), nid);
    if (isPureAlgorithm(nid)) {
        SignatureMethod method;
        method.state = State::Ready;
        method.keyNid = nid;
        return method;
    }
    if (nid == NID_rsassaPss)
        return pssMethod(signature);
    // Named by the key alone: the digest algorithm counts.
    if (nid == NID_rsaEncryption || nid == NID_X9_62_id_ecPublicKey || nid == NID_dsa)
        return withDigest(nidOf(digest), nid);
    return namedMethod(nid);
}

SignatureCheck checkSignature(const SignatureMethod &method, X509 *certificate, QByteArrayView bytes, QByteArrayView value)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (!key || !isFor(method, key))
        return SignatureCheck::KeyUnsupported;
    if (method.digest && !method.isPss && isOfType(key, "RSA"))
        return checkPkcs1(method, certificate, bytes, value);
    const EvpDigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *parameters = nullptr; // owned by context
    if (EVP_DigestVerifyInit(context.get(), &parameters, method.digest.md, nullptr, key) != 1)
        return SignatureCheck::KeyUnsupported;
    if (method.isPss
        && (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1
            || EVP_PKEY_CTX_set_rsa_mgf1_md(parameters, method.maskDigest.md) != 1
            || EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, method.saltOctets) != 1))
        return SignatureCheck::KeyUnsupported;
    const int result = EVP_DigestVerify(context.get(), octets(value), size_t(value.size()), octets(bytes), size_t(bytes.size()));
    return result == 1 ? SignatureCheck::Right : SignatureCheck::Wrong;
}

} // namespace provider::cms
