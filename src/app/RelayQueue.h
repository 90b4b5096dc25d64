// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <memory>

namespace app {

class RelayService;

/// What the relay still owes one recipient.
struct RelayQueueRecipient {
    /// Held: until a person lets it go. Reporting: it lies in its mailbox here, and the sender is being told. Lost: the spool is
    /// damaged, and the text is gone.
    enum class State { Waiting, Held, Reporting, Lost };

    QString address;
    State state = State::Waiting;
    int attempts = 0;
    QDateTime nextAttempt; ///< UTC.
    QDateTime lastAttempt; ///< UTC; invalid before the first.
    QString lastReply;     ///< What the next server said, or why it was not reached; not translated.

    bool operator==(const RelayQueueRecipient &) const = default;
};

/// A message in the relay's queue.
struct RelayQueueEntry {
    qint64 id = 0;
    QDateTime received;    ///< UTC.
    QString sender;        ///< Empty for a report.
    qint64 octets = 0;
    QList<RelayQueueRecipient> recipients;

    bool operator==(const RelayQueueEntry &) const = default;
};

struct RelayQueueContents {
    bool isPaused = false;
    QList<RelayQueueEntry> entries; ///< In the order of their arrival.

    bool operator==(const RelayQueueContents &) const = default;
};

/// "The next server said: 451 try later. It is tried again at 15:40." For a row of the window and for `wax`.
[[nodiscard]] QString queueSentence(const RelayQueueRecipient &recipient);

/// The queue of the spool in `directory`, whether or not a relay runs there, which then acts at once. Each call opens the spool, does
/// one thing and closes it: slow, call them on a worker. MessageNotFound and the codes of SqliteSpool::open.
namespace relayQueue {

/// Touched after every change, so that a running relay looks at the queue again.
[[nodiscard]] QString changedFile(const QString &directory);

[[nodiscard]] base::Result<RelayQueueContents> list(const QString &directory, int limit = 1000);
/// Without ids: all. Flush: tries at once. Pause: carries nothing more (without ids), or holds these messages. Resume: the opposite.
/// Delete: nobody gets them, and nobody is told.
enum class Command { Flush, Pause, Resume, Delete };
[[nodiscard]] base::Status command(const QString &directory, Command command, const QList<qint64> &ids = {});

} // namespace relayQueue

/// The queue as a window shows it. Lives on the GUI thread; no member waits.
class RelayQueueService : public QObject
{
    Q_OBJECT

public:
    /// `relay` is not owned, outlives the service, and names the spool.
    explicit RelayQueueService(RelayService *relay, QObject *parent = nullptr);
    ~RelayQueueService() override;

    /// While true, the contents are looked at every two seconds and after each command.
    void setWatching(bool watching);
    /// As of the last look.
    [[nodiscard]] const RelayQueueContents &contents() const { return m_contents; }
    /// As relayQueue::command().
    [[nodiscard]] base::Operation<base::Done> command(relayQueue::Command command, const QList<qint64> &ids = {});

Q_SIGNALS:
    void contentsChanged(QPrivateSignal);

private:
    void look();

    RelayService *m_relay;
    RelayQueueContents m_contents;
    QTimer m_timer;
    QThreadPool m_pool; ///< One thread, so that commands keep their order.
    bool m_isLooking = false;
};

} // namespace app
