// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/SideText.h"

#include "ui/FocusMark.h"
#include "ui/Theme.h"

#include <QTextBrowser>

namespace ui {

QTextBrowser *makeSideText(const QString &objectName, const QString &accessibleName, QPalette::ColorRole background, QWidget *parent)
{
    auto *text = new QTextBrowser(parent);
    text->setObjectName(objectName);
    text->setAccessibleName(accessibleName);
    text->setFrameShape(QFrame::NoFrame);
    text->setTabChangesFocus(true);
    text->setOpenLinks(false);
    text->document()->setDocumentMargin(kAround);
    text->viewport()->setBackgroundRole(background);
    new FocusMark(text);
    return text;
}

} // namespace ui
