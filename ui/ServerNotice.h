// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ProfileSession.h"
#include "ui/Theme.h"

namespace ui {

class NoticeBar;

/// What a profile's notice says of mail servers elsewhere, with the way to "Mail servers". What may pass by itself, such as a network that is
/// away, the status line says alone.
class ServerNotice : public QObject
{
    Q_OBJECT

public:
    /// `session` and `notice` are not owned and outlive this.
    ServerNotice(app::ProfileSession *session, NoticeBar *notice, QObject *parent);

    /// Says why a letter failed, if the settings or the server have to be changed for it, and answers true; nothing of what they do not decide.
    [[nodiscard]] bool tell(const base::Error &error);
    /// For somebody whose keys came from elsewhere: the mailbox is there, too, as likely as not.
    void offer();
    /// Whether what the notice says now is from here.
    [[nodiscard]] bool isShown() const;

Q_SIGNALS:
    /// The person wants to see where mail is sent and fetched.
    void accountRequested();

private:
    void show(const QString &sentence, Tone tone, const QString &detail = {});
    [[nodiscard]] bool isOurs(const base::Error &error) const;
    QString say(const base::Error &error);
    void onFetched(const std::optional<base::Error> &error);
    void takeBack(QString &sentence);

    app::ProfileSession *m_session;
    NoticeBar *m_notice;
    QString m_offer;
    QString m_said;         ///< Of fetching, while the trouble lasts; said once.
    QString m_saidOfLetter; ///< Of a letter: mail may come in by the one server while nothing goes out by the other.
};

} // namespace ui
