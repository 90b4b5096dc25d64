// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolAliases.h"

#include "store/Sql.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace store::spoolAliases {

base::Status set(QSqlDatabase &database, const SpoolAlias &alias)
{
    const base::Result<QVariant> account = valueOf(database, u"SELECT id FROM account WHERE address=?"_s, {alias.mailbox});
    const base::Result<QVariant> other = valueOf(database, u"SELECT id FROM account WHERE address=?"_s, {alias.name});
    if (!account || !other)
        return !account ? account.error() : other.error();
    if (!account->isValid())
        return {ErrorCode::UserUnknown, QString::fromUtf8(alias.mailbox)};
    if (other->isValid())
        return {ErrorCode::UserExists, QString::fromUtf8(alias.name)};
    return run(database, u"INSERT INTO alias(name, account) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET account=excluded.account"_s,
               {alias.name, *account});
}

base::Status remove(QSqlDatabase &database, const QByteArray &alias)
{
    const base::Result<QVariant> present = valueOf(database, u"SELECT account FROM alias WHERE name=?"_s, {alias});
    if (!present)
        return present.error();
    if (!present->isValid())
        return {ErrorCode::UserUnknown, QString::fromUtf8(alias)};
    return run(database, u"DELETE FROM alias WHERE name=?"_s, {alias});
}

base::Status removeAllOf(QSqlDatabase &database, qint64 accountId)
{
    return run(database, u"DELETE FROM alias WHERE account=?"_s, {accountId});
}

base::Status checkIsFree(QSqlDatabase &database, const QByteArray &address)
{
    const base::Result<QVariant> present = valueOf(database, u"SELECT account FROM alias WHERE name=?"_s, {address});
    if (!present)
        return present.error();
    return present->isValid() ? base::Status{ErrorCode::UserExists, QString::fromUtf8(address)} : base::Status{base::Done{}};
}

base::Result<QList<SpoolAlias>> list(QSqlDatabase &database)
{
    return listOf(database, u"SELECT l.name, a.address FROM alias l JOIN account a ON a.id=l.account ORDER BY l.name"_s, {},
                  [](const QSqlQuery &row) { return SpoolAlias{row.value(0).toByteArray(), row.value(1).toByteArray()}; });
}

} // namespace store::spoolAliases
