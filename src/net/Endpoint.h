// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QHostAddress>
#include <QString>

namespace net {

/// Where a server listens or is reached: a host name or literal address, and a port.
struct Endpoint {
    QString host;     ///< Name, IPv4 or IPv6 literal without brackets.
    quint16 port = 0; ///< 0 asks the system for a free port when listening.

    bool operator==(const Endpoint &) const = default;
};

/// Reads "ADDR:PORT", "[::1]:PORT", ":PORT" (127.0.0.1) or, if `defaultPort` is given, "ADDR" alone.
/// ConfigurationInvalid names what is wrong.
[[nodiscard]] base::Result<Endpoint> parseEndpoint(const QString &text, std::optional<quint16> defaultPort = std::nullopt);

/// The form that parseEndpoint reads; IPv6 in brackets.
[[nodiscard]] QString toString(const Endpoint &endpoint);

/// True for 127.0.0.0/8, ::1, ::ffff:127.0.0.0/104 and the name "localhost".
[[nodiscard]] bool isLoopback(const QString &host);
[[nodiscard]] bool isLoopback(const QHostAddress &address);

/// What limits per address count by: the address, or of IPv6 the first 64 bits, since whoever has one address there has all the others.
[[nodiscard]] QByteArray countedAs(const QHostAddress &address);

} // namespace net
