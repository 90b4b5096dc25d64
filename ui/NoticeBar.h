// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Theme.h"

#include <QWidget>
#include <functional>

class QLabel;
class QToolButton;

namespace ui {

/// What a notice offers to do: the text of the button, and what it does.
struct NoticeAction {
    QString text;
    std::function<void()> act;
};

/// A sentence at the head of a window about something that just happened, with a way to dismiss it and, if
/// wanted, one thing to do. Never a dialog.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    /// Empty hides the bar. `detail` stands in the tooltip.
    void setText(const QString &sentence, const NoticeAction &action = {}, Tone tone = Tone::Caution, const QString &detail = {});
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_sign = nullptr;
    QLabel *m_text = nullptr;
    QToolButton *m_action = nullptr;
    std::function<void()> m_act;
    Tone m_tone = Tone::Caution;
};

} // namespace ui
