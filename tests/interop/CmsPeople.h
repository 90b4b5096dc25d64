// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interop/ForeignProgram.h"
#include "provider/Pkcs12.h"
#include "support/CmsMessages.h"

namespace interop {

inline const QByteArray kLetter = "From us to you:\r\n\r\n  a text with a long line " + QByteArray(3000, 'x') + "\r\n.\r\n";

/// Certificates that are valid by the clock of the foreign programs.
inline support::Identity issueNow(const support::Identity &issuer, provider::KeyType type, provider::CertificateProfile profile)
{
    profile.issuedAt = QDateTime::currentDateTimeUtc();
    profile.validUntil = profile.issuedAt.addYears(1);
    return support::issue(issuer, type, profile);
}

inline support::Identity authorityNow(provider::KeyType type)
{
    return issueNow({}, type, support::authorityProfile(QStringLiteral("Interop Authority")));
}

inline support::Identity personNow(const support::Identity &authority, provider::KeyType type, const QString &name)
{
    return issueNow(authority, type, support::personProfile(name + QStringLiteral("@example.org")));
}

} // namespace interop
