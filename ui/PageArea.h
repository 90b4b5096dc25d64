// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace ui {

/// A dialog's page, as high as it wants to be; on a screen that is lower it scrolls, so that the buttons at its end can be reached.
class PageArea : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes `page` over.
    explicit PageArea(QWidget *page, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int onScreen(int height) const;
};

} // namespace ui
