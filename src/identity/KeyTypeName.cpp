// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/KeyTypeName.h"

#include <iterator>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using provider::KeyType;

namespace identity {

namespace {

struct NamedPlan {
    QLatin1StringView name;
    KeyPlan plan;
};

const NamedPlan kPlans[] = {
    {"rsa:2048"_L1, {KeyType::Rsa2048, {}}},
    {"rsa:3072"_L1, {KeyType::Rsa3072, {}}},
    {"rsa:4096"_L1, {KeyType::Rsa4096, {}}},
    {"ec:p256"_L1, {KeyType::EcP256, {}}},
    {"ec:p384"_L1, {KeyType::EcP384, {}}},
    {"ec:p521"_L1, {KeyType::EcP521, {}}},
    {"ed25519"_L1, {KeyType::Ed25519, KeyType::X25519}},
    {"ml-dsa:44"_L1, {KeyType::MlDsa44, KeyType::MlKem512}},
    {"ml-dsa:65"_L1, {KeyType::MlDsa65, KeyType::MlKem768}},
    {"ml-dsa:87"_L1, {KeyType::MlDsa87, KeyType::MlKem1024}},
};

/// DER of AlgorithmIdentifier { id-aes256-wrap }, RFC 3565: how keys agreed upon are wrapped.
const QByteArray kAes256Wrap = QByteArray::fromHex("300b060960864801650304012d");
/// DER of RSAES-OAEP-params with SHA-256 twice, RFC 4055 section 4.1.
const QByteArray kOaepSha256 = QByteArray::fromHex("302fa00f300d06096086480165030402010500"
                                                   "a11c301a06092a864886f70d010108300d06096086480165030402010500");

} // namespace

base::Result<KeyPlan> keyPlanOf(const QString &name)
{
    if (name.isEmpty())
        return KeyPlan{};
    QStringList known;
    for (const NamedPlan &entry : kPlans) {
        if (name.compare(entry.name, Qt::CaseInsensitive) == 0)
            return entry.plan;
        known.append(entry.name);
    }
    return {ErrorCode::KeyTypeUnsupported, u"\"%1\"; there are %2"_s.arg(name, known.join(", "_L1))};
}

QString keyTypeName(const QString &description)
{
    QString name = description.toLower();
    const qsizetype hyphen = name.lastIndexOf(u'-');
    if (hyphen > 0)
        name[hyphen] = u':';
    return name;
}

QList<provider::SmimeCapability> ownCapabilities(const QString &keyDescription)
{
    QList<provider::SmimeCapability> capabilities{
        {"2.16.840.1.101.3.4.1.46", {}}, // AES-256-GCM
        {"2.16.840.1.101.3.4.1.6", {}},  // AES-128-GCM
        {"2.16.840.1.101.3.4.1.42", {}}, // AES-256-CBC
        {"2.16.840.1.101.3.4.1.2", {}},  // AES-128-CBC
        {"1.2.840.113549.1.9.16.3.18", {}}, // ChaCha20-Poly1305, RFC 8103
    };
    if (keyDescription.startsWith("RSA"_L1))
        capabilities.append({"1.2.840.113549.1.1.7", kOaepSha256});
    if (keyDescription.startsWith("EC-"_L1))
        capabilities.append({"1.3.132.1.11.1", kAes256Wrap}); // dhSinglePass-stdDH-sha256kdf-scheme, RFC 5753 section 7.2
    if (keyDescription == "X25519"_L1)
        capabilities.append({"1.2.840.113549.1.9.16.3.19", kAes256Wrap}); // stdDH-hkdf-sha256-scheme, RFC 8418 section 2.3
    return capabilities;
}

} // namespace identity
