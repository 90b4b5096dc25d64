// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/CertificateFacts.h"

namespace identity {

/// The names of a key usage (RFC 5280 section 4.2.1.3), such as "digitalSignature", in the order of their bits.
[[nodiscard]] QStringList keyUsageNames(provider::KeyUsages usage);

/// The name of an extended key usage (RFC 5280 section 4.2.1.12), such as "emailProtection"; the OID itself if it has none here.
[[nodiscard]] QString extendedUsageName(const QByteArray &oid);

} // namespace identity
