// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/CmsSession.h"

#include "provider/CmsOptions.h"

#include <QThreadStorage>

#include <utility>

namespace smime {

std::unique_ptr<CmsSession::Objects> &CmsSession::idle()
{
    // Ends with its thread, the main one's with QCoreApplication. One provider serves the whole process, so nobody uses it after its provider.
    static QThreadStorage<std::unique_ptr<Objects>> s_idle;
    return s_idle.localData();
}

CmsSession::Objects &CmsSession::objects()
{
    if (!m_objects)
        m_objects = std::exchange(idle(), nullptr);
    if (!m_objects)
        m_objects = std::make_unique<Objects>();
    return *m_objects;
}

CmsSession::~CmsSession()
{
    if (!m_objects)
        return;
    m_objects->message.reset();
    m_objects->cms.setPrivateKeys({});
    m_objects->cms.setUntrustedCertificates({});
    if (provider::setOptions(m_objects->message, {}))
        idle() = std::move(m_objects);
}

} // namespace smime
