// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

#include <span>

namespace cli {

/// All commands of `wax`, in the order in which the help lists them.
[[nodiscard]] std::span<const Command> commands();

} // namespace cli
