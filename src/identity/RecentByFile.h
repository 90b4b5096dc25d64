// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QCache>
#include <QFile>
#include <QMutex>

#include <ctime>
#include <memory>
#include <optional>
#include <sys/stat.h>

namespace identity {

/// By what one sees that a file, or what lies in a folder, is no longer the same.
struct FileStamp {
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;
    qint64 modifiedAt = 0; ///< Nanoseconds since 1970.

    static constexpr qint64 kSecond = 1'000'000'000;

    bool operator==(const FileStamp &) const = default;

    /// Older than a tick of the clock that dates files (10 ms at most): whatever happens from now on gives another stamp.
    [[nodiscard]] bool isSettled() const
    {
        constexpr qint64 kSettledAfter = 50'000'000;
        std::timespec now{};
        std::timespec_get(&now, TIME_UTC);
        return now.tv_sec * kSecond + now.tv_nsec - modifiedAt > kSettledAfter;
    }

    /// Nothing for what is not there.
    [[nodiscard]] static std::optional<FileStamp> of(const QString &path)
    {
        struct stat found{};
        if (::stat(QFile::encodeName(path).constData(), &found) != 0)
            return std::nullopt;
        return FileStamp{found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec * kSecond + found.st_mtim.tv_nsec};
    }
};

/// What was made out of a file or folder, for as long as that is the same: a thousand mails in a row must not read the same book a
/// thousand times. Values are shared and never changed. Thread-safe; other processes may replace the files.
template <typename Value>
class RecentByFile
{
public:
    using Shared = std::shared_ptr<const Value>;

    /// What is known of `path`, else what `read` makes of it: base::Result<Value>(). An empty Value if nothing is there.
    template <typename Read>
    [[nodiscard]] base::Result<Shared> get(const QString &path, Read read)
    {
        // Taken before reading: if the file is replaced meanwhile, the next call reads again.
        const std::optional<FileStamp> stamp = FileStamp::of(path);
        if (!stamp)
            return std::make_shared<const Value>();
        {
            const QMutexLocker lock(&m_mutex);
            const Known *known = m_known.object(path);
            if (known && known->stamp == *stamp)
                return known->value;
        }
        base::Result<Value> made = read();
        if (!made)
            return made.error();
        const auto value = std::make_shared<const Value>(std::move(made).value());
        if (stamp->isSettled())
            remember(path, *stamp, value);
        return value;
    }

private:
    struct Known {
        FileStamp stamp;
        Shared value;
    };

    void remember(const QString &path, const FileStamp &stamp, const Shared &value)
    {
        const QMutexLocker lock(&m_mutex);
        m_known.insert(path, new Known{stamp, value});
    }

    static constexpr int kMostFiles = 16;

    QMutex m_mutex;
    QCache<QString, Known> m_known{kMostFiles};
};

} // namespace identity
