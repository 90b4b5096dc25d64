// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/QuitGrace.h"

#include <QCoreApplication>
#include <QEvent>

namespace ui {

QuitGrace::QuitGrace(std::function<bool()> isSending, std::chrono::milliseconds patience) : m_isSending(std::move(isSending))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &QuitGrace::quit);
    QCoreApplication::instance()->installEventFilter(this);
}

bool QuitGrace::eventFilter(QObject *watched, QEvent *event)
{
    const bool isQuit = watched == QCoreApplication::instance() && event->type() == QEvent::Quit;
    if (!isQuit || m_isOver || !m_isSending())
        return QObject::eventFilter(watched, event);
    if (!m_patience.isActive()) // Whoever quits twice waits no longer than once.
        m_patience.start();
    event->ignore();
    return true;
}

void QuitGrace::look()
{
    if (m_patience.isActive() && !m_isSending())
        quit();
}

void QuitGrace::quit()
{
    m_patience.stop();
    m_isOver = true;
    QCoreApplication::quit();
    m_isOver = false; // A window that must not be closed may have kept the program.
}

} // namespace ui
