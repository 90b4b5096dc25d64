// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax relay fault add|list|remove|clear`: works while the relay runs, and then returns only when it obeys.
[[nodiscard]] Exit runRelayFault(const Context &context, const QStringList &words);

} // namespace cli
