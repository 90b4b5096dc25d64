// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace base {

/// The form in which mailboxes are compared: the domain by its lower-case A-labels (RFC 5890), the local part by octets as RFC 5321 section 2.4
/// demands, except that ASCII case is ignored (RFC 8550 section 3 practice). Empty if it is no "local@domain".
[[nodiscard]] QString normalisedMailbox(const QString &mailbox);

/// True if both are mailboxes, and the same one.
[[nodiscard]] bool isSameMailbox(const QString &a, const QString &b);

/// True if one of `addresses`, such as those in a certificate, is this mailbox.
[[nodiscard]] bool namesMailbox(const QStringList &addresses, const QString &mailbox);

} // namespace base
