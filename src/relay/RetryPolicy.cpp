// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/RetryPolicy.h"

#include "relay/SplitMix.h"

#include <algorithm>

namespace relay {

std::chrono::milliseconds RetryPolicy::pause(int attempts, quint64 salt) const
{
    std::chrono::milliseconds whole = first;
    for (int i = 1; i < attempts && whole < most; ++i)
        whole *= 2;
    whole = std::min(whole, most);
    const quint64 random = splitMix(splitMix(seed + salt) + static_cast<quint64>(attempts));
    const auto share = static_cast<qint64>(random % 501) - 250; // Thousandths.
    return whole + whole * share / 1000;
}

} // namespace relay
