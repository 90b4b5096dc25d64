// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsKeyWrap.h"

#include "provider/CmsCipher.h"
#include "provider/CmsDer.h"
#include "provider/CmsNames.h"
#include "provider/PathPolicy.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace provider::cms {
namespace {

constexpr long kMaxPbkdf2Rounds = 10'000'000; // seconds, not hours, for a hostile message
constexpr qint64 kRoundsOfOnePoint = kMaxPbkdf2Rounds / PathEffort::kLimit; // and no more of them for all its layers and entries together

const EVP_CIPHER *wrapCipher(int nid)
{
    static const EvpCipherPtr aes128(EVP_CIPHER_fetch(nullptr, "AES-128-WRAP", nullptr));
    static const EvpCipherPtr aes192(EVP_CIPHER_fetch(nullptr, "AES-192-WRAP", nullptr));
    static const EvpCipherPtr aes256(EVP_CIPHER_fetch(nullptr, "AES-256-WRAP", nullptr));
    static const EvpCipherPtr des3(EVP_CIPHER_fetch(nullptr, "DES3-WRAP", nullptr));
    switch (nid) {
    case NID_id_aes128_wrap:
        return aes128.get();
    case NID_id_aes192_wrap:
        return aes192.get();
    case NID_id_aes256_wrap:
        return aes256.get();
    case NID_id_smime_alg_CMS3DESwrap:
        return des3.get();
    default:
        return nullptr;
    }
}

WipedBytes runWrap(const X509_ALGOR *wrap, const WipedBytes &kek, QByteArrayView in, int direction)
{
    const EVP_CIPHER *cipher = wrapCipher(nidOf(wrap));
    const EvpCipherContextPtr context(EVP_CIPHER_CTX_new());
    if (!cipher || kek.size() != size_t(EVP_CIPHER_get_key_length(cipher)) || in.isEmpty() || in.size() > 4096)
        return {};
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    WipedBytes out(size_t(in.size()) + 2 * EVP_MAX_BLOCK_LENGTH);
    int written = 0;
    int finished = 0;
    if (EVP_CipherInit_ex2(context.get(), cipher, kek.data(), nullptr, direction, nullptr) != 1
        || EVP_CipherUpdate(context.get(), out.data(), &written, octets(in), int(in.size())) != 1 || written <= 0
        || EVP_CipherFinal_ex(context.get(), out.data() + written, &finished) != 1)
        return {};
    out.shrink(size_t(written + finished));
    return out;
}

OSSL_PARAM octetParameter(const char *name, QByteArrayView value)
{
    return OSSL_PARAM_construct_octet_string(name, const_cast<char *>(value.data()), size_t(value.size()));
}

EVP_KDF *kdfOf(Derivation derivation)
{
    static const EvpKdfPtr x963(EVP_KDF_fetch(nullptr, "X963KDF", nullptr));
    static const EvpKdfPtr hkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    return derivation == Derivation::X963 ? x963.get() : hkdf.get();
}

/// One CBC pass without padding over `data` in place.
bool cbcPass(const EVP_CIPHER *cipher, const WipedBytes &kek, QByteArrayView iv, unsigned char *data, size_t size)
{
    const EvpCipherContextPtr context(EVP_CIPHER_CTX_new());
    int written = 0;
    if (EVP_CipherInit_ex2(context.get(), cipher, kek.data(), octets(iv), 0, nullptr) != 1)
        return false;
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    return EVP_CipherUpdate(context.get(), data, &written, data, int(size)) == 1 && size_t(written) == size;
}

} // namespace

size_t kekOctetsOf(const X509_ALGOR *wrap)
{
    const EVP_CIPHER *cipher = wrapCipher(nidOf(wrap));
    return cipher ? size_t(EVP_CIPHER_get_key_length(cipher)) : 0;
}

AlgorithmPtr wrapAlgorithmFor(size_t contentKeyOctets)
{
    AlgorithmPtr algorithm(X509_ALGOR_new());
    const int nid = contentKeyOctets == 16 ? NID_id_aes128_wrap : NID_id_aes256_wrap;
    X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(nid), V_ASN1_UNDEF, nullptr);
    return algorithm;
}

QByteArray wrapKey(const X509_ALGOR *wrap, const WipedBytes &kek, const WipedBytes &key)
{
    return runWrap(wrap, kek, key.view(), 1).view().toByteArray();
}

