// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QLockFile>
#include <chrono>

namespace identity {

/// Keeps other programs from changing `file` while this one reads, changes and replaces it. Released by the destructor;
/// what a crashed program left locked is free again.
class FileLock
{
public:
    explicit FileLock(const QString &file) : m_lock(file + QLatin1StringView{".lock"})
    {
        m_lock.setStaleLockTime(std::chrono::seconds{30});
    }

    /// Waits up to 10 s, so not on the GUI thread. ReadOnly, FileNotWritable.
    [[nodiscard]] base::Status take()
    {
        if (m_lock.tryLock(std::chrono::seconds{10}))
            return base::Done{};
        const bool isForbidden = m_lock.error() == QLockFile::PermissionError;
        return {isForbidden ? base::ErrorCode::ReadOnly : base::ErrorCode::FileNotWritable,
                QStringLiteral("%1 cannot be locked").arg(m_lock.fileName())};
    }

private:
    QLockFile m_lock;
};

} // namespace identity
