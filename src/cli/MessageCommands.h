// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"
#include "cli/Command.h"

namespace cli {

/// `wax seal`: a draft in, the sealed message out.
[[nodiscard]] Exit runSeal(const Context &context, const QStringList &words);
/// `wax open`: decrypts, verifies, says what was found.
[[nodiscard]] Exit runOpen(const Context &context, const QStringList &words);
/// `wax inspect`: the structure without any key.
[[nodiscard]] Exit runInspect(const Context &context, const QStringList &words);

/// What `wax open` and `wax read` print of an opened message; the exit status tells the finding.
[[nodiscard]] Exit showOpened(const smime::OpenedMessage &opened, const QDateTime &at, const Arguments &arguments);

/// The copy that its author kept of a letter: what --sent names or, if that is not given, a profile is at hand and the letter is altered, what lies in Sent.
/// Empty if there is none. Errors: those of readInput.
[[nodiscard]] base::Result<QByteArray> sentCopyOf(const smime::OpenedMessage &opened, const Context &context, const Arguments &arguments);

} // namespace cli
