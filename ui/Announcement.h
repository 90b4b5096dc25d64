// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Theme.h"

#include <QString>

class QWidget;

namespace ui {

/// Has a screen reader say what appeared in `place` without the keyboard going there; what is Bad interrupts. Nothing while nobody can see it.
void announce(QWidget *place, const QString &sentence, Tone tone);

} // namespace ui
