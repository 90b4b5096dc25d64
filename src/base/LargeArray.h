// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace base {

/// As `array.reserve(octets)`, but where a body of some megabytes will stand the system is asked for large pages: filling
/// fresh memory in pages of 4 KB costs more than hashing and encrypting what is put there.
void reserveLarge(QByteArray &array, qsizetype octets);

/// An array of that size, its octets not set, made by reserveLarge().
[[nodiscard]] QByteArray largeArray(qsizetype octets);

} // namespace base
