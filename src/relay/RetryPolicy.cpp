// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/RetryPolicy.h"

#include <algorithm>

namespace relay {

namespace {

/// Spreads the bits of `value` over all of it (the finalizer of SplitMix64).
quint64 mixed(quint64 value)
{
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

} // namespace

std::chrono::milliseconds RetryPolicy::pause(int attempts, quint64 salt) const
{
    std::chrono::milliseconds whole = first;
    for (int i = 1; i < attempts && whole < most; ++i)
        whole *= 2;
    whole = std::min(whole, most);
    const quint64 random = mixed(mixed(seed + salt) + static_cast<quint64>(attempts));
    const auto share = static_cast<qint64>(random % 501) - 250; // Thousandths.
    return whole + whole * share / 1000;
}

} // namespace relay
