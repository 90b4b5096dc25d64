// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/PageArea.h"

#include "ui/WindowMemory.h"

#include <QEvent>
#include <QLayout>
#include <QScreen>
#include <QScrollBar>

namespace ui {

namespace {
constexpr int kAroundPage = 96; ///< A dialog's margins, and the frame that a window manager draws.
constexpr int kLeastHeight = 120;
}

void keepOnScreen(QWidget *window)
{
    const QRect room = window->screen()->availableGeometry();
    const int below = window->frameGeometry().bottom() - room.bottom();
    if (window->isVisible() && below > 0)
        window->move(window->x(), qMax(room.top(), window->y() - below));
}

void growToContents(QWidget *window)
{
    if (!window->isVisible() || !window->layout())
        return;
    window->layout()->activate();
    const QSize wanted{window->width(), window->layout()->totalHeightForWidth(window->width())};
    const QSize possible = fittingSize(wanted, window->screen()->availableSize());
    if (possible.height() > window->height())
        window->resize(window->width(), possible.height());
}

PageArea::PageArea(QWidget *page, QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(page);
}

void PageArea::setRoomBeside(int height)
{
    m_beside = height;
    updateGeometry();
}

QSize PageArea::sizeHint() const
{
    return onScreen(widget()->sizeHint().expandedTo(widget()->minimumSize()));
}

QSize PageArea::minimumSizeHint() const
{
    return onScreen(widget()->minimumSizeHint().expandedTo(widget()->minimumSize()));
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

QSize PageArea::onScreen(QSize size) const
{
    const int height = onScreen(size.height());
    // Not at the cost of what stands in the page.
    const int bar = height < size.height() ? verticalScrollBar()->sizeHint().width() : 0;
    return {size.width() + bar, height};
}

int PageArea::onScreen(int height) const
{
    return qMin(height, qMax(kLeastHeight, screen()->availableGeometry().height() - kAroundPage - m_beside));
}

} // namespace ui
