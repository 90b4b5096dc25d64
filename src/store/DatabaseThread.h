// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Database.h"

#include <QThread>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace store {

/// One thread with one connection that nobody else sees, working off a queue. Private to Database.
/// std::mutex rather than QMutex: ThreadSanitizer understands it without help.
class DatabaseThread
{
public:
    enum class Duty { Write, Read };

    DatabaseThread(Database *owner, Duty duty, Database::Access access, Schema schema);
    /// Works off the queue, then closes the connection.
    ~DatabaseThread();
    Q_DISABLE_COPY_MOVE(DatabaseThread)

    void enqueue(Database::Job job);
    /// Over when the connection stands; a value, shared by all who ask.
    [[nodiscard]] const base::Operation<base::Done> &opened() const { return m_opened; }
    /// A reader waits for `writer`, which outlives it, before it connects.
    void waitFor(const DatabaseThread *writer) { m_writer = writer; }
    void start();

private:
    using Jobs = std::deque<Database::Job>;

    void loop();
    [[nodiscard]] base::Status connect(QSqlDatabase &database);
    [[nodiscard]] base::Status connectWriter(QSqlDatabase &database);
    [[nodiscard]] base::Status connectReader(QSqlDatabase &database);
    [[nodiscard]] base::Status migrate(QSqlDatabase &database);
    [[nodiscard]] base::Status migrateInside(QSqlDatabase &database);
    [[nodiscard]] Jobs take();
    [[nodiscard]] bool isStopping();
    void retryOpening(QSqlDatabase &database);
    void noteOutcome(const base::Status &connected);
    void work(QSqlDatabase &database, Jobs jobs);
    void writeTogether(QSqlDatabase &database, Jobs &jobs);
    void writeAlone(QSqlDatabase &database, Database::Job &job);
    void readOne(QSqlDatabase &database, Database::Job &job);
    void noticeOthers(QSqlDatabase &database);

    Database *m_owner;
    const Duty m_duty;
    const Database::Access m_access;
    const Schema m_schema;
    QPromise<base::Status> m_openedPromise;
    base::Operation<base::Done> m_opened;
    const DatabaseThread *m_writer = nullptr;
    std::optional<base::Error> m_fault;
    std::atomic_bool m_isUsable = false; ///< For the readers of this writer.
    qlonglong m_dataVersion = -1;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    Jobs m_jobs;
    bool m_stop = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace store
