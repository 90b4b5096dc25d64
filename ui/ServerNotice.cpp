// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ServerNotice.h"

#include "app/ErrorText.h"
#include "ui/NoticeBar.h"

namespace ui {

ServerNotice::ServerNotice(app::ProfileSession *session, NoticeBar *notice, QObject *parent) : QObject(parent), m_session(session), m_notice(notice)
{
    connect(&m_session->fetching(), &app::FetchService::finished, this, &ServerNotice::onFetched);
}

void ServerNotice::offer()
{
    m_notice->setText(tr("Your mail goes by the relay of this computer. If your mailbox is elsewhere, such as at your company, enter its servers."), tr("Mail servers\u2026"), Tone::Neutral);
}

bool ServerNotice::tell(const base::Error &error)
{
    if (!app::OutboxService::isOfSettings(error.code) || m_session->serversElsewhere().isEmpty())
        return false;
    const app::ErrorText text = app::errorText(error);
    m_said = text.sentence;
    m_notice->setText(m_said, tr("Mail servers\u2026"), Tone::Bad, text.detail);
    return true;
}

// Asked again and again, it says so once, and takes it back when it is over.
void ServerNotice::onFetched(const std::optional<base::Error> &error)
{
    if (error && app::errorText(*error).sentence != m_said)
        (void)tell(*error);
    if (error)
        return;
    if (!m_said.isEmpty() && m_notice->text() == m_said)
        m_notice->setText({});
    m_said.clear();
}

} // namespace ui
