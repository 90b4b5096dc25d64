// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/BookContents.h"
#include "identity/RecentByFile.h"

#include <QHash>
#include <QMutex>

#include <functional>
#include <optional>

namespace identity {

/// The books that this process has read, and what it has learnt and not written yet: a thousand mails in a row must neither read nor
/// write the same book a thousand times. Contents are shared and never changed. Thread-safe; other processes may replace the files.
class CertificateBook::Memory
{
public:
    using Shared = std::shared_ptr<const Contents>;
    /// Reads the file of a book.
    using Read = std::function<base::Result<Contents>()>;

    /// What was recalled, and the book after it.
    struct Learnt {
        Recall recall;
        Shared contents;
    };

    /// What is on the disk with what is not written yet. Errors of `read`.
    [[nodiscard]] base::Result<Shared> current(const QString &file, const Read &read);

    /// Learns without writing if that changes nothing but how often somebody's certificate was seen, or if news was written a moment ago,
    /// as in a scan; nothing if it must be written, because it is news or because enough is waiting.
    [[nodiscard]] std::optional<Learnt> learn(const QString &file, const SeenSignature &seen, const QDateTime &at);

    /// How many mails were learnt and not written: with what Change::begin() starts from.
    [[nodiscard]] qsizetype waiting(const QString &file);

    /// The caller, who holds the book's lock, is about to replace the file, until replace() or keepAsItWas(). Meanwhile nobody else may touch it, so
    /// what is known is true whatever the file looks like, and news waits for the next time.
    void expectReplacing(const QString &file);
    /// The file could not be written.
    void keepAsItWas(const QString &file);

    /// `contents` was written at the time `at`, the first `written` of the waiting mails in it. The caller holds the book's lock.
    void replace(const QString &file, const Shared &contents, qsizetype written, const QDateTime &at);

    /// The books with mails that wait.
    [[nodiscard]] QStringList unwritten();

private:
    struct Waiting {
        SeenSignature seen;
        QDateTime at;
        bool isNews = false;
    };
    struct Known {
        std::optional<FileStamp> stamp; ///< Of the file as it was read or written; nothing if there was none.
        bool canTell = false;           ///< Whether a change gives another stamp: not if the file is too young.
        Shared contents;                ///< With what waits.
        QList<Waiting> waiting;
        QDateTime writtenAt;               ///< When this process last wrote the book, for whatever reason.
        bool isBeingReplaced = false;      ///< By this process, right now.

        [[nodiscard]] bool isTrueFor(const std::optional<FileStamp> &now) const { return contents && (isBeingReplaced || (canTell && stamp == now)); }
    };

    static Shared with(const Shared &contents, const QList<Waiting> &waiting);

    QMutex m_mutex;
    QHash<QString, Known> m_books;
};

} // namespace identity
