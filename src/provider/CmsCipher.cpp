// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsCipher.h"

#include "provider/CmsDer.h"
#include "provider/CmsDigest.h"
#include "provider/CmsKeyWrap.h"
#include "provider/CmsLegacy.h"
#include "provider/CmsNames.h"
#include "provider/CmsOids.h"

#include <array>

namespace provider::cms {
namespace {

constexpr qsizetype kPassOctets = 1 << 20; // EVP takes an int; blocks of this size also stay in the cache

struct Known {
    int nid;
    const char *name;
    CipherMode mode;
};

constexpr std::array kKnown = {
    Known{NID_aes_256_gcm, "AES-256-GCM", CipherMode::Gcm}, Known{NID_aes_128_gcm, "AES-128-GCM", CipherMode::Gcm},
    Known{NID_aes_256_cbc, "AES-256-CBC", CipherMode::Cbc}, Known{NID_aes_128_cbc, "AES-128-CBC", CipherMode::Cbc},
    Known{NID_aes_192_gcm, "AES-192-GCM", CipherMode::Gcm}, Known{NID_aes_192_cbc, "AES-192-CBC", CipherMode::Cbc},
    Known{NID_aes_256_ccm, "AES-256-CCM", CipherMode::Ccm}, Known{NID_aes_192_ccm, "AES-192-CCM", CipherMode::Ccm},
    Known{NID_aes_128_ccm, "AES-128-CCM", CipherMode::Ccm}, Known{NID_des_ede3_cbc, "DES-EDE3-CBC", CipherMode::Cbc},
    Known{NID_camellia_256_cbc, "CAMELLIA-256-CBC", CipherMode::Cbc}, Known{NID_camellia_192_cbc, "CAMELLIA-192-CBC", CipherMode::Cbc},
    Known{NID_camellia_128_cbc, "CAMELLIA-128-CBC", CipherMode::Cbc}, Known{NID_chacha20_poly1305, "ChaCha20-Poly1305", CipherMode::ChaCha},
    Known{NID_aria_256_cbc, "ARIA-256-CBC", CipherMode::Cbc}, Known{NID_aria_192_cbc, "ARIA-192-CBC", CipherMode::Cbc},
    Known{NID_aria_128_cbc, "ARIA-128-CBC", CipherMode::Cbc}, Known{NID_aria_256_gcm, "ARIA-256-GCM", CipherMode::Gcm},
    Known{NID_aria_192_gcm, "ARIA-192-GCM", CipherMode::Gcm}, Known{NID_aria_128_gcm, "ARIA-128-GCM", CipherMode::Gcm},
};

const EVP_CIPHER *fetched(size_t index)
{
    static const auto all = [] {
        std::array<EvpCipherPtr, kKnown.size()> result;
        for (size_t i = 0; i < kKnown.size(); ++i)
            result[i].reset(EVP_CIPHER_fetch(nullptr, kKnown[i].name, nullptr));
        return result;
    }();
    return all[index].get();
}

Cipher known(int nid)
{
    for (size_t i = 0; i < kKnown.size(); ++i) {
        if (kKnown[i].nid != nid || !fetched(i))
            continue;
        Cipher cipher;
        cipher.evp = fetched(i);
        cipher.mode = kKnown[i].mode;
        cipher.keyOctets = size_t(EVP_CIPHER_get_key_length(cipher.evp));
        return cipher;
    }
    return {};
}

bool readAeadParameters(Cipher &cipher, const X509_ALGOR *algorithm)
{
    const auto parameters = fromDerBy<AeadParametersPtr>(d2i_AeadParameters, parametersOf(algorithm));
    if (!parameters)
        return false;
    cipher.nonce = toBytes(parameters->nonce);
    cipher.tagOctets = parameters->tagOctets ? qsizetype(ASN1_INTEGER_get(parameters->tagOctets)) : 12;
    // RFC 5084 section 3: GCM tags of 12 to 16 octets. Shorter CCM tags are allowed there, but not here.
    const bool isTagLong = cipher.tagOctets >= 12 && cipher.tagOctets <= 16;
    const bool isNonceFit = cipher.mode == CipherMode::Ccm ? cipher.nonce.size() >= 7 && cipher.nonce.size() <= 13
                                                           : cipher.nonce.size() >= 8 && cipher.nonce.size() <= 64;
    return isTagLong && isNonceFit && (cipher.mode == CipherMode::Gcm || cipher.tagOctets % 2 == 0);
}

bool readOctetParameter(Cipher &cipher, const X509_ALGOR *algorithm)
{
    const auto iv = fromDerBy<Asn1OctetStringPtr>(d2i_ASN1_OCTET_STRING, parametersOf(algorithm));
    cipher.nonce = toBytes(iv.get());
    return iv && cipher.nonce.size() == EVP_CIPHER_get_iv_length(cipher.evp);
}

int nidOfChoice(ContentCipher choice)
{
    switch (choice) {
    case ContentCipher::Aes256Gcm:
        return NID_aes_256_gcm;
    case ContentCipher::Aes128Gcm:
        return NID_aes_128_gcm;
    case ContentCipher::Aes256Cbc:
        return NID_aes_256_cbc;
    case ContentCipher::Aes128Cbc:
        return NID_aes_128_cbc;
    }
    Q_UNREACHABLE();
}

EvpCipherContextPtr contextFor(const Cipher &cipher, const WipedBytes &key, int direction)
{
    EvpCipherContextPtr context(EVP_CIPHER_CTX_new());
    if (!context || key.size() != cipher.keyOctets
        || EVP_CipherInit_ex2(context.get(), cipher.evp, nullptr, nullptr, direction, nullptr) != 1)
        return nullptr;
    if (cipher.isAuthenticated()
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_IVLEN, int(cipher.nonce.size()), nullptr) != 1)
        return nullptr;
    return context;
}

bool setKey(EVP_CIPHER_CTX *context, const Cipher &cipher, const WipedBytes &key)
{
    return EVP_CipherInit_ex2(context, nullptr, key.data(), octets(cipher.nonce), -1, nullptr) == 1;
}

/// In place, in passes; CCM must have all in one.
bool run(EVP_CIPHER_CTX *context, const Cipher &cipher, unsigned char *data, qsizetype size)
{
    const qsizetype pass = cipher.mode == CipherMode::Ccm ? std::max<qsizetype>(size, 1) : kPassOctets;
    if (cipher.mode == CipherMode::Ccm && size > INT_MAX)
        return false;
    for (qsizetype at = 0; at < size; at += pass) {
        int written = 0;
        const int length = int(std::min(pass, size - at));
        if (EVP_CipherUpdate(context, data + at, &written, data + at, length) != 1 || written != length)
            return false;
    }
    return true;
}

bool decryptAead(const Cipher &cipher, const WipedBytes &key, QByteArray &content, QByteArrayView associated, QByteArrayView tag)
{
    const auto context = contextFor(cipher, key, 0);
    const bool isCcm = cipher.mode == CipherMode::Ccm;
    // EVP does not write to the tag it is given.
    auto *tagOctets = const_cast<char *>(tag.data());
    const auto setTag = [&] {
        return EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, int(tag.size()), tagOctets) == 1;
    };
    int written = 0;
    if (!context || tag.size() != cipher.tagOctets || (isCcm && !setTag()) || !setKey(context.get(), cipher, key))
        return false;
    if (isCcm && EVP_CipherUpdate(context.get(), nullptr, &written, nullptr, int(content.size())) != 1)
        return false;
    if (!associated.isEmpty()
        && EVP_CipherUpdate(context.get(), nullptr, &written, octets(associated), int(associated.size())) != 1)
        return false;
    if (!run(context.get(), cipher, octets(content), content.size()))
        return false;
    if (isCcm)
        return true; // its one pass has checked the tag
    unsigned char rest[EVP_MAX_BLOCK_LENGTH];
    return setTag() && EVP_CipherFinal_ex(context.get(), rest, &written) == 1;
}

