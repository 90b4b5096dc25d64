// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/SecretBox.h"

#include "provider/OpenSsl.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Secret;

namespace provider {

namespace {

constexpr int kNonceOctets = 12;
constexpr int kTagOctets = 16;
constexpr std::size_t kKeyOctets = 32;

/// Wiped when it goes.
struct BoxKey {
    BoxKey() = default;
    ~BoxKey() { OPENSSL_cleanse(octets.data(), octets.size()); }
    Q_DISABLE_COPY_MOVE(BoxKey)
    std::array<unsigned char, kKeyOctets> octets{};
};

unsigned char *octetsOf(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *octetsOf(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

bool derive(const Secret &key, BoxKey &boxKey)
{
    const EvpKdfPtr kdf{EVP_KDF_fetch(nullptr, "HKDF", nullptr)};
    const EvpKdfContextPtr context{kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr};
    char digest[] = "SHA256";
    char info[] = "waxwing secret box";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<char *>(key.view().data()), static_cast<std::size_t>(key.view().size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, sizeof info - 1),
        OSSL_PARAM_construct_end(),
    };
    return context && EVP_KDF_derive(context.get(), boxKey.octets.data(), boxKey.octets.size(), parameters) == 1;
}

} // namespace

base::Result<QByteArray> sealSecret(const Secret &secret, const Secret &key, const QByteArray &name)
{
    if (key.isEmpty())
        return ErrorCode::PassphraseMissing;
    const ClearsErrorQueue clears;
    BoxKey boxKey;
    QByteArray box(kNonceOctets + secret.view().size() + kTagOctets, '\0');
    unsigned char *nonce = octetsOf(box);
    unsigned char *text = nonce + kNonceOctets;
    const int size = static_cast<int>(secret.view().size());
    const EvpCipherContextPtr cipher{EVP_CIPHER_CTX_new()};
    int done = 0;
    const bool isSealed = derive(key, boxKey) && RAND_bytes(nonce, kNonceOctets) == 1 && cipher
        && EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), boxKey.octets.data(), nonce, nullptr) == 1
        && EVP_EncryptUpdate(cipher.get(), nullptr, &done, octetsOf(QByteArrayView{name}), static_cast<int>(name.size())) == 1
        && EVP_EncryptUpdate(cipher.get(), text, &done, octetsOf(secret.view()), size) == 1
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
    BoxKey boxKey;
    const int size = static_cast<int>(box.size()) - kNonceOctets - kTagOctets;
    QByteArray text(size, '\0');
    QByteArray tag = box.last(kTagOctets).toByteArray();
    const EvpCipherContextPtr cipher{EVP_CIPHER_CTX_new()};
    int done = 0;
    const bool isOpen = derive(key, boxKey) && cipher
        && EVP_DecryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), boxKey.octets.data(), octetsOf(box), nullptr) == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &done, octetsOf(QByteArrayView{name}), static_cast<int>(name.size())) == 1
        && EVP_DecryptUpdate(cipher.get(), octetsOf(text), &done, octetsOf(box) + kNonceOctets, size) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, kTagOctets, tag.data()) == 1
        && EVP_DecryptFinal_ex(cipher.get(), octetsOf(text) + done, &done) == 1;
    const Secret secret = isOpen ? Secret{text} : Secret{};
    OPENSSL_cleanse(text.data(), static_cast<std::size_t>(text.size()));
    if (!isOpen)
        return ErrorCode::KeystoreDamaged;
    return secret;
}

} // namespace provider
