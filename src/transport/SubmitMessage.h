// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "transport/Server.h"

#include <QByteArray>
#include <QList>
#include <QStringList>
#include <functional>

namespace transport {

class IoThread;

/// AllOrNothing: if the server refuses one recipient, nobody gets the message and the refusal is the error.
enum class RefusalPolicy { AllOrNothing, SendToAccepted };

struct Submission {
    QString sender;
    QStringList recipients;
    QByteArray octets;              ///< CRLF line ends; anything else is refused before connecting.
    RefusalPolicy refusal = RefusalPolicy::AllOrNothing;
};

struct RecipientRefusal {
    QString recipient;
    QByteArray reply;               ///< "550 5.1.1 unknown"

    bool operator==(const RecipientRefusal &) const = default;
};

/// The server has taken responsibility for the message towards everybody but `refused`.
struct SubmissionReceipt {
    QList<RecipientRefusal> refused;
    QByteArray reply;               ///< To the end of the data.

    bool operator==(const SubmissionReceipt &) const = default;
};

/// A line of the dialogue for a log, secrets masked. RFC 5321 section 4.5.3.1.
using DialogueLog = std::function<void(bool isFromServer, const QByteArray &line)>;

/// Submits one message by SMTP on a connection of its own. Returns at once. RFC 5321, RFC 6409.
/// InvalidArgument (bare CR or LF, no recipient), ConnectionRefused, HostNotFound, ConnectionLost, TimedOut, LineTooLong, ProtocolViolation,
/// TlsUnavailable, TlsFailed, TlsCertificateUntrusted, AuthenticationUnavailable, AuthenticationFailed, SenderRefused, RecipientRefused
/// (detail names the recipient), MessageTooLarge, MessageRefused, Unsupported (SMTPUTF8 or 8BITMIME is needed and not offered), PeerBusy, Cancelled.
[[nodiscard]] base::Operation<SubmissionReceipt> submitMessage(IoThread &thread, Server server, Submission submission,
                                                               Deadlines deadlines = {}, DialogueLog log = {});

} // namespace transport
