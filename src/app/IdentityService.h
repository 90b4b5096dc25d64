// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Operation.h"
#include "identity/Authority.h"
#include "identity/CertificateBook.h"
#include "identity/DataDirectory.h"
#include "identity/Keystore.h"
#include "identity/Pkcs12Import.h"
#include "identity/TrustStore.h"

#include <QObject>
#include <QThreadPool>
#include <memory>

namespace app {

/// A certificate in words and values, for lists and the certificate viewer.
struct CertificateInfo {
    QByteArray certificate;       ///< DER.
    QString name;                 ///< Common name of the subject.
    QString subject;              ///< RFC 4514.
    QString issuer;
    QString issuerName;           ///< Common name of the issuer.
    QByteArray serial;            ///< Lower-case hex.
    QStringList addresses;
    QDateTime notBefore;          ///< UTC.
    QDateTime notAfter;
    QString keyType;              ///< "rsa:2048", "ec:p256", ...
    QStringList usages;           ///< "digitalSignature", "emailProtection", ...
    QByteArray fingerprint;       ///< SHA-256, lower-case hex.
    bool isAuthority = false;

    bool operator==(const CertificateInfo &) const = default;
};

/// What can be said about using a certificate now; the first value is the safe one to forget.
enum class CertificateState {
    NotChecked,
    Good,
    Expired,
    NotYetValid,
    Revoked,
    Untrusted,        ///< Nobody who is trusted vouches for it.
    WrongUsage,       ///< Not for mail, or not for what is asked.
    Damaged,          ///< Its signature, or the path to its authority, is wrong.
    Weak,
    WaitingForCertificate, ///< Own key whose request has not been answered yet.
};

/// One sentence for a state, such as "Expired on 3 March 2026."
[[nodiscard]] QString stateText(CertificateState state, const CertificateInfo &info);

/// One key of a profile.
struct IdentityInfo {
    QString keyId;
    identity::KeyUse use = identity::KeyUse::SigningAndEncryption;
    CertificateInfo certificate;
    CertificateState state = CertificateState::NotChecked;
    bool isCurrent = false;       ///< Signs, or is encrypted to, today.
};

/// Another person's certificate in a profile's book, assessed for encryption to that person.
struct PersonCertificate {
    CertificateInfo certificate;
    CertificateState state = CertificateState::NotChecked;
    identity::KnownCertificate known;
};

enum class RecipientMark { None, Found, FoundBut };

/// Whether mail for one recipient can be encrypted.
struct RecipientCertificate {
    QString address;
    RecipientMark mark = RecipientMark::None;
    CertificateState reason = CertificateState::NotChecked; ///< For FoundBut, of the best one found.
    CertificateInfo info;
    QByteArray certificate;       ///< DER of the one to use; empty unless Found.
    QList<QByteArray> chain;
    QByteArray capabilities;      ///< DER of SMIMECapabilities remembered or from the certificate; empty if none.
};

/// What a signed or encrypted mail is opened with; values, for a job.
struct OpeningMaterial {
    identity::SharedKeySet keys;  ///< Null while locked.
    identity::TrustMaterial trust;
};

/// What `createIdentity` needs to know.
struct NewIdentity {
    QString address;
    QString name;
    QString keyType;              ///< As on the command line; empty for the default.
    base::Secret passphrase;
    base::Secret authorityPassphrase; ///< Empty: the same passphrase is tried.
};

struct CreatedIdentity {
    identity::Profile profile;
    QByteArray requestPem;        ///< Not empty: there is no authority here; somebody's must answer this request.
};

/// What was taken in from a file of any kind.
struct ImportedFile {
    enum class Kind { Nothing, Identity, OwnCertificate, PeopleCertificates } kind = Kind::Nothing;
    QString address;
    int count = 0;
    QList<QByteArray> authorities; ///< Came along; trusted only if the user adds them by addAnchor().
    base::ErrorCode concern = base::ErrorCode::Unknown; ///< CertificateExpired and the like: imported all the same.
};

/// "A forgotten passphrase cannot be recovered ...": said wherever a passphrase is chosen.
[[nodiscard]] QString forgottenPassphraseText();

/// Keys, certificates and trust of the profiles of one data directory. Lives on the GUI thread; slow work runs on `pool`, each
/// answer through base::whenReady. Error codes are those of identity's functions. Keystores of different profiles never meet.
class IdentityService : public QObject
{
    Q_OBJECT

public:
    /// `clock` and `pool` outlive the service.
    IdentityService(const QString &dataDirectory, QThreadPool *pool, const base::Clock &clock = base::Clock::system(),
                    QObject *parent = nullptr);
    ~IdentityService() override;

    [[nodiscard]] const identity::DataDirectory &data() const { return m_data; }

    // Profiles
    [[nodiscard]] QList<identity::Profile> profiles() const;
    [[nodiscard]] base::Result<identity::Profile> profile(const QString &address) const;
    /// Profile, keystore, key and, from this data directory's authority if there is one, its certificate. Unlocked afterwards.
    [[nodiscard]] base::Operation<CreatedIdentity> createIdentity(const NewIdentity &wanted);
    /// Deletes the profile with keys and mail.
    [[nodiscard]] base::Operation<base::Done> deleteProfile(const QString &address);

