// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: keys behind QCA::PKey.

#include "base/Result.h"
#include "provider/ContextPool.h"
#include "provider/OpenSsl.h"

#include <qcaprovider.h>

namespace provider {

/// QCA's enum knows RSA, DSA and DH. This value lies within its range and stands for every other kind:
/// EC, Ed25519, X25519, ML-DSA, ML-KEM. QCA::PKey::isRSA() and its like say false to it.
inline constexpr auto kOtherKey = static_cast<QCA::PKey::Type>(3);

/// What RsaKey and OtherKey share: an EVP_PKEY and whether its private half may be used.
class EvpKey
{
public:
    EvpKey() = default;
    explicit EvpKey(EvpKeyPtr key, bool isPrivate) : m_key(std::move(key)), m_isPrivate(isPrivate) {}
    EvpKey(const EvpKey &other);
    EvpKey &operator=(const EvpKey &other) = delete;

    /// Still owned by this object.
    [[nodiscard]] EVP_PKEY *evp() const { return m_key.get(); }
    [[nodiscard]] bool hasPrivate() const { return m_isPrivate; }
    [[nodiscard]] const std::shared_ptr<ContextPool> &contexts() const { return m_contexts; }

protected:
    ~EvpKey() = default;
    void replaceKey(EvpKeyPtr key);
    void dropPrivateHalf();
    void beginSigning(QCA::SignatureAlgorithm algorithm);
    [[nodiscard]] QByteArray finishSigning();
    [[nodiscard]] bool finishVerifying(const QByteArray &signature);

    EvpKeyPtr m_key;
    std::shared_ptr<ContextPool> m_contexts = std::make_shared<ContextPool>(); ///< Of m_key, and of no other.
    bool m_isPrivate = false;
    QByteArray m_pending; ///< What update() has brought; the one-shot schemes need it whole.
    QCA::SignatureAlgorithm m_algorithm = QCA::SignatureUnknown;
};

/// The EvpKey behind a PKeyBase of ours; nullptr for other providers' keys.
[[nodiscard]] const EvpKey *evpKeyOf(const QCA::PKeyBase *key);

/// RSA must be an RSAContext: QCA casts to it without asking.
class RsaKey final : public QCA::RSAContext, public EvpKey
{
    Q_OBJECT

public:
    explicit RsaKey(QCA::Provider *provider) : QCA::RSAContext(provider) {}
    RsaKey(QCA::Provider *provider, EvpKeyPtr key, bool isPrivate)
        : QCA::RSAContext(provider), EvpKey(std::move(key), isPrivate) {}
    RsaKey(const RsaKey &other) : QCA::RSAContext(other.provider()), EvpKey(other) {}

    Context *clone() const override { return new RsaKey(*this); }
    bool isNull() const override { return !m_key; }
    QCA::PKey::Type type() const override { return QCA::PKey::RSA; }
    bool isPrivate() const override { return m_isPrivate; }
    bool canExport() const override { return true; }
    void convertToPublic() override { dropPrivateHalf(); }
    int bits() const override;
    int maximumEncryptSize(QCA::EncryptionAlgorithm algorithm) const override;
    QCA::SecureArray encrypt(const QCA::SecureArray &in, QCA::EncryptionAlgorithm algorithm) override;
    bool decrypt(const QCA::SecureArray &in, QCA::SecureArray *out, QCA::EncryptionAlgorithm algorithm) override;
    void startSign(QCA::SignatureAlgorithm algorithm, QCA::SignatureFormat) override { beginSigning(algorithm); }
    void startVerify(QCA::SignatureAlgorithm algorithm, QCA::SignatureFormat) override { beginSigning(algorithm); }
    void update(const QCA::MemoryRegion &in) override { m_pending.append(in.constData(), in.size()); }
    QByteArray endSign() override { return finishSigning(); }
    bool endVerify(const QByteArray &signature) override { return finishVerifying(signature); }

