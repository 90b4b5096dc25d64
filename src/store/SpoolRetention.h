// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QList>
#include <QSqlDatabase>

namespace store {

struct SpoolRetention {
    qint64 keep = 0;     ///< The newest so many stay; 0: any number.
    qint64 beforeMs = 0; ///< What came before goes; 0: any age stays.
    int most = 256;
};

/// The oldest messages that are beyond the limits; what is promised to somebody elsewhere stays.
[[nodiscard]] base::Result<QList<qint64>> oldestBeyond(QSqlDatabase &database, const SpoolRetention &retention);

} // namespace store
