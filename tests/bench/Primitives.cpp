// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/Primitives.h"

#include "mime/TransferEncoding.h"

#include <openssl/rsa.h>

namespace bench {

struct Primitives::Data {
    QByteArray content;
    QByteArray encoded;
    EVP_MD *sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_CIPHER *aesGcm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    EVP_PKEY *key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(2048));
    EVP_PKEY_CTX *signing = EVP_PKEY_CTX_new(key, nullptr);
    EVP_PKEY_CTX *verifying = EVP_PKEY_CTX_new(key, nullptr);
    EVP_PKEY_CTX *wrapping = EVP_PKEY_CTX_new(key, nullptr);
    EVP_PKEY_CTX *unwrapping = EVP_PKEY_CTX_new(key, nullptr);
    unsigned char hash[32] = {};
    unsigned char signature[256] = {};
    size_t signatureOctets = sizeof signature;
    unsigned char contentKey[32] = {3};
    unsigned char wrapped[256] = {};
};

Primitives::Primitives(qsizetype octets) : m_data(std::make_unique<Data>())
{
    m_data->content = QByteArray(octets, 'x');
    m_data->encoded = mime::encodeBase64(m_data->content);
    for (EVP_PKEY_CTX *context : {m_data->signing, m_data->verifying}) {
        context == m_data->signing ? EVP_PKEY_sign_init(context) : EVP_PKEY_verify_init(context);
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING);
        EVP_PKEY_CTX_set_signature_md(context, m_data->sha256);
    }
    for (EVP_PKEY_CTX *context : {m_data->wrapping, m_data->unwrapping}) {
        context == m_data->wrapping ? EVP_PKEY_encrypt_init(context) : EVP_PKEY_decrypt_init(context);
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING);
        EVP_PKEY_CTX_set_rsa_oaep_md(context, m_data->sha256);
        EVP_PKEY_CTX_set_rsa_mgf1_md(context, m_data->sha256);
    }
    sign();
    wrap();
}

Primitives::~Primitives()
{
    EVP_PKEY_CTX_free(m_data->signing);
    EVP_PKEY_CTX_free(m_data->verifying);
    EVP_PKEY_CTX_free(m_data->wrapping);
    EVP_PKEY_CTX_free(m_data->unwrapping);
    EVP_PKEY_free(m_data->key);
    EVP_CIPHER_CTX_free(m_data->cipher);
    EVP_MD_CTX_free(m_data->digest);
    EVP_CIPHER_free(m_data->aesGcm);
    EVP_MD_free(m_data->sha256);
}

void Primitives::digest()
{
    EVP_DigestInit_ex2(m_data->digest, m_data->sha256, nullptr);
    EVP_DigestUpdate(m_data->digest, m_data->content.constData(), size_t(m_data->content.size()));
    EVP_DigestFinal_ex(m_data->digest, m_data->hash, nullptr);
}

void Primitives::gcm()
{
    static const unsigned char key[32] = {1};
    static const unsigned char nonce[12] = {2};
    auto *data = reinterpret_cast<unsigned char *>(m_data->content.data());
    int written = 0;
    EVP_EncryptInit_ex2(m_data->cipher, m_data->aesGcm, key, nonce, nullptr);
    EVP_EncryptUpdate(m_data->cipher, data, &written, data, int(m_data->content.size()));
    EVP_EncryptFinal_ex(m_data->cipher, data, &written);
}

void Primitives::sign()
{
    m_data->signatureOctets = sizeof m_data->signature;
    EVP_PKEY_sign(m_data->signing, m_data->signature, &m_data->signatureOctets, m_data->hash, sizeof m_data->hash);
}

void Primitives::verify()
{
    EVP_PKEY_verify(m_data->verifying, m_data->signature, m_data->signatureOctets, m_data->hash, sizeof m_data->hash);
}

void Primitives::wrap()
{
    size_t size = sizeof m_data->wrapped;
    EVP_PKEY_encrypt(m_data->wrapping, m_data->wrapped, &size, m_data->contentKey, sizeof m_data->contentKey);
}

void Primitives::unwrap()
{
    unsigned char key[256];
    size_t size = sizeof key;
    EVP_PKEY_decrypt(m_data->unwrapping, key, &size, m_data->wrapped, sizeof m_data->wrapped);
}

void Primitives::encodeBase64()
{
    (void)mime::encodeBase64(m_data->content);
}

void Primitives::decodeBase64()
{
    (void)mime::decodeBase64(m_data->encoded);
}

} // namespace bench
