// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace relay {

/// The last step of SplitMix64 (Steele, Lea and Flood): each bit of `value` reaches each bit of what comes out.
[[nodiscard]] constexpr quint64 splitMix(quint64 value)
{
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

} // namespace relay
