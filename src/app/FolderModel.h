// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MailboxService.h"

#include <QAbstractListModel>

namespace app {

/// The folders of a profile, in a fixed order. Display is the translated name; AccessibleText the name with its numbers.
/// Waiting is listed only while something waits.
class FolderModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Role { Folder = Qt::UserRole + 1, Total, Unread, IconName };

    /// `mailbox` is not owned and outlives the model.
    explicit FolderModel(MailboxService *mailbox, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] store::Folder folder(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(store::Folder folder) const;
    /// The translated name for a person.
    [[nodiscard]] static QString displayName(store::Folder folder);
    /// What an empty folder says: what will appear there and the first step.
    [[nodiscard]] static QString emptyText(store::Folder folder);

public Q_SLOTS:
    void refresh();

private:
    [[nodiscard]] static QString sentence(store::Folder folder, int total, int unread);
    void onCounts(const QList<store::FolderCount> &counts);

    MailboxService *m_mailbox;
    QList<store::FolderCount> m_rows;
    bool m_isRefreshing = false;
    bool m_refreshAgain = false;
};

} // namespace app
