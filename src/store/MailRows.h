// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "store/MailStore.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace store {

/// The columns that rowOf() reads, for a SELECT.
[[nodiscard]] QString summaryColumns();
[[nodiscard]] MessageSummary rowOf(const QSqlQuery &query);

/// The column by which `column` is sorted, and a row's value in it.
[[nodiscard]] QString sortField(SortColumn column);
[[nodiscard]] QVariant sortValue(const MessageSummary &row, SortColumn column);

/// Words as an FTS5 query: each must begin some word. Empty if there is no word in `words`.
[[nodiscard]] QString matchExpression(const QString &words);

/// Writes a message and its octets; an id of None becomes a new one.
[[nodiscard]] base::Result<MessageId> insertMessage(QSqlDatabase &database, const MessageSummary &summary, const QByteArray &octets);
/// Removes a message and its octets; ok if it is gone already.
[[nodiscard]] base::Status removeMessage(QSqlDatabase &database, MessageId id);

/// SHA-256 of a letter without the trace fields in front that every way adds anew (RFC 5321 section 4.4).
[[nodiscard]] QByteArray contentDigest(QByteArrayView octets);

} // namespace store
