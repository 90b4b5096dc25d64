// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Database.h"

#include "store/DatabaseThread.h"

#include <cerrno>

namespace store {

namespace {
/// Two, so that a long search does not keep the list waiting.
constexpr int kReaders = 2;
} // namespace

Database::Database(QString path, Schema schema, Access access) : m_path(std::move(path))
{
    m_writer = std::make_unique<DatabaseThread>(this, DatabaseThread::Duty::Write, access, schema);
    m_writer->start();
    for (int i = 0; i < kReaders; ++i) {
        m_readers.push_back(std::make_unique<DatabaseThread>(this, DatabaseThread::Duty::Read, access, schema));
        m_readers.back()->waitFor(m_writer.get());
        m_readers.back()->start();
    }
}

Database::~Database()
{
    m_readers.clear();
    m_writer.reset();
}

base::Operation<base::Done> Database::opened() const
{
    return m_writer->opened();
}

void Database::enqueue(Kind kind, Job job)
{
    if (kind == Kind::Write)
        m_writer->enqueue(std::move(job));
    else
        m_readers[m_nextReader.fetch_add(1) % m_readers.size()]->enqueue(std::move(job));
}

base::Error Database::errorOf(const QSqlError &error)
{
    using base::ErrorCode;
    // https://sqlite.org/rescode.html; the low eight bits are the primary code.
    constexpr int kBusy = 5, kLocked = 6, kReadOnly = 8, kIoError = 10, kCorrupt = 11, kFull = 13, kCantOpen = 14, kNotADatabase = 26;
    // Quotas and RLIMIT_FSIZE come as failed writes, not as SQLITE_FULL.
    constexpr int kIoErrorWrite = kIoError | (3 << 8), kIoErrorShmSize = kIoError | (19 << 8);
    const int systemError = errno;
    const int extended = error.nativeErrorCode().toInt();
    ErrorCode code = ErrorCode::DatabaseFailed;
    switch (extended & 0xff) {
    case kBusy: case kLocked: code = ErrorCode::DatabaseBusy; break;
    case kReadOnly: code = ErrorCode::ReadOnly; break;
    case kCorrupt: case kNotADatabase: code = ErrorCode::DatabaseDamaged; break;
    case kFull: code = ErrorCode::DiskFull; break;
    case kCantOpen: code = ErrorCode::FileNotReadable; break;
    case kIoError:
        // SQLite does not say why a write failed. A disk that was made read-only behind its back is told by the system's number.
        if (extended == kIoErrorWrite || extended == kIoErrorShmSize)
            code = systemError == EROFS ? ErrorCode::ReadOnly : systemError == EIO ? ErrorCode::DatabaseFailed : ErrorCode::DiskFull;
        break;
    default: break;
    }
    return {code, error.text() + QStringLiteral(" [%1]").arg(error.nativeErrorCode()), {}, {}};
}

} // namespace store
