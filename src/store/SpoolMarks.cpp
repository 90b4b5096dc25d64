// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolMarks.h"

#include "store/Sql.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

base::Status markMessage(QSqlDatabase &database, qint64 id, const QByteArray &marks)
{
    return run(database, u"INSERT OR REPLACE INTO fault VALUES(?, ?)"_s, {id, marks});
}

base::Status unmarkMessage(QSqlDatabase &database, qint64 id)
{
    const base::Status status = run(database, u"DELETE FROM fault WHERE id=?"_s, {id});
    return status ? run(database, u"DELETE FROM other_name WHERE id=?"_s, {id}) : status;
}

base::Status amendMessage(QSqlDatabase &database, const SpoolAmendment &amendment)
{
    base::Result<QSqlQuery> row = execute(database, u"SELECT length(trace) FROM message WHERE id=? AND in_file=0"_s, {amendment.id});
    if (!row)
        return row.error();
    if (!row->next())
        return base::Done{};
    const qint64 octets = row->value(0).toLongLong() + amendment.body.size();
    row->finish();
    if (base::Status status = run(database, u"UPDATE message SET body=?, octets=? WHERE id=?"_s, {amendment.body, octets, amendment.id}); !status)
        return status;
    const QString deliveries = u"UPDATE delivery SET octets=? WHERE account IN (SELECT id FROM account) AND id=?"_s;
    if (base::Status status = run(database, deliveries, {octets, amendment.id}); !status)
        return status;
    return markMessage(database, amendment.id, amendment.marks);
}

base::Result<bool> hasAnyMark(QSqlDatabase &database)
{
    const base::Result<QVariant> any = valueOf(database, u"SELECT 1 WHERE EXISTS (SELECT 1 FROM fault) OR EXISTS (SELECT 1 FROM other_name)"_s);
    if (!any)
        return any.error();
    return any->isValid();
}

QList<QByteArray> otherNames(const SpoolLetter &letter)
{
    QList<QByteArray> names = letter.addressed;
    const auto isOrdered = [&letter](const QByteArray &name) {
        const QList<QueuedRecipient> elsewhere = letter.order ? letter.order->recipients : QList<QueuedRecipient>{};
        return std::any_of(elsewhere.cbegin(), elsewhere.cend(), [&name](const QueuedRecipient &one) {
            return one.state != QueueState::Delivered && one.address.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    names.removeIf([&](const QByteArray &name) { return letter.recipients.contains(name) || isOrdered(name); });
    return names;
}

base::Status noteOtherNames(QSqlDatabase &database, qint64 id, const QList<QByteArray> &names)
{
    return run(database, u"INSERT INTO other_name VALUES(?, ?)"_s, {id, names.join('\n')});
}

} // namespace store
