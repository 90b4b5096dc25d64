// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QThread>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

class QSqlDatabase;

namespace store {

/// Carries what the write-ahead log holds into the database file, on a thread and a connection of its own, so that
/// no commit waits for it: with everything done by the writer, one commit in a thousand took 400 ms. The thread
/// never empties the log while letters keep coming; the writer ends its work, which is little by then.
class SpoolCheckpoints
{
public:
    /// Begins whenever `beginAtOctets` were committed.
    SpoolCheckpoints(QString file, qint64 beginAtOctets);
    /// Lets a checkpoint under way finish.
    ~SpoolCheckpoints();
    Q_DISABLE_COPY_MOVE(SpoolCheckpoints)

    /// `octets` more were committed. True: the writer should now checkpoint what little is left. On the writer's thread.
    [[nodiscard]] bool committed(qint64 octets);

private:
    void run();
    static void carryOverNearlyAll(QSqlDatabase &database);

    QString m_file;
    qint64 m_beginAtOctets;
    qint64 m_octets = 0;                ///< Since the log was last emptied.
    std::atomic_bool m_isNearlyDone = false;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isWanted = false;
    bool m_isStopping = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace store
