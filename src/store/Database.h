// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"

#include <QObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStringList>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace store {

class DatabaseThread;

/// The schema of one kind of file: step i leads from version i to i + 1. Steps are only ever appended.
struct Schema {
    QList<QStringList> steps;
    /// PRAGMA application_id, so that a foreign SQLite file is refused instead of being migrated.
    int applicationId = 0;
};

/// One SQLite file: WAL, synchronous=FULL, one thread for every write, two for reads, each with a
/// connection of its own that nobody else sees. Writes that wait together share one commit (each in a
/// savepoint of its own), and no write is answered before that commit. Nothing here blocks the caller.
/// Several processes may open the same file. All functions are thread-safe.
class Database : public QObject
{
    Q_OBJECT

public:
    enum class Access { ReadWrite, ReadOnly };

    /// Begins to open `path` (its folder must exist; the file is made 0600 if it is missing).
    Database(QString path, Schema schema, Access access = Access::ReadWrite);
    /// Finishes what was queued, then closes.
    ~Database() override;

    /// Over when the file is open and its schema current. DatabaseTooNew, DatabaseDamaged (also for a file
    /// that is no database), DatabaseBusy, ReadOnly, DiskFull, FileNotFound, FileNotReadable, DatabaseFailed.
    [[nodiscard]] base::Operation<base::Done> opened() const;
    [[nodiscard]] const QString &path() const { return m_path; }

    /// Runs `work(QSqlDatabase &)`, which returns a Result<T>, inside a write transaction. An error from `work` undoes
    /// what it did and nothing else. `work` may be run again after a failed commit that it shared with others, so it must not use up what it
    /// captured. Its value is delivered after the commit, on the writer's thread. Beside the errors of `work`:
    /// those of opened().
    template <typename Work>
    auto write(Work work) -> base::Operation<typename std::invoke_result_t<Work, QSqlDatabase &>::Value>
    {
        return submit<typename std::invoke_result_t<Work, QSqlDatabase &>::Value>(Kind::Write, std::move(work));
    }

    /// Runs `work(QSqlDatabase &)` on a read-only connection, on one consistent snapshot.
    template <typename Work>
    auto read(Work work) -> base::Operation<typename std::invoke_result_t<Work, QSqlDatabase &>::Value>
    {
        return submit<typename std::invoke_result_t<Work, QSqlDatabase &>::Value>(Kind::Read, std::move(work));
    }

    /// The error of a failed query as ours: full, read-only, busy and damaged are told apart. SQLite result codes.
    [[nodiscard]] static base::Error errorOf(const QSqlError &error);

Q_SIGNALS:
    /// Something was committed, by this object or by another process (noticed within a second).
    /// Emitted on a thread of the database: connect with a context object.
    void changed();

private:
    enum class Kind { Read, Write };
    /// A unit of work without its type. `run` does it and keeps its result; `deliver` hands out that result, or the
    /// fault of the commit; `fail` hands out an error when there was no run.
    struct Job {
        std::function<base::Status(QSqlDatabase &)> run;
        std::function<void(const std::optional<base::Error> &fault)> deliver;
        std::function<void(const base::Error &error)> fail;
    };
    friend class DatabaseThread;
    void enqueue(Kind kind, Job job);

    template <typename T>
    base::Operation<T> submit(Kind kind, std::function<base::Result<T>(QSqlDatabase &)> work)
    {
        base::Cancellation cancellation;
        auto promise = std::make_shared<QPromise<base::Result<T>>>();
        auto result = std::make_shared<base::Result<T>>();
        promise->start();
        Job job;
        job.run = [work = std::move(work), result, cancellation](QSqlDatabase &database) -> base::Status {
            *result = cancellation.isRequested() ? base::Result<T>{base::ErrorCode::Cancelled} : work(database);
            if (!*result)
                return result->error();
            return base::Done{};
        };
        job.deliver = [promise, result](const std::optional<base::Error> &fault) {
            promise->addResult(fault && *result ? base::Result<T>{*fault} : std::move(*result));
            promise->finish();
        };
        job.fail = [promise](const base::Error &error) {
            promise->addResult(base::Result<T>{error});
            promise->finish();
        };
        base::Operation<T> operation{promise->future(), cancellation};
        enqueue(kind, std::move(job));
        return operation;
    }

    QString m_path;
    std::unique_ptr<DatabaseThread> m_writer;
    std::vector<std::unique_ptr<DatabaseThread>> m_readers;
    std::atomic_size_t m_nextReader = 0;
};

} // namespace store
