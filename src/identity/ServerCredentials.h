// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"

#include <QDateTime>
#include <QStringList>

namespace identity {

/// A TLS certificate for a service of the data directory, with its key, as PEM.
struct ServerCredentials {
    QByteArray certificateChainPem; ///< The server's first.
    base::Secret privateKeyPem;
};

/// With a new EC P-256 key, for these host names and IP addresses, signed by an authority (DER, and the PKCS#8 of its key). Any thread.
/// InvalidArgument (no host), KeyGenerationFailed, KeyTypeUnsupported, CertificateKeyMismatch.
[[nodiscard]] base::Result<ServerCredentials> serverSignedBy(const QByteArray &authority, const base::Secret &authorityKey,
                                                             const QStringList &hosts, const QDateTime &now);
/// The same vouching for itself, where there is no authority at hand. InvalidArgument (no host), KeyGenerationFailed.
[[nodiscard]] base::Result<ServerCredentials> selfSignedServer(const QStringList &hosts, const QDateTime &now);

/// True if certificate and key belong together and the certificate has not expired.
[[nodiscard]] bool isUsable(const ServerCredentials &credentials, const QDateTime &now);

/// What the first certificate of a PEM chain says of its server.
struct ServerCertificate {
    QStringList hosts;   ///< DNS names and addresses.
    QDateTime notBefore; ///< UTC.
    QDateTime notAfter;
    bool isSelfIssued = false; ///< Nobody else vouches for it.
};
/// NotACertificate.
[[nodiscard]] base::Result<ServerCertificate> readServerCertificate(const QByteArray &chainPem);

} // namespace identity
