// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

class QTextBrowser;

namespace ui {

/// A text that stands beside a letter's own, or in its place, on the colour of `background`: only to be read, no link is followed, and Tab goes on.
[[nodiscard]] QTextBrowser *makeSideText(const QString &objectName, const QString &accessibleName, QPalette::ColorRole background, QWidget *parent);

} // namespace ui
