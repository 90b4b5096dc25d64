// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <chrono>
#include <functional>

namespace ui {

/// A moment for what is on its way to a server when somebody quits: broken off, it would wait for the next start, and go twice if only the
/// server's last word was missing. Nothing here waits: the program goes on, and is quit again when the moment is over.
class QuitGrace : public QObject
{
    Q_OBJECT

public:
    /// From now on QApplication::quit() comes by here. CONTRACT.md has the program end within 3 s of it.
    explicit QuitGrace(std::function<bool()> isSending, std::chrono::milliseconds patience = std::chrono::milliseconds{1500});

    /// What was sent may have got there.
    void look();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void quit();

    std::function<bool()> m_isSending;
    QTimer m_patience; ///< Runs while somebody has quit.
    bool m_isOver = false;
};

} // namespace ui
