// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/RateMeter.h"

namespace relay {

namespace {

constexpr qint64 kMinuteMs = 60'000;

} // namespace

RateMeter::Window RateMeter::at(const Window &window, qint64 minute)
{
    if (window.minute == minute)
        return window;
    return {minute, 0, window.minute == minute - 1 ? window.now : 0};
}

bool RateMeter::isBelow(const QByteArray &key, int perMinute, qint64 nowMs) const
{
    if (perMinute <= 0)
        return true;
    const Window window = at(m_windows.value(key), nowMs / kMinuteMs);
    const qint64 left = kMinuteMs - nowMs % kMinuteMs;
    return window.now + window.before * left / kMinuteMs < perMinute;
}

void RateMeter::count(const QByteArray &key, qint64 nowMs)
{
    const qint64 minute = nowMs / kMinuteMs;
    if (m_windows.size() >= kMostKeys && !m_windows.contains(key))
        m_windows.removeIf([minute](QHash<QByteArray, Window>::iterator it) { return it->minute < minute - 1; });
    if (m_windows.size() >= kMostKeys && !m_windows.contains(key))
        m_windows.clear(); // So many at once are an attack from many addresses; counting anew is all that is lost.
    Window &window = m_windows[key];
    window = at(window, minute);
    ++window.now;
}

} // namespace relay
