// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/BookMemory.h"

#include "base/Mailbox.h"
#include "provider/CertificateFacts.h"

#include <algorithm>

namespace identity {

namespace {

/// A crash forgets so many mails at most, and those of the time that writing takes; they count when they are opened again.
constexpr qsizetype kMostWaiting = 1000;
/// A scan meets dozens of strangers at once: writing the book for each would be most of its work. Whoever opens one mail waits for nothing.
constexpr qint64 kNewsEveryMilliseconds = 1000;

bool isJustWritten(const QDateTime &writtenAt, const QDateTime &now)
{
    return writtenAt.isValid() && writtenAt <= now && writtenAt.msecsTo(now) < kNewsEveryMilliseconds;
}

} // namespace

CertificateBook::Memory::Shared CertificateBook::Memory::with(const Shared &contents, const QList<Waiting> &waiting)
{
    if (waiting.isEmpty())
        return contents;
    Contents more = *contents;
    for (const Waiting &one : waiting)
        if (one.isNews || more.isOneMore(one.seen)) // not whom another process has forgotten meanwhile
            (void)learnInto(more, one.seen, one.at);
    return std::make_shared<const Contents>(std::move(more));
}

base::Result<CertificateBook::Memory::Shared> CertificateBook::Memory::current(const QString &file, const Read &read)
{
    // Taken before reading: if the file is replaced meanwhile, the next call reads again. And before it is this thread's turn, for others wait for that.
    const std::optional<FileStamp> stamp = FileStamp::of(file);
    const QMutexLocker lock(&m_mutex);
    Known &known = m_books[file];
    if (known.isTrueFor(stamp))
        return known.contents;
    base::Result<Contents> contents = read();
    if (!contents)
        return contents.error();
    known.contents = with(std::make_shared<const Contents>(std::move(contents).value()), known.waiting);
    known.stamp = stamp;
    known.canTell = !stamp || stamp->isSettled();
    return known.contents;
}

std::optional<CertificateBook::Memory::Learnt> CertificateBook::Memory::learn(const QString &file, const SeenSignature &seen, const QDateTime &at)
{
    const std::optional<FileStamp> stamp = FileStamp::of(file);
    const QMutexLocker lock(&m_mutex);
    Known &known = m_books[file];
    if (!known.isTrueFor(stamp))
        return std::nullopt;
    const bool isNews = !known.contents->isOneMore(seen);
    const bool mustBeWritten = known.waiting.size() >= kMostWaiting || (isNews && !isJustWritten(known.writtenAt, at));
    if (mustBeWritten && !known.isBeingReplaced)
        return std::nullopt;
    Contents more = *known.contents;
    const Recall recall = learnInto(more, seen, at);
    known.contents = std::make_shared<const Contents>(std::move(more));
    known.waiting.append({seen, at, isNews});
    return Learnt{recall, known.contents};
}

qsizetype CertificateBook::Memory::waiting(const QString &file)
{
    const QMutexLocker lock(&m_mutex);
    return m_books.value(file).waiting.size();
}

void CertificateBook::Memory::expectReplacing(const QString &file)
{
    const QMutexLocker lock(&m_mutex);
    m_books[file].isBeingReplaced = true;
}

void CertificateBook::Memory::keepAsItWas(const QString &file)
{
    const QMutexLocker lock(&m_mutex);
    m_books[file].isBeingReplaced = false;
}

void CertificateBook::Memory::replace(const QString &file, const Shared &contents, qsizetype written, const QDateTime &at)
{
    const QMutexLocker lock(&m_mutex);
    Known &known = m_books[file];
    known.isBeingReplaced = false;
    known.waiting.remove(0, written);
    known.writtenAt = at;
    known.contents = with(contents, known.waiting);
    // Young as it is: whoever else writes a book replaces the file, and waits for the lock.
    known.stamp = FileStamp::of(file);
    known.canTell = known.stamp.has_value();
}

QStringList CertificateBook::Memory::unwritten()
{
    const QMutexLocker lock(&m_mutex);
    QStringList files;
    for (auto it = m_books.cbegin(); it != m_books.cend(); ++it)
        if (!it->waiting.isEmpty())
            files.append(it.key());
    return files;
}

bool CertificateBook::Contents::isOneMore(const SeenSignature &seen) const
{
    const auto isNews = [&](const QByteArray &certificate) {
        const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(certificate);
        const bool isPerson = facts && !facts->isCa && base::namesMailbox(facts->addresses, seen.address);
        return isPerson && !entryOf(certificate);
    };
    const QList<QByteArray> companions = seen.chain + QList<QByteArray>{seen.encryptionCertificate};
    const RememberedCapabilities *announced = capabilitiesOf(base::normalisedMailbox(seen.address));
    return entryOf(seen.certificate) && std::ranges::none_of(companions, isNews)
        && (seen.capabilities.isEmpty() || (announced && announced->der == seen.capabilities));
}

} // namespace identity
