// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "identity/Authority.h"
#include "identity/DataDirectory.h"

namespace app {

/// What the relay's certificate shall be, beyond the names of this computer for itself.
struct RelayCertificateWishes {
    QStringList hosts;                 ///< Names and addresses under which others reach it.
    base::Secret authorityPassphrase;  ///< Empty: the authority stays locked and is not asked.
};

/// The relay's TLS certificate and key, from DATA/relay/tls-certificate.pem and tls-key.pem (0600 in a 0700 folder: the relay starts
/// without asking anybody). Where they are missing, expired, lack a host, or have less than a third of their time left, the authority issues
/// new ones if it can be unlocked; without it a certificate that vouches for itself is made or made anew. One of the authority's is kept
/// for as long as it is valid. The codes of identity::selfSignedServer and of writing files.
[[nodiscard]] base::Result<identity::ServerCredentials> relayCredentials(const identity::DataDirectory &data, const RelayCertificateWishes &wishes = {},
                                                                         const base::Clock &clock = base::Clock::system());

/// Gives the relay a certificate of this authority, which must be unlocked. The codes of identity::Authority::issueServer.
[[nodiscard]] base::Status issueRelayCertificate(const identity::DataDirectory &data, identity::Authority &authority, const QStringList &hosts = {});

/// DATA/relay/tls-certificate.pem
[[nodiscard]] QString relayCertificateFile(const identity::DataDirectory &data);
/// Whether the relay's certificate bears this name or address, so that a neighbour who reaches it there can trust it. If not, because
/// the network has changed, issueRelayCertificate() makes one that does.
[[nodiscard]] bool isRelayCertifiedFor(const identity::DataDirectory &data, const QString &host);

/// DER of the certificate that vouches for the relay's: an anchor for TLS and never for mail. Empty if there is none.
[[nodiscard]] QList<QByteArray> relayTlsAnchors(const identity::DataDirectory &data);

} // namespace app
