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
    QMetaObject::invokeMethod(&m_context, [this] { qDeleteAll(m_context.children()); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

} // namespace transport
