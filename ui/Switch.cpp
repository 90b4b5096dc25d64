// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Switch.h"

#include "ui/Theme.h"

#include <QPainter>
#include <QStyleOptionFocusRect>

namespace ui {

namespace {
constexpr int kWidth = 30;
constexpr int kHeight = 16;
}

Switch::Switch(const QString &text, QWidget *parent) : QCheckBox(text, parent) {}

QSize Switch::sizeHint() const
{
    const QSize words = fontMetrics().size(Qt::TextShowMnemonic, text());
    return {kWidth + kBetween + words.width() + kInsideGroup, qMax(words.height(), kHeight) + 2 * kInsideGroup};
}

void Switch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(1.5, (height() - kHeight) / 2.0 + 0.5, kWidth - 2, kHeight - 1);
    const bool isOn = isChecked();
    QColor ground = isOn ? palette().color(QPalette::Active, QPalette::Highlight) : palette().color(QPalette::Base);
    if (!isEnabled())
        ground = palette().color(QPalette::Mid);
    painter.setPen(isOn ? QPen(ground.darker(115)) : QPen(mutedText(palette())));
    painter.setBrush(ground);
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
    const double diameter = track.height() - 5;
    const double left = isOn ? track.right() - diameter - 2.5 : track.left() + 2.5;
    painter.setPen(Qt::NoPen);
    painter.setBrush(isOn ? palette().color(QPalette::Active, QPalette::HighlightedText) : mutedText(palette()));
    painter.drawEllipse(QRectF(left, track.top() + 2.5, diameter, diameter));
    const QRect words(kWidth + kBetween, 0, width() - kWidth - kBetween, height());
    style()->drawItemText(&painter, words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, palette(), isEnabled(), text(), QPalette::WindowText);
    if (hasFocus()) {
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        focus.rect = words.adjusted(-3, 2, 0, -2);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}

} // namespace ui
