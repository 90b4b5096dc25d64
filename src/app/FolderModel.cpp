// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/FolderModel.h"

using namespace Qt::StringLiterals;
using store::Folder;

namespace app {

namespace {

QString iconName(Folder folder)
{
    switch (folder) {
    case Folder::Inbox: return u"mail-folder-inbox"_s;
    case Folder::Drafts: return u"document-edit"_s;
    case Folder::Sent: return u"mail-folder-sent"_s;
    case Folder::Outbox: return u"mail-folder-outbox"_s;
    case Folder::Waiting: return u"view-certificate"_s;
    case Folder::Trash: return u"user-trash"_s;
    case Folder::Archive: return u"folder-documents"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// Where a number of unread mail says something; elsewhere everything is one's own.
bool countsUnread(Folder folder)
{
    return folder == Folder::Inbox || folder == Folder::Archive || folder == Folder::Trash;
}

} // namespace

FolderModel::FolderModel(MailboxService *mailbox, QObject *parent) : QAbstractListModel(parent), m_mailbox(mailbox)
{
    for (const Folder folder : store::kFolders) {
        if (folder != Folder::Waiting)
            m_rows += store::FolderCount{folder, 0, 0};
    }
    connect(mailbox, &MailboxService::changed, this, &FolderModel::refresh);
    refresh();
}

int FolderModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FolderModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const store::FolderCount &row = m_rows[index.row()];
    const int unread = countsUnread(row.folder) ? row.unread : 0;
    switch (role) {
    case Qt::DisplayRole: return displayName(row.folder);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
    case Qt::AccessibleDescriptionRole: return sentence(row.folder, row.total, unread);
    case static_cast<int>(Role::Folder): return QVariant::fromValue(row.folder);
    case static_cast<int>(Role::Total): return row.total;
    case static_cast<int>(Role::Unread): return unread;
    case static_cast<int>(Role::IconName): return iconName(row.folder);
    default: return {};
    }
}

QHash<int, QByteArray> FolderModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert(static_cast<int>(Role::Folder), "folder");
    names.insert(static_cast<int>(Role::Total), "total");
    names.insert(static_cast<int>(Role::Unread), "unread");
    names.insert(static_cast<int>(Role::IconName), "iconName");
    return names;
}

Folder FolderModel::folder(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_rows.size() ? m_rows[index.row()].folder : Folder::Inbox;
}

QModelIndex FolderModel::indexOf(Folder folder) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].folder == folder)
            return index(row);
    }
    return {};
}

QString FolderModel::displayName(Folder folder)
{
    switch (folder) {
    case Folder::Inbox: return tr("Inbox");
    case Folder::Drafts: return tr("Drafts");
    case Folder::Sent: return tr("Sent");
    case Folder::Outbox: return tr("Outbox");
    case Folder::Waiting: return tr("Waiting for a certificate");
    case Folder::Trash: return tr("Trash");
    case Folder::Archive: return tr("Archive");
    }
    Q_UNREACHABLE_RETURN({});
}

QString FolderModel::emptyText(Folder folder)
{
    switch (folder) {
    case Folder::Inbox: return tr("Mail that others send you appears here. Choose Get mail to look for it now.");
    case Folder::Drafts: return tr("Messages that you have begun are kept here until you send them. Choose New message to begin one.");
    case Folder::Sent: return tr("What you have sent is kept here, readable only by you if it was encrypted.");
    case Folder::Outbox: return tr("Messages on their way out wait here until the relay has taken them.");
    case Folder::Waiting: return tr("Messages wait here for the certificate of somebody they are for.");
    case Folder::Trash: return tr("What you delete lies here until you empty the trash.");
    case Folder::Archive: return tr("Mail that you are done with and want to keep. Choose Archive in the Inbox to move a message here.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString FolderModel::sentence(Folder folder, int total, int unread)
{
    const QString messages = total == 0 ? tr("empty") : tr("%n message(s)", nullptr, total);
    if (unread == 0)
        return tr("%1, %2", "folder, number of messages").arg(displayName(folder), messages);
    return tr("%1, %2, %3", "folder, number of messages, number of unread ones").arg(displayName(folder), messages, tr("%n unread", nullptr, unread));
}

void FolderModel::refresh()
{
    if (m_isRefreshing) {
        m_refreshAgain = true;
        return;
    }
    m_isRefreshing = true;
    base::whenReady(this, m_mailbox->counts(), [this](const base::Result<QList<store::FolderCount>> &counts) {
        m_isRefreshing = false;
        if (counts)
            onCounts(*counts);
        if (std::exchange(m_refreshAgain, false))
            refresh();
    });
}

void FolderModel::onCounts(const QList<store::FolderCount> &counts)
{
    QList<store::FolderCount> rows;
    for (const store::FolderCount &count : counts) {
        if (count.folder != Folder::Waiting || count.total > 0)
            rows += count;
    }
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    for (int row = 0; row < rows.size(); ++row) {
        if (m_rows[row] == rows[row])
            continue;
        m_rows[row] = rows[row];
        Q_EMIT dataChanged(index(row), index(row));
    }
}

} // namespace app
