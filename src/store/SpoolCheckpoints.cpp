// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolCheckpoints.h"

#include "base/Log.h"
#include "store/SpoolSchema.h"
#include "store/Sql.h"

#include <QSqlDatabase>

namespace store {

namespace {

/// Each pass leaves behind what was committed during it. A pass that carried so few pages leaves hardly any, ...
constexpr int kFewPages = 256;
/// ... and under a load that never ebbs there is a point where another one gains nothing.
constexpr int kMostPasses = 8;

/// How many pages of the log are in the database file by now.
base::Result<int> carryOver(QSqlDatabase &database)
{
    // https://sqlite.org/pragma.html#pragma_wal_checkpoint: busy, pages in the log, pages carried over.
    base::Result<QSqlQuery> row = execute(database, QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)"));
    if (!row)
        return row.error();
    return row->next() ? row->value(2).toInt() : 0;
}

} // namespace

SpoolCheckpoints::SpoolCheckpoints(QString file, qint64 beginAtOctets)
    : m_file(std::move(file)), m_beginAtOctets(beginAtOctets), m_thread(QThread::create([this] { run(); }))
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
    if (m_octets < m_beginAtOctets)
        return false;
    {
        const std::lock_guard lock{m_mutex};
        m_isWanted = true;
    }
    m_changed.notify_all();
    return false;
}

void SpoolCheckpoints::carryOverNearlyAll(QSqlDatabase &database)
{
    int before = 0;
    for (int pass = 0; pass < kMostPasses; ++pass) {
        const base::Result<int> pages = carryOver(database);
        if (!pages)
            qCWarning(logStore) << "the spool's log was not carried over:" << pages.error().detail;
        if (!pages || *pages - before < kFewPages)
            return;
        before = *pages;
    }
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
            if (database)
                carryOverNearlyAll(*database);
            lock.lock();
            // What was asked for meanwhile is covered by the passes.
            m_isWanted = false;
            m_isNearlyDone = true;
        }
    }
    QSqlDatabase::removeDatabase(name);
}

} // namespace store
