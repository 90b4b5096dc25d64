// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QWidget;

namespace ui {

/// Asks before everything, or so many messages, of the trash are deleted, which Undo does not bring back. `wanted` is called if they are to be.
void askToEmptyTrash(QWidget *parent, const std::function<void()> &wanted);
void askToRemoveFromTrash(QWidget *parent, int count, const std::function<void()> &wanted);

} // namespace ui
