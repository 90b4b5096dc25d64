// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax relay join-card`: what other computers need to take part at this relay.
[[nodiscard]] Exit runRelayJoinCard(const Context &context, const QStringList &words);
/// `wax identity join`: takes such a card, as the assistant's "Join with a card" does.
[[nodiscard]] Exit runIdentityJoin(const Context &context, const QStringList &words);

} // namespace cli
