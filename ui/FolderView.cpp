// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/FolderView.h"

#include "app/FolderModel.h"
#include "ui/Icons.h"
#include "ui/MessageListView.h"
#include "ui/Theme.h"

#include <QDropEvent>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kIconSize = 16;
constexpr int kSide = 12;

class FolderDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    // A name that is too long for one line takes two: it is never cut off.
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        const int room = (view ? view->viewport()->width() : 190) - 2 * kSide - kIconSize - kBetween - option.fontMetrics.horizontalAdvance(u"000"_s) - kBetween;
        QFont bold = option.font;
        bold.setBold(true);
        const bool isLong = QFontMetrics(bold).horizontalAdvance(index.data().toString()) > room;
        return {120, option.fontMetrics.height() * (isLong ? 2 : 1) + 12};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &item, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = item;
        initStyleOption(&option, index);
        option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
        const bool isSelected = option.state & QStyle::State_Selected;
        const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
        const QColor text = option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
        const int unread = index.data(int(app::FolderModel::Role::Unread)).toInt();
        const int total = index.data(int(app::FolderModel::Role::Total)).toInt();
        const QRect area = option.rect.adjusted(kSide, 0, -kSide, 0);
        const QIcon icon = QIcon::fromTheme(index.data(int(app::FolderModel::Role::IconName)).toString());
        // Not QIcon::paint(): on a fine screen it would take the larger, coloured picture of some icons instead of the finer small one.
        const qreal scale = painter->device()->devicePixelRatioF();
        const QPixmap picture = isSelected ? tintedPixmap(icon, kIconSize, scale, text) : icon.pixmap(QSize(kIconSize, kIconSize), scale);
        painter->drawPixmap(area.left(), area.center().y() - kIconSize / 2 + 1, picture);
        QFont font = option.font;
        font.setBold(unread > 0);
        painter->setFont(font);
        painter->setPen(text);
        const QFontMetrics metrics(font);
        const QString number = unread > 0 ? QLocale().toString(unread) : countShown(index, total);
        const int numberWidth = number.isEmpty() ? 0 : metrics.horizontalAdvance(number) + kBetween;
        const QRect nameArea = area.adjusted(kIconSize + kBetween, 0, -numberWidth, 0);
        painter->drawText(nameArea, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap, index.data().toString());
        if (unread == 0 && !isSelected)
            painter->setPen(mutedText(option.palette));
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignRight, number);
    }

private:
    // What lies in these folders waits for somebody; elsewhere a total only makes noise.
    static QString countShown(const QModelIndex &index, int total)
    {
        const auto *model = qobject_cast<const app::FolderModel *>(index.model());
        if (!model || total == 0)
            return {};
        const store::Folder folder = model->folder(index);
        const bool waits = folder == store::Folder::Drafts || folder == store::Folder::Outbox || folder == store::Folder::Waiting;
        return waits ? QLocale().toString(total) : QString();
    }
};

} // namespace

FolderView::FolderView(QWidget *parent) : QListView(parent)
{
    setObjectName(u"folderView"_s);
    setAccessibleName(tr("Folders"));
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new FolderDelegate(this));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setResizeMode(QListView::Adjust);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(110);
    setAcceptDrops(true);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
}

QSize FolderView::sizeHint() const { return {190, 400}; }

// Files are the window's.
void FolderView::dragEnterEvent(QDragEnterEvent *event)
{
    event->setAccepted(MessageListView::areMessagesOf(window(), event->mimeData()));
}

void FolderView::dragMoveEvent(QDragMoveEvent *event)
{
    const QModelIndex over = indexAt(event->position().toPoint());
    const bool isTaken = over.isValid() && m_takes && m_takes(over.data(int(app::FolderModel::Role::Folder)).value<store::Folder>());
    setTarget(isTaken ? over : QModelIndex());
    event->setAccepted(isTaken);
}

void FolderView::dragLeaveEvent(QDragLeaveEvent *) { setTarget({}); }

void FolderView::dropEvent(QDropEvent *event)
{
    const QModelIndex target = m_target;
    setTarget({});
    event->setAccepted(target.isValid());
    if (target.isValid())
        Q_EMIT messagesDropped(target.data(int(app::FolderModel::Role::Folder)).value<store::Folder>());
}

void FolderView::setTarget(const QModelIndex &target)
{
    m_target = target;
    viewport()->update();
}

void FolderView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!m_target.isValid())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(visualRect(m_target).adjusted(1, 1, -1, -1));
}

} // namespace ui
