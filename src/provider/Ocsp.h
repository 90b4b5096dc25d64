// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "provider/PathPolicy.h"

namespace provider {

/// DER of an OCSPRequest (RFC 6960) for one certificate, without nonce, so that responders can answer from a cache.
/// InvalidArgument if one of the certificates cannot be read or is not the other's issuer.
[[nodiscard]] base::Result<QByteArray> makeOcspRequest(QByteArrayView certificate, QByteArrayView issuer);

/// What a response says about one certificate.
struct OcspFindings {
    /// Unknown: the responder does not know it, or the response is not about it, not current, not signed by the issuer
    /// or a responder that the issuer appointed (RFC 6960 section 4.2.2.2), or malformed. `detail` says which.
    PathRevocation state = PathRevocation::Unknown;
    QDateTime revokedAt; ///< UTC
    QDateTime retiredAt; ///< The same, if all that is said of it says why, and that the key was not lost; else invalid.
    QDateTime thisUpdate; ///< Valid exactly if the response is authentic and about the certificate.
    QDateTime nextUpdate; ///< Invalid if absent; such a response counts for a day.
    QDateTime archiveCutoff; ///< The responder still knows who has expired since then (RFC 6960 section 4.4.4); invalid if it does not say so.
    QString detail;
    bool isAboutAnother = false; ///< Nothing was verified.
    QByteArray responder; ///< DER of the certificate of whom the issuer appointed; empty if it was the issuer or nobody.

    bool operator==(const OcspFindings &) const = default;
};

/// Checks a response for a certificate of `issuer` at the time `at`. Never asks the network. Thread-safe.
[[nodiscard]] OcspFindings checkOcspResponse(QByteArrayView response, QByteArrayView certificate, QByteArrayView issuer,
                                             const QDateTime &at);

} // namespace provider
