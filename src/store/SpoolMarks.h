// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QSqlDatabase>

namespace store {

/// Notes what rules of faults did to a message, in place of what was noted before. Within the writer's transaction.
[[nodiscard]] base::Status markMessage(QSqlDatabase &database, qint64 id, const QByteArray &marks);
/// Forgets the marks and the other names of a message that goes.
[[nodiscard]] base::Status unmarkMessage(QSqlDatabase &database, qint64 id);
/// A message that was fetched and deleted meanwhile is passed over, and so is one whose body lies in a file.
[[nodiscard]] base::Status amendMessage(QSqlDatabase &database, const SpoolAmendment &amendment);
/// Whether unmarkMessage() would have anything to do.
[[nodiscard]] base::Result<bool> hasAnyMark(QSqlDatabase &database);

/// What `letter` was addressed to besides its recipients' own names.
[[nodiscard]] QList<QByteArray> otherNames(const SpoolLetter &letter);
[[nodiscard]] base::Status noteOtherNames(QSqlDatabase &database, qint64 id, const QList<QByteArray> &names);

} // namespace store
