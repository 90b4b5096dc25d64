// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace ui {

/// As people say it: "today, 14:02", "yesterday, 9:15", "Saturday, 14:02", "3 March 2026, 14:02".
[[nodiscard]] QString spokenDate(const QDateTime &date, const QDateTime &now);
/// To the second with the zone, for the tooltip.
[[nodiscard]] QString exactDate(const QDateTime &date);

} // namespace ui
