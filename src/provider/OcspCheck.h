// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: OCSP over OpenSSL's objects.

#include "provider/Ocsp.h"
#include "provider/OpenSsl.h"

namespace provider {

/// As the public one.
[[nodiscard]] OcspFindings checkOcspResponse(QByteArrayView response, X509 *certificate, X509 *issuer, const QDateTime &at);

} // namespace provider
