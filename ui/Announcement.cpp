// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Announcement.h"

#include <QAccessible>
#include <QWidget>

namespace ui {

void announce(QWidget *place, const QString &sentence, Tone tone)
{
    if (sentence.isEmpty() || !place->isVisible())
        return;
    QAccessibleAnnouncementEvent event(place, sentence);
    event.setPoliteness(tone == Tone::Bad ? QAccessible::AnnouncementPoliteness::Assertive : QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&event);
}

} // namespace ui
