// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ProfileSession.h"

namespace ui {

class NoticeBar;

/// What a profile's notice says of mail servers elsewhere; its button leads to "Mail servers". What may pass by itself, such as a network that is
/// away, the status line says alone.
class ServerNotice : public QObject
{
    Q_OBJECT

public:
    /// `session` and `notice` are not owned and outlive this.
    ServerNotice(app::ProfileSession *session, NoticeBar *notice, QObject *parent);

    /// Says what the settings, or the server, have to be changed for, and answers true; nothing of what they do not decide.
    [[nodiscard]] bool tell(const base::Error &error);
    /// For somebody whose keys came from elsewhere: the mailbox is there, too, as likely as not.
    void offer();

private:
    void onFetched(const std::optional<base::Error> &error);

    app::ProfileSession *m_session;
    NoticeBar *m_notice;
    QString m_said; ///< Of the trouble that lasts; said once.
};

} // namespace ui
