// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QAction;
class QWidget;

namespace ui {

/// What one does with the text of a message that is being read. They belong to the widget that shows it, so that their keys work in every
/// window that has one; a window with menus lists the same actions there.
struct ReadingActions {
    /// Makes them for `owner`, disabled: nothing is read yet.
    [[nodiscard]] static ReadingActions of(QWidget *owner);
    [[nodiscard]] QList<QAction *> all() const { return {find, findNext, findPrevious, enlarge, reduce, normalSize, print}; }
    void setEnabled(bool isEnabled) const;

    QAction *find = nullptr;
    QAction *findNext = nullptr;
    QAction *findPrevious = nullptr;
    QAction *enlarge = nullptr;
    QAction *reduce = nullptr;
    QAction *normalSize = nullptr;
    QAction *print = nullptr;
};

} // namespace ui
