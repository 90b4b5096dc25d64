// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace relay {

/// Onward: the relay is the client, and what comes in is what the next hop says.
enum class Protocol { Smtp, Submission, Pop3, Onward };

/// One thing that happened in a session, as a cheap value. Made only while somebody watches. Secrets are masked
/// before they get here: the argument of PASS and everything a client says after AUTH until the reply.
struct MonitorEvent {
    enum class Kind {
        SessionOpened, ///< `text`: the peer's address and port.
        LineIn,        ///< `text`: what the client said, without CRLF.
        LineOut,       ///< `text`: what the relay answered, one line.
        BodyIn,        ///< A message's text went in; `octets` says how much. Its bytes are not here.
        BodyOut,       ///< A message went out; `octets`.
        TlsStarted,    ///< `text`: protocol and cipher.
        MessageStored, ///< `messageId` is safe on disk; `text`: the envelope's sender.
        FaultApplied,  ///< `text`: the name of the rule, a blank and the fault; `messageId` if it concerns a stored message.
        SessionClosed, ///< `text`: why, for a person.
    };

    quint64 session = 0;       ///< Counts from 1 for each start of the relay.
    Kind kind = Kind::SessionOpened;
    Protocol protocol = Protocol::Smtp;
    qint64 atMs = 0;           ///< Milliseconds since the epoch, UTC.
    QByteArray text;
    qint64 octets = 0;
    qint64 messageId = 0;
};

} // namespace relay

Q_DECLARE_METATYPE(relay::MonitorEvent)