    // Locking
    [[nodiscard]] bool isUnlocked(const QString &address) const;
    [[nodiscard]] base::Operation<base::Done> unlock(const QString &address, const base::Secret &passphrase);
    void lock(const QString &address);
    [[nodiscard]] base::Operation<base::Done> changePassphrase(const QString &address, const base::Secret &oldPassphrase,
                                                               const base::Secret &newPassphrase);
    /// Null while locked. A const value that any thread may read.
    [[nodiscard]] identity::SharedKeySet keys(const QString &address) const;
    [[nodiscard]] OpeningMaterial openingMaterial(const QString &address) const;
    /// Small secrets beside the keys, such as the relay's password (`relay-password`). KeystoreLocked, KeyNotFound.
    [[nodiscard]] base::Result<base::Secret> secret(const QString &address, const QString &name) const;
    [[nodiscard]] base::Operation<base::Done> storeSecret(const QString &address, const QString &name, const base::Secret &secret);

    // Own keys
    [[nodiscard]] base::Operation<QList<IdentityInfo>> identities(const QString &address) const;
    /// A file that a person dropped: PKCS#12, an issued certificate for a waiting key, or other people's certificates.
    [[nodiscard]] base::Operation<ImportedFile> importFile(const QString &address, const QByteArray &file,
                                                           const base::Secret &filePassphrase);
    /// The profile must be unlocked. PKCS#12 bytes.
    [[nodiscard]] base::Operation<QByteArray> exportIdentity(const QString &address, const base::Secret &filePassphrase) const;
    /// New keys and a request file (PEM) for another data directory's authority; the profile must be unlocked.
    [[nodiscard]] base::Operation<QByteArray> requestCertificates(const QString &address, const QString &keyType);

    // Other people
    [[nodiscard]] base::Operation<QList<PersonCertificate>> people(const QString &address) const;
    [[nodiscard]] base::Operation<base::Done> removePerson(const QString &address, const QByteArray &certificate);
    /// Looks in the book, then in the directory. Newest usable certificate wins.
    [[nodiscard]] base::Operation<RecipientCertificate> recipient(const QString &address, const QString &recipient) const;
    /// Addresses known to the book and the directory that begin with `text` or whose name does; for completion. At most `limit`.
    [[nodiscard]] QStringList completions(const QString &address, const QString &text, int limit = 10) const;
    /// Learns from a mail whose signature was intact and bound to its sender.
    [[nodiscard]] base::Operation<identity::Recall> observe(const QString &address, const identity::SeenSignature &seen);

    // Trust
    [[nodiscard]] QList<identity::Anchor> anchors(const QString &address) const;
    [[nodiscard]] base::Status addAnchor(const QString &address, const QByteArray &file);
    [[nodiscard]] base::Status removeAnchor(const QString &address, const QByteArray &fingerprint);

    // The authority of this data directory
    [[nodiscard]] bool hasAuthority() const;
    [[nodiscard]] base::Operation<base::Done> createAuthority(const QString &name, const QString &keyType, const base::Secret &passphrase);
    /// Answers the issued certificates with their chain, PEM, to be handed to the requester.
    [[nodiscard]] base::Operation<QByteArray> issue(const QByteArray &requestFile, const base::Secret &authorityPassphrase);
    [[nodiscard]] base::Operation<base::Done> revoke(const QByteArray &serial, identity::RevocationReason reason,
                                                     const base::Secret &authorityPassphrase);
    [[nodiscard]] base::Result<QList<identity::IssuedCertificate>> issued() const;

Q_SIGNALS:
    void profilesChanged();
    void unlocked(const QString &address);
    void locked(const QString &address);
    /// Own keys, other people's certificates or trust of this profile changed; empty: of all.
    void certificatesChanged(const QString &address);

private:
    struct Shared;
    identity::DataDirectory m_data;
    QThreadPool *m_pool;
    const base::Clock *m_clock;
    std::shared_ptr<Shared> m_shared;
};

// The same as synchronous functions, for jobs and for wax.

[[nodiscard]] base::Result<CertificateInfo> certificateInfo(const QByteArray &der);
enum class AssessFor { Encryption, Signing };
[[nodiscard]] CertificateState assess(const QByteArray &certificate, const QList<QByteArray> &chain,
                                      const identity::TrustMaterial &trust, AssessFor purpose, const QDateTime &now);
/// Book first, then the directory; the newest usable certificate wins. Never fails: what is unreadable counts as not found.
[[nodiscard]] RecipientCertificate findRecipient(const identity::DataDirectory &data, const identity::Profile &profile,
                                                 const QString &recipient, const QDateTime &now);
[[nodiscard]] base::Result<CreatedIdentity> makeIdentity(const identity::DataDirectory &data, const NewIdentity &wanted,
                                                         const base::Clock &clock);

} // namespace app
