// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace ui {

/// Moves a window that is shown up as far as its lower edge lies below the screen.
void keepOnScreen(QWidget *window);

/// Makes a window that is shown as high as its contents want to be, as far as the screen is. It is at most two thirds of the screen at first, and later as high as it was:
/// what wants more would be shown at the cost of the rest.
void growToContents(QWidget *window);

/// A dialog's page, as high as it wants to be; on a screen that is lower it scrolls, so that the buttons at its end can be reached.
class PageArea : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes `page` over.
    explicit PageArea(QWidget *page, QWidget *parent = nullptr);

    /// How many pixels of height the dialog needs for what stands above and below.
    void setRoomBeside(int height);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QSize onScreen(QSize size) const;
    [[nodiscard]] int onScreen(int height) const;

    int m_beside = 0;
};

} // namespace ui
