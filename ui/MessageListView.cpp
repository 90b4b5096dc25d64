// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MessageListView.h"

#include "app/MessageListModel.h"
#include "ui/Icons.h"
#include "ui/LongText.h"
#include "ui/Signs.h"

#include <QDrag>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Column = app::MessageListModel::Column;
using Role = app::MessageListModel::Role;

constexpr auto kMessagesType = "application/x-waxwing-messages"_L1;
constexpr int kSignSize = 18;
constexpr int kLineGap = 3;
constexpr int kRowPadding = 7;

// Another user's window has other messages.
QByteArray windowMark(const QWidget *window) { return QByteArray::number(quintptr(window), 16); }

QPalette::ColorGroup groupOf(const QStyleOptionViewItem &option)
{
    return option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
}

// Two lines in one cell: who and when, and what about.
class LetterDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {160, 2 * option.fontMetrics.height() + kLineGap + 2 * kRowPadding};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &item, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = item;
        initStyleOption(&option, index);
        option.text.clear();
        option.icon = {};
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
        const bool isSelected = option.state & QStyle::State_Selected;
        const bool isUnread = index.data(int(Role::IsUnread)).toBool();
        const QColor strong = option.palette.color(groupOf(option), isSelected ? QPalette::HighlightedText : QPalette::Text);
        const QColor quiet = isSelected ? strong : mutedText(option.palette);
        const QRect area = option.rect.adjusted(kInsideGroup, kRowPadding, -12, -kRowPadding);
        QFont font = option.font;
        font.setBold(isUnread);
        const QFontMetrics metrics(font);
        painter->setFont(font);

        const QString date = index.data(int(Role::DateText)).toString();
        const int dateWidth = metrics.horizontalAdvance(date);
        painter->setPen(isUnread ? strong : quiet);
        painter->drawText(area, Qt::AlignTop | Qt::AlignRight, date);
        painter->setPen(strong);
        const int nameWidth = area.width() - dateWidth - kBetween;
        painter->drawText(area, Qt::AlignTop | Qt::AlignLeft, elidedPeople(metrics, index.data(int(Role::Correspondent)).toString(), nameWidth));
        paintSecondLine(painter, option, index, area, metrics, isUnread ? strong : quiet);
    }

private:
    /// A tag at the right end of the second line, so that it is not read as the end of the subject. Returns where it begins.
    static int paintFolder(QPainter *painter, const QString &folder, const QRect &area, const QFontMetrics &metrics)
    {
        const QString text = metrics.elidedText(folder, Qt::ElideRight, area.width() / 2);
        QRect tag(0, 0, metrics.horizontalAdvance(text) + 2 * kInsideGroup, metrics.height());
        tag.moveBottomRight(area.bottomRight());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setOpacity(0.6);
        painter->drawRoundedRect(QRectF(tag).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter->restore();
        painter->drawText(tag, Qt::AlignCenter, text);
        return tag.left();
    }

    static void paintSecondLine(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, QRect area, const QFontMetrics &metrics, const QColor &colour)
    {
        constexpr int kMarkSize = 16;
        const bool isSelected = option.state & QStyle::State_Selected;
        const qreal scale = painter->device()->devicePixelRatioF();
        const auto mark = [&](const QIcon &icon) {
            const QPixmap picture = isSelected ? tintedPixmap(icon, kMarkSize, scale, colour) : icon.pixmap(QSize(kMarkSize, kMarkSize), scale);
            painter->drawPixmap(area.right() - kMarkSize + 1, area.bottom() - (metrics.height() + kMarkSize) / 2 + 1, picture);
            area.setRight(area.right() - kMarkSize - kInsideGroup);
        };
        if (index.data(int(Role::NeedsHelp)).toBool())
            mark(sign(u"damaged"_s, Tone::Bad));
        if (index.data(int(Role::HasAttachments)).toBool())
            mark(QIcon::fromTheme(u"mail-attachment"_s));
        if (index.data(int(Role::IsAnswered)).toBool())
            mark(QIcon::fromTheme(u"mail-replied"_s, QIcon::fromTheme(u"mail-reply-sender"_s)));
        painter->setPen(colour);
        if (const QString folder = index.data(int(Role::FolderName)).toString(); !folder.isEmpty())
            area.setRight(paintFolder(painter, folder, area, metrics) - kBetween);
        painter->drawText(area, Qt::AlignBottom | Qt::AlignLeft, metrics.elidedText(index.data(int(Role::Subject)).toString(), Qt::ElideRight, area.width()));
    }
};

class SealDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &item, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = item;
        initStyleOption(&option, index);
        option.text.clear();
        option.icon = {};
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
        const bool isStrong = option.state & QStyle::State_Selected && option.state & QStyle::State_Active;
        const QRect place(option.rect.center().x() - kSignSize / 2 + 2, option.rect.center().y() - kSignSize / 2, kSignSize, kSignSize);
        const auto state = index.data(int(Role::Seal)).value<store::SealState>();
        sealIcon(state).paint(painter, place, Qt::AlignCenter, isStrong ? QIcon::Selected : QIcon::Normal);
    }
};

} // namespace

