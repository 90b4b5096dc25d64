// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"

#include <QTreeView>

namespace ui {

/// The messages of one folder: the state of the seal in a column of its own, then sender, date and subject.
class MessageListView : public QTreeView
{
    Q_OBJECT

public:
    explicit MessageListView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// The messages that are selected, in the order of the list.
    [[nodiscard]] QList<store::MessageId> selectedIds() const;
    /// Of each of them, where it is.
    [[nodiscard]] QList<store::Folder> selectedFolders() const;
    /// Selects what follows the selected messages, or what comes before them: for when they are about to go.
    void selectNeighbour();
    /// Selects the first unread message below the current one, or else from the top on.
    void selectNextUnread();
    /// The keyboard goes here; without a selection, to the first row.
    void enter();
    /// What the list says while it is empty; to be told anew when the rows come and go.
    void setEmptyText(const QString &text);
    [[nodiscard]] QSize sizeHint() const override { return {320, 400}; }
    /// Whether `dragged` are messages out of the list of this window.
    [[nodiscard]] static bool areMessagesOf(const QWidget *window, const QMimeData *dragged);

Q_SIGNALS:
    void selectionMoved();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;

private:
    void onRowsRemoved();
    [[nodiscard]] QModelIndexList selectedRows() const;

    QString m_emptyText;
    bool m_wasCurrentInSight{};
};

} // namespace ui
