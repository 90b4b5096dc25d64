// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageInspection.h"
#include "cli/Command.h"

namespace cli {

/// --trust, --crl, --key and --certificate: in place of a profile.
void addFileOptions(Arguments &arguments);
/// The same with the passwords and keys that one message may ask for, as `wax open` and `wax inspect` share them.
void addMaterialOptions(Arguments &arguments);

/// Whether one of them was given: then nothing else is trusted.
[[nodiscard]] bool hasFiles(const Arguments &arguments);
[[nodiscard]] bool hasMaterialFiles(const Arguments &arguments);

/// Reads the files that they name; a passphrase is asked for at most once. Errors: those of readInput and of smime::readMaterial.
[[nodiscard]] base::Result<smime::OpeningMaterial> keysAndTrustFrom(const Arguments &arguments);
[[nodiscard]] base::Result<smime::OpeningMaterial> materialFromFiles(const Arguments &arguments);

} // namespace cli
