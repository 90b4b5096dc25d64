// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/FocusMark.h"

#include "ui/Theme.h"

#include <QAbstractScrollArea>
#include <QFocusEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr int kMarkWidth = 3;
}

FocusMark::FocusMark(QAbstractScrollArea *text) : QWidget(text)
{
    setObjectName(u"focusMark"_s);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    text->installEventFilter(this);
    hide();
}

bool FocusMark::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::FocusIn:
        onFocusIn(static_cast<QFocusEvent *>(event)->reason());
        break;
    case QEvent::FocusOut:
        hide();
        break;
    case QEvent::Resize:
        setGeometry(0, 0, kMarkWidth, parentWidget()->height());
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

// A window or a menu that had the focus meanwhile gives it back as it was.
void FocusMark::onFocusIn(Qt::FocusReason reason)
{
    if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
        m_isByKeyboard = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    setGeometry(0, 0, kMarkWidth, parentWidget()->height());
    setVisible(m_isByKeyboard);
    raise();
}

void FocusMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), toneColor(Tone::Accent, palette()));
}

} // namespace ui
