// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

// Encoded words of RFC 2047. Private to the module.
namespace mime {

/// Encoded words decoded wherever they stand, raw UTF-8 (RFC 6532) and raw 8-bit text too: that is in `rawCharset` if it can be, else guessed.
/// Nothing is replaced. Linear time.
[[nodiscard]] QString decodeEncodedWords(QByteArrayView unfolded, QByteArrayView rawCharset = {});

/// Encoded words in UTF-8, each at most 64 characters (75 are allowed), separated by blanks; safe in phrases (RFC 2047 section 5 rule 3).
[[nodiscard]] QByteArray encodeWords(const QString &text);

/// CR, LF, NUL, other control, line-separating and bidirectional formatting characters become blanks.
[[nodiscard]] QString withoutControls(QString text);

} // namespace mime
