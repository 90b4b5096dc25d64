// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DatabaseThread.h"

#include "base/FileAccess.h"
#include "base/Log.h"
#include "store/Sql.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QUrl>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

constexpr int kBusyTimeoutMs = 5000;
/// So that one commit does not hold others up for long, and the work is not lost by the hundred when it fails.
constexpr std::size_t kMaxJobsPerCommit = 256;
constexpr std::chrono::milliseconds kNoticeOthersEvery{500};

/// SQLite makes its files by the umask; a mailbox is nobody else's business. The -wal and -shm files inherit the mode.
base::Status createPrivately(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::close(file);
        return base::Done{};
    }
    const int number = errno;
    if (number == ENOENT)
        return base::systemFault(number, path, base::ErrorCode::FileNotFound);
    const bool isOnlyForWriting = number == EACCES && (QFileInfo::exists(path) || QFileInfo{QFileInfo{path}.path()}.isReadable());
    return base::systemFault(number, path, isOnlyForWriting ? base::ErrorCode::ReadOnly : base::ErrorCode::FileNotReadable);
}

/// By the effective user, as open() decides; QFileInfo asks for the real one.
bool mayWriteIn(const QString &folder)
{
    return faccessat(AT_FDCWD, QFile::encodeName(folder).constData(), W_OK, AT_EACCESS) == 0;
}

class CloseConnection
{
public:
    explicit CloseConnection(QString name) : m_name(std::move(name)) {}
    ~CloseConnection() { QSqlDatabase::removeDatabase(m_name); }
    Q_DISABLE_COPY_MOVE(CloseConnection)

private:
    QString m_name;
};

} // namespace

DatabaseThread::DatabaseThread(Database *owner, Duty duty, Database::Access access, Schema schema)
    : m_owner(owner), m_duty(duty), m_access(access), m_schema(std::move(schema))
{
    m_openedPromise.start();
    m_opened = {m_openedPromise.future(), {}};
}

DatabaseThread::~DatabaseThread()
{
    {
        const std::lock_guard lock{m_mutex};
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_thread)
        m_thread->wait();
}

void DatabaseThread::start()
{
    m_thread.reset(QThread::create([this] { loop(); }));
    m_thread->setObjectName(m_duty == Duty::Write ? u"store-writer"_s : u"store-reader"_s);
    m_thread->start();
}

