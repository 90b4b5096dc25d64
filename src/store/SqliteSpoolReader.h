// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

namespace store {

/// The spool's reader over a connection of its own, which is opened on the thread of the first call.
class SqliteSpoolReader final : public SpoolReader
{
public:
    explicit SqliteSpoolReader(QString directory) : m_directory(std::move(directory)) {}
    ~SqliteSpoolReader() override;
    Q_DISABLE_COPY_MOVE(SqliteSpoolReader)

    [[nodiscard]] base::Result<QList<SpoolEntry>> entries(const QByteArray &mailbox) override;
    [[nodiscard]] base::Result<SpoolPiece> read(qint64 id, qint64 offset) override;
    [[nodiscard]] std::vector<base::Result<SpoolPiece>> readEach(const QList<qint64> &ids, qint64 offset) override;
    [[nodiscard]] base::Result<QList<SpoolSummary>> newest(const QByteArray &mailbox, int limit, qint64 beforeId) override;
    [[nodiscard]] base::Result<QList<qint64>> ids(qint64 after, int limit) override;
    [[nodiscard]] base::Result<SpoolSummary> summary(qint64 id) override;
    [[nodiscard]] base::Result<QList<SpoolAccount>> accounts() override;
    [[nodiscard]] base::Result<QList<SpoolAlias>> aliases() override;
    [[nodiscard]] base::Result<QList<SpoolMailbox>> mailboxes() override;
    [[nodiscard]] base::Result<QList<QueuedMessage>> queue(int limit, qint64 afterId) override;
    [[nodiscard]] base::Result<QList<QueuedMessage>> dueQueue(qint64 nowMs, int limit) override;
    [[nodiscard]] base::Result<qint64> nextDueMs(qint64 nowMs) override;
    [[nodiscard]] base::Result<bool> isQueuePaused() override;

private:
    [[nodiscard]] base::Status ensureOpen();
    template <typename Work>
    auto withOpen(Work work) -> std::invoke_result_t<Work, QSqlDatabase &>
    {
        if (base::Status status = ensureOpen(); !status)
            return status.error();
        return work(m_database);
    }
    [[nodiscard]] base::Result<SpoolPiece> readFromFile(qint64 id, qint64 offset, const QByteArray &trace, qint64 totalOctets) const;

    QString m_directory;
    QString m_connection;
    QSqlDatabase m_database;
    std::unique_ptr<QSqlQuery> m_readQuery;
};

} // namespace store
