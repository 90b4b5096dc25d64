// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MailboxService.h"

#include <QObject>
#include <QSet>
#include <functional>

namespace app {

/// Opens, two at a time and behind everything that a person asked for, what nobody has opened yet: so that the list shows
/// real subjects and seals, search finds them, and certificates that came with mail are learnt. Nothing of it is written to the
/// disk but the state of the seal. Lives on the GUI thread.
class MailboxScan : public QObject
{
    Q_OBJECT

public:
    /// Opens a message and remembers what came to light (ProfileSession::open); calls back once.
    using OpenOne = std::function<void(store::MessageId, std::function<void()>)>;

    /// `mailbox` is not owned and outlives the scan.
    MailboxScan(MailboxService *mailbox, OpenOne openOne, QObject *parent = nullptr);

    /// The keys are open: looks now, and after every change of the mailbox.
    void start();
    /// The keys are locked: what is under way is the last.
    void stop();
    [[nodiscard]] bool isIdle() const { return !m_isLooking && m_opening == 0; }

Q_SIGNALS:
    /// What there was to open is opened.
    void scanned();

private:
    void look();
    void lookInto(qsizetype folder);
    void take(const QList<store::MessageSummary> &rows);
    void openNext();

    MailboxService *m_mailbox;
    OpenOne m_openOne;
    QList<store::MessageId> m_todo;
    QSet<store::MessageId> m_done;      ///< In this stretch between unlocking and locking.
    bool m_isRunning = false;
    bool m_isLooking = false;
    int m_opening = 0;
    bool m_lookAgain = false;
    bool m_hasOpened = false;           ///< Since scanned() was last told.
};

} // namespace app
