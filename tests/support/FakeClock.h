// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

namespace support {

/// A clock that stands where a test puts it. One thread.
class FakeClock : public base::Clock
{
public:
    explicit FakeClock(const QDateTime &now = QDateTime::currentDateTimeUtc()) : m_now(now) {}
    [[nodiscard]] QDateTime now() const override { return m_now; }
    void advanceDays(int days) { m_now = m_now.addDays(days); }
    void advanceSeconds(int seconds) { m_now = m_now.addSecs(seconds); }

private:
    QDateTime m_now;
};

} // namespace support
