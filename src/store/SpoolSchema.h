// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QSqlDatabase>
#include <QString>

namespace store {

/// Opens a connection of the calling thread to a spool's file; `name` must be unique in the process.
enum class SpoolAccess { ReadWrite, ReadOnly };
/// FileNotReadable, DatabaseDamaged, DatabaseTooNew, DatabaseBusy, ReadOnly, DiskFull, DatabaseFailed.
[[nodiscard]] base::Result<QSqlDatabase> openSpoolConnection(const QString &file, const QString &name, SpoolAccess access);

/// Makes an empty file for a database of a spool's folder, which others may be able to read: SQLite would make it by the umask, and gives its mode to
/// -wal and -shm. Only if there is none: closing a file that this process has open elsewhere would release SQLite's locks on it. What goes wrong
/// shows when the file is opened.
void makeSpoolFile(const QString &file);

/// Makes the tables if they are missing and checks whose file it is.
[[nodiscard]] base::Status prepareSpoolTables(QSqlDatabase &database);

/// A name for a connection, different each time.
[[nodiscard]] QString uniqueConnectionName();

/// Where the body of message `id` lies if it came in pieces.
[[nodiscard]] QString spoolBodyFile(const QString &directory, qint64 id);

} // namespace store
