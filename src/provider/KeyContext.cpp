// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/KeyContext.h"

#include "provider/EncryptedKey.h"
#include "provider/PemBlocks.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

const EVP_MD *digestOf(QCA::SignatureAlgorithm algorithm)
{
    switch (algorithm) {
    case QCA::EMSA1_SHA1:
    case QCA::EMSA3_SHA1: return EVP_sha1();
    case QCA::EMSA3_MD5: return EVP_md5();
    case QCA::EMSA3_RIPEMD160: return EVP_ripemd160();
    case QCA::EMSA3_SHA224: return EVP_sha224();
    case QCA::EMSA3_SHA384: return EVP_sha384();
    case QCA::EMSA3_SHA512: return EVP_sha512();
    case QCA::EMSA3_SHA256: return EVP_sha256();
    case QCA::SignatureUnknown:
    case QCA::EMSA3_MD2:
    case QCA::EMSA3_Raw: break;
    }
    return nullptr;
}

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// PKCS #1 v1.5 over bytes that are a DigestInfo already, or any short string.
EvpKeyContextPtr rawSigningContext(EVP_PKEY *key, int (*init)(EVP_PKEY_CTX *))
{
    EvpKeyContextPtr context(EVP_PKEY_CTX_new(key, nullptr));
    if (!context || init(context.get()) != 1 || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1)
        return nullptr;
    return context;
}

QCA::PKeyBase *newKey(QCA::Provider *provider, EvpKeyPtr key, bool isPrivate)
{
    if (isOfType(key.get(), "RSA"))
        return new RsaKey(provider, std::move(key), isPrivate);
    return new OtherKey(provider, std::move(key), isPrivate);
}

} // namespace

EvpKey::EvpKey(const EvpKey &other)
    : m_key(shared(other.m_key.get())), m_contexts(other.m_contexts), m_isPrivate(other.m_isPrivate), m_pending(other.m_pending), m_algorithm(other.m_algorithm)
{
}

void EvpKey::replaceKey(EvpKeyPtr key)
{
    m_key = std::move(key);
    m_contexts = std::make_shared<ContextPool>();
}

void EvpKey::dropPrivateHalf()
{
    const ClearsErrorQueue clears;
    if (m_isPrivate)
        replaceKey(fromDerBy<EvpKeyPtr>(d2i_PUBKEY, derBy(i2d_PUBKEY, m_key.get())));
    m_isPrivate = false;
}

void EvpKey::beginSigning(QCA::SignatureAlgorithm algorithm)
{
    m_algorithm = algorithm;
    m_pending.clear();
}

QByteArray EvpKey::finishSigning()
{
    const ClearsErrorQueue clears;
    const QByteArray message = std::exchange(m_pending, {});
    const auto size = static_cast<std::size_t>(message.size());
    std::size_t signatureSize = 0;
    QByteArray signature;
    const auto sign = [&](auto function, auto *context) {
        if (function(context, nullptr, &signatureSize, bytesOf(message), size) != 1)
            return false;
        signature.resize(static_cast<qsizetype>(signatureSize));
        if (function(context, reinterpret_cast<unsigned char *>(signature.data()), &signatureSize, bytesOf(message), size) != 1)
            return false;
        signature.truncate(static_cast<qsizetype>(signatureSize));
        return true;
    };
    if (!m_key || !m_isPrivate)
        return {};
    if (m_algorithm == QCA::EMSA3_Raw) {
        const EvpKeyContextPtr raw = rawSigningContext(m_key.get(), EVP_PKEY_sign_init);
        return raw && sign(EVP_PKEY_sign, raw.get()) ? signature : QByteArray{};
    }
    const EVP_MD *digest = hashesByItself(m_key.get()) ? nullptr : digestOf(m_algorithm);
    const EvpDigestContextPtr context(EVP_MD_CTX_new());
    if ((!digest && !hashesByItself(m_key.get()))
        || EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, m_key.get()) != 1)
        return {};
    return sign(EVP_DigestSign, context.get()) ? signature : QByteArray{};
}

bool EvpKey::finishVerifying(const QByteArray &signature)
{
    const ClearsErrorQueue clears;
    const QByteArray message = std::exchange(m_pending, {});
    const auto size = static_cast<std::size_t>(message.size());
    const auto signatureSize = static_cast<std::size_t>(signature.size());
    if (!m_key)
        return false;
    if (m_algorithm == QCA::EMSA3_Raw) {
        const EvpKeyContextPtr raw = rawSigningContext(m_key.get(), EVP_PKEY_verify_init);
        return raw && EVP_PKEY_verify(raw.get(), bytesOf(signature), signatureSize, bytesOf(message), size) == 1;
    }
    const EVP_MD *digest = hashesByItself(m_key.get()) ? nullptr : digestOf(m_algorithm);
    const EvpDigestContextPtr context(EVP_MD_CTX_new());
    if ((!digest && !hashesByItself(m_key.get()))
        || EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, m_key.get()) != 1)
        return false;
    return EVP_DigestVerify(context.get(), bytesOf(signature), signatureSize, bytesOf(message), size) == 1;
}

const EvpKey *evpKeyOf(const QCA::PKeyBase *key)
{
    return dynamic_cast<const EvpKey *>(key);
}

int OtherKey::bits() const
{
    return m_key ? EVP_PKEY_get_bits(m_key.get()) : 0;
}

KeyContext::KeyContext(QCA::Provider *provider, EvpKeyPtr key, bool isPrivate)
    : QCA::PKeyContext(provider), m_key(newKey(provider, std::move(key), isPrivate))
{
}

