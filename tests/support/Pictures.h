// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Theme.h"

#include <QCoreApplication>
#include <QDir>
#include <QWidget>

namespace support {

/// Leaves pictures of `widget` in light and dark in the folder that WAXWING_PICTURES names; does nothing without it.
inline void picture(QWidget *widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("WAXWING_PICTURES");
    if (folder.isEmpty())
        return;
    QDir{}.mkpath(folder);
    for (const auto appearance : {ui::Appearance::Dark, ui::Appearance::Light}) {
        ui::applyTheme(appearance);
        widget->ensurePolished();
        widget->show();
        QCoreApplication::sendPostedEvents();
        widget->grab();
        QCoreApplication::sendPostedEvents();
        widget->grab().save(QDir{folder}.filePath(name + (appearance == ui::Appearance::Dark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png"))));
    }
}

} // namespace support
