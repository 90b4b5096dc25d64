// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChar>

namespace base {

/// True for what ends a line, is no text at all or turns the direction of what follows: in a name it would move or cut off the sentence that repeats it.
/// U+FDD0 and its like are no characters, and two of them end lines in Qt's text fields.
[[nodiscard]] constexpr bool isTextControl(QChar c)
{
    const char16_t u = c.unicode();
    const bool isControl = u < 0x20 || (u >= 0x7F && u < 0xA0) || u == 0x2028 || u == 0x2029 || (u >= 0xFDD0 && u <= 0xFDEF);
    const bool isDirection = (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069) || u == 0x200E || u == 0x200F || u == 0x061C;
    return isControl || isDirection;
}

} // namespace base