/// All blocks but the last in place without padding, then the last one by EVP with its padding: only so can EVP work in place.
bool decryptCbc(const Cipher &cipher, const WipedBytes &key, QByteArray &content)
{
    const qsizetype block = EVP_CIPHER_get_block_size(cipher.evp);
    const qsizetype size = content.size();
    if (size < block || size % block != 0)
        return false;
    const QByteArray last = content.last(block);
    Cipher tail = cipher;
    if (size > block)
        tail.nonce = content.sliced(size - 2 * block, block);
    const auto head = contextFor(cipher, key, 0);
    const auto end = contextFor(tail, key, 0);
    if (!head || !end || !setKey(head.get(), cipher, key) || !setKey(end.get(), tail, key))
        return false;
    EVP_CIPHER_CTX_set_padding(head.get(), 0);
    if (!run(head.get(), cipher, octets(content), size - block))
        return false;
    unsigned char out[2 * EVP_MAX_BLOCK_LENGTH];
    int written = 0;
    int finished = 0;
    const bool ok = EVP_CipherUpdate(end.get(), out, &written, octets(last), int(block)) == 1
        && EVP_CipherFinal_ex(end.get(), out + written, &finished) == 1;
    if (ok) {
        memcpy(content.data() + size - block, out, size_t(written + finished));
        content.truncate(size - block + written + finished);
    }
    OPENSSL_cleanse(out, sizeof out);
    return ok;
}

