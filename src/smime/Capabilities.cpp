// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Capabilities.h"

#include "provider/SmimeCapabilities.h"

using namespace Qt::StringLiterals;

namespace smime {

namespace {

// RFC 5084 section 3.2, RFC 4055 section 4.1.
constexpr QLatin1StringView kAes256Gcm{"2.16.840.1.101.3.4.1.46"};
constexpr QLatin1StringView kRsaesOaep{"1.2.840.113549.1.1.7"};

} // namespace

bool Capabilities::canAes256Gcm() const { return oids.contains(kAes256Gcm); }
bool Capabilities::canOaep() const { return oids.contains(kRsaesOaep); }

Capabilities Capabilities::ours()
{
    return of(provider::ownCapabilities(u"RSA"_s));
}

Capabilities Capabilities::of(const QList<provider::SmimeCapability> &entries)
{
    Capabilities capabilities;
    for (const provider::SmimeCapability &entry : entries)
        capabilities.oids.append(QString::fromLatin1(entry.oid));
    return capabilities;
}

Capabilities Capabilities::fromDer(const QByteArray &der)
{
    const base::Result<QList<provider::SmimeCapability>> entries = provider::decodeSmimeCapabilities(der);
    return entries ? of(*entries) : Capabilities{};
}

Capabilities effectiveCapabilities(const Capabilities &remembered, const Capabilities &fromCertificate)
{
    return remembered.isKnown() ? remembered : fromCertificate;
}

} // namespace smime
