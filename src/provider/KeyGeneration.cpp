// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/KeyGeneration.h"

#include "provider/OpenSsl.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

struct KeyTypeRow {
    KeyType type;
    QLatin1StringView name;
    const char *algorithm; ///< EVP name
    int rsaBits;
    const char *group;
    bool canReceive;
};

constexpr KeyTypeRow kKeyTypes[] = {
    {KeyType::Rsa2048, "RSA-2048"_L1, "RSA", 2048, nullptr, true},
    {KeyType::Rsa3072, "RSA-3072"_L1, "RSA", 3072, nullptr, true},
    {KeyType::Rsa4096, "RSA-4096"_L1, "RSA", 4096, nullptr, true},
    {KeyType::EcP256, "EC-P256"_L1, "EC", 0, "prime256v1", true},
    {KeyType::EcP384, "EC-P384"_L1, "EC", 0, "secp384r1", true},
    {KeyType::EcP521, "EC-P521"_L1, "EC", 0, "secp521r1", true},
    {KeyType::Ed25519, "Ed25519"_L1, "ED25519", 0, nullptr, false},
    {KeyType::X25519, "X25519"_L1, "X25519", 0, nullptr, true},
    {KeyType::X448, "X448"_L1, "X448", 0, nullptr, true},
    {KeyType::Ed448, "Ed448"_L1, "ED448", 0, nullptr, false},
    {KeyType::MlDsa44, "ML-DSA-44"_L1, "ML-DSA-44", 0, nullptr, false},
    {KeyType::MlDsa65, "ML-DSA-65"_L1, "ML-DSA-65", 0, nullptr, false},
    {KeyType::MlDsa87, "ML-DSA-87"_L1, "ML-DSA-87", 0, nullptr, false},
    {KeyType::MlKem512, "ML-KEM-512"_L1, "ML-KEM-512", 0, nullptr, true},
    {KeyType::MlKem768, "ML-KEM-768"_L1, "ML-KEM-768", 0, nullptr, true},
    {KeyType::MlKem1024, "ML-KEM-1024"_L1, "ML-KEM-1024", 0, nullptr, true},
};

const KeyTypeRow &rowOf(KeyType type)
{
    for (const KeyTypeRow &row : kKeyTypes) {
        if (row.type == type)
            return row;
    }
    Q_UNREACHABLE_RETURN(kKeyTypes[0]);
}

QByteArray groupOf(const EVP_PKEY *key)
{
    char name[80] = {};
    std::size_t size = 0;
    return EVP_PKEY_get_group_name(key, name, sizeof name, &size) == 1 ? QByteArray(name) : QByteArray{};
}

EVP_PKEY *generate(const KeyTypeRow &row)
{
    if (row.rsaBits > 0)
        return EVP_PKEY_Q_keygen(nullptr, nullptr, row.algorithm, static_cast<std::size_t>(row.rsaBits));
    if (row.group)
        return EVP_PKEY_Q_keygen(nullptr, nullptr, row.algorithm, row.group);
    return EVP_PKEY_Q_keygen(nullptr, nullptr, row.algorithm);
}

} // namespace

QList<KeyType> allKeyTypes()
{
    QList<KeyType> types;
    for (const KeyTypeRow &row : kKeyTypes)
        types.append(row.type);
    return types;
}

QString toString(KeyType type)
{
    return rowOf(type).name;
}

base::Result<QCA::PrivateKey> generateKey(KeyType type)
{
    const ClearsErrorQueue clears;
    EvpKeyPtr key(generate(rowOf(type)));
    const QCA::PrivateKey result = toPrivateKey(std::move(key));
    if (result.isNull())
        return {ErrorCode::KeyGenerationFailed, takeErrorText()};
    return result;
}

QString describeKey(const EVP_PKEY *key)
{
    if (!key)
        return {};
    const QByteArray group = isOfType(key, "EC") ? groupOf(key) : QByteArray{};
    for (const KeyTypeRow &row : kKeyTypes) {
        if (!isOfType(key, row.algorithm) || row.rsaBits != 0 || group != QByteArrayView(row.group))
            continue;
        return row.name;
    }
    // RSA of any size lands here, so that the names of the table and of other sizes have one form.
    const char *name = EVP_PKEY_get0_type_name(key);
    return u"%1-%2"_s.arg(QString::fromLatin1(name ? name : "unknown")).arg(EVP_PKEY_get_bits(key));
}

QString describeKey(const QCA::PKey &key)
{
    const ClearsErrorQueue clears;
    return describeKey(toEvp(key).get());
}

std::optional<KeyType> keyTypeOf(const QCA::PKey &key)
{
    const QString name = describeKey(key);
    for (const KeyTypeRow &row : kKeyTypes) {
        if (name == row.name)
            return row.type;
    }
    return std::nullopt;
}

bool canSign(const EVP_PKEY *key)
{
    return key && EVP_PKEY_can_sign(key) == 1;
}

bool canReceive(const EVP_PKEY *key)
{
    if (!key)
        return false;
    for (const KeyTypeRow &row : kKeyTypes) {
        if (row.canReceive && isOfType(key, row.algorithm))
            return true;
    }
    return false;
}

bool hashesByItself(const EVP_PKEY *key)
{
    for (const char *name : {"ED25519", "ED448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"}) {
        if (isOfType(key, name))
            return true;
    }
    return false;
}

QByteArray publicKeyDer(const QCA::PKey &key)
{
    const ClearsErrorQueue clears;
    const EvpKeyPtr evp = toEvp(key);
    return evp ? derBy(i2d_PUBKEY, evp.get()) : QByteArray{};
}

base::Result<QCA::PublicKey> readPublicKey(QByteArrayView der)
{
    const ClearsErrorQueue clears;
    EvpKeyPtr key = fromDerBy<EvpKeyPtr>(d2i_PUBKEY, der);
    if (!key)
        return {ErrorCode::KeyTypeUnsupported, takeErrorText()};
    return toPublicKey(std::move(key));
}

} // namespace provider
