// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QCryptographicHash>
#include <QFile>
#include <optional>
#include <unordered_map>

namespace store {

/// The body of a message that comes in pieces: a file that is removed unless keep() was called.
class IncomingBody
{
public:
    explicit IncomingBody(const QString &file);
    ~IncomingBody();
    Q_DISABLE_COPY_MOVE(IncomingBody)

    /// The first failure stays: a body with a gap is never completed.
    [[nodiscard]] base::Status append(QByteArrayView piece);
    [[nodiscard]] base::Status sync();
    void keep() { m_isKept = true; }
    [[nodiscard]] qint64 octets() const { return m_octets; }
    [[nodiscard]] QCryptographicHash &hash() { return m_hash; }

private:
    QFile m_file;
    QCryptographicHash m_hash;
    qint64 m_octets = 0;
    std::optional<base::Error> m_failure;
    bool m_isKept = false;
};

/// The bodies on their way into a spool, by the number of their message. On the writer's thread.
class SpoolBodies
{
public:
    enum class Fate { Remove, Keep };

    /// `directory` is the spool's.
    explicit SpoolBodies(QString directory) : m_directory(std::move(directory)) {}

    /// DiskFull, ReadOnly, FileNotWritable.
    [[nodiscard]] base::Status append(qint64 id, QByteArrayView piece);
    void abandon(qint64 id) { m_incoming.erase(id); }
    [[nodiscard]] IncomingBody *find(qint64 id) const;
    /// Adds what the letters bring along and makes their bodies durable; one outcome for each letter, good for those without a body here.
    [[nodiscard]] std::vector<base::Status> complete(const std::vector<SpoolLetter> &letters);
    void finish(qint64 id, Fate fate);

private:
    QString m_directory;
    std::unordered_map<qint64, std::unique_ptr<IncomingBody>> m_incoming;
};

} // namespace store
