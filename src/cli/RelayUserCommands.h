// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax relay user ...`: mailboxes and their other names; works while the relay runs.
Exit runRelayUser(const Context &context, const QStringList &words);

} // namespace cli
