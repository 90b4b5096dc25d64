// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>
#include <chrono>

namespace relay {

/// What a peer may do. Applied while reading, so that no peer makes the relay hold more.
struct Limits {
    qint64 maxMessageOctets = qint64{64} << 20;
    qsizetype maxTextLineOctets = 65536; ///< RFC 5321 section 4.5.3.1.6 says 998; HTML mail is often longer, 1 MB never.
    int maxRecipients = 1000;            ///< RFC 5321 section 4.5.3.1.8 asks for at least 100.
    int maxReceivedLines = 50;           ///< More is a loop; RFC 5321 section 6.3.
    int maxCommandErrors = 20;
    int maxLoginFailures = 3;
    int maxLoginFailuresPerMinute = 30;  ///< From one address; not for loopback.
    int maxConnections = 15000;          ///< Or what the system grants, if that is less.
    int maxConnectionsPerAddress = 100;  ///< Not for loopback.
    int maxMessagesPerMinutePerAddress = 600; ///< Not for loopback; 0 is no limit.
    int maxMessagesPerMinutePerUser = 0;      ///< 0 is no limit.
    qint64 mailboxQuotaOctets = 0;       ///< 0 is no limit.
    std::chrono::seconds idle{300};      ///< RFC 5321 section 4.5.3.2.7.
    std::chrono::seconds pop3Idle{600};  ///< RFC 1939 section 3.
    std::chrono::seconds afterBareLineEnd{3}; ///< A peer that ended its message with a bare LF waits for us in vain.
    std::chrono::seconds total{86400};   ///< However busy it is; never within a message.
};

} // namespace relay
