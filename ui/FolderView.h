// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"

#include <QListView>

namespace ui {

/// The folders of one user, with the number of unread letters. The messages that are selected in the window's list can be dropped on them.
class FolderView : public QListView
{
    Q_OBJECT

public:
    explicit FolderView(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    /// Which folders take what is selected.
    void setTakes(const std::function<bool(store::Folder)> &takes) { m_takes = takes; }

Q_SIGNALS:
    void messagesDropped(store::Folder folder);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void setTarget(const QModelIndex &target);

    std::function<bool(store::Folder)> m_takes;
    QPersistentModelIndex m_target; ///< The folder that would take what is dragged over it.
};

} // namespace ui
