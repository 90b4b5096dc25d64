// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CmsFacts.h"

namespace provider::cms {

struct Decompressed {
    CmsFault fault = CmsFault::None;
    QString detail;
    QByteArray octets;
};

/// Undoes zlib (RFC 3274 section 2) by OpenSSL. Faults: Malformed, TooLarge beyond `limit` octets, UnsupportedAlgorithm if
/// OpenSSL was built without zlib.
[[nodiscard]] Decompressed decompress(const QByteArray &compressed, qint64 limit);

} // namespace provider::cms
