// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/CmsSession.h"

#include "provider/CmsOptions.h"

#include <QThreadStorage>

#include <utility>

namespace smime {

namespace {

/// Of the last mail of this thread; a walk within a walk makes its own. One provider serves the whole process, so they never outlive theirs while in use.
template <typename Objects>
std::unique_ptr<Objects> &idle()
{
    // Ends with its thread, the main one's with QCoreApplication.
    static QThreadStorage<std::unique_ptr<Objects>> s_idle;
    return s_idle.localData();
}

} // namespace

CmsSession::Objects &CmsSession::objects()
{
    if (!m_objects)
        m_objects = std::exchange(idle<Objects>(), nullptr);
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
        idle<Objects>() = std::move(m_objects);
}

} // namespace smime
