// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/UsageNames.h"

using namespace Qt::StringLiterals;

namespace identity {

namespace {

struct NamedUsage {
    provider::KeyUsage bit;
    QLatin1StringView name;
};

constexpr NamedUsage kKeyUsages[] = {
    {provider::KeyUsage::DigitalSignature, "digitalSignature"_L1}, {provider::KeyUsage::NonRepudiation, "nonRepudiation"_L1},
    {provider::KeyUsage::KeyEncipherment, "keyEncipherment"_L1},   {provider::KeyUsage::DataEncipherment, "dataEncipherment"_L1},
    {provider::KeyUsage::KeyAgreement, "keyAgreement"_L1},         {provider::KeyUsage::KeyCertSign, "keyCertSign"_L1},
    {provider::KeyUsage::CrlSign, "cRLSign"_L1},                   {provider::KeyUsage::EncipherOnly, "encipherOnly"_L1},
    {provider::KeyUsage::DecipherOnly, "decipherOnly"_L1},
};

} // namespace

QStringList keyUsageNames(provider::KeyUsages usage)
{
    QStringList names;
    for (const NamedUsage &known : kKeyUsages)
        if (usage.testFlag(known.bit))
            names.append(known.name);
    return names;
}

QString extendedUsageName(const QByteArray &oid)
{
    struct Named {
        QByteArrayView oid;
        QLatin1StringView name;
    };
    static const Named kNames[] = {
        {provider::kAnyExtendedKeyUsageOid, "anyExtendedKeyUsage"_L1}, {provider::kServerAuthOid, "serverAuth"_L1},
        {"1.3.6.1.5.5.7.3.2", "clientAuth"_L1}, {"1.3.6.1.5.5.7.3.3", "codeSigning"_L1},
        {provider::kEmailProtectionOid, "emailProtection"_L1}, {"1.3.6.1.5.5.7.3.8", "timeStamping"_L1},
        {"1.3.6.1.5.5.7.3.9", "OCSPSigning"_L1},
    };
    for (const Named &known : kNames)
        if (oid == known.oid)
            return known.name;
    return QString::fromLatin1(oid);
}

} // namespace identity
