// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <chrono>

namespace base {

/// The clocks of two machines may differ by that much (CONTRACT.md).
inline constexpr std::chrono::minutes kClockTolerance{5};

/// Where the time comes from, so that tests can set it. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Now, in UTC.
    [[nodiscard]] virtual QDateTime now() const = 0;

    /// The machine's own clock; lives as long as the program.
    static const Clock &system();
};

} // namespace base
