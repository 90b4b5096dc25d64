// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "transport/Dialogue.h"
#include "transport/Submission.h"

namespace transport {

class IoThread;

/// Submits one message by SMTP on a connection of its own. Returns at once. RFC 5321, RFC 6409.
/// InvalidArgument (bare CR or LF, no recipient), ConnectionRefused, HostNotFound, ConnectionLost, TimedOut, LineTooLong, ProtocolViolation,
/// TlsUnavailable, TlsFailed, TlsCertificateUntrusted, AuthenticationUnavailable, AuthenticationFailed, SenderRefused,
/// MessageTooLarge, MessageRefused, Unsupported (SMTPUTF8 or 8BITMIME is needed and not offered), PeerBusy, Cancelled.
[[nodiscard]] base::Operation<SubmissionReceipt> submitMessage(IoThread &thread, Server server, Submission submission,
                                                               Deadlines deadlines = {}, DialogueLog log = {});

} // namespace transport
