// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ServerNotice.h"

#include "app/ErrorText.h"
#include "ui/NoticeBar.h"

namespace ui {

namespace {

/// Whether it stays as it is until somebody changes the settings, or the server.
bool lastsUntilMended(base::ErrorCode code)
{
    using enum base::ErrorCode;
    return QList{TlsUnavailable, TlsFailed, TlsCertificateUntrusted, AuthenticationUnavailable, AuthenticationFailed, ProtocolViolation, LineTooLong}.contains(code);
}

} // namespace

ServerNotice::ServerNotice(app::ProfileSession *session, NoticeBar *notice, QObject *parent) : QObject(parent), m_session(session), m_notice(notice)
{
    connect(&m_session->fetching(), &app::FetchService::finished, this, &ServerNotice::onFetched);
}

void ServerNotice::offer()
{
    m_notice->setText(tr("Your mail goes by the relay of this computer. If your mailbox is elsewhere, such as at your company, enter its servers."), tr("Mail servers\u2026"), Tone::Neutral);
}

void ServerNotice::onFetched(const std::optional<base::Error> &error)
{
    const app::ErrorText text = error ? app::errorText(*error) : app::ErrorText();
    const bool isTrouble = error && lastsUntilMended(error->code) && !m_session->serversElsewhere().isEmpty();
    if (isTrouble && text.sentence != m_said) {
        m_said = text.sentence;
        m_notice->setText(m_said, tr("Mail servers\u2026"), Tone::Bad, text.detail);
    } else if (!error) {
        if (!m_said.isEmpty() && m_notice->text() == m_said)
            m_notice->setText({});
        m_said.clear();
    }
}

} // namespace ui
