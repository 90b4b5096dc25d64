// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsAgreement.h"

#include "provider/CmsDer.h"
#include "provider/CmsKeyWrap.h"
#include "provider/CmsNames.h"
#include "provider/CmsOids.h"

#include <openssl/dh.h>
#include <openssl/ec.h>

namespace provider::cms {
namespace {

struct Scheme {
    const char *oid;
    Derivation derivation;
    int digestNid;
    bool isCofactor; ///< Makes a difference on the binary curves alone: the cofactor of the others is 1.
};

constexpr Scheme kSchemes[] = {
    {kOidStdDhSha256, Derivation::X963, NID_sha256, false},
    {kOidStdDhSha384, Derivation::X963, NID_sha384, false},
    {kOidStdDhSha512, Derivation::X963, NID_sha512, false},
    {kOidStdDhSha224, Derivation::X963, NID_sha224, false},
    {kOidStdDhSha1, Derivation::X963, NID_sha1, false},
    {kOidCofactorDhSha256, Derivation::X963, NID_sha256, true},
    {kOidCofactorDhSha384, Derivation::X963, NID_sha384, true},
    {kOidCofactorDhSha512, Derivation::X963, NID_sha512, true},
    {kOidCofactorDhSha224, Derivation::X963, NID_sha224, true},
    {kOidCofactorDhSha1, Derivation::X963, NID_sha1, true},
    {kOidStdDhHkdfSha256, Derivation::Hkdf, NID_sha256, false},
    {kOidStdDhHkdfSha384, Derivation::Hkdf, NID_sha384, false},
    {kOidStdDhHkdfSha512, Derivation::Hkdf, NID_sha512, false},
};

const Scheme *schemeOf(const X509_ALGOR *algorithm)
{
    const QByteArray oid = algorithm ? dottedOid(algorithm->algorithm) : QByteArray{};
    for (const Scheme &scheme : kSchemes)
        if (oid == scheme.oid)
            return &scheme;
    return nullptr;
}

bool isMontgomery(const EVP_PKEY *key)
{
    return isOfType(key, "X25519") || isOfType(key, "X448");
}

/// As strong as the curve: RFC 5753 section 8, RFC 8418 section 2.2.
const char *schemeFor(const EVP_PKEY *key)
{
    if (isOfType(key, "X25519"))
        return kOidStdDhHkdfSha256;
    if (isOfType(key, "X448"))
        return kOidStdDhHkdfSha512;
    const int bits = EVP_PKEY_get_bits(key);
    return bits > 384 ? kOidStdDhSha512 : bits > 256 ? kOidStdDhSha384 : kOidStdDhSha256;
}

/// DER of ECC-CMS-SharedInfo (RFC 5753 section 7.2): the wrap algorithm as it stands in the message, the user's material, the KEK's length in bits.
QByteArray sharedInfo(const X509_ALGOR *wrap, const ASN1_OCTET_STRING *ukm, size_t kekOctets)
{
    const auto bits = quint32(kekOctets * 8);
    const char length[] = {char(bits >> 24), char(bits >> 16), char(bits >> 8), char(bits)};
    QByteArray body = derBy(i2d_X509_ALGOR, wrap);
    if (ukm)
        body += derContext(0, derBy(i2d_ASN1_OCTET_STRING, ukm));
    body += derContext(2, derOctets({length, 4}));
    return derWrap(V_ASN1_SEQUENCE, body);
}

/// A key of the same kind as `like` with the public octets that the message carries; checked by OpenSSL to lie on the curve.
EvpKeyPtr peerKey(EVP_PKEY *like, QByteArrayView publicOctets)
{
    if (isMontgomery(like))
        return EvpKeyPtr(EVP_PKEY_new_raw_public_key_ex(nullptr, EVP_PKEY_get0_type_name(like), nullptr, octets(publicOctets),
                                                        size_t(publicOctets.size())));
    EvpKeyPtr peer(EVP_PKEY_new());
    if (!peer || EVP_PKEY_copy_parameters(peer.get(), like) != 1
        || EVP_PKEY_set1_encoded_public_key(peer.get(), octets(publicOctets), size_t(publicOctets.size())) != 1)
        return nullptr;
    return peer;
}

WipedBytes agreedSecret(const Scheme &scheme, EVP_PKEY *own, EVP_PKEY *peer)
{
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, own, nullptr));
    size_t size = 0;
    if (!context || EVP_PKEY_derive_init(context.get()) != 1
        || (isOfType(own, "EC") && EVP_PKEY_CTX_set_ecdh_cofactor_mode(context.get(), scheme.isCofactor ? 1 : 0) != 1)
        || EVP_PKEY_derive_set_peer_ex(context.get(), peer, 1) != 1 || EVP_PKEY_derive(context.get(), nullptr, &size) != 1)
        return {};
    WipedBytes secret(size);
    if (EVP_PKEY_derive(context.get(), secret.data(), &size) != 1)
        return {};
    secret.shrink(size);
    return secret;
}

