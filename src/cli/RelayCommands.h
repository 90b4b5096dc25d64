// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

#include <optional>

namespace cli {

/// `wax relay ...`: runs the relay until SIGTERM or SIGINT, or does something to its spool.
Exit runRelay(const Context &context, const QStringList &words);

/// --spool, or what the settings name, or the relay's folder in the data directory.
[[nodiscard]] QString spoolOf(const Context &context, const Arguments &arguments);

/// The same for commands that only look at what is there, or take of it: none, after having said so, where --spool names a folder without one.
[[nodiscard]] std::optional<QString> presentSpool(const Context &context, const Arguments &arguments);

/// Says that no relay has been at home in `spool`.
[[nodiscard]] Exit noSpool(const QString &spool);

/// --spool and --config, which spoolOf() reads.
void addSpoolOptions(Arguments &arguments);

} // namespace cli
