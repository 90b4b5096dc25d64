// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

namespace transport {

/// The one thread on which all client sockets live, driven by events. Owned by main(); outlives every operation.
class IoThread
{
public:
    IoThread();
    /// Ends the thread; operations under way end as Cancelled.
    ~IoThread();
    Q_DISABLE_COPY_MOVE(IoThread)

    /// An object that lives on the thread: the context for what must run there.
    [[nodiscard]] QObject *context() { return &m_context; }

private:
    QThread m_thread;
    QObject m_context;
};

} // namespace transport
