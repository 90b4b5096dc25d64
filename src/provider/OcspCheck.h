// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: OCSP over OpenSSL's objects.

#include "provider/Ocsp.h"
#include "provider/OpenSsl.h"

#include <vector>

namespace provider {

/// The certificate's issuer, and whose key counts: the same, or somebody of its name, who may name either as the issuer.
struct OcspIssuer {
    X509 *issuer;
    X509 *key;
};

/// As the public one. The responder's certificate may stand `beside` the response instead of in it.
[[nodiscard]] OcspFindings checkOcspResponse(QByteArrayView response, X509 *certificate, const OcspIssuer &issuer, const QDateTime &at,
                                             const std::vector<X509 *> &beside);

/// Whether a CRLReason (RFC 5280 section 5.3.1) says that the key was not lost.
[[nodiscard]] bool isRetirement(long reason);

} // namespace provider
