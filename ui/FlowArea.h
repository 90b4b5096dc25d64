// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace ui {

/// A place for marks or buttons, one after another. It is as high as its lines; of many, few are seen at a time.
class FlowArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit FlowArea(QWidget *parent = nullptr);

    /// The parent of what is shown; it has a FlowLayout.
    [[nodiscard]] QWidget *items() const { return m_items; }
    /// To be called when items came or went, the new ones shown.
    void fit();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *m_items = nullptr;
};

} // namespace ui
