// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QSqlDatabase>

namespace store::spoolAliases {

/// The spool's other names for mailboxes, within a transaction of the caller's.

/// UserUnknown (no such account), UserExists (an account bears the name), and the codes of Database::errorOf.
[[nodiscard]] base::Status set(QSqlDatabase &database, const SpoolAlias &alias);
/// UserUnknown (no such alias).
[[nodiscard]] base::Status remove(QSqlDatabase &database, const QByteArray &alias);
/// With the account `accountId`.
[[nodiscard]] base::Status removeAllOf(QSqlDatabase &database, qint64 accountId);
/// UserExists if an alias bears the address.
[[nodiscard]] base::Status checkIsFree(QSqlDatabase &database, const QByteArray &address);
/// In order of their names.
[[nodiscard]] base::Result<QList<SpoolAlias>> list(QSqlDatabase &database);

} // namespace store::spoolAliases
