// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/FlowArea.h"

#include "ui/FlowLayout.h"

namespace ui {

FlowArea::FlowArea(QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_items = new QWidget(this);
    new FlowLayout(m_items);
    setWidget(m_items);
    // The ground of whatever it lies in shows through.
    viewport()->setAutoFillBackground(false);
    m_items->setAutoFillBackground(false);
}

// Half a line more than three, so that one sees that there are others.
void FlowArea::fit()
{
    const QLayout *flow = m_items->layout();
    if (flow->count() == 0)
        return;
    const int line = flow->itemAt(0)->sizeHint().height() + flow->spacing();
    setFixedHeight(qMin(flow->heightForWidth(width()), flow->contentsMargins().top() + line * 7 / 2));
}

void FlowArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

} // namespace ui
