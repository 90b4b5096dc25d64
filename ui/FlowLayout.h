// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Theme.h"

#include <QLayout>

namespace ui {

/// Items one after another, in as many lines as the width demands: attachments, marks of recipients, links.
class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(QWidget *parent = nullptr, int spacing = kBetween);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    enum class Pass { Measure, Place };
    int arrange(const QRect &rect, Pass pass) const;

    QList<QLayoutItem *> m_items;
};

/// Takes everything out of `flow`; what is being clicked just now may be among it.
void clearFlow(QLayout *flow);

/// Lets Tab go from `before` through the widgets of `flow`: what is made later would come after everything else in the window. Returns the last
/// of them, `before` if there is none. All are in one window.
QWidget *tabThrough(const QLayout *flow, QWidget *before);

} // namespace ui
