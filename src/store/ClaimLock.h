// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

namespace store {

/// Says that somebody is at what bears its token: a byte of a file beside the database is locked for as long as this object lives, and no longer,
/// however its process ends. An id of a process would mean another one, or none, to a program in another container.
class ClaimLock
{
public:
    /// `databasePath` need not be there yet.
    explicit ClaimLock(const QString &databasePath);
    ~ClaimLock();
    Q_DISABLE_COPY_MOVE(ClaimLock)

    /// Takes the lock, at the first call. On one thread. Errors of base::systemFault(), FileNotWritable.
    [[nodiscard]] base::Result<QString> token();
    /// Whether any program, this one included, holds the lock that `token` names. Any thread.
    [[nodiscard]] bool isHeld(const QString &token) const;

private:
    QString m_path;
    int m_descriptor = -1;
    QString m_token;
};

} // namespace store
