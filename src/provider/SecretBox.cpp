// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/SecretBox.h"

#include "provider/CmsDer.h"
#include "provider/CmsKeyWrap.h"

#include <openssl/rand.h>

using base::ErrorCode;
using base::Secret;

namespace provider {

namespace {

constexpr int kNonceOctets = 12;
constexpr int kTagOctets = 16;

/// Empty if OpenSSL refuses.
cms::WipedBytes boxKeyFrom(const Secret &key)
{
    constexpr std::size_t kKeyOctets = 32;
    return cms::deriveKey(cms::Derivation::Hkdf, cms::digestOfNid(NID_sha256), cms::WipedBytes(key.view()), "waxwing secret box", kKeyOctets);
}

} // namespace

base::Result<QByteArray> sealSecret(const Secret &secret, const Secret &key, const QByteArray &name)
{
    if (key.isEmpty())
        return ErrorCode::PassphraseMissing;
    const ClearsErrorQueue clears;
    const cms::WipedBytes boxKey = boxKeyFrom(key);
    QByteArray box(kNonceOctets + secret.view().size() + kTagOctets, '\0');
    unsigned char *nonce = cms::octets(box);
    unsigned char *text = nonce + kNonceOctets;
    const int size = static_cast<int>(secret.view().size());
    const EvpCipherContextPtr cipher{EVP_CIPHER_CTX_new()};
    int done = 0;
    const bool isSealed = !boxKey.isEmpty() && RAND_bytes(nonce, kNonceOctets) == 1 && cipher
        && EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), boxKey.data(), nonce, nullptr) == 1
        && EVP_EncryptUpdate(cipher.get(), nullptr, &done, cms::octets(QByteArrayView{name}), static_cast<int>(name.size())) == 1
        && EVP_EncryptUpdate(cipher.get(), text, &done, cms::octets(secret.view()), size) == 1
        && EVP_EncryptFinal_ex(cipher.get(), text + done, &done) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, kTagOctets, text + size) == 1;
    if (!isSealed)
        return {ErrorCode::EncryptionFailed, takeErrorText()};
    return box;
}

base::Result<Secret> openSecret(QByteArrayView box, const Secret &key, const QByteArray &name)
{
    const ClearsErrorQueue clears;
    if (key.isEmpty() || box.size() < kNonceOctets + kTagOctets)
        return ErrorCode::KeystoreDamaged;
    const cms::WipedBytes boxKey = boxKeyFrom(key);
    const int size = static_cast<int>(box.size()) - kNonceOctets - kTagOctets;
    QByteArray text(size, '\0');
    QByteArray tag = box.last(kTagOctets).toByteArray();
    const EvpCipherContextPtr cipher{EVP_CIPHER_CTX_new()};
    int done = 0;
    const bool isOpen = !boxKey.isEmpty() && cipher
        && EVP_DecryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), boxKey.data(), cms::octets(box), nullptr) == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &done, cms::octets(QByteArrayView{name}), static_cast<int>(name.size())) == 1
        && EVP_DecryptUpdate(cipher.get(), cms::octets(text), &done, cms::octets(box) + kNonceOctets, size) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, kTagOctets, tag.data()) == 1
        && EVP_DecryptFinal_ex(cipher.get(), cms::octets(text) + done, &done) == 1;
    const Secret secret = Secret::takenFrom(std::move(text)); // wiped, whatever it is
    if (!isOpen)
        return ErrorCode::KeystoreDamaged;
    return secret;
}

} // namespace provider
