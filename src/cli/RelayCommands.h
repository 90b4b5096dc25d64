// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax relay ...`: runs the relay until SIGTERM or SIGINT, or edits its users.
Exit runRelay(const Context &context, const QStringList &words);

} // namespace cli
