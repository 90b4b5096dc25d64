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

} // namespace identity