MessageListView::MessageListView(QWidget *parent) : QTreeView(parent)
{
    setObjectName(u"messageView"_s);
    setAccessibleName(tr("Messages"));
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setHeaderHidden(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setDragEnabled(true);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setMinimumWidth(180);
    setItemDelegateForColumn(int(Column::Seal), new SealDelegate(this));
    setItemDelegateForColumn(int(Column::Correspondent), new LetterDelegate(this));
}

void MessageListView::setModel(QAbstractItemModel *model)
{
    QTreeView::setModel(model);
    if (!model)
        return;
    for (const Column column : {Column::Subject, Column::Date, Column::Size})
        setColumnHidden(int(column), true);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(36);
    header()->setSectionResizeMode(int(Column::Seal), QHeaderView::Fixed);
    header()->setSectionResizeMode(int(Column::Correspondent), QHeaderView::Stretch);
    header()->resizeSection(int(Column::Seal), 36);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &MessageListView::onRowsRemoved, Qt::UniqueConnection);
}

void MessageListView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    m_wasCurrentInSight = currentIndex().isValid() && viewport()->rect().intersects(visualRect(currentIndex()));
    QTreeView::rowsAboutToBeRemoved(parent, start, end);
}

// The list goes on showing the same place, where there are other rows now: the one that is chosen lay above it.
void MessageListView::onRowsRemoved()
{
    if (m_wasCurrentInSight && currentIndex().isValid())
        scrollTo(currentIndex());
}

QModelIndexList MessageListView::selectedRows() const
{
    QModelIndexList rows = selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    return rows;
}

QList<store::MessageId> MessageListView::selectedIds() const
{
    QList<store::MessageId> ids;
    for (const QModelIndex &row : selectedRows())
        ids += row.data(int(Role::Id)).value<store::MessageId>();
    return ids;
}

QList<store::Folder> MessageListView::selectedFolders() const
{
    QList<store::Folder> folders;
    for (const QModelIndex &row : selectedRows())
        folders += row.data(int(Role::Folder)).value<store::Folder>();
    return folders;
}

void MessageListView::selectNeighbour()
{
    const QModelIndexList selected = selectedRows();
    if (selected.isEmpty())
        return;
    const int below = selected.constLast().row() + 1;
    const int row = below < model()->rowCount() ? below : selected.constFirst().row() - 1;
    if (row >= 0)
        selectionModel()->setCurrentIndex(model()->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void MessageListView::selectNextUnread()
{
    const int rows = model() ? model()->rowCount() : 0;
    for (int step = 1; step <= rows; ++step) {
        const QModelIndex index = model()->index((currentIndex().row() + step) % rows, 0);
        if (index.data(int(Role::IsUnread)).toBool())
            return selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
}

void MessageListView::enter()
{
    setFocus(Qt::ShortcutFocusReason);
    if (!selectionModel() || selectionModel()->hasSelection() || model()->rowCount() == 0)
        return;
    const int row = currentIndex().isValid() ? currentIndex().row() : 0;
    selectionModel()->setCurrentIndex(model()->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

// Whoever comes by Tab stands on a row that is not chosen yet: the first step chooses it, instead of passing it over.
void MessageListView::keyPressEvent(QKeyEvent *event)
{
    const bool isStep = (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) && !(event->modifiers() & ~Qt::KeypadModifier);
    if (isStep && selectionModel() && !selectionModel()->hasSelection())
        return enter();
    QTreeView::keyPressEvent(event);
}

// They go to a folder of this window, where they are still what is selected; nothing of them leaves it.
void MessageListView::startDrag(Qt::DropActions)
{
    auto *messages = new QMimeData;
    messages->setData(kMessagesType, windowMark(window()));
    auto *drag = new QDrag(this);
    drag->setMimeData(messages);
    drag->setPixmap(themeIcon(u"mail-message"_s).pixmap(QSize(22, 22), devicePixelRatioF()));
    drag->exec(Qt::MoveAction);
}

bool MessageListView::areMessagesOf(const QWidget *window, const QMimeData *dragged) { return dragged->data(kMessagesType) == windowMark(window); }

void MessageListView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setAccessibleDescription(model() && model()->rowCount() == 0 ? text : QString());
    viewport()->update();
}

void MessageListView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    if (m_emptyText.isEmpty() || !model() || model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(mutedText(palette()));
    // The room above it gives way first.
    constexpr int kFlags = Qt::AlignTop | Qt::AlignHCenter | Qt::TextWordWrap;
    QRect area = viewport()->rect().adjusted(kAround, 0, -kAround, 0);
    area.setTop(qBound(0, area.height() - painter.boundingRect(area, kFlags, m_emptyText).height(), 3 * kAround));
    painter.drawText(area, kFlags, m_emptyText);
}

// Its first cell speaks for the row. After a click into another one, a screen reader went down the list from name to name.
void MessageListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (current.column() > 0)
        selectionModel()->setCurrentIndex(current.siblingAtColumn(0), QItemSelectionModel::NoUpdate);
}

void MessageListView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    Q_EMIT selectionMoved();
}

} // namespace ui
