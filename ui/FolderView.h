// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace ui {

/// The folders of one user, with the number of unread letters.
class FolderView : public QListView
{
    Q_OBJECT

public:
    explicit FolderView(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
};

} // namespace ui
