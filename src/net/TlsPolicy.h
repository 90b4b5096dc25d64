// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "net/Endpoint.h"

#include <QSslConfiguration>
#include <QSslError>

#include <optional>

namespace net {

/// How a connection is protected. The first is the safe one to forget.
enum class TlsMode {
    StartTls, ///< Clear at first, then TLS before anything that matters; no TLS, no connection.
    Implicit, ///< TLS from the first octet (RFC 8314).
    None,     ///< In the clear; allowed on loopback only.
    StartTlsIfOffered, ///< Loopback only: TLS where the server offers it, and then nothing less.
};

/// The one TLS policy of the program: TLS 1.2 or newer (RFC 8996, RFC 9325), forward secrecy, no compression, no renegotiation.

/// For a client. Trust is `anchorsDer` and, if wanted, the system's; anchors of mail are never among them unless the caller says so.
enum class SystemAnchors { Use, DoNotUse };
/// TlsUnavailable (Qt has no TLS here), NotACertificate.
[[nodiscard]] base::Result<QSslConfiguration> clientTls(const QList<QByteArray> &anchorsDer, SystemAnchors system);

/// For a server: chain (leaf first) and key as PEM, RSA or EC. TlsUnavailable, NotACertificate, CertificateKeyMismatch,
/// KeyTypeUnsupported (QSslKey cannot load it, such as Ed25519).
[[nodiscard]] base::Result<QSslConfiguration> serverTls(const QByteArray &chainPem, const QByteArray &keyPem);

/// serverTls() when the first connection wants it: before its first certificate Qt reads every authority of the system, which takes
/// as long as the rest of a relay's start. For one thread.
class ServerTls
{
public:
    ServerTls(QByteArray chainPem, base::Secret keyPem) : m_chainPem(std::move(chainPem)), m_keyPem(std::move(keyPem)) {}
    [[nodiscard]] const base::Result<QSslConfiguration> &configuration();

private:
    QByteArray m_chainPem;
    base::Secret m_keyPem;
    std::optional<base::Result<QSslConfiguration>> m_made;
};

/// Whether `mode` may be used towards `host`. TlsUnavailable says that the clear is for loopback only.
[[nodiscard]] base::Status checkTlsMode(TlsMode mode, const QString &host);

/// TlsCertificateUntrusted or TlsFailed with what the peer's certificate lacks, from QSslSocket::sslErrors.
[[nodiscard]] base::Error tlsError(const QList<QSslError> &errors);

} // namespace net
