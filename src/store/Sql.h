// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace store {

/// Runs one statement with its values in the places of the question marks. Errors as Database::errorOf().
/// Null strings and byte arrays are bound as empty ones. On the connection's own thread.
[[nodiscard]] base::Result<QSqlQuery> execute(QSqlDatabase &database, const QString &statement, const QVariantList &values = {});

/// As execute(), when nobody wants the rows.
[[nodiscard]] base::Status run(QSqlDatabase &database, const QString &statement, const QVariantList &values = {});

/// The first column of the first row; an invalid variant without rows.
[[nodiscard]] base::Result<QVariant> valueOf(QSqlDatabase &database, const QString &statement, const QVariantList &values = {});

} // namespace store
