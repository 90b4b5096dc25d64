// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/KeyContext.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace provider {

namespace {

using ParamBuilderPtr = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using ParamsPtr = Owned<OSSL_PARAM, OSSL_PARAM_free>;

BignumPtr toBignum(const QCA::BigInteger &number)
{
    const QCA::SecureArray bytes = number.toArray();
    return BignumPtr(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.constData()), bytes.size(), nullptr));
}

QCA::BigInteger number(const EVP_PKEY *key, const char *name)
{
    BIGNUM *raw = nullptr;
    if (!key || EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const BignumPtr value(raw);
    // One octet more than needed, so that the leading bit is not taken for a sign.
    QCA::SecureArray bytes(BN_num_bytes(value.get()) + 1, 0);
    BN_bn2bin(value.get(), reinterpret_cast<unsigned char *>(bytes.data()) + 1);
    BN_clear(raw);
    return QCA::BigInteger(bytes);
}

EvpKeyPtr fromNumbers(OSSL_PARAM_BLD *builder, int selection)
{
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder));
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY *key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1)
        return nullptr;
    return EvpKeyPtr(key);
}

int paddingOf(QCA::EncryptionAlgorithm algorithm)
{
    switch (algorithm) {
    case QCA::EME_PKCS1_OAEP: return RSA_PKCS1_OAEP_PADDING;
    case QCA::EME_NO_PADDING: return RSA_NO_PADDING;
    case QCA::EME_PKCS1v15:
    case QCA::EME_PKCS1v15_SSL: break;
    }
    return RSA_PKCS1_PADDING;
}

using Transform = int (*)(EVP_PKEY_CTX *, unsigned char *, size_t *, const unsigned char *, size_t);

bool transform(EVP_PKEY *key, QCA::EncryptionAlgorithm algorithm, int (*init)(EVP_PKEY_CTX *), Transform apply,
               const QCA::SecureArray &in, QCA::SecureArray *out)
{
    const EvpKeyContextPtr context(key ? EVP_PKEY_CTX_new(key, nullptr) : nullptr);
    if (!context || init(context.get()) != 1 || EVP_PKEY_CTX_set_rsa_padding(context.get(), paddingOf(algorithm)) != 1)
        return false;
    const auto *data = reinterpret_cast<const unsigned char *>(in.constData());
    const auto inSize = static_cast<std::size_t>(in.size());
    std::size_t size = 0;
    if (apply(context.get(), nullptr, &size, data, inSize) != 1)
        return false;
    out->resize(static_cast<int>(size));
    if (apply(context.get(), reinterpret_cast<unsigned char *>(out->data()), &size, data, inSize) != 1)
        return false;
    out->resize(static_cast<int>(size));
    return true;
}

} // namespace

int RsaKey::bits() const
{
    return m_key ? EVP_PKEY_get_bits(m_key.get()) : 0;
}

int RsaKey::maximumEncryptSize(QCA::EncryptionAlgorithm algorithm) const
{
    const int size = m_key ? EVP_PKEY_get_size(m_key.get()) : 0;
    switch (algorithm) {
    case QCA::EME_PKCS1v15:
    case QCA::EME_PKCS1v15_SSL: return size - 11;
    case QCA::EME_PKCS1_OAEP: return size - 42;
    case QCA::EME_NO_PADDING: break;
    }
    return size;
}

QCA::SecureArray RsaKey::encrypt(const QCA::SecureArray &in, QCA::EncryptionAlgorithm algorithm)
{
    const ClearsErrorQueue clears;
    QCA::SecureArray out;
    return transform(m_key.get(), algorithm, EVP_PKEY_encrypt_init, EVP_PKEY_encrypt, in, &out) ? out : QCA::SecureArray{};
}

bool RsaKey::decrypt(const QCA::SecureArray &in, QCA::SecureArray *out, QCA::EncryptionAlgorithm algorithm)
{
    const ClearsErrorQueue clears;
    return m_isPrivate && transform(m_key.get(), algorithm, EVP_PKEY_decrypt_init, EVP_PKEY_decrypt, in, out);
}

void RsaKey::createPrivate(int bits, int exponent, bool block)
{
    const ClearsErrorQueue clears;
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    const BignumPtr e(BN_new());
    EVP_PKEY *key = nullptr;
    BN_set_word(e.get(), static_cast<BN_ULONG>(exponent));
    if (EVP_PKEY_keygen_init(context.get()) == 1 && EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits) == 1
        && EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), e.get()) == 1)
        EVP_PKEY_generate(context.get(), &key);
    replaceKey(EvpKeyPtr(key));
    m_isPrivate = key != nullptr;
    // QCA calls from its own thread and waits for the signal when it does not want to block.
    if (!block)
        QMetaObject::invokeMethod(this, &QCA::PKeyBase::finished, Qt::QueuedConnection);
}

void RsaKey::createPrivate(const QCA::BigInteger &n, const QCA::BigInteger &e, const QCA::BigInteger &p,
                           const QCA::BigInteger &q, const QCA::BigInteger &d)
{
    const ClearsErrorQueue clears;
    const BignumPtr numbers[] = {toBignum(n), toBignum(e), toBignum(d), toBignum(p), toBignum(q)};
    const char *const names[] = {OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D,
                                 OSSL_PKEY_PARAM_RSA_FACTOR1, OSSL_PKEY_PARAM_RSA_FACTOR2};
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    for (std::size_t i = 0; i < std::size(names); ++i)
        OSSL_PARAM_BLD_push_BN(builder.get(), names[i], numbers[i].get());
    replaceKey(fromNumbers(builder.get(), EVP_PKEY_KEYPAIR));
    m_isPrivate = m_key != nullptr;
}

void RsaKey::createPublic(const QCA::BigInteger &n, const QCA::BigInteger &e)
{
    const ClearsErrorQueue clears;
    const BignumPtr modulus = toBignum(n);
    const BignumPtr exponent = toBignum(e);
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    replaceKey(fromNumbers(builder.get(), EVP_PKEY_PUBLIC_KEY));
    m_isPrivate = false;
}

QCA::BigInteger RsaKey::n() const { return number(m_key.get(), OSSL_PKEY_PARAM_RSA_N); }
QCA::BigInteger RsaKey::e() const { return number(m_key.get(), OSSL_PKEY_PARAM_RSA_E); }
QCA::BigInteger RsaKey::p() const { return number(m_key.get(), OSSL_PKEY_PARAM_RSA_FACTOR1); }
QCA::BigInteger RsaKey::q() const { return number(m_key.get(), OSSL_PKEY_PARAM_RSA_FACTOR2); }
QCA::BigInteger RsaKey::d() const { return number(m_key.get(), OSSL_PKEY_PARAM_RSA_D); }

} // namespace provider
