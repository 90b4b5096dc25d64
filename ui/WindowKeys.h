// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ui {

/// Ctrl+W and Escape close `window`, and Ctrl+Q ends the program from it, too: for windows without a menu that would say so.
void addWindowKeys(QWidget *window);

} // namespace ui
