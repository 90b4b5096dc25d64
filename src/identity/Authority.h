// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "identity/Directory.h"
#include "identity/Keystore.h"
#include "identity/ServerCredentials.h"

#include <QDateTime>
#include <QList>
#include <QStringList>
#include <memory>
#include <optional>

namespace identity {

/// RFC 5280 section 5.3.1, with its values.
enum class RevocationReason {
    Unspecified = 0,
    KeyCompromise = 1,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
};

/// The name on the command line, such as "key-compromise"; and back, nothing for an unknown one.
[[nodiscard]] QString nameOf(RevocationReason reason);
[[nodiscard]] std::optional<RevocationReason> revocationReasonOf(const QString &name);

/// One line of the authority's list.
struct IssuedCertificate {
    QByteArray serial;        ///< Lower-case hex.
    QString subject;          ///< RFC 4514.
    QStringList addresses;    ///< Or the host names of a server's certificate.
    QDateTime notBefore;
    QDateTime notAfter;
    QByteArray certificate;   ///< DER.
    QDateTime revokedAt;      ///< Invalid if not revoked.
    RevocationReason reason = RevocationReason::Unspecified;
    bool isServer = false;    ///< For TLS, not for mail.

    bool operator==(const IssuedCertificate &) const = default;
};

/// What the authority asks before it signs a request; empty values come from the request.
struct IssueOptions {
    QString address;          ///< Replaces the request's address.
    QString name;
    int validDays = 730;
};

/// The common trusted authority of a data directory, in one file that is replaced atomically: FOLDER/authority.json, with its
/// certificate, its key as encrypted PKCS#8 (PBES2, AES-256, a slow KDF), what was issued and revoked, and the last CRL.
/// Its key stays locked but for the moments in which it signs.
/// Not thread-safe; several processes may use one folder (a lock file guards each change).
class Authority
{
public:
    /// `keyType` as on the command line; empty for the default. Unlocked afterwards. AuthorityExists, InvalidArgument (no name), KeyTypeUnsupported,
    /// PassphraseMissing, PassphraseTooShort, KeyGenerationFailed, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] static base::Result<Authority> create(const QString &folder, const QString &name, const QString &keyType,
                                                        const base::Secret &passphrase,
                                                        const base::Clock &clock = base::Clock::system());
    /// Locked. AuthorityMissing, KeystoreDamaged, DatabaseTooNew, FileNotReadable.
    [[nodiscard]] static base::Result<Authority> open(const QString &folder, const base::Clock &clock = base::Clock::system());
    [[nodiscard]] static bool existsIn(const QString &folder);

    /// Slow (one KDF run). PassphraseMissing, PassphraseWrong, KeystoreDamaged.
    [[nodiscard]] base::Status unlock(const base::Secret &passphrase);
    [[nodiscard]] bool isUnlocked() const { return !m_key.isEmpty(); }

    [[nodiscard]] const QByteArray &certificate() const { return m_certificate; }
    [[nodiscard]] QByteArray certificatePem() const;
    [[nodiscard]] QString name() const;

    /// Issues S/MIME certificates for the keys of a request file (RequestFile.h), in its order; usage follows the key type. KeystoreLocked,
    /// errors of readRequestFile(), AddressInvalid (none, or not a mailbox), ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Result<QList<QByteArray>> issue(const QByteArray &requestFile, const IssueOptions &options = {});

    /// A TLS server certificate (serverAuth) with a new EC P-256 key for these host names and IP addresses. KeystoreLocked,
    /// InvalidArgument, KeyGenerationFailed, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Result<ServerCredentials> issueServer(const QStringList &hosts);

    /// Revokes and signs a new CRL. KeystoreLocked, SerialUnknown, CertificateRevoked (already), ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status revoke(const QByteArray &serial, RevocationReason reason);

    /// Signs a new CRL of what is revoked, DER. KeystoreLocked, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Result<QByteArray> renewCrl();
    /// The last CRL that was signed, DER; create() signs the first. Needs no key.
    [[nodiscard]] base::Result<QByteArray> crl() const;

    /// Newest last.
    [[nodiscard]] base::Result<QList<IssuedCertificate>> issued() const;

private:
    struct Records;
    class Change;
    Authority() = default;
    [[nodiscard]] static base::Result<Records> parse(const QByteArray &file);
    [[nodiscard]] static QByteArray serialise(const Records &records);
    [[nodiscard]] QString file() const;
    [[nodiscard]] base::Result<Records> read() const;
    [[nodiscard]] base::Status signCrl(Records &records) const;

    QString m_folder;
    const base::Clock *m_clock = nullptr;
    QByteArray m_certificate;
    base::Secret m_key; ///< DER of the PrivateKeyInfo; empty while locked.
};

} // namespace identity
