// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/CertificateBook.h"

#include "base/FileAccess.h"
#include "base/Mailbox.h"
#include "identity/BookContents.h"
#include "identity/BookMemory.h"
#include "identity/CertificateChain.h"
#include "identity/CertificateFile.h"
#include "identity/FileLock.h"
#include "provider/Sha256.h"

#include <QFileInfo>
#include <QMutex>
#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

constexpr qint64 kLargestBook = 256 * 1024 * 1024;
/// The ids of more mails than this are forgotten, oldest first; their number is kept.
constexpr qsizetype kRememberedMails = 2000;
constexpr qsizetype kMailIdOctets = 12;

QByteArray shortId(const QByteArray &mailId)
{
    return provider::sha256Of(mailId).first(kMailIdOctets);
}

/// Where the mail stands among `mails`; their number if it was not seen.
qsizetype positionOf(const QList<SeenMail> &mails, const QByteArray &id)
{
    const auto found = std::ranges::find_if(mails, [&id](const SeenMail &mail) { return mail.id == id; });
    return found - mails.begin();
}

} // namespace

/// A change of the file: holds the lock, starts from what is on the disk now.
class CertificateBook::Change
{
public:
    explicit Change(CertificateBook &book) : m_book(book), m_turn(&writers()), m_lock(book.file()) {}

    [[nodiscard]] base::Status begin()
    {
        if (const base::Status made = base::makePrivateFolder(m_book.m_folder); !made)
            return made;
        if (const base::Status taken = m_lock.take(); !taken)
            return taken;
        m_waiting = memory().waiting(m_book.file()); // before reading: at least these are in it
        const base::Result<std::shared_ptr<const Contents>> present = m_book.read();
        if (!present)
            return present.error();
        contents = **present;
        return base::Done{};
    }

    [[nodiscard]] base::Status commit()
    {
        const QString file = m_book.file();
        memory().expectReplacing(file);
        if (const base::Status written = base::writePrivateFile(file, serialise(contents)); !written) {
            memory().keepAsItWas(file);
            return written;
        }
        m_book.m_contents = std::make_shared<const Contents>(std::move(contents));
        memory().replace(file, m_book.m_contents, m_waiting, m_book.m_clock->now());
        return base::Done{};
    }

    Contents contents;

private:
    static QMutex &writers()
    {
        static QMutex s_writers;
        return s_writers;
    }

    CertificateBook &m_book;
    QMutexLocker<QMutex> m_turn; ///< Threads of one process wait here: the file's lock tries again after a sleep.
    FileLock m_lock;
    qsizetype m_waiting = 0; ///< Mails that were learnt and not written, and are in `contents`.
};

QString CertificateBook::file() const
{
    return m_folder + "/book.json"_L1;
}

CertificateBook::Memory &CertificateBook::memory()
{
    static Memory s_memory;
    return s_memory;
}

base::Result<std::shared_ptr<const CertificateBook::Contents>> CertificateBook::read() const
{
    return memory().current(file(), [this]() -> base::Result<Contents> {
        const base::Result<QByteArray> bytes = base::readFile(file(), kLargestBook);
        if (bytes)
            return parse(*bytes);
        if (bytes.error().code == ErrorCode::FileNotFound)
            return Contents{};
        return bytes.error();
    });
}

base::Result<CertificateBook> CertificateBook::open(const QString &folder, const base::Clock &clock)
{
    CertificateBook book;
    book.m_folder = folder;
    book.m_clock = &clock;
    base::Result<std::shared_ptr<const Contents>> contents = book.read();
    if (!contents)
        return contents.error();
    book.m_contents = std::move(contents).value();
    return book;
}

QByteArray CertificateBook::mailIdOf(QByteArrayView mail)
{
    return provider::sha256Of(mail);
}

QList<KnownCertificate> CertificateBook::find(const QString &address) const
{
    QList<const Entry *> found;
    const QString mailbox = base::normalisedMailbox(address);
    for (const QSharedDataPointer<Entry> &entry : m_contents->entries)
        if (entry->mailboxes.contains(mailbox))
            found.append(entry.constData());
    std::ranges::stable_sort(found, [](const Entry *a, const Entry *b) { return a->notBefore > b->notBefore; });
    QList<KnownCertificate> certificates;
    for (const Entry *entry : std::as_const(found))
        certificates.append(entry->known);
    return certificates;
}

QList<KnownCertificate> CertificateBook::all() const
{
    QList<KnownCertificate> certificates;
    for (const QSharedDataPointer<Entry> &entry : m_contents->entries)
        certificates.append(entry->known);
    return certificates;
}

QList<QByteArray> CertificateBook::people() const
{
    return m_contents->people;
}

QList<QByteArray> CertificateBook::authorities() const
{
    return m_contents->authorities;
}

QByteArray CertificateBook::capabilitiesOf(const QString &address, const QDateTime &since) const
{
    const RememberedCapabilities *announced = m_contents->capabilitiesOf(base::normalisedMailbox(address));
    return announced && (!since.isValid() || announced->announcedAt >= since) ? announced->der : QByteArray();
}