WipedBytes unwrapKey(const X509_ALGOR *wrap, const WipedBytes &kek, QByteArrayView wrapped)
{
    return runWrap(wrap, kek, wrapped, 0);
}

WipedBytes deriveKey(Derivation derivation, const Digest &digest, const WipedBytes &secret, QByteArrayView info, size_t size,
                     QByteArrayView salt)
{
    const EvpKdfContextPtr context(EVP_KDF_CTX_new(kdfOf(derivation)));
    if (!context || !digest || secret.isEmpty())
        return {};
    const QByteArray name = EVP_MD_get0_name(digest.md);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, const_cast<char *>(name.constData()), 0),
        octetParameter(OSSL_KDF_PARAM_KEY, secret.view()),
        octetParameter(OSSL_KDF_PARAM_INFO, info),
        salt.isEmpty() ? OSSL_PARAM_construct_end() : octetParameter(OSSL_KDF_PARAM_SALT, salt),
        OSSL_PARAM_construct_end(),
    };
    WipedBytes key(size);
    return EVP_KDF_derive(context.get(), key.data(), key.size(), parameters) == 1 ? std::move(key) : WipedBytes{};
}

WipedBytes derivePbkdf2(const X509_ALGOR *derivation, QByteArrayView password, size_t size, PathEffort &effort)
{
    if (nidOf(derivation) != NID_id_pbkdf2)
        return {};
    const auto parameters = fromDerBy<Pbkdf2Ptr>(d2i_PBKDF2PARAM, parametersOf(derivation));
    if (!parameters || parameters->salt->type != V_ASN1_OCTET_STRING)
        return {};
    const long rounds = ASN1_INTEGER_get(parameters->iter);
    const int prf = parameters->prf ? nidOf(parameters->prf) : NID_hmacWithSHA1;
    int digestNid = NID_undef;
    if (rounds < 1 || rounds > kMaxPbkdf2Rounds || EVP_PBE_find(EVP_PBE_TYPE_PRF, prf, nullptr, &digestNid, nullptr) != 1 || effort.isSpent())
        return {};
    effort.spend(rounds / kRoundsOfOnePoint);
    const QByteArray salt = toBytes(parameters->salt->value.octet_string);
    const Digest digest = digestOfNid(digestNid);
    WipedBytes key(size);
    const bool ok = digest
        && PKCS5_PBKDF2_HMAC(password.data(), int(password.size()), octets(salt), int(salt.size()), int(rounds), digest.md,
                             int(size), key.data()) == 1;
    return ok ? std::move(key) : WipedBytes{};
}

size_t pwriKekOctets(const X509_ALGOR *pwriKek)
{
    const Cipher cipher = cipherOf(innerAlgorithm(pwriKek).get());
    return cipher && cipher.mode == CipherMode::Cbc ? cipher.keyOctets : 0;
}

WipedBytes unwrapPwri(const X509_ALGOR *pwriKek, const WipedBytes &kek, QByteArrayView wrapped)
{
    const Cipher cipher = cipherOf(innerAlgorithm(pwriKek).get());
    if (!cipher || cipher.mode != CipherMode::Cbc || kek.size() != cipher.keyOctets)
        return {};
    const auto block = size_t(EVP_CIPHER_get_block_size(cipher.evp));
    const auto size = size_t(wrapped.size());
    if (size < 2 * block || size > 4096 || size % block != 0)
        return {};
    WipedBytes work(wrapped);
    // The last block, decrypted with the one before it as IV, is the IV of the outer pass.
    WipedBytes outerIv(wrapped.last(qsizetype(block)));
    const QByteArray before = wrapped.sliced(qsizetype(size - 2 * block), qsizetype(block)).toByteArray();
    if (!cbcPass(cipher.evp, kek, before, outerIv.data(), block)
        || !cbcPass(cipher.evp, kek, outerIv.view(), work.data(), size)
        || !cbcPass(cipher.evp, kek, cipher.nonce, work.data(), size))
        return {};
    const unsigned char *p = work.data();
    const bool isRight = ((p[1] ^ p[4]) & (p[2] ^ p[5]) & (p[3] ^ p[6])) == 0xff && size_t(p[0]) + 4 <= size;
    return isRight ? WipedBytes(work.view().sliced(4, p[0])) : WipedBytes{};
}

} // namespace provider::cms
