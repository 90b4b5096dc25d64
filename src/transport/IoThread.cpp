// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/IoThread.h"

namespace transport {

IoThread::IoThread()
{
    m_thread.setObjectName(QStringLiteral("io"));
    m_context.moveToThread(&m_thread);
    m_thread.start();
}

IoThread::~IoThread()
{
    // The shells end their operations in their destructors, which belong on their own thread.
    const auto deleteShells = [this] {
        const QObjectList shells = m_context.children(); // a copy: each that goes leaves the list
        qDeleteAll(shells);
    };
    QMetaObject::invokeMethod(&m_context, deleteShells, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

} // namespace transport
