// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractScrollArea;

namespace ui {

/// A narrow mark at the edge of a text that is only to be read, while the keyboard has brought the focus there: no cursor blinks in it.
class FocusMark : public QWidget
{
    Q_OBJECT

public:
    /// Belongs to `text`.
    explicit FocusMark(QAbstractScrollArea *text);

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void onFocusIn(Qt::FocusReason reason);

    bool m_isByKeyboard = false;
};

} // namespace ui
