// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "identity/DataDirectory.h"

namespace app {

/// The passphrase of the demonstration's keystores and of its authority; no secret, and windows say so.
[[nodiscard]] base::Secret demonstrationPassphrase();

/// What --demo works with.
struct Demonstration {
    identity::Profile alice; ///< alice@example.org
    identity::Profile bob;   ///< bob@example.org
};

/// Makes the demonstration's authority and the identities of Alice and Bob where they are missing, under `passphrase`. Idempotent;
/// what is there is not touched. Blocks (a warm start only looks at files; a first one makes keys on two threads), so
/// call it before the event loop or in a job. Error codes of identity::Authority, Keystore and DataDirectory.
[[nodiscard]] base::Result<Demonstration> setUpDemonstration(const QString &dataDirectory,
                                                             const base::Secret &passphrase = demonstrationPassphrase(),
                                                             const base::Clock &clock = base::Clock::system());

} // namespace app
