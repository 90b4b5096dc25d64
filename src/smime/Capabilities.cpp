// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Capabilities.h"

#include "provider/SmimeCapabilities.h"

using namespace Qt::StringLiterals;

namespace smime {

namespace {

// NIST's and PKCS's arcs: RFC 8551 section 2.7, RFC 5084, RFC 4055.
constexpr QLatin1StringView kAes128Cbc{"2.16.840.1.101.3.4.1.2"};
constexpr QLatin1StringView kAes256Cbc{"2.16.840.1.101.3.4.1.42"};
constexpr QLatin1StringView kAes128Gcm{"2.16.840.1.101.3.4.1.6"};
constexpr QLatin1StringView kAes256Gcm{"2.16.840.1.101.3.4.1.46"};
constexpr QLatin1StringView kRsaesOaep{"1.2.840.113549.1.1.7"};

} // namespace

bool Capabilities::canAes256Gcm() const { return oids.contains(kAes256Gcm); }
bool Capabilities::canAes256Cbc() const { return oids.contains(kAes256Cbc); }
bool Capabilities::canOaep() const { return oids.contains(kRsaesOaep); }

Capabilities Capabilities::ours()
{
    return {{kAes256Gcm, kAes128Gcm, kAes256Cbc, kAes128Cbc, kRsaesOaep}};
}

Capabilities Capabilities::fromDer(const QByteArray &der)
{
    Capabilities capabilities;
    if (der.isEmpty())
        return capabilities;
    if (const base::Result<QList<provider::SmimeCapability>> entries = provider::decodeSmimeCapabilities(der))
        for (const provider::SmimeCapability &entry : *entries)
            capabilities.oids.append(QString::fromLatin1(entry.oid));
    return capabilities;
}

Capabilities effectiveCapabilities(const Capabilities &remembered, const Capabilities &fromCertificate)
{
    return remembered.isKnown() ? remembered : fromCertificate;
}

} // namespace smime
