// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax send`: seals a draft and sends it through the outbox.
[[nodiscard]] Exit runSend(const Context &context, const QStringList &words);
/// `wax fetch`: brings new mail into the Inbox.
[[nodiscard]] Exit runFetch(const Context &context, const QStringList &words);
/// `wax import`: takes in the mail that other programs kept.
[[nodiscard]] Exit runImport(const Context &context, const QStringList &words);
/// `wax list`: the messages of a folder.
[[nodiscard]] Exit runList(const Context &context, const QStringList &words);
/// `wax read`: opens a stored message and says what was found.
[[nodiscard]] Exit runRead(const Context &context, const QStringList &words);
/// `wax search`: messages by words of their headers and texts.
[[nodiscard]] Exit runSearch(const Context &context, const QStringList &words);

} // namespace cli
