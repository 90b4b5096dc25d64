// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace ui {

enum class Appearance { System, Light, Dark };

/// What a colour says. Only real warnings are Bad.
enum class Tone { Neutral, Accent, Good, Caution, Bad };

/// The distances of every layout, in device-independent pixels.
constexpr int kInsideGroup = 4;
constexpr int kBetween = 8;
constexpr int kAround = 16;

/// Name of the property of a tool button that opens and closes something: its arrow says so, it does not look pressed.
inline constexpr char kOpener[] = "isOpener";

/// Fusion with the program's own palette; call once, before the first window. With Appearance::System
/// the palette follows the desktop's colour scheme while the program runs.
void applyTheme(Appearance appearance);

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();
[[nodiscard]] bool isDark(const QPalette &palette);

/// The colour of signs and words of that tone, readable on the palette's Base and Window (contrast 4.5 and more).
[[nodiscard]] QColor toneColor(Tone tone, const QPalette &palette);
/// The quiet ground of a banner of that tone.
[[nodiscard]] QColor toneGround(Tone tone, const QPalette &palette);
/// Secondary text: dates, hints, counts.
[[nodiscard]] QColor mutedText(const QPalette &palette);
/// Thin lines between areas.
[[nodiscard]] QColor lineColor(const QPalette &palette);

} // namespace ui
