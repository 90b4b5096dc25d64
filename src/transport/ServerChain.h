// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "transport/Server.h"

namespace transport {

class IoThread;

/// The certificates (DER, leaf first) that the SMTP server shows after STARTTLS, whoever vouches for them: for somebody who was told a
/// fingerprint and wants the certificate that bears it. Nothing is said to the server but EHLO and STARTTLS, and nothing it says is used.
/// ConnectionRefused, HostNotFound, ConnectionLost, TimedOut, LineTooLong, ProtocolViolation, PeerBusy, TlsUnavailable, TlsFailed, Cancelled.
[[nodiscard]] base::Operation<QList<QByteArray>> askServerChain(IoThread &thread, const QString &host, quint16 port, Deadlines deadlines = {},
                                                                base::Cancellation cancellation = {});

} // namespace transport