    void createPrivate(int bits, int exponent, bool block) override;
    void createPrivate(const QCA::BigInteger &n, const QCA::BigInteger &e, const QCA::BigInteger &p,
                       const QCA::BigInteger &q, const QCA::BigInteger &d) override;
    void createPublic(const QCA::BigInteger &n, const QCA::BigInteger &e) override;
    QCA::BigInteger n() const override;
    QCA::BigInteger e() const override;
    QCA::BigInteger p() const override;
    QCA::BigInteger q() const override;
    QCA::BigInteger d() const override;
};

/// Every key that is not RSA.
class OtherKey final : public QCA::PKeyBase, public EvpKey
{
    Q_OBJECT

public:
    OtherKey(QCA::Provider *provider, EvpKeyPtr key, bool isPrivate)
        : QCA::PKeyBase(provider, QStringLiteral("waxwing-key")), EvpKey(std::move(key), isPrivate) {}
    OtherKey(const OtherKey &other) : QCA::PKeyBase(other.provider(), QStringLiteral("waxwing-key")), EvpKey(other) {}

    Context *clone() const override { return new OtherKey(*this); }
    bool isNull() const override { return !m_key; }
    QCA::PKey::Type type() const override { return kOtherKey; }
    bool isPrivate() const override { return m_isPrivate; }
    bool canExport() const override { return true; }
    void convertToPublic() override { dropPrivateHalf(); }
    int bits() const override;
    void startSign(QCA::SignatureAlgorithm algorithm, QCA::SignatureFormat) override { beginSigning(algorithm); }
    void startVerify(QCA::SignatureAlgorithm algorithm, QCA::SignatureFormat) override { beginSigning(algorithm); }
    void update(const QCA::MemoryRegion &in) override { m_pending.append(in.constData(), in.size()); }
    QByteArray endSign() override { return finishSigning(); }
    bool endVerify(const QByteArray &signature) override { return finishVerifying(signature); }
};

/// Holds a key and turns it into DER and PEM and back.
class KeyContext final : public QCA::PKeyContext
{
    Q_OBJECT

public:
    explicit KeyContext(QCA::Provider *provider) : QCA::PKeyContext(provider) {}
    KeyContext(QCA::Provider *provider, EvpKeyPtr key, bool isPrivate);
    KeyContext(const KeyContext &other);

    Context *clone() const override { return new KeyContext(*this); }
    QList<QCA::PKey::Type> supportedTypes() const override;
    QList<QCA::PKey::Type> supportedIOTypes() const override { return supportedTypes(); }
    QList<QCA::PBEAlgorithm> supportedPBEAlgorithms() const override;
    QCA::PKeyBase *key() override { return m_key.get(); }
    const QCA::PKeyBase *key() const override { return m_key.get(); }
    void setKey(QCA::PKeyBase *key) override { m_key.reset(key); }
    bool importKey(const QCA::PKeyBase *key) override;
    QByteArray publicToDER() const override;
    QString publicToPEM() const override;
    QCA::ConvertResult publicFromDER(const QByteArray &der) override;
    QCA::ConvertResult publicFromPEM(const QString &pem) override;
    QCA::SecureArray privateToDER(const QCA::SecureArray &passphrase, QCA::PBEAlgorithm) const override;
    QString privateToPEM(const QCA::SecureArray &passphrase, QCA::PBEAlgorithm) const override;
    QCA::ConvertResult privateFromDER(const QCA::SecureArray &der, const QCA::SecureArray &passphrase) override;
    QCA::ConvertResult privateFromPEM(const QString &pem, const QCA::SecureArray &passphrase) override;

    /// Still owned by this object; nullptr if there is none.
    [[nodiscard]] EVP_PKEY *evp() const;

private:
    [[nodiscard]] QCA::ConvertResult take(base::Result<EvpKeyPtr> privateKey);

    std::unique_ptr<QCA::PKeyBase> m_key;
};

/// QCA's word for what a private key or a PKCS#12 could not be read for. With any other than these two it would go on and ask the next provider.
[[nodiscard]] QCA::ConvertResult toConvertResult(base::ErrorCode code);

/// The EVP key behind any key context, through DER if it is another provider's.
[[nodiscard]] EvpKeyPtr evpOf(const QCA::PKeyContext &context);

} // namespace provider
