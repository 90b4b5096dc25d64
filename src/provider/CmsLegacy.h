// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: what only OpenSSL's "legacy" provider has, in a library context of its own,
// so that nothing else can use it by accident.

#include "provider/CmsCipher.h"

namespace provider::cms {

/// RC2-CBC with its parameters (RFC 3370 section 5.2), DES-CBC and SEED-CBC (RFC 4010), for reading; null for others, and if the legacy provider is not installed.
[[nodiscard]] Cipher legacyCipher(const X509_ALGOR *algorithm);

} // namespace provider::cms
