// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"
#include "cli/Command.h"

#include <functional>

namespace cli {

/// Opens something with the passphrase of `profile`: that of --passphrase-file, else the one that this desktop's keyring keeps, else one that is typed.
/// The keyring's is forgotten if it does not fit any more, and `attempt` called again. Errors of readPassphrase() and of `attempt`.
[[nodiscard]] base::Status unlockWith(const identity::Profile &profile, const Arguments &arguments, const std::function<base::Status(const base::Secret &)> &attempt);

/// The profile that the context names, its trust, no keys. Errors: ProfileMissing, FileNotReadable, AddressInvalid.
[[nodiscard]] base::Result<app::Reader> lockedReader(const Context &context);

/// The same with its keys; asks for the passphrase. Errors in addition: those of readPassphrase and identity::Keystore::unlock.
[[nodiscard]] base::Result<app::Reader> unlockedReader(const Context &context, const Arguments &arguments);

} // namespace cli
