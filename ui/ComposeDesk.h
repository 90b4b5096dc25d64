// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ProfileSession.h"

#include <QObject>
#include <QPointer>
#include <optional>

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
    void keysRequested();
    /// The letter is in the outbox.
    void queued();
    /// The letter waits for a certificate.
    void held();

private:
    void connectWindow();
    void setUpCompletions();
    void findAllCertificates();
    void findCertificates(const QStringList &addresses);
    void updateKey();
    void preview();
    void save();
    void onSaved(const base::Result<store::MessageId> &id);
    void saveWhileClosing();
    void stayOpen(const base::Error &error);
    void discard();
    void send();
    void hold();
    void attach(const QStringList &paths);
    void onRead(const QString &path, const base::Result<QByteArray> &content);
    void goOn();

    app::ProfileSession *m_session;
    ComposeWindow *m_window;
    QList<mime::Address> m_writtenTo; ///< Of late, the last ones first.
    QPointer<app::SendMessageOperation> m_sending;
    base::Operation<store::MessageId> m_saving; ///< The last one.
    std::optional<base::Operation<QStringList>> m_holding; ///< Until this window has been told what came of it.
    bool m_isSaving = false;
    int m_reading = 0;          ///< Files that are to be attached.
    bool m_isSendWanted = false; ///< As soon as nothing is read or saved any more.
    bool m_isDiscarded = false;
    bool m_isDone = false;
};

} // namespace ui
