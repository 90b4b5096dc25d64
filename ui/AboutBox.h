// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ui {

/// Opens the box that says what this program is; it closes itself.
void showAboutBox(QWidget *parent);

} // namespace ui
