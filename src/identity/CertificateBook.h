// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "identity/Directory.h"

#include <QDateTime>
#include <QStringList>
#include <memory>
#include <optional>

namespace identity {

/// How a certificate came into the book.
enum class BookSource { Imported, Mail, Directory };

/// A certificate of another person and what is remembered about it.
struct KnownCertificate {
    QByteArray certificate;       ///< DER.
    QList<QByteArray> chain;      ///< DER, issuer first.
    BookSource source = BookSource::Imported;
    QDateTime firstSeen;          ///< UTC; when it was imported or first seen in mail.
    QDateTime lastSeen;
    int mailCount = 0;            ///< Mails signed with it that were seen.

    bool operator==(const KnownCertificate &) const = default;
};

/// A mail whose signature was found intact, bound to its sender, and by a trusted path. Learn from no other: anybody can
/// make a certificate that names somebody else, and would then be what the next true mail is compared with.
struct SeenSignature {
    QString address;              ///< The sender's, equal to an address in the certificate.
    QByteArray certificate;       ///< DER of the signer's certificate.
    QList<QByteArray> chain;      ///< DER of the other certificates of the message.
    QByteArray encryptionCertificate; ///< DER, if the message names another one for encryption (RFC 8551 section 2.5.3).
    QByteArray capabilities;      ///< DER of SMIMECapabilities (RFC 8551 section 2.5.2), empty if none.
    QDateTime signingTime;        ///< UTC as claimed; invalid if none.
    QByteArray mailId;            ///< As CertificateBook::mailIdOf(). The same mail counts once.
};

enum class Remembered { NotChecked, First, Same, Renewed, Changed };

/// What the book remembers of the signer of one mail.
struct Recall {
    Remembered continuity = Remembered::NotChecked;
    int earlierMails = 0;         ///< Earlier mails with this certificate.
    QDateTime since;              ///< When this certificate, or for Renewed and Changed the one before, was first seen.

    bool operator==(const Recall &) const = default;
};

/// When what was learnt must be on the disk. Later: news at once, unless other news was written within the last second; and that somebody
/// known has written once more is known to this process alone; both until writeWaiting(), or the next news.
enum class Writing { Now, Later };

/// Other people's certificates of one profile, in one file that is replaced atomically: FOLDER/book.json.
/// No private part, nothing of the text of a mail. Not thread-safe; several processes may use one file.
class CertificateBook
{
public:
    /// An absent file is an empty book. `clock` outlives it. DatabaseDamaged, DatabaseTooNew, FileNotReadable.
    [[nodiscard]] static base::Result<CertificateBook> open(const QString &folder,
                                                            const base::Clock &clock = base::Clock::system());

    /// What tells one mail from all others: a digest of its octets.
    [[nodiscard]] static QByteArray mailIdOf(QByteArrayView mail);

    /// Certificates that name `address`, newest validity first; not assessed. Never fails.
    [[nodiscard]] QList<KnownCertificate> find(const QString &address) const;
    [[nodiscard]] QList<KnownCertificate> all() const;
    /// The certificates of all(), DER, without the rest: costs the same for a book of any size.
    [[nodiscard]] QList<QByteArray> people() const;
    /// The certificates of authorities above those, DER, each once; not assessed.
    [[nodiscard]] QList<QByteArray> authorities() const;

    /// The newest capabilities that `address` announced in signed mail, if that was not before `since`; empty if none. RFC 8551 section 2.7.1.
    [[nodiscard]] QByteArray capabilitiesOf(const QString &address, const QDateTime &since = {}) const;

    /// What is remembered about this signer before or beside this mail; learns nothing.
    [[nodiscard]] Recall recall(const SeenSignature &seen) const;

    /// Learns from signed mail and answers what recall() would have. ReadOnly, DiskFull, FileNotWritable, NotACertificate,
    /// CertificateWithoutAddress (the certificate does not name `seen.address`).
    [[nodiscard]] base::Result<Recall> observe(const SeenSignature &seen, Writing writing = Writing::Now);

    /// Writes what observe() left for later, of all books of this process. As observe().
    [[nodiscard]] static base::Status writeWaiting(const base::Clock &clock = base::Clock::system());

    /// Takes certificates of people from a file in any form that readCertificates() reads; certificates of authorities in it
    /// become chain, never trust. Answers the people's certificates. NotACertificate, FileEmpty, CertificateWithoutAddress,
    /// CertificateWrongUsage (none is for mail), ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Result<QList<KnownCertificate>> import(const QByteArray &file, BookSource source = BookSource::Imported);

    /// CertificateNotFound, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status remove(const QByteArray &certificate);

private:
    struct Entry;
    struct Contents;
    class Change;
    class Memory;
    CertificateBook() = default;
    [[nodiscard]] static base::Result<Contents> parse(const QByteArray &file);
    [[nodiscard]] static QByteArray serialise(const Contents &contents);
    [[nodiscard]] static Recall recallFrom(const Contents &contents, const SeenSignature &seen);
    [[nodiscard]] QString file() const;
    [[nodiscard]] static Recall learnInto(Contents &contents, const SeenSignature &seen, const QDateTime &now);
    [[nodiscard]] static Memory &memory();
    /// What Memory::learn() says to it.
    [[nodiscard]] std::optional<Recall> learnUnwritten(const SeenSignature &seen);
    [[nodiscard]] base::Result<std::shared_ptr<const Contents>> read() const;

    QString m_folder;
    const base::Clock *m_clock = nullptr;
    std::shared_ptr<const Contents> m_contents;
};

} // namespace identity
