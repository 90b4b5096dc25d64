// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax relay queue ...`: looks at what waits to be carried onward, and decides about it, while the relay runs or not.
Exit runRelayQueue(const Context &context, const QStringList &words);

} // namespace cli
