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
/// for as long as it is valid, and what cannot be read is not replaced: FileNotReadable. The codes of identity::selfSignedServer and of writing files.
[[nodiscard]] base::Result<identity::ServerCredentials> relayCredentials(const identity::DataDirectory &data, const RelayCertificateWishes &wishes = {},
                                                                         const base::Clock &clock = base::Clock::system());

/// Gives the relay a certificate of this authority, which must be unlocked. The codes of identity::Authority::issueServer.
[[nodiscard]] base::Status issueRelayCertificate(const identity::DataDirectory &data, identity::Authority &authority, const QStringList &hosts = {});

/// What relayCredentials() would give, as far as that can be told without writing anything and without the authority: the relay's own if it is
/// usable, else some that are forgotten. FileNotReadable and the codes of identity::selfSignedServer.
[[nodiscard]] base::Result<identity::ServerCredentials> trialCredentials(const identity::DataDirectory &data, const QStringList &hosts,
                                                                         const base::Clock &clock = base::Clock::system());

/// DATA/relay/tls-certificate.pem
[[nodiscard]] QString relayCertificateFile(const identity::DataDirectory &data);
/// DER of the certificate that vouches for the relay's own: an anchor for TLS and never for mail. Empty if there is none.
[[nodiscard]] QList<QByteArray> relayTlsAnchors(const identity::DataDirectory &data);

/// DER of the certificate that vouches for a server that shows this chain, leaf first; its own, if nobody does. Empty if there is none.
[[nodiscard]] QByteArray tlsAnchorOf(const QByteArray &chainPem);
/// Whether its leaf bears this name or address, so that a neighbour who reaches it there can trust it. If not, because the network has
/// changed, issueRelayCertificate() makes one that does.
[[nodiscard]] bool isCertifiedFor(const QByteArray &chainPem, const QString &host);

} // namespace app
