// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ReadingActions.h"

#include "ui/ActionText.h"
#include "ui/Icons.h"
#include "ui/MessageView.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QAction *readingAction(QWidget *owner, const QString &objectName, const QString &text, const QString &icon, const QList<QKeySequence> &shortcuts)
{
    auto *action = new QAction(owner);
    action->setObjectName(objectName);
    action->setIcon(themeIcon(icon));
    action->setShortcuts(shortcuts);
    nameAction(action, text);
    owner->addAction(action);
    return action;
}

} // namespace

ReadingActions ReadingActions::of(QWidget *owner)
{
    ReadingActions actions;
    actions.find = readingAction(owner, u"actionFind"_s, MessageView::tr("&Find in message"), u"edit-find"_s, {QKeySequence{Qt::CTRL | Qt::Key_F}});
    actions.findNext = readingAction(owner, u"actionFindNext"_s, MessageView::tr("Find &next"), u"go-down"_s, {QKeySequence{Qt::Key_F3}, QKeySequence{Qt::CTRL | Qt::Key_G}});
    actions.findPrevious = readingAction(owner, u"actionFindPrevious"_s, MessageView::tr("Find &previous"), u"go-up"_s,
                                         {QKeySequence{Qt::SHIFT | Qt::Key_F3}, QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_G}});
    actions.setEnabled(false);
    return actions;
}

void ReadingActions::setEnabled(bool isEnabled) const
{
    for (QAction *action : all())
        action->setEnabled(isEnabled);
}

} // namespace ui