Recall CertificateBook::recallFrom(const Contents &contents, const SeenSignature &seen)
{
    const Entry *own = contents.entryOf(seen.certificate);
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(seen.certificate);
    if (!facts)
        return {};
    const qsizetype position = own ? positionOf(own->mails, shortId(seen.mailId)) : 0;
    if (own && own->forgottenMails + position > 0)
        return {Remembered::Same, own->forgottenMails + static_cast<int>(position), own->known.firstSeen};
    // The first mail with this certificate: which one came before it?
    const bool wasSeen = own && position < own->mails.size();
    const Entry *before = nullptr;
    const QString mailbox = base::normalisedMailbox(seen.address);
    for (const QSharedDataPointer<Entry> &other : contents.entries) {
        const bool isEarlier = !other->mails.isEmpty() && (!wasSeen || other->mails.first().at < own->mails.first().at);
        if (other.constData() != own && isEarlier && other->mailboxes.contains(mailbox)
            && (!before || other->known.lastSeen > before->known.lastSeen))
            before = other.constData();
    }
    if (!before)
        return {Remembered::First, 0, {}};
    const bool isSameAuthority = before->issuer == facts->issuerDer + facts->authorityKeyIdentifier;
    return {isSameAuthority && !facts->isSelfIssued ? Remembered::Renewed : Remembered::Changed, 0, before->known.firstSeen};
}

Recall CertificateBook::recall(const SeenSignature &seen) const
{
    return recallFrom(*m_contents, seen);
}

Recall CertificateBook::learnInto(Contents &contents, const SeenSignature &seen, const QDateTime &now)
{
    const QByteArray id = shortId(seen.mailId);
    if (const Entry *known = std::as_const(contents).entryOf(seen.certificate); known && positionOf(known->mails, id) < known->mails.size())
        return recallFrom(contents, seen);
    const QList<QByteArray> pool = seen.chain + QList<QByteArray>{seen.encryptionCertificate};
    for (const QByteArray &other : pool) {
        const base::Result<provider::CertificateFacts> companion = provider::readCertificateFacts(other);
        if (companion && !companion->isCa && base::namesMailbox(companion->addresses, seen.address))
            contents.add(other, chainOf(other, seen.chain), BookSource::Mail, now);
    }
    Entry *entry = contents.add(seen.certificate, chainOf(seen.certificate, seen.chain), BookSource::Mail, now);
    if (!entry)
        return {};
    const Recall recalled = recallFrom(contents, seen);
    entry->mails.append({id, now});
    if (entry->mails.size() > kRememberedMails) {
        entry->mails.removeFirst();
        ++entry->forgottenMails;
    }
    ++entry->known.mailCount;
    entry->known.lastSeen = now;
    if (!seen.capabilities.isEmpty()) {
        // A signing time in the future must not outlive the truth.
        const QDateTime announcedAt = seen.signingTime.isValid() ? std::min(seen.signingTime, now) : now;
        contents.announce(base::normalisedMailbox(seen.address), seen.capabilities, announcedAt);
    }
    return recalled;
}

std::optional<Recall> CertificateBook::learnUnwritten(const SeenSignature &seen)
{
    std::optional<Memory::Learnt> learnt = memory().learn(file(), seen, m_clock->now());
    if (!learnt)
        return std::nullopt;
    m_contents = std::move(learnt->contents);
    return learnt->recall;
}

base::Result<Recall> CertificateBook::observe(const SeenSignature &seen, Writing writing)
{
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(seen.certificate);
    if (!facts)
        return facts.error();
    if (!base::namesMailbox(facts->addresses, seen.address))
        return {ErrorCode::CertificateWithoutAddress, u"%1 is not among: %2"_s.arg(seen.address, facts->addresses.join(", "_L1))};
    const QByteArray id = shortId(seen.mailId);
    if (const Entry *known = std::as_const(*m_contents).entryOf(seen.certificate); known && positionOf(known->mails, id) < known->mails.size())
        return recall(seen);
    if (writing == Writing::Later)
        if (const std::optional<Recall> recalled = learnUnwritten(seen))
            return *recalled;
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun.error();
    // While this thread waited for its turn, another may have written.
    if (writing == Writing::Later)
        if (const std::optional<Recall> recalled = learnUnwritten(seen))
            return *recalled;
    const Recall recalled = learnInto(change.contents, seen, m_clock->now());
    if (const base::Status written = change.commit(); !written)
        return written.error();
    return recalled;
}

base::Status CertificateBook::writeWaiting(const base::Clock &clock)
{
    base::Status status = base::Done{};
    for (const QString &file : memory().unwritten()) {
        CertificateBook book;
        book.m_folder = QFileInfo(file).path();
        book.m_clock = &clock;
        Change change{book};
        base::Status written = change.begin();
        if (written)
            written = change.commit();
        if (!written)
            status = written;
    }
    return status;
}

base::Result<QList<KnownCertificate>> CertificateBook::import(const QByteArray &file, BookSource source)
{
    const base::Result<QList<QByteArray>> certificates = readCertificates(file);
    if (!certificates)
        return certificates.error();
    QList<QByteArray> people;
    base::Error refusal{ErrorCode::CertificateWithoutAddress, u"there are only certificates of authorities"_s, {}, {}};
    for (const QByteArray &der : *certificates) {
        const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
        if (!facts)
            return facts.error();
        if (facts->isCa)
            continue;
        if (!keyUseOf(*facts))
            refusal = {ErrorCode::CertificateWrongUsage, facts->subject, {}, {}};
        else if (facts->addresses.isEmpty())
            refusal = {ErrorCode::CertificateWithoutAddress, facts->subject, {}, {}};
        else
            people.append(der);
    }
    if (people.isEmpty())
        return refusal;
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun.error();
    QList<KnownCertificate> imported;
    for (const QByteArray &der : std::as_const(people))
        if (const Entry *entry = change.contents.add(der, chainOf(der, *certificates), source, m_clock->now()))
            imported.append(entry->known);
    if (const base::Status written = change.commit(); !written)
        return written.error();
    return imported;
}

base::Status CertificateBook::remove(const QByteArray &certificate)
{
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun;
    if (!change.contents.remove(certificate))
        return ErrorCode::CertificateNotFound;
    return change.commit();
}

} // namespace identity
