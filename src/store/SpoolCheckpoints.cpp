// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolCheckpoints.h"

#include "base/Log.h"
#include "store/SpoolSchema.h"
#include "store/Sql.h"

#include <QSqlDatabase>

namespace store {

namespace {

constexpr qint64 kBeginAtOctets = 16 << 20;
/// Each pass leaves behind what was committed during it: after three there is next to nothing.
constexpr int kPasses = 3;

} // namespace

SpoolCheckpoints::SpoolCheckpoints(QString file) : m_file(std::move(file)), m_thread(QThread::create([this] { run(); }))
{
    m_thread->setObjectName(QStringLiteral("spool-checkpoint"));
    m_thread->start();
}

SpoolCheckpoints::~SpoolCheckpoints()
{
    {
        const std::lock_guard lock{m_mutex};
        m_isStopping = true;
    }
    m_changed.notify_all();
    m_thread->wait();
}

bool SpoolCheckpoints::committed(qint64 octets)
{
    m_octets += octets;
    if (m_isNearlyDone.exchange(false)) {
        m_octets = 0;
        return true;
    }
    if (m_octets < kBeginAtOctets)
        return false;
    {
        const std::lock_guard lock{m_mutex};
        m_isWanted = true;
    }
    m_changed.notify_all();
    return false;
}

void SpoolCheckpoints::run()
{
    const QString name = uniqueConnectionName();
    {
        base::Result<QSqlDatabase> database = openSpoolConnection(m_file, name, SpoolAccess::ReadWrite);
        std::unique_lock lock{m_mutex};
        for (;;) {
            m_changed.wait(lock, [this] { return m_isWanted || m_isStopping; });
            if (m_isStopping)
                break;
            m_isWanted = false;
            lock.unlock();
            for (int pass = 0; database && pass < kPasses; ++pass)
                if (const base::Status status = store::run(*database, QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)")); !status)
                    qCWarning(logStore) << "the spool's log was not carried over:" << status.error().detail;
            lock.lock();
            // What was asked for meanwhile is covered by the passes.
            m_isWanted = false;
            m_isNearlyDone = true;
        }
    }
    QSqlDatabase::removeDatabase(name);
}

} // namespace store
