// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QCryptographicHash>
#include <QHash>
#include <QSqlDatabase>
#include <deque>
#include <optional>

namespace store {

/// The first half of a BLAKE2b digest over sender, recipients and body.
struct SpoolDigest {
    quint64 high = 0;
    quint64 low = 0;

    [[nodiscard]] static SpoolDigest fromBytes(QByteArrayView bytes);
    [[nodiscard]] QByteArray toBytes() const;
    bool operator==(const SpoolDigest &) const = default;
};
[[nodiscard]] inline size_t qHash(const SpoolDigest &digest, size_t seed = 0) { return static_cast<size_t>(digest.high) ^ seed; }

/// BLAKE2b is the fastest strong digest that Qt has without OpenSSL's help.
[[nodiscard]] inline QCryptographicHash spoolHash() { return QCryptographicHash{QCryptographicHash::Blake2b_160}; }
/// Finishes `bodyHash`, which has seen the body, with the envelope of `letter`; the order of recipients does not matter.
[[nodiscard]] SpoolDigest digestOf(QCryptographicHash &bodyHash, const SpoolLetter &letter);

/// True if forgetIfGone() was done for message `id`, by this process or another. Those of Spool::commit().
[[nodiscard]] base::Result<bool> isForgotten(QSqlDatabase &database, qint64 id);
/// A person deleted message `id`: if none of it is left, the same letter counts as new. Its row stays, which keeps ids from being given twice.
[[nodiscard]] base::Status forgetIfGone(QSqlDatabase &database, qint64 id);

/// Remembers what came within the last 24 hours, bounded in number, so that a client that lost our 250 gets
/// another one and no second copy.
class SpoolDuplicates
{
public:
    static constexpr qint64 kMemoryMs = 24LL * 3600 * 1000;
    static constexpr std::size_t kMost = 131072;

    /// The id of the earlier message, if `digest` was remembered not more than 24 hours before `nowMs`.
    [[nodiscard]] std::optional<qint64> find(const SpoolDigest &digest, qint64 nowMs) const;
    void remember(const SpoolDigest &digest, qint64 id, qint64 receivedMs);
    /// Forgets what is too old or too much; returns the smallest id that is still remembered.
    qint64 expire(qint64 nowMs);

private:
    struct Entry {
        qint64 id = 0;
        qint64 receivedMs = 0;
    };
    QHash<SpoolDigest, Entry> m_byDigest;
    std::deque<std::pair<SpoolDigest, Entry>> m_inOrder;
};

} // namespace store
