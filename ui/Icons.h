// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Theme.h"

#include <QIcon>

namespace ui {

/// The desktop's icon of that freedesktop name, Breeze's if it has none.
[[nodiscard]] QIcon themeIcon(const QString &name);

/// A picture of the icon, `size` units wide and high, all in one colour: on the highlight of a chosen row the dark strokes of most icon themes
/// would hardly be seen, and few have a picture for it.
[[nodiscard]] QPixmap tintedPixmap(const QIcon &icon, int size, qreal scale, const QColor &colour);

/// One of the program's own one-colour signs in resources/icons ("seal-good"), drawn crisp at every
/// size in the tone's colour of the application's palette at the time of painting.
[[nodiscard]] QIcon sign(const QString &name, Tone tone);

/// The waxwing itself, with a small dot in the tone's colour for the tray if `badge` is not Neutral.
[[nodiscard]] QIcon applicationIcon(Tone badge = Tone::Neutral);

} // namespace ui