EvpKeyPtr freshKeyLike(EVP_PKEY *key)
{
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    EVP_PKEY *fresh = nullptr;
    if (context && EVP_PKEY_keygen_init(context.get()) == 1)
        EVP_PKEY_generate(context.get(), &fresh);
    return EvpKeyPtr(fresh);
}

QByteArray publicOctets(EVP_PKEY *key)
{
    unsigned char *encoded = nullptr;
    const size_t size = EVP_PKEY_get1_encoded_public_key(key, &encoded);
    const OpenSslBytesPtr owner(encoded);
    return {reinterpret_cast<const char *>(encoded), qsizetype(size)};
}

/// OriginatorPublicKey: for EC the algorithm alone (RFC 5753 section 3.1.1), for X25519 and X448 RFC 8418 section 3.1.
Originator *originatorOf(EVP_PKEY *key)
{
    const int nid = isOfType(key, "X25519") ? NID_X25519
        : isOfType(key, "X448") ? NID_X448 : NID_X9_62_id_ecPublicKey;
    const QByteArray point = publicOctets(key);
    Originator *originator = Originator_new();
    originator->d.key = OriginatorKey_new();
    originator->type = Originator::ByKey;
    X509_ALGOR_set0(originator->d.key->algorithm, OBJ_nid2obj(nid), V_ASN1_UNDEF, nullptr);
    ASN1_STRING_set(originator->d.key->publicKey, point.constData(), int(point.size()));
    originator->d.key->publicKey->flags = ASN1_STRING_FLAG_BITS_LEFT; // whole octets, trailing zeros kept
    return originator;
}

WipedBytes kekFor(const KeyAgreement &info, const Scheme &scheme, EVP_PKEY *own, EVP_PKEY *peer, const X509_ALGOR *wrap)
{
    const size_t kekOctets = kekOctetsOf(wrap);
    const WipedBytes secret = agreedSecret(scheme, own, peer);
    if (kekOctets == 0 || secret.isEmpty())
        return {};
    return deriveKey(scheme.derivation, digestOfNid(scheme.digestNid), secret, sharedInfo(wrap, info.ukm, kekOctets), kekOctets);
}

/// What S/MIME 3.0 demanded: RFC 2631 with SHA-1 and a derivation of its own, which OpenSSL does together with the agreement.
bool isEsdh(const KeyAgreement &info)
{
    return info.algorithm && dottedOid(info.algorithm->algorithm) == kOidEsdh;
}

bool setPartyInfo(EVP_PKEY_CTX *context, const ASN1_OCTET_STRING *ukm)
{
    const int size = ukm ? ASN1_STRING_length(ukm) : 0;
    if (size == 0)
        return true;
    auto *copy = static_cast<unsigned char *>(OPENSSL_memdup(ASN1_STRING_get0_data(ukm), size_t(size)));
    if (EVP_PKEY_CTX_set0_dh_kdf_ukm(context, copy, size) == 1)
        return true;
    OPENSSL_free(copy);
    return false;
}

