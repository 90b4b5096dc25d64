// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace identity {

/// The largest file that may hold certificates, keys or a revocation list (CONTRACT.md).
inline constexpr qint64 kLargestCertificateFile = 4 * 1024 * 1024;

/// The largest revocation list that is kept: as much as is fetched from the network. Those of large authorities are no small files.
inline constexpr qint64 kLargestRevocationList = 32 * 1024 * 1024;

} // namespace identity
