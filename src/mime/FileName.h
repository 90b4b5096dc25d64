// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace mime {

/// A name that is safe to offer for saving: last path component, no control or bidirectional characters, none of `/ \ : * ? " < > |`,
/// no leading dot, no reserved device name, at most 200 UTF-8 octets with the extension kept. Empty if nothing is left.
[[nodiscard]] QString safeFileName(const QString &received);

/// True if a file is called as what was encrypted, signed as a whole or compressed is (RFC 8551 section 3.2.1).
[[nodiscard]] bool isSealedFileName(QStringView name);

/// True if a file is called as a letter is, sealed or not.
[[nodiscard]] bool isLetterFileName(QStringView name);

} // namespace mime
