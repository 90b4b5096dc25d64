// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ServerNotice.h"

#include "app/ErrorText.h"
#include "ui/NoticeBar.h"

namespace ui {

ServerNotice::ServerNotice(app::ProfileSession *session, NoticeBar *notice, QObject *parent) : QObject(parent), m_session(session), m_notice(notice)
{
    connect(&m_session->fetching(), &app::FetchService::finished, this, &ServerNotice::onFetched);
    connect(&m_session->outbox(), &app::OutboxService::sent, this, [this] { takeBack(m_saidOfLetter); });
}

void ServerNotice::offer()
{
    m_offer = tr("Your mail goes by the relay of this computer. If your mailbox is elsewhere, such as at your company, enter its servers.");
    show(m_offer, Tone::Neutral);
}

void ServerNotice::show(const QString &sentence, Tone tone, const QString &detail)
{
    m_notice->setText(sentence, {tr("Mail servers\u2026"), [this] { Q_EMIT accountRequested(); }}, tone, detail);
}

bool ServerNotice::tell(const base::Error &error)
{
    if (!isOurs(error))
        return false;
    m_saidOfLetter = say(error);
    return true;
}

bool ServerNotice::isShown() const
{
    return !m_notice->text().isEmpty() && QStringList{m_offer, m_said, m_saidOfLetter}.contains(m_notice->text());
}

bool ServerNotice::isOurs(const base::Error &error) const
{
    return app::OutboxService::isOfSettings(error.code) && !m_session->serversElsewhere().isEmpty();
}

QString ServerNotice::say(const base::Error &error)
{
    const app::ErrorText text = app::errorText(error);
    show(text.sentence, Tone::Bad, text.detail);
    return text.sentence;
}

// Asked again and again, it says so once, and takes it back when it is over.
void ServerNotice::onFetched(const std::optional<base::Error> &error)
{
    if (!error)
        return takeBack(m_said);
    if (isOurs(*error) && app::errorText(*error).sentence != m_said)
        m_said = say(*error);
}

void ServerNotice::takeBack(QString &sentence)
{
    if (!sentence.isEmpty() && m_notice->text() == sentence)
        m_notice->setText({});
    sentence.clear();
}

} // namespace ui
