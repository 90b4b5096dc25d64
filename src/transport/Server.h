// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "net/TlsPolicy.h"
#include "transport/ServerTrust.h"

#include <QString>
#include <chrono>
#include <memory>

namespace transport {

/// A server and how to log in to it. A value; copies share the password.
struct Server {
    QString host;
    quint16 port = 0;
    net::TlsMode tls = net::TlsMode::StartTls;
    QString user;                   ///< Empty: no login.
    base::Secret password;
    QList<QByteArray> anchors = {}; ///< DER of the certificates of which one must vouch for the server; none: the system's and `trust` may.
    std::shared_ptr<ServerTrust> trust = {}; ///< Beside the system's anchors, which know no server of this computer; may be null.
};

/// How long to wait for whom. RFC 5321 section 4.5.3.2 names minutes; a person waits for less.
struct Deadlines {
    std::chrono::milliseconds connect = std::chrono::seconds{15};
    std::chrono::milliseconds reply = std::chrono::seconds{60};      ///< For a whole line, or more of a message.
    std::chrono::milliseconds afterData = std::chrono::minutes{5};   ///< For the reply to a whole message.
};

/// What RFC 5321 section 4.5.3.2 grants, for a queue at which nobody waits: whoever gives up earlier sends twice what was only slow.
[[nodiscard]] constexpr Deadlines patientDeadlines()
{
    return {std::chrono::seconds{30}, std::chrono::minutes{5}, std::chrono::minutes{10}};
}

} // namespace transport
