// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "transport/Dialogue.h"
#include "transport/MailSink.h"

#include <memory>

namespace transport {

class IoThread;

/// Fetches by POP3 what `sink` wants, on a connection of its own, and deletes from the server only what was kept. Returns at once;
/// `sink` lives until the operation is over. RFC 1939, RFC 2449, RFC 2595, RFC 5034.
/// ConnectionRefused, HostNotFound, ConnectionLost, TimedOut, LineTooLong, ProtocolViolation, TlsUnavailable, TlsFailed,
/// TlsCertificateUntrusted, AuthenticationUnavailable, AuthenticationFailed, MailboxBusy, PeerBusy, Unsupported (no UIDL),
/// MessageTooLarge (larger than it said), Cancelled, and those of `sink`.
[[nodiscard]] base::Operation<FetchSummary> fetchMail(IoThread &thread, Server server, std::shared_ptr<MailSink> sink,
                                                      FetchOptions options = {}, DialogueLog log = {});

} // namespace transport