KeyContext::KeyContext(const KeyContext &other)
    : QCA::PKeyContext(other.provider()), m_key(other.m_key ? static_cast<QCA::PKeyBase *>(other.m_key->clone()) : nullptr)
{
}

QList<QCA::PKey::Type> KeyContext::supportedTypes() const
{
    return {QCA::PKey::RSA, kOtherKey};
}

QList<QCA::PBEAlgorithm> KeyContext::supportedPBEAlgorithms() const
{
    // QCA's default asks for 3DES and gives up if that is not offered; what is written is always PBES2 with AES-256.
    return {QCA::PBES2_AES256_SHA1, QCA::PBES2_AES192_SHA1, QCA::PBES2_AES128_SHA1, QCA::PBES2_TripleDES_SHA1};
}

bool KeyContext::importKey(const QCA::PKeyBase *key)
{
    const auto *rsa = dynamic_cast<const QCA::RSAContext *>(key);
    if (!rsa)
        return false;
    auto imported = std::make_unique<RsaKey>(provider());
    if (rsa->isPrivate())
        imported->createPrivate(rsa->n(), rsa->e(), rsa->p(), rsa->q(), rsa->d());
    else
        imported->createPublic(rsa->n(), rsa->e());
    if (imported->isNull())
        return false;
    m_key = std::move(imported);
    return true;
}

EVP_PKEY *KeyContext::evp() const
{
    const EvpKey *key = evpKeyOf(m_key.get());
    return key ? key->evp() : nullptr;
}

QByteArray KeyContext::publicToDER() const
{
    const ClearsErrorQueue clears;
    return derBy(i2d_PUBKEY, evp());
}

QString KeyContext::publicToPEM() const
{
    return QString::fromLatin1(toPem(publicToDER(), "PUBLIC KEY"));
}

QCA::ConvertResult KeyContext::publicFromDER(const QByteArray &der)
{
    const ClearsErrorQueue clears;
    EvpKeyPtr key = fromDerBy<EvpKeyPtr>(d2i_PUBKEY, der);
    if (!key)
        return QCA::ErrorDecode;
    m_key.reset(newKey(provider(), std::move(key), false));
    return QCA::ConvertGood;
}

QCA::ConvertResult KeyContext::publicFromPEM(const QString &pem)
{
    return publicFromDER(firstPemBlock(pem.toLatin1(), "PUBLIC KEY"));
}

QCA::SecureArray KeyContext::privateToDER(const QCA::SecureArray &passphrase, QCA::PBEAlgorithm) const
{
    const ClearsErrorQueue clears;
    const EvpKey *key = evpKeyOf(m_key.get());
    if (!key || !key->hasPrivate())
        return {};
    if (passphrase.isEmpty()) {
        const base::Secret plain = pkcs8Of(key->evp());
        QCA::SecureArray der(static_cast<int>(plain.view().size()));
        std::copy(plain.view().begin(), plain.view().end(), der.data());
        return der;
    }
    return QCA::SecureArray(encryptedPkcs8Of(key->evp(), QByteArrayView(passphrase.constData(), passphrase.size()), KdfCost::Full));
}

QString KeyContext::privateToPEM(const QCA::SecureArray &passphrase, QCA::PBEAlgorithm algorithm) const
{
    const QCA::SecureArray der = privateToDER(passphrase, algorithm);
    return QString::fromLatin1(toPem(QByteArrayView(der.constData(), der.size()),
                                     passphrase.isEmpty() ? "PRIVATE KEY" : "ENCRYPTED PRIVATE KEY"));
}

QCA::ConvertResult KeyContext::take(base::Result<EvpKeyPtr> privateKey)
{
    if (!privateKey)
        return toConvertResult(privateKey.error().code);
    m_key.reset(newKey(provider(), std::move(*privateKey), true));
    return QCA::ConvertGood;
}

QCA::ConvertResult KeyContext::privateFromDER(const QCA::SecureArray &der, const QCA::SecureArray &passphrase)
{
    const ClearsErrorQueue clears;
    return take(readPrivateKey(QByteArrayView(der.constData(), der.size()), QByteArrayView(passphrase.constData(), passphrase.size())));
}

QCA::ConvertResult KeyContext::privateFromPEM(const QString &pem, const QCA::SecureArray &passphrase)
{
    const ClearsErrorQueue clears;
    return take(readPrivateKeyPem(pem.toLatin1(), QByteArrayView(passphrase.constData(), passphrase.size())));
}

QCA::ConvertResult toConvertResult(base::ErrorCode code)
{
    const bool isPassphrase = code == base::ErrorCode::PassphraseMissing || code == base::ErrorCode::PassphraseWrong;
    return isPassphrase ? QCA::ErrorPassphrase : QCA::ErrorDecode;
}

EvpKeyPtr evpOf(const QCA::PKeyContext &context)
{
    const ClearsErrorQueue clears;
    if (const EvpKey *ours = evpKeyOf(context.key()))
        return shared(ours->evp());
    if (!context.key() || context.key()->isNull())
        return nullptr;
    if (!context.key()->isPrivate())
        return fromDerBy<EvpKeyPtr>(d2i_PUBKEY, context.publicToDER());
    const QCA::SecureArray der = context.privateToDER({}, QCA::PBEDefault);
    base::Result<EvpKeyPtr> key = readPrivateKey(QByteArrayView(der.constData(), der.size()), {});
    return key ? std::move(*key) : nullptr;
}

} // namespace provider