void DatabaseThread::enqueue(Database::Job job)
{
    {
        const std::lock_guard lock{m_mutex};
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void DatabaseThread::loop()
{
    static std::atomic_int counter = 0;
    const QString name = u"waxwing-store-%1"_s.arg(counter.fetch_add(1));
    const CloseConnection closer{name};
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    const base::Status status = connect(database);
    noteOutcome(status);
    if (m_fault && m_duty == Duty::Write)
        qCWarning(logStore) << "cannot open" << m_owner->path() << base::nameOf(m_fault->code) << m_fault->detail;
    m_openedPromise.addResult(status);
    m_openedPromise.finish();
    while (true) {
        Jobs jobs = take();
        if (!jobs.empty())
            work(database, std::move(jobs));
        else if (isStopping())
            break;
        else if (m_duty == Duty::Write)
            m_fault ? retryOpening(database) : noticeOthers(database);
    }
    database.close();
}

DatabaseThread::Jobs DatabaseThread::take()
{
    std::unique_lock lock{m_mutex};
    const auto hasWork = [this] { return m_stop || !m_jobs.empty(); };
    if (m_duty == Duty::Write)
        m_wake.wait_for(lock, kNoticeOthersEvery, hasWork);
    else
        m_wake.wait(lock, hasWork);
    Jobs jobs;
    const std::size_t most = m_duty == Duty::Write ? kMaxJobsPerCommit : 1;
    while (!m_jobs.empty() && jobs.size() < most) {
        jobs.push_back(std::move(m_jobs.front()));
        m_jobs.pop_front();
    }
    return jobs;
}

bool DatabaseThread::isStopping()
{
    const std::lock_guard lock{m_mutex};
    return m_stop && m_jobs.empty();
}

base::Status DatabaseThread::connect(QSqlDatabase &database)
{
    return m_duty == Duty::Write ? connectWriter(database) : connectReader(database);
}

base::Status DatabaseThread::connectWriter(QSqlDatabase &database)
{
    if (m_access == Database::Access::ReadOnly)
        return base::ErrorCode::ReadOnly;
    if (const base::Status created = createPrivately(m_owner->path()); !created)
        return created;
    database.setDatabaseName(m_owner->path());
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(kBusyTimeoutMs));
    if (!database.open())
        return Database::errorOf(database.lastError());
    // The order matters: reading the version first finds a foreign or damaged file before anything is written to it.
    base::Status status = run(database, u"PRAGMA user_version"_s);
    if (status)
        status = useWriteAheadLog(database);
    if (!status)
        return status;
    for (const QString &pragma : {u"PRAGMA synchronous=FULL"_s, u"PRAGMA foreign_keys=ON"_s, u"PRAGMA secure_delete=ON"_s, u"PRAGMA temp_store=MEMORY"_s,
                                  u"PRAGMA journal_size_limit=67108864"_s}) {
        if (status = run(database, pragma); !status)
            return status;
    }
    const base::Status migrated = migrate(database);
    // What others commit from now on shows in this number.
    if (const base::Result<QVariant> version = valueOf(database, u"PRAGMA data_version"_s); version)
        m_dataVersion = version->toLongLong();
    return migrated;
}

base::Status DatabaseThread::connectReader(QSqlDatabase &database)
{
    QString options = u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=%1"_s.arg(kBusyTimeoutMs);
    QString name = m_owner->path();
    if (m_writer && !m_writer->m_isUsable) {
        const base::Status writer = await(m_writer->opened());
        if (!writer && writer.error().code != base::ErrorCode::ReadOnly)
            return writer.error();
        if (!writer && !mayWriteIn(QFileInfo{name}.path()) && !QFileInfo::exists(name + u"-wal"_s)) {
            // On a read-only disk nobody can make the -shm file that WAL needs, but nobody changes the file either.
            name = QString::fromLatin1(QUrl::fromLocalFile(name).toEncoded()) + u"?immutable=1"_s;
            options += u";QSQLITE_OPEN_URI"_s;
        }
    }
    database.setDatabaseName(name);
    database.setConnectOptions(options);
    if (!database.open())
        return Database::errorOf(database.lastError());
    const base::Result<QVariant> version = valueOf(database, u"PRAGMA user_version"_s);
    if (!version)
        return version.error();
    if (version->toInt() > m_schema.steps.size())
        return base::ErrorCode::DatabaseTooNew;
    if (version->toInt() < m_schema.steps.size())
        return {base::ErrorCode::ReadOnly, u"the file has an old format and cannot be changed"_s};
    return run(database, u"PRAGMA query_only=ON"_s);
}

base::Status DatabaseThread::migrate(QSqlDatabase &database)
{
    // IMMEDIATE, so that of two programs that start at once the second finds the work done.
    if (const base::Status begun = run(database, u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    base::Status status = migrateInside(database);
    if (status)
        status = run(database, u"COMMIT"_s);
    if (!status)
        std::ignore = run(database, u"ROLLBACK"_s);
    return status;
}

base::Status DatabaseThread::migrateInside(QSqlDatabase &database)
{
    const base::Result<QVariant> id = valueOf(database, u"PRAGMA application_id"_s);
    const base::Result<QVariant> version = valueOf(database, u"PRAGMA user_version"_s);
    const base::Result<QVariant> tables = valueOf(database, u"SELECT count(*) FROM sqlite_schema"_s);
    if (!id || !version || !tables)
        return !id ? id.error() : !version ? version.error() : tables.error();
    const bool isNew = id->toInt() == 0 && version->toInt() == 0 && tables->toInt() == 0;
    if (!isNew && id->toInt() != m_schema.applicationId)
        return {base::ErrorCode::DatabaseDamaged, u"%1 is a database of another program"_s.arg(m_owner->path())};
    if (version->toInt() > m_schema.steps.size())
        return {base::ErrorCode::DatabaseTooNew, u"version %1, this program knows %2"_s.arg(version->toInt()).arg(m_schema.steps.size())};
    for (qsizetype step = version->toInt(); step < m_schema.steps.size(); ++step) {
        for (const QString &statement : m_schema.steps[step]) {
            if (const base::Status status = run(database, statement); !status)
                return status;
        }
    }
    if (version->toInt() == m_schema.steps.size())
        return base::Done{};
    if (const base::Status status = run(database, u"PRAGMA application_id=%1"_s.arg(m_schema.applicationId)); !status)
        return status;
    return run(database, u"PRAGMA user_version=%1"_s.arg(m_schema.steps.size()));
}

/// A file that could not be opened because the disk was full or another program had it is tried again from time to time; a reader follows
/// its writer.
void DatabaseThread::retryOpening(QSqlDatabase &database)
{
    if (!m_fault || (m_fault->code != base::ErrorCode::DiskFull && m_fault->code != base::ErrorCode::DatabaseBusy))
        return;
    if (m_writer && !m_writer->m_isUsable)
        return;
    database.close();
    noteOutcome(connect(database));
}

void DatabaseThread::noteOutcome(const base::Status &connected)
{
    m_fault = connected ? std::nullopt : std::optional{connected.error()};
    m_isUsable = !m_fault;
}

void DatabaseThread::work(QSqlDatabase &database, Jobs jobs)
{
    retryOpening(database);
    if (m_fault) {
        for (Database::Job &job : jobs) {
            job.fail(*m_fault);
        }
    } else if (m_duty == Duty::Read) {
        readOne(database, jobs.front());
    } else {
        writeTogether(database, jobs);
        Q_EMIT m_owner->changed();
    }
}

void DatabaseThread::writeTogether(QSqlDatabase &database, Jobs &jobs)
{
    if (jobs.size() == 1)
        return writeAlone(database, jobs.front());
    if (const base::Status begun = run(database, u"BEGIN IMMEDIATE"_s); !begun) {
        // None of them spoilt it, and where another program is at the file, each alone would wait for it as long again.
        for (Database::Job &job : jobs)
            job.fail(begun.error());
        return;
    }
    bool isWhole = true;
    for (auto job = jobs.begin(); isWhole && job != jobs.end(); ++job) {
        isWhole = bool{run(database, u"SAVEPOINT job"_s)};
        // A full disk or an I/O error may end the whole transaction behind our back; then the savepoint is gone, too.
        if (isWhole && !job->run(database))
            isWhole = bool{run(database, u"ROLLBACK TO job"_s)};
        isWhole = isWhole && run(database, u"RELEASE job"_s);
    }
    if (isWhole && run(database, u"COMMIT"_s)) {
        for (Database::Job &job : jobs)
            job.deliver(std::nullopt);
        return;
    }
    std::ignore = run(database, u"ROLLBACK"_s);
    // One of them spoilt it for all: each gets a transaction and an outcome of its own.
    for (Database::Job &job : jobs)
        writeAlone(database, job);
}

void DatabaseThread::writeAlone(QSqlDatabase &database, Database::Job &job)
{
    if (const base::Status begun = run(database, u"BEGIN IMMEDIATE"_s); !begun)
        return job.fail(begun.error());
    const base::Status status = job.run(database);
    const base::Status committed = status ? run(database, u"COMMIT"_s) : status;
    if (!committed)
        std::ignore = run(database, u"ROLLBACK"_s);
    job.deliver(committed ? std::nullopt : std::optional{committed.error()});
}

void DatabaseThread::readOne(QSqlDatabase &database, Database::Job &job)
{
    if (const base::Status begun = run(database, u"BEGIN"_s); !begun)
        return job.fail(begun.error());
    std::ignore = job.run(database);
    std::ignore = run(database, u"COMMIT"_s);
    job.deliver(std::nullopt);
}

void DatabaseThread::noticeOthers(QSqlDatabase &database)
{
    // Changes only when another connection has committed. https://sqlite.org/pragma.html#pragma_data_version
    const base::Result<QVariant> version = valueOf(database, u"PRAGMA data_version"_s);
    if (!version)
        return;
    const qlonglong now = version->toLongLong();
    const bool isChanged = now != m_dataVersion;
    m_dataVersion = now;
    if (isChanged)
        Q_EMIT m_owner->changed();
}

} // namespace store
