// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"
#include "cli/Command.h"

namespace cli {

/// The profile that the context names, its trust, no keys. Errors: ProfileMissing, FileNotReadable, AddressInvalid.
[[nodiscard]] base::Result<app::Reader> lockedReader(const Context &context);

/// The same with its keys; asks for the passphrase. Errors in addition: those of readPassphrase and identity::Keystore::unlock.
[[nodiscard]] base::Result<app::Reader> unlockedReader(const Context &context, const Arguments &arguments);

} // namespace cli
