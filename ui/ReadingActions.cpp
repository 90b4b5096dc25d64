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
    // Where plus needs Shift, the key that bears it does without, too.
    actions.enlarge = readingAction(owner, u"actionEnlarge"_s, MessageView::tr("&Larger text"), u"zoom-in"_s, {QKeySequence{Qt::CTRL | Qt::Key_Plus}, QKeySequence{Qt::CTRL | Qt::Key_Equal}});
    actions.reduce = readingAction(owner, u"actionReduce"_s, MessageView::tr("S&maller text"), u"zoom-out"_s, {QKeySequence{Qt::CTRL | Qt::Key_Minus}});
    actions.normalSize = readingAction(owner, u"actionNormalSize"_s, MessageView::tr("Te&xt of normal size"), u"zoom-original"_s, {QKeySequence{Qt::CTRL | Qt::Key_0}});
    actions.print = readingAction(owner, u"actionPrint"_s, MessageView::tr("&Print\u2026"), u"document-print"_s, {QKeySequence{Qt::CTRL | Qt::Key_P}});
    actions.setEnabled(false);
    return actions;
}

void ReadingActions::setEnabled(bool isEnabled) const
{
    for (QAction *action : all())
        action->setEnabled(isEnabled);
}

} // namespace ui
