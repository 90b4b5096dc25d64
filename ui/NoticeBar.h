// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace ui {

/// A sentence at the head of a window about something that just happened, with a way to dismiss it and, if
/// wanted, one thing to do. Never a dialog.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    /// Empty hides the bar. `action` is the text of the button, none if empty; `detail` stands in the tooltip.
    void setText(const QString &sentence, const QString &action = {}, Tone tone = Tone::Caution, const QString &detail = {});
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_sign = nullptr;
    QLabel *m_text = nullptr;
    QToolButton *m_action = nullptr;
    Tone m_tone = Tone::Caution;
};

} // namespace ui
