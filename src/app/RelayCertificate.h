// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "identity/Authority.h"
#include "identity/DataDirectory.h"

namespace app {

/// The relay's TLS certificate and key, from DATA/relay/tls-certificate.pem and tls-key.pem (0600 in a 0700 folder: the relay starts
/// without asking anybody). Where they are missing or expired, a certificate that vouches for itself is made; with an authority, use
/// issueRelayCertificate(). The codes of identity::selfSignedServer and of writing files.
[[nodiscard]] base::Result<identity::ServerCredentials> relayCredentials(const identity::DataDirectory &data,
                                                                         const base::Clock &clock = base::Clock::system());

/// Gives the relay a certificate of this authority, which must be unlocked. The codes of identity::Authority::issueServer.
[[nodiscard]] base::Status issueRelayCertificate(const identity::DataDirectory &data, identity::Authority &authority);

/// DATA/relay/tls-certificate.pem
[[nodiscard]] QString relayCertificateFile(const identity::DataDirectory &data);

/// DER of the certificate that vouches for the relay's: an anchor for TLS and never for mail. Empty if there is none.
[[nodiscard]] QList<QByteArray> relayTlsAnchors(const identity::DataDirectory &data);

} // namespace app
