// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

class QWidget;

namespace ui {

/// Gives a window the place and size that it had when it was closed the last time, and keeps them when it is closed again: in
/// FOLDER/windows.ini under `name`. The first time it is made no larger than the screen. What is off the screen by now is moved onto it.
/// GUI thread.
void rememberWindow(QWidget *window, const QString &folder, const QString &name);

/// As much of `wanted` as there is room for, beside the frame that the window will get.
[[nodiscard]] QSize fittingSize(QSize wanted, QSize available);

} // namespace ui
