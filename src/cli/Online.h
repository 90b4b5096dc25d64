// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RevocationFetching.h"
#include "cli/Command.h"

#include <memory>

namespace cli {

/// Makes it possible to ask about revocation. `wax-offline` is linked without the network: there (HandOver.cpp) `wax-online` takes the place of this
/// program, with the same words, and only a failure to start it returns: FileNotFound. So nothing may have been read from stdin or printed before.
[[nodiscard]] base::Result<std::unique_ptr<identity::RevocationSource>> reachNetwork();

} // namespace cli
