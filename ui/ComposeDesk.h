// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ProfileSession.h"

#include <QObject>
#include <QPointer>

namespace ui {

class ComposeWindow;

/// Connects one compose window with its writer's session: certificates, drafts, sending. Goes with the window; what was
/// begun goes on in the session.
class ComposeDesk : public QObject
{
    Q_OBJECT

public:
    /// Both outlive this; it is owned by the window.
    ComposeDesk(app::ProfileSession *session, ComposeWindow *window);

Q_SIGNALS:
    void unlockRequested();
    void importRequested();
    /// The letter is in the outbox.
    void queued();
    /// The letter waits for a certificate.
    void held();

private:
    void connectWindow();
    void findCertificates(const QStringList &addresses);
    void updateKey();
    void preview();
    void save();
    void saveWhileClosing();
    void discard();
    void send();
    void hold();
    void attach(const QStringList &paths);

    app::ProfileSession *m_session;
    ComposeWindow *m_window;
    QPointer<app::SendMessageOperation> m_sending;
    bool m_isSaving = false;
    bool m_isDone = false;
};

} // namespace ui
