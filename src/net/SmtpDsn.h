// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace net {

/// What a sender wants to hear of, for one recipient: the NOTIFY of RFC 3461 section 4.1. `wire` is empty (nothing was said),
/// "NEVER", or some of "SUCCESS", "FAILURE" and "DELAY" in this order with commas between.
enum class DsnEvent { Success, Failure, Delay };
[[nodiscard]] bool wantsDsn(QByteArrayView wire, DsnEvent event);

/// The canonical form of a NOTIFY value. InvalidArgument: a word that is not known or comes twice, NEVER beside others.
[[nodiscard]] base::Result<QByteArray> parseDsnNotify(QByteArrayView value);
/// "FULL" or "HDRS". RFC 3461 section 4.3. InvalidArgument.
[[nodiscard]] base::Result<QByteArray> parseDsnReturn(QByteArrayView value);
/// ENVID as it came, in xtext; at most 100 octets that mean printable ASCII. RFC 3461 section 4.4. InvalidArgument.
[[nodiscard]] base::Result<QByteArray> parseDsnEnvelopeId(QByteArrayView value);

/// ORCPT as it came, "rfc822;bob@example.org": an atom, and xtext that means printable ASCII (RFC 3461 section 4.2) or, for "utf-8"
/// and in a dialogue with SMTPUTF8, an address in UTF-8 or with \x{...} (RFC 6533 section 3). At most 500 octets. InvalidArgument.
enum class DsnCharset { Ascii, Utf8 };
[[nodiscard]] base::Result<QByteArray> parseDsnOriginalRecipient(QByteArrayView value, DsnCharset charset);
/// What an Original-Recipient field shows of an ORCPT that parseDsnOriginalRecipient() took. RFC 3464 section 2.3.1.
[[nodiscard]] QByteArray originalRecipientField(QByteArrayView orcpt);

} // namespace net
