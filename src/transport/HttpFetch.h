// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"

#include <QByteArray>
#include <QUrl>
#include <chrono>

namespace transport {

class IoThread;

/// One question to a web server that somebody else named: GET, or POST if there is a body.
struct HttpRequest {
    QUrl url;                  ///< http or https, without user name; nothing else is asked.
    QByteArray body;
    QByteArray contentType;    ///< Of the body.
};

struct HttpLimits {
    std::chrono::milliseconds time{10'000};  ///< For all of it, redirections included.
    qint64 octets = 32 << 20;
    int redirects = 3;         ///< To http or https only, never from https to http.
};

/// Asks and answers the body of a 200. No cookies, no cache, no compression, TLS by net's policy with the system's anchors. Returns at once.
/// InvalidArgument (another kind of address, also as redirection), ConnectionRefused, HostNotFound, ConnectionLost, TimedOut, TlsUnavailable,
/// TlsFailed, FileTooLarge, ProtocolViolation (another status; `reply` has it), Cancelled. RFC 9110.
[[nodiscard]] base::Operation<QByteArray> fetchHttp(IoThread &thread, const HttpRequest &request, const HttpLimits &limits = {});

} // namespace transport
