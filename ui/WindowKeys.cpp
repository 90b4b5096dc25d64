// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/WindowKeys.h"

#include <QAction>
#include <QApplication>
#include <QWidget>

namespace ui {

void addWindowKeys(QWidget *window)
{
    auto *close = new QAction(window);
    close->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::Key_Escape)});
    QObject::connect(close, &QAction::triggered, window, &QWidget::close);
    auto *quit = new QAction(window);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    QObject::connect(quit, &QAction::triggered, qApp, &QApplication::quit);
    window->addActions({close, quit});
}

} // namespace ui
