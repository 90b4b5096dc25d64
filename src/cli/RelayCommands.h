// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax relay ...`: runs the relay until SIGTERM or SIGINT, or does something to its spool.
Exit runRelay(const Context &context, const QStringList &words);

/// --spool, or what the settings name, or the relay's folder in the data directory.
[[nodiscard]] QString spoolOf(const Context &context, const Arguments &arguments);

/// --spool and --config, which spoolOf() reads.
void addSpoolOptions(Arguments &arguments);

} // namespace cli
