// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MessageListModel.h"

#include <QSet>
#include <algorithm>

using store::Folder;

namespace app {

namespace {

constexpr int kPageSize = 300;
constexpr int kOneMore = 1; ///< Is asked for, and not shown: it tells whether there are more.

store::SortColumn sortColumn(MessageListModel::Column column, bool showsRecipients)
{
    switch (column) {
    case MessageListModel::Column::Seal: return store::SortColumn::Seal;
    case MessageListModel::Column::Correspondent: return showsRecipients ? store::SortColumn::To : store::SortColumn::From;
    case MessageListModel::Column::Subject: return store::SortColumn::Subject;
    case MessageListModel::Column::Date: return store::SortColumn::Date; // What the rows show.
    case MessageListModel::Column::Size: return store::SortColumn::Size;
    }
    Q_UNREACHABLE_RETURN(store::SortColumn::Date);
}

} // namespace

MessageListModel::MessageListModel(MailboxService *mailbox, const base::Clock &clock, QObject *parent)
    : QAbstractTableModel(parent), m_mailbox(mailbox), m_clock(clock)
{
    connect(mailbox, &MailboxService::changed, this, &MessageListModel::refresh);
    connect(mailbox, &MailboxService::openedSummaryChanged, this, [this](store::MessageId id) {
        const int first = id == store::MessageId::None ? 0 : indexOf(id).row();
        const int last = id == store::MessageId::None ? rowCount() - 1 : first;
        if (first >= 0 && last >= first)
            Q_EMIT dataChanged(index(first, 0), index(last, kColumnCount - 1));
        compareNames();
    });
    startOver();
}

void MessageListModel::setFolder(Folder folder)
{
    if (folder == m_request.folder)
        return;
    m_request.folder = folder;
    startOver();
}

void MessageListModel::setSearch(const QString &words, store::SearchScope scope)
{
    if (words == m_request.search && scope == m_request.scope)
        return;
    const bool wasOverall = isOverall();
    const bool didShowRecipients = showsRecipients();
    m_request.search = words;
    m_request.scope = scope;
    if (showsRecipients() != didShowRecipients)
        return startOver(); // The order may be another one.
    if (isOverall() != wasOverall)
        renewTexts();
    ++m_generation;
    m_loadAgain = false;
    m_hasMore = false;
    load(kPageSize);
}

/// Another list altogether: nothing of the old one stays.
void MessageListModel::startOver()
{
    ++m_generation;
    m_isLoading = false;
    m_loadAgain = false;
    beginResetModel();
    m_rows.clear();
    m_sending.clear();
    m_hasMore = false;
    endResetModel();
    load(kPageSize);
}

void MessageListModel::refresh()
{
    if (m_isLoading)
        m_loadAgain = true;
    else
        load(std::max(kPageSize, static_cast<int>(m_rows.size())));
}

/// And more where so much arrived that what somebody has selected stands below them.
void MessageListModel::load(int atLeast)
{
    m_isLoading = true;
    store::PageRequest wanted = request({}, atLeast + kOneMore);
    wanted.through = lastHeld();
    base::whenReady(this, m_mailbox->page(wanted), [this, generation = m_generation, atLeast, held = wanted.through](const auto &page) {
        if (generation == m_generation)
            onPage(page, atLeast, held ? held->id : store::MessageId::None);
    });
}

store::PageRequest MessageListModel::request(std::optional<store::MessageSummary> after, int limit) const
{
    store::PageRequest request = m_request;
    request.order.column = sortColumn(m_sortedBy, showsRecipients());
    request.after = std::move(after);
    request.limit = limit;
    return request;
}

/// The last row that a view has selected, or that is its current one.
std::optional<store::MessageSummary> MessageListModel::lastHeld() const
{
    int last = -1;
    const QModelIndexList held = persistentIndexList();
    for (const QModelIndex &index : held)
        last = std::max(last, index.row());
    return last < 0 ? std::nullopt : std::optional{m_rows[last]};
}

void MessageListModel::onPage(const base::Result<QList<store::MessageSummary>> &page, qsizetype limit, store::MessageId held)
{
    if (!page) {
        m_isLoading = false;
        Q_EMIT failed(page.error());
        return;
    }
    const auto isHeld = [held](const store::MessageSummary &row) { return row.id == held; };
    const auto place = std::find_if(page->cbegin(), page->cend(), isHeld);
    const qsizetype wanted = place == page->cend() ? limit : std::max(limit, qsizetype{place - page->cbegin()} + 1);
    m_hasMore = page->size() > wanted;
    apply(page->first(std::min(wanted, page->size())));
    compareNames();
    m_isLoading = false;
    if (std::any_of(m_rows.cbegin(), m_rows.cend(), [](const store::MessageSummary &row) { return row.folder == Folder::Outbox; }))
        refreshSending();
    Q_EMIT loaded(m_rows.isEmpty());
    if (std::exchange(m_loadAgain, false))
        refresh();
}

/// Takes out what is gone, puts in what is new, renews what changed; selection and scrolling stay.
void MessageListModel::apply(const QList<store::MessageSummary> &rows)
{
    QSet<store::MessageId> present;
    for (const store::MessageSummary &row : rows)
        present.insert(row.id);
    for (int last = static_cast<int>(m_rows.size()) - 1; last >= 0; --last) {
        if (present.contains(m_rows[last].id))
            continue;
        int first = last;
        while (first > 0 && !present.contains(m_rows[first - 1].id))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
    QSet<store::MessageId> shown;
    for (const store::MessageSummary &row : std::as_const(m_rows))
        shown.insert(row.id);
    for (int row = 0; row < rows.size(); ++row) {
        if (row < m_rows.size() && m_rows[row].id == rows[row].id) {
            renew(row, rows[row]);
            continue;
        }
        if (shown.contains(rows[row].id))
            return replaceAll(rows);
        int last = row;
        while (last + 1 < rows.size() && !shown.contains(rows[last + 1].id))
            ++last;
        beginInsertRows({}, row, last);
        for (int i = row; i <= last; ++i)
            m_rows.insert(i, rows[i]);
        endInsertRows();
        row = last;
    }
}

void MessageListModel::renew(int row, const store::MessageSummary &summary)
{
    if (m_rows[row] == summary)
        return;
    m_rows[row] = summary;
    Q_EMIT dataChanged(index(row, 0), index(row, kColumnCount - 1));
}

/// The order itself changed, as when sorting by the seal.
void MessageListModel::replaceAll(const QList<store::MessageSummary> &rows)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QList<store::MessageId> ids;
    for (const QModelIndex &index : before)
        ids += m_rows[index.row()].id;
    m_rows = rows;
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const QModelIndex found = indexOf(ids[i]);
        after += found.isValid() ? found.siblingAtColumn(before[i].column()) : QModelIndex{};
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void MessageListModel::refreshSending()
{
    base::whenReady(this, m_mailbox->outbox()->list(), [this, generation = m_generation](const base::Result<QList<store::OutboxStatus>> &letters) {
        if (!letters || generation != m_generation)
            return;
        m_sending.clear();
        for (const store::OutboxStatus &letter : *letters)
            m_sending.insert(letter.letter, letter);
        renewTexts();
    });
}

void MessageListModel::setWaitingText(const std::function<QString(store::MessageId)> &text)
{
    m_waitingText = text;
}

void MessageListModel::renewTexts()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
}

bool MessageListModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore;
}

void MessageListModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent) || m_isLoading)
        return;
    m_isLoading = true;
    base::whenReady(this, m_mailbox->page(request(m_rows.last(), kPageSize + kOneMore)), [this, generation = m_generation](const base::Result<QList<store::MessageSummary>> &page) {
        if (generation != m_generation)
            return;
        m_hasMore = page && page->size() > kPageSize;
        if (page && !page->isEmpty()) {
            const QList<store::MessageSummary> rows = page->first(std::min<qsizetype>(kPageSize, page->size()));
            beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
            m_rows += rows;
            endInsertRows();
            compareNames();
        }
        // Not before: a view that asks for more while rows are being inserted would get the same ones again.
        m_isLoading = false;
        if (std::exchange(m_loadAgain, false))
            refresh();
    });
}

void MessageListModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= kColumnCount)
        return;
    if (Column{column} == m_sortedBy && order == m_request.order.direction)
        return;
    m_sortedBy = Column{column};
    m_request.order.direction = order;
    startOver();
}

int MessageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MessageListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

store::MessageId MessageListModel::id(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_rows.size() ? m_rows[index.row()].id : store::MessageId::None;
}

QModelIndex MessageListModel::indexOf(store::MessageId id) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].id == id)
            return index(row, 0);
    }
    return {};
}

} // namespace app
