// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace app {

/// Whether `file` begins as a PKCS#12 file does, with the version 3: RFC 7292 section 4.
[[nodiscard]] bool beginsAsPkcs12(const QByteArray &file);

/// Whether `file` is made to hold private keys: a PKCS#12 file, or PEM with one in it. Reads no more of it than that takes.
[[nodiscard]] bool holdsPrivateKeys(const QByteArray &file);

} // namespace app
