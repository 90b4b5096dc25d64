// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <memory>

namespace store {

/// What was found out about one message after it was stored.
struct JournalEntry {
    qint64 id = 0;
    QByteArray session; ///< In which it came; empty if nobody knows any more.
    QByteArray facts;   ///< JSON that app reads and writes.

    bool operator==(const JournalEntry &) const = default;
};

/// What was said in one session, secrets masked.
struct JournalTranscript {
    QByteArray session;
    qint64 startedMs = 0;
    QByteArray text;

    bool operator==(const JournalTranscript &) const = default;
};

/// What the relay knows beyond what it promised to keep: SPOOL/journal.sqlite beside the spool, so that nothing of this ever delays
/// a 250. Not synced: after a power cut the last of it may be missing, and is found out again. One thread for each object;
/// several processes may open it. All functions: DatabaseFailed, DatabaseBusy, DatabaseDamaged, DiskFull, ReadOnly.
class RelayJournal
{
public:
    /// So many transcripts are kept; an older one gives its place.
    static constexpr qint64 kTranscripts = 2000;

    /// Makes it if it is missing; a journal of another spool than that of `generation` is emptied (empty: it is taken as it is).
    [[nodiscard]] static base::Result<std::unique_ptr<RelayJournal>> open(const QString &spoolDirectory, const QByteArray &generation = {});
    ~RelayJournal();
    Q_DISABLE_COPY_MOVE(RelayJournal)

    /// Together, or none. What is there already stays.
    [[nodiscard]] base::Status add(const QList<JournalEntry> &entries);
    [[nodiscard]] base::Result<bool> contains(qint64 id);
    /// Those of `ids` that are there.
    [[nodiscard]] base::Result<QHash<qint64, JournalEntry>> find(const QList<qint64> &ids);
    /// The ids above `after` in order, at most `limit`.
    [[nodiscard]] base::Result<QList<qint64>> ids(qint64 after, int limit);
    [[nodiscard]] base::Status remove(const QList<qint64> &ids);

    /// Up to which id every message was assessed, or is gone.
    [[nodiscard]] base::Result<qint64> watermark();
    [[nodiscard]] base::Status setWatermark(qint64 id);

    /// Replaces what was kept of the same sessions.
    [[nodiscard]] base::Status keep(const QList<JournalTranscript> &transcripts);
    /// An empty text if the session is not known, or not any more.
    [[nodiscard]] base::Result<JournalTranscript> transcript(const QByteArray &session);

private:
    struct Private;
    explicit RelayJournal(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace store
