// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace identity {

/// The form in which mailboxes are compared here: ASCII of the local part in lower case (RFC 8550 section 3 practice), the
/// domain as lower-case A-labels (RFC 5890). Empty if it is no "local@domain".
[[nodiscard]] QString normalisedMailbox(const QString &mailbox);

/// True if both are mailboxes, and the same one.
[[nodiscard]] bool isSameMailbox(const QString &a, const QString &b);

/// True for what can stand in a certificate as rfc822Name or SmtpUTF8Mailbox: one "@", no spaces or controls, length limits of
/// RFC 5321 section 4.5.3.1.
[[nodiscard]] bool isMailbox(const QString &mailbox);

} // namespace identity