WipedBytes esdhKek(const KeyAgreement &info, EVP_PKEY *own, EVP_PKEY *peer, const X509_ALGOR *wrap)
{
    const EvpKeyContextPtr owner(EVP_PKEY_CTX_new_from_pkey(nullptr, own, nullptr));
    EVP_PKEY_CTX *context = owner.get();
    WipedBytes kek(kekOctetsOf(wrap));
    size_t size = kek.size();
    const bool isReady = context && size > 0 && EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer_ex(context, peer, 1) == 1
        && EVP_PKEY_CTX_set_dh_kdf_type(context, EVP_PKEY_DH_KDF_X9_42) == 1 && EVP_PKEY_CTX_set_dh_kdf_md(context, EVP_sha1()) == 1
        && EVP_PKEY_CTX_set_dh_kdf_outlen(context, int(size)) == 1
        && EVP_PKEY_CTX_set0_dh_kdf_oid(context, OBJ_nid2obj(nidOf(wrap))) == 1 && setPartyInfo(context, info.ukm);
    return isReady && EVP_PKEY_derive(context, kek.data(), &size) == 1 && size == kek.size() ? std::move(kek) : WipedBytes{};
}

/// The originator's public value is an INTEGER, in the group of `own`.
WipedBytes undoEsdh(const KeyAgreement &info, EVP_PKEY *own, const X509_ALGOR *wrap, QByteArrayView wrapped)
{
    const auto value = fromDerBy<Asn1IntegerPtr>(d2i_ASN1_INTEGER, toBytes(info.originator->d.key->publicKey));
    const qsizetype size = EVP_PKEY_get_size(own);
    if (!isOfType(own, "DHX") || !value || ASN1_STRING_type(value.get()) != V_ASN1_INTEGER || ASN1_STRING_length(value.get()) > size)
        return {};
    const EvpKeyPtr peer = peerKey(own, toBytes(value.get()).rightJustified(size, '\0'));
    const WipedBytes kek = peer ? esdhKek(info, own, peer.get(), wrap) : WipedBytes{};
    return kek.isEmpty() ? WipedBytes{} : unwrapKey(wrap, kek, wrapped);
}

int kemDigest(const X509_ALGOR *kdf)
{
    const QByteArray oid = kdf ? dottedOid(kdf->algorithm) : QByteArray{};
    return oid == kOidHkdfSha256 ? NID_sha256 : oid == kOidHkdfSha384 ? NID_sha384 : oid == kOidHkdfSha512 ? NID_sha512 : NID_undef;
}

/// From the shared secret and CMSORIforKEMOtherInfo, RFC 9629 section 5.
WipedBytes kemKek(const KemInfo &info, const WipedBytes &secret)
{
    const size_t kekOctets = kekOctetsOf(info.wrap);
    if (kekOctets == 0 || info.kekLength < 0 || size_t(info.kekLength) != kekOctets)
        return {};
    QByteArray other = derBy(i2d_X509_ALGOR, info.wrap) + derInteger(info.kekLength);
    if (info.ukm)
        other += derContext(0, derBy(i2d_ASN1_OCTET_STRING, info.ukm));
    return deriveKey(Derivation::Hkdf, digestOfNid(kemDigest(info.kdf)), secret, derWrap(V_ASN1_SEQUENCE, other), kekOctets);
}

void replace(X509_ALGOR *&place, AlgorithmPtr algorithm)
{
    X509_ALGOR_free(place);
    place = algorithm.release();
}

} // namespace

bool canAgree(const EVP_PKEY *key)
{
    return isOfType(key, "EC") || isMontgomery(key);
}

bool canUndoAgreement(const EVP_PKEY *key)
{
    return canAgree(key) || isOfType(key, "DHX");
}

bool canEncapsulate(const EVP_PKEY *key)
{
    return isOfType(key, "ML-KEM-512") || isOfType(key, "ML-KEM-768") || isOfType(key, "ML-KEM-1024");
}

QByteArray agree(KeyAgreement &info, EVP_PKEY *recipient, const WipedBytes &contentKey)
{
    const EvpKeyPtr fresh = freshKeyLike(recipient);
    const AlgorithmPtr wrap = wrapAlgorithmFor(contentKey.size());
    auto algorithm = makeAlgorithm(schemeFor(recipient), derBy(i2d_X509_ALGOR, wrap.get()));
    const Scheme *scheme = schemeOf(algorithm.get());
    if (!fresh || !scheme)
        return {};
    replace(info.algorithm, std::move(algorithm));
    Originator_free(info.originator);
    info.originator = originatorOf(fresh.get());
    const WipedBytes kek = kekFor(info, *scheme, fresh.get(), recipient, wrap.get());
    return kek.isEmpty() ? QByteArray{} : wrapKey(wrap.get(), kek, contentKey);
}

