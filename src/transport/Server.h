// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"

#include <QList>
#include <QString>
#include <chrono>

namespace transport {

/// How a connection is protected. IfOffered encrypts when the server can, and on loopback is content without;
/// towards any other host it is the same as StartTls, since whoever sits between could strip the offer. RFC 3207 section 6, RFC 8314.
enum class Security { IfOffered, StartTls, ImplicitTls, None };

/// A server and how to log in to it. A value; copies share the password.
struct Server {
    QString host;
    quint16 port = 0;
    Security security = Security::IfOffered;
    QString user;                   ///< Empty: no login.
    base::Secret password;
    QList<QByteArray> anchors;      ///< DER of the certificates that may vouch for servers; the system's are used beside them.

    /// True for 127.0.0.0/8, ::1 and "localhost".
    [[nodiscard]] bool isLoopback() const;
};

/// How long to wait for whom. RFC 5321 section 4.5.3.2 names minutes; a person waits for less.
struct Deadlines {
    std::chrono::milliseconds connect = std::chrono::seconds{15};
    std::chrono::milliseconds reply = std::chrono::seconds{60};      ///< Between two lines of the server.
    std::chrono::milliseconds afterData = std::chrono::minutes{5};   ///< For the reply to the whole message.
};

} // namespace transport
