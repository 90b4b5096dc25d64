// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax forge`: awkward mail with its expected verdicts.
[[nodiscard]] Exit runForge(const Context &context, const QStringList &words);

} // namespace cli