bool isAgreementSupported(const KeyAgreement &info)
{
    const auto wrap = innerAlgorithm(info.algorithm);
    return (schemeOf(info.algorithm) || isEsdh(info)) && kekOctetsOf(wrap.get()) > 0 && info.originator->type == Originator::ByKey;
}

WipedBytes undoAgreement(const KeyAgreement &info, EVP_PKEY *own, QByteArrayView wrapped)
{
    const auto wrap = innerAlgorithm(info.algorithm);
    if (isEsdh(info))
        return undoEsdh(info, own, wrap.get(), wrapped);
    const Scheme *scheme = schemeOf(info.algorithm);
    const EvpKeyPtr peer = peerKey(own, toBytes(info.originator->d.key->publicKey));
    if (!scheme || !peer)
        return {};
    const WipedBytes kek = kekFor(info, *scheme, own, peer.get(), wrap.get());
    return kek.isEmpty() ? WipedBytes{} : unwrapKey(wrap.get(), kek, wrapped);
}

bool encapsulate(KemInfo &info, EVP_PKEY *recipient, const WipedBytes &contentKey)
{
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, recipient, nullptr));
    size_t ciphertextOctets = 0;
    size_t secretOctets = 0;
    if (!context || EVP_PKEY_encapsulate_init(context.get(), nullptr) != 1
        || EVP_PKEY_encapsulate(context.get(), nullptr, &ciphertextOctets, nullptr, &secretOctets) != 1)
        return false;
    QByteArray ciphertext(qsizetype(ciphertextOctets), Qt::Uninitialized);
    WipedBytes secret(secretOctets);
    if (EVP_PKEY_encapsulate(context.get(), octets(ciphertext), &ciphertextOctets, secret.data(), &secretOctets) != 1)
        return false;
    const QByteArray kem = toOid(OBJ_nid2obj(OBJ_txt2nid(EVP_PKEY_get0_type_name(recipient))));
    replace(info.kem, makeAlgorithm(kem.constData()));
    replace(info.kdf, makeAlgorithm(kOidHkdfSha256));
    replace(info.wrap, wrapAlgorithmFor(32)); // RFC 9936 section 2.2.1: AES-256 wrap for all three sizes
    info.kekLength = int32_t(kekOctetsOf(info.wrap));
    ASN1_STRING_set(info.ciphertext, ciphertext.constData(), int(ciphertext.size()));
    const WipedBytes kek = kemKek(info, secret);
    const QByteArray wrapped = kek.isEmpty() ? QByteArray{} : wrapKey(info.wrap, kek, contentKey);
    ASN1_STRING_set(info.encryptedKey, wrapped.constData(), int(wrapped.size()));
    return info.kem && info.kdf && !wrapped.isEmpty();
}

bool isEncapsulationSupported(const KemInfo &info)
{
    const int nid = nidOf(info.kem);
    const bool isMlKem = nid == NID_ML_KEM_512 || nid == NID_ML_KEM_768 || nid == NID_ML_KEM_1024;
    return isMlKem && kemDigest(info.kdf) != NID_undef && kekOctetsOf(info.wrap) > 0;
}

WipedBytes undoEncapsulation(const KemInfo &info, EVP_PKEY *own)
{
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, own, nullptr));
    const QByteArray ciphertext = toBytes(info.ciphertext);
    size_t size = 0;
    if (!context || EVP_PKEY_decapsulate_init(context.get(), nullptr) != 1
        || EVP_PKEY_decapsulate(context.get(), nullptr, &size, octets(ciphertext), size_t(ciphertext.size())) != 1)
        return {};
    WipedBytes secret(size);
    if (EVP_PKEY_decapsulate(context.get(), secret.data(), &size, octets(ciphertext), size_t(ciphertext.size())) != 1)
        return {};
    const WipedBytes kek = kemKek(info, secret);
    return kek.isEmpty() ? WipedBytes{} : unwrapKey(info.wrap, kek, toBytes(info.encryptedKey));
}

} // namespace provider::cms
