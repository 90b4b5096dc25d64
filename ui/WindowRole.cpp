// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/WindowRole.h"

#include <QAccessible>
#include <QAccessibleWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// Asked for each class of an object, the most derived first: whatever has an interface of its own is found before.
QAccessibleInterface *windowInterface(const QString &className, QObject *object)
{
    auto *widget = className == "QWidget"_L1 ? qobject_cast<QWidget *>(object) : nullptr;
    return widget && widget->isWindow() ? new QAccessibleWidget(widget, QAccessible::Window) : nullptr;
}

} // namespace

void announceWindows() { QAccessible::installFactory(windowInterface); }

} // namespace ui
