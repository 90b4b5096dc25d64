// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QSqlDatabase>
#include <QStringList>

namespace store {

/// The rows of the queue in a spool's database; free functions for whichever connection asks, inside its transaction
/// if they write. Errors as Database::errorOf().
namespace spoolQueue {

/// The statements that make its tables.
[[nodiscard]] QStringList tables();
/// What makes the tables of later versions out of them.
[[nodiscard]] QStringList withLastHop();

[[nodiscard]] base::Status insert(QSqlDatabase &database, qint64 id, const SpoolOrder &order);
[[nodiscard]] base::Status settle(QSqlDatabase &database, const QList<QueueKey> &keys);
[[nodiscard]] base::Status tellDelay(QSqlDatabase &database, const QList<QueueKey> &keys);
[[nodiscard]] base::Status retry(QSqlDatabase &database, const QList<QueueRetry> &retries);
/// The messages that it deleted from the queue are the ones to look at for removal; for other commands none.
[[nodiscard]] base::Result<QList<qint64>> command(QSqlDatabase &database, QueueCommand command, const QList<qint64> &ids, qint64 nowMs);
/// Takes the message off the queue, whatever it owes.
[[nodiscard]] base::Status forget(QSqlDatabase &database, qint64 id);
[[nodiscard]] base::Result<bool> hasAny(QSqlDatabase &database);
[[nodiscard]] base::Status setPaused(QSqlDatabase &database, Spool::Pause pause);

/// The letter's recipients whose mailbox is not here.
[[nodiscard]] QList<QByteArray> elsewhere(const SpoolLetter &letter);
/// Whether something is still owed of message `id`.
[[nodiscard]] base::Result<bool> owes(QSqlDatabase &database, qint64 id);
[[nodiscard]] base::Result<QList<QueuedMessage>> list(QSqlDatabase &database, int limit, qint64 afterId);
[[nodiscard]] base::Result<QList<QueuedMessage>> due(QSqlDatabase &database, qint64 nowMs, int limit);
[[nodiscard]] base::Result<qint64> nextDueMs(QSqlDatabase &database, qint64 nowMs);
[[nodiscard]] base::Result<bool> isPaused(QSqlDatabase &database);

} // namespace spoolQueue

} // namespace store
