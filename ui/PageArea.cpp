// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/PageArea.h"

#include <QEvent>
#include <QScreen>

namespace ui {

namespace {
constexpr int kAroundPage = 96; ///< A dialog's margins, and the frame that a window manager draws.
}

PageArea::PageArea(QWidget *page, QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(page);
}

QSize PageArea::sizeHint() const
{
    const QSize wanted = widget()->sizeHint().expandedTo(widget()->minimumSize());
    return {wanted.width(), onScreen(wanted.height())};
}

QSize PageArea::minimumSizeHint() const
{
    const QSize wanted = widget()->minimumSizeHint().expandedTo(widget()->minimumSize());
    return {wanted.width(), onScreen(wanted.height())};
}

bool PageArea::hasHeightForWidth() const
{
    return widget()->hasHeightForWidth();
}

int PageArea::heightForWidth(int width) const
{
    return onScreen(widget()->heightForWidth(width));
}

// What the page wants now, the dialog has to hear of: a viewport tells nobody.
bool PageArea::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::event(event);
}

int PageArea::onScreen(int height) const
{
    return qMin(height, screen()->availableGeometry().height() - kAroundPage);
}

} // namespace ui
