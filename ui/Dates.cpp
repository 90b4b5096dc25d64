// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Dates.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

QString spokenDate(const QDateTime &date, const QDateTime &now)
{
    if (!date.isValid())
        return QCoreApplication::translate("ui::Dates", "without a date");
    const QLocale locale;
    const QDateTime local = date.toLocalTime();
    const QString time = locale.toString(local.time(), QLocale::ShortFormat);
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days == 0)
        return QCoreApplication::translate("ui::Dates", "today, %1").arg(time);
    if (days == 1)
        return QCoreApplication::translate("ui::Dates", "yesterday, %1").arg(time);
    if (days > 1 && days < 7)
        return QCoreApplication::translate("ui::Dates", "%1, %2", "day of the week, time").arg(locale.dayName(local.date().dayOfWeek()), time);
    return QCoreApplication::translate("ui::Dates", "%1, %2", "date, time")
        .arg(locale.toString(local.date(), QCoreApplication::translate("ui::Dates", "d MMMM yyyy", "date format")), time);
}

QString exactDate(const QDateTime &date)
{
    return date.isValid() ? QLocale().toString(date.toLocalTime(), QLocale::LongFormat) : QString();
}

} // namespace ui
