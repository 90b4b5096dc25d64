// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

/// From now on a screen reader hears of every window that it is a window: Qt says so of QMainWindow and QDialog alone, and calls a QWidget
/// that is a window a filler. Once is enough, more does no harm. GUI thread.
void announceWindows();

} // namespace ui
