// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace identity {

/// True for what can stand in a certificate as rfc822Name or SmtpUTF8Mailbox: one "@", no spaces or controls, length limits of
/// RFC 5321 section 4.5.3.1.
[[nodiscard]] bool isMailbox(const QString &mailbox);

} // namespace identity
