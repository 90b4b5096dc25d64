// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ElidedLabel.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {

namespace {
constexpr qsizetype kLeastLetters = 6; ///< Of fewer, nobody can tell what they begin.
}

ElidedLabel::ElidedLabel(QWidget *parent, Qt::TextElideMode mode) : QLabel(parent), m_mode(mode)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize ElidedLabel::minimumSizeHint() const { return wordWrap() ? QLabel::minimumSizeHint() : QSize(24, QLabel::minimumSizeHint().height()); }

void ElidedLabel::paintEvent(QPaintEvent *event)
{
    if (wordWrap()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const QRect area = contentsRect();
    painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, foregroundRole()));
    const QString shown = fontMetrics().elidedText(text(), m_mode, area.width());
    if (shown == text() || shown.size() >= kLeastLetters)
        painter.drawText(area, int(alignment()), shown);
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && !wordWrap() && toolTip().isEmpty() && fontMetrics().horizontalAdvance(text()) > contentsRect().width()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

} // namespace ui
