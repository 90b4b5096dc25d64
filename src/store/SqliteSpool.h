// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QString>

namespace store {

/// The spool on disk: one SQLite file in WAL mode with synchronous=FULL, and one file for each body that came in
/// pieces. `directory` holds spool.sqlite, bodies/ and lock; it is made with mode 0700 if missing.
class SqliteSpool final : public Spool
{
public:
    enum class Role {
        Relay, ///< Takes messages; only one at a time for each directory. Sweeps up what a crash left.
        Guest, ///< Reads and edits accounts and mailboxes beside a running relay.
    };

    /// What is committed before the write-ahead log is carried over into the database file.
    static constexpr qint64 kCarryOverOctets = 16 << 20;

    /// DatabaseBusy (another relay uses it), FileNotWritable (the directory), DatabaseDamaged, DatabaseTooNew, DiskFull, ReadOnly, DatabaseFailed.
    [[nodiscard]] static base::Result<std::unique_ptr<SqliteSpool>> open(const QString &directory, Role role, qint64 carryOverOctets = kCarryOverOctets);
    ~SqliteSpool() override;

    /// True while some process has this spool open as its relay.
    [[nodiscard]] static bool isRelayRunning(const QString &directory);

    [[nodiscard]] qint64 nextId() override;
    [[nodiscard]] QByteArray generation() const override;
    [[nodiscard]] base::Status append(qint64 id, QByteArrayView piece) override;
    void abandon(qint64 id) override;
    [[nodiscard]] std::vector<base::Result<SpoolReceipt>> commit(const std::vector<SpoolLetter> &letters) override;
    [[nodiscard]] base::Result<qint64> remove(const QByteArray &mailbox, const QList<qint64> &ids) override;
    [[nodiscard]] base::Status removeEverywhere(qint64 id) override;
    [[nodiscard]] base::Result<int> removeOldest(qint64 keep, qint64 beforeMs, int most) override;
    [[nodiscard]] base::Status settleQueue(const QList<QueueKey> &done) override;
    [[nodiscard]] base::Status retryQueue(const QList<QueueRetry> &retries) override;
    [[nodiscard]] base::Status commandQueue(QueueCommand command, const QList<qint64> &ids, qint64 nowMs) override;
    [[nodiscard]] base::Status setQueuePaused(Pause pause) override;
    [[nodiscard]] base::Status addAccount(const SpoolAccount &account) override;
    [[nodiscard]] base::Status setAccount(const SpoolAccount &account) override;
    [[nodiscard]] base::Status removeAccount(const QByteArray &address) override;
    [[nodiscard]] base::Status setAlias(const SpoolAlias &alias) override;
    [[nodiscard]] base::Status removeAlias(const QByteArray &name) override;
    [[nodiscard]] base::Result<std::unique_ptr<SpoolReader>> makeReader() override;

private:
    struct Private;
    explicit SqliteSpool(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace store
