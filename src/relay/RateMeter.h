// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

namespace relay {

/// Counts events of each key, an address or a user, minute by minute. Bounded: of more keys than kMostKeys the idle ones are forgotten.
class RateMeter
{
public:
    static constexpr qsizetype kMostKeys = 20000;

    /// True while the key had fewer than `perMinute` events in the minute before `nowMs`; 0 is no limit.
    [[nodiscard]] bool isBelow(const QByteArray &key, int perMinute, qint64 nowMs) const;
    void count(const QByteArray &key, qint64 nowMs);

private:
    /// The minute under way and the one before: their mixture slides.
    struct Window {
        qint64 minute = 0;
        int now = 0;
        int before = 0;
    };
    [[nodiscard]] static Window at(const Window &window, qint64 minute);

    QHash<QByteArray, Window> m_windows;
};

} // namespace relay
