// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Sql.h"

#include "store/Database.h"

#include <QSqlError>

using namespace Qt::StringLiterals;

namespace store {

namespace {

/// QSQLITE binds a null QString or QByteArray as NULL; our columns are NOT NULL.
QVariant withoutNull(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return QString{QLatin1StringView{""}};
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull())
        return QByteArray{""};
    return value;
}

} // namespace

base::Result<QSqlQuery> execute(QSqlDatabase &database, const QString &statement, const QVariantList &values)
{
    QSqlQuery query{database};
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return Database::errorOf(query.lastError());
    for (const QVariant &value : values)
        query.addBindValue(withoutNull(value));
    if (!query.exec())
        return Database::errorOf(query.lastError());
    return query;
}

base::Status useWriteAheadLog(QSqlDatabase &database)
{
    constexpr int kMostTurns = 100; // The second finds it done, unless one that only reads holds it once more.
    base::Status status = run(database, u"PRAGMA journal_mode=WAL"_s);
    for (int turn = 0; turn < kMostTurns && !status && status.error().code == base::ErrorCode::DatabaseBusy; ++turn) {
        if (const base::Status waited = run(database, u"BEGIN IMMEDIATE"_s); !waited)
            return waited;
        status = run(database, u"ROLLBACK"_s);
        if (status)
            status = run(database, u"PRAGMA journal_mode=WAL"_s);
    }
    return status;
}

base::Status forEachRow(QSqlDatabase &database, const QString &statement, const QVariantList &values,
                        const std::function<void(const QSqlQuery &row)> &take)
{
    base::Result<QSqlQuery> rows = execute(database, statement, values);
    if (!rows)
        return rows.error();
    while (rows->next())
        take(*rows);
    if (rows->lastError().isValid())
        return Database::errorOf(rows->lastError());
    return base::Done{};
}

base::Result<QSqlQuery *> Statements::execute(const QString &statement, const QVariantList &values)
{
    auto it = m_prepared.find(statement);
    if (it == m_prepared.end()) {
        QSqlQuery query{m_database};
        query.setForwardOnly(true);
        if (!query.prepare(statement))
            return Database::errorOf(query.lastError());
        it = m_prepared.emplace(statement, std::move(query)).first;
    }
    QSqlQuery &query = it->second;
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), withoutNull(values[i]));
    if (!query.exec())
        return Database::errorOf(query.lastError());
    return &query;
}

base::Status Statements::run(const QString &statement, const QVariantList &values)
{
    const base::Result<QSqlQuery *> query = execute(statement, values);
    if (!query)
        return query.error();
    (*query)->finish();
    return base::Done{};
}

base::Result<QVariant> Statements::valueOf(const QString &statement, const QVariantList &values)
{
    const base::Result<QSqlQuery *> query = execute(statement, values);
    if (!query)
        return query.error();
    const bool hasRow = (*query)->next();
    const QVariant value = hasRow ? (*query)->value(0) : QVariant{};
    const QSqlError error = hasRow ? QSqlError{} : (*query)->lastError();
    (*query)->finish();
    if (error.isValid())
        return Database::errorOf(error);
    return value;
}

void Statements::clear()
{
    m_prepared.clear();
    m_database = {};
}

base::Status run(QSqlDatabase &database, const QString &statement, const QVariantList &values)
{
    base::Result<QSqlQuery> query = execute(database, statement, values);
    if (!query)
        return query.error();
    return base::Done{};
}

base::Result<QVariant> valueOf(QSqlDatabase &database, const QString &statement, const QVariantList &values)
{
    base::Result<QSqlQuery> query = execute(database, statement, values);
    if (!query)
        return query.error();
    if (query->next())
        return query->value(0);
    if (query->lastError().isValid())
        return Database::errorOf(query->lastError());
    return QVariant{};
}

} // namespace store
