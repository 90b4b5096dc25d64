// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolRetention.h"

#include "store/Database.h"
#include "store/Sql.h"

using namespace Qt::StringLiterals;

namespace store {

base::Result<QList<qint64>> oldestBeyond(QSqlDatabase &database, const SpoolRetention &retention)
{
    qint64 upTo = 0;
    if (retention.keep > 0) {
        const base::Result<QVariant> last = valueOf(database, u"SELECT id FROM message ORDER BY id DESC LIMIT 1 OFFSET ?"_s, {retention.keep});
        if (!last)
            return last.error();
        upTo = last->toLongLong();
    }
    // Ids grow with time as far as anybody cares: the first that is young enough ends the search.
    base::Result<QSqlQuery> rows = execute(database, u"SELECT id, received FROM message WHERE id NOT IN (SELECT id FROM queued) ORDER BY id LIMIT ?"_s, {retention.most});
    if (!rows)
        return rows.error();
    QList<qint64> ids;
    while (rows->next()) {
        const qint64 id = rows->value(0).toLongLong();
        if (id > upTo && rows->value(1).toLongLong() >= retention.beforeMs)
            break;
        ids.append(id);
    }
    if (rows->lastError().isValid())
        return Database::errorOf(rows->lastError());
    return ids;
}

} // namespace store