/// RFC 9709: the cipher is the parameter, and its identifier goes into the key, so that nobody can give out one cipher for another.
Cipher derivingCipherOf(const X509_ALGOR *algorithm)
{
    const AlgorithmPtr inner = innerAlgorithm(algorithm);
    if (!inner || describe(inner.get()).oid == kOidCekHkdfSha256)
        return {};
    Cipher cipher = cipherOf(inner.get());
    cipher.derivationInfo = derBy(i2d_X509_ALGOR, inner.get());
    return cipher;
}

/// The key that the content is encrypted with. RFC 9709 section 2.
WipedBytes contentKeyFor(const Cipher &cipher, const WipedBytes &key)
{
    return deriveKey(Derivation::Hkdf, digestOfNid(NID_sha256), key, cipher.derivationInfo, cipher.keyOctets, "The Cryptographic Message Syntax");
}

} // namespace

Cipher cipherOf(const X509_ALGOR *algorithm)
{
    if (describe(algorithm).oid == kOidCekHkdfSha256)
        return derivingCipherOf(algorithm);
    if (Cipher legacy = legacyCipher(algorithm))
        return legacy;
    Cipher cipher = known(describe(algorithm).oid == kOidChaCha20Poly1305 ? NID_chacha20_poly1305 : nidOf(algorithm));
    if (!cipher)
        return {};
    if (cipher.mode == CipherMode::ChaCha)
        cipher.tagOctets = 16; // RFC 8103 section 2: no choice
    const bool isAead = cipher.mode == CipherMode::Gcm || cipher.mode == CipherMode::Ccm;
    if (!(isAead ? readAeadParameters(cipher, algorithm) : readOctetParameter(cipher, algorithm)))
        return {};
    return cipher;
}

Cipher newCipher(ContentCipher choice)
{
    Cipher cipher = known(nidOfChoice(choice));
    cipher.tagOctets = cipher.isAuthenticated() ? 16 : 0;
    cipher.nonce = QByteArray(cipher.isAuthenticated() ? 12 : EVP_CIPHER_get_iv_length(cipher.evp), Qt::Uninitialized);
    return RAND_bytes(octets(cipher.nonce), int(cipher.nonce.size())) == 1 ? cipher : Cipher{};
}

CmsAlgorithm algorithmOf(ContentCipher choice, const Cipher &cipher)
{
    CmsAlgorithm algorithm;
    algorithm.oid = toOid(OBJ_nid2obj(nidOfChoice(choice)));
    algorithm.name = nameOfNid(nidOfChoice(choice));
    algorithm.parameters = derOctets(cipher.nonce);
    if (cipher.isAuthenticated())
        algorithm.parameters = derWrap(V_ASN1_SEQUENCE, algorithm.parameters + derInteger(long(cipher.tagOctets)));
    return algorithm;
}

std::optional<QByteArray> decrypt(const Cipher &cipher, const WipedBytes &key, QByteArray &&content, QByteArrayView associated,
                                  QByteArrayView tag)
{
    QByteArray work = std::move(content);
    work.detach();
    const WipedBytes derived = cipher.derivationInfo.isEmpty() ? WipedBytes{} : contentKeyFor(cipher, key);
    const WipedBytes &used = cipher.derivationInfo.isEmpty() ? key : derived;
    const bool ok = cipher.isAuthenticated() ? decryptAead(cipher, used, work, associated, tag) : decryptCbc(cipher, used, work);
    if (ok)
        return work;
    OPENSSL_cleanse(work.data(), size_t(work.size()));
    return {};
}

std::optional<Encryption> Encryption::begin(const Cipher &cipher, const WipedBytes &key)
{
    Encryption result;
    result.m_cipher = cipher;
    result.m_context = contextFor(cipher, key, 1);
    if (!result.m_context || !setKey(result.m_context.get(), cipher, key))
        return {};
    return result;
}

qsizetype Encryption::octetsFor(qsizetype plain) const
{
    const qsizetype block = EVP_CIPHER_get_block_size(m_cipher.evp);
    return m_cipher.isAuthenticated() ? plain : (plain / block + 1) * block;
}

qsizetype Encryption::update(QByteArrayView in, unsigned char *out)
{
    qsizetype total = 0;
    for (qsizetype at = 0; at < in.size(); at += kPassOctets) {
        int written = 0;
        const int length = int(std::min(kPassOctets, in.size() - at));
        if (EVP_CipherUpdate(m_context.get(), out + total, &written, octets(in) + at, length) != 1)
            return -1;
        total += written;
    }
    return total;
}

qsizetype Encryption::finish(unsigned char *out)
{
    int written = 0;
    return EVP_CipherFinal_ex(m_context.get(), out, &written) == 1 ? written : -1;
}

QByteArray Encryption::tag() const
{
    QByteArray tag(m_cipher.tagOctets, Qt::Uninitialized);
    if (tag.isEmpty())
        return tag;
    const int ok = EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_GET_TAG, int(tag.size()), tag.data());
    return ok == 1 ? tag : QByteArray{};
}

} // namespace provider::cms
