// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <functional>
#include <type_traits>
#include <unordered_map>

namespace store {

/// Runs one statement with its values in the places of the question marks. Errors as Database::errorOf().
/// Null strings and byte arrays are bound as empty ones. On the connection's own thread.
[[nodiscard]] base::Result<QSqlQuery> execute(QSqlDatabase &database, const QString &statement, const QVariantList &values = {});

/// As execute(), when nobody wants the rows.
[[nodiscard]] base::Status run(QSqlDatabase &database, const QString &statement, const QVariantList &values = {});

/// Gives the file a write-ahead log. Where another connection makes the same new file at this moment, SQLite refuses that at once instead of waiting, so
/// this waits. Errors as execute(); DatabaseBusy after the connection's timeout.
[[nodiscard]] base::Status useWriteAheadLog(QSqlDatabase &database);

/// Gives each row to `take`. Errors as execute(); one that comes in the middle is an error although rows were given.
[[nodiscard]] base::Status forEachRow(QSqlDatabase &database, const QString &statement, const QVariantList &values,
                                      const std::function<void(const QSqlQuery &row)> &take);

/// What `make(row)` makes of each row. Errors as forEachRow(): a part of a list is never taken for the whole.
template <typename Make>
[[nodiscard]] auto listOf(QSqlDatabase &database, const QString &statement, const QVariantList &values, Make make)
    -> base::Result<QList<std::invoke_result_t<Make, const QSqlQuery &>>>
{
    QList<std::invoke_result_t<Make, const QSqlQuery &>> list;
    const base::Status status = forEachRow(database, statement, values, [&](const QSqlQuery &row) { list.append(make(row)); });
    if (!status)
        return status.error();
    return list;
}
/// For listOf(): the first column.
[[nodiscard]] inline qint64 numberIn(const QSqlQuery &row) { return row.value(0).toLongLong(); }

/// execute() and run() for one connection's statements that come again and again: each is prepared once. On the connection's thread; clear() before the
/// connection is closed.
class Statements
{
public:
    explicit Statements(QSqlDatabase database) : m_database(std::move(database)) {}

    /// Valid until the same statement is executed again; finish() it, or its snapshot stays.
    [[nodiscard]] base::Result<QSqlQuery *> execute(const QString &statement, const QVariantList &values = {});
    [[nodiscard]] base::Status run(const QString &statement, const QVariantList &values = {});
    [[nodiscard]] base::Result<QVariant> valueOf(const QString &statement, const QVariantList &values = {});
    void clear();

private:
    QSqlDatabase m_database;
    std::unordered_map<QString, QSqlQuery> m_prepared;
};

/// The first column of the first row; an invalid variant without rows.
[[nodiscard]] base::Result<QVariant> valueOf(QSqlDatabase &database, const QString &statement, const QVariantList &values = {});

} // namespace store
