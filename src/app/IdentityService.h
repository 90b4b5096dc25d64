// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/CertificateAssessment.h"
#include "app/Enrolling.h"
#include "app/IdentityImport.h"
#include "base/Clock.h"
#include "base/Operation.h"
#include "identity/Authority.h"
#include "identity/CertificateBook.h"
#include "identity/DataDirectory.h"
#include "identity/Keystore.h"
#include "identity/Pkcs12Import.h"
#include "identity/RequestFile.h"
#include "identity/TrustStore.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace app {

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

/// What a signed or encrypted mail is opened with; values, for a job.
struct OpeningMaterial {
    identity::SharedKeySet keys;  ///< Null while locked.
    identity::TrustMaterial trust;
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
    /// The same with the keys of a PKCS#12 file, as app::makeIdentityFrom.
    [[nodiscard]] base::Operation<ImportedFile> createIdentityFrom(const QByteArray &file, const base::Secret &filePassphrase, const NewIdentity &wanted);

    // Locking
    [[nodiscard]] bool isUnlocked(const QString &address) const;
    [[nodiscard]] base::Operation<base::Done> unlock(const QString &address, const base::Secret &passphrase);
    void lock(const QString &address);
    /// Takes up keys that another program gave this profile meanwhile, while it is unlocked; certificatesChanged() tells of them.
    void lookAgain(const QString &address);
    [[nodiscard]] base::Operation<base::Done> changePassphrase(const QString &address, const base::Secret &oldPassphrase,
                                                               const base::Secret &newPassphrase);
    /// Null while locked. A const value that any thread may read.
    [[nodiscard]] identity::SharedKeySet keys(const QString &address) const;
    [[nodiscard]] OpeningMaterial openingMaterial(const QString &address) const;
    /// Small secrets beside the keys, such as the relay's password (`relay-password`). KeystoreLocked, KeyNotFound.
    [[nodiscard]] base::Result<base::Secret> secret(const QString &address, const QString &name) const;
    [[nodiscard]] base::Operation<base::Done> storeSecret(const QString &address, const QString &name, const base::Secret &secret);
    /// Runs `change` on a worker thread, alone with the profile's keystore. KeystoreLocked, and what it returns.
    [[nodiscard]] base::Operation<base::Done> withKeystore(const QString &address, const std::function<base::Status(identity::Keystore &)> &change);

    // Own keys
    [[nodiscard]] base::Operation<QList<IdentityInfo>> identities(const QString &address) const;
    /// A file that a person dropped: PKCS#12, an issued certificate for a waiting key, or other people's certificates.
    [[nodiscard]] base::Operation<ImportedFile> importFile(const QString &address, const QByteArray &file,
                                                           const base::Secret &filePassphrase);
    /// All keys, old ones too, as PKCS#12: where the file is imported old mail opens. The profile must be unlocked.
    [[nodiscard]] base::Operation<QByteArray> exportIdentity(const QString &address, const base::Secret &filePassphrase) const;
    /// Further keys, as app::addKeys: the value is a request file (PEM) if there is no authority here. The profile must be unlocked.
    [[nodiscard]] base::Operation<QByteArray> addKeys(const QString &address, const QString &keyType, const base::Secret &authorityPassphrase = {});

    // Other people
    [[nodiscard]] base::Operation<QList<PersonCertificate>> people(const QString &address) const;
    [[nodiscard]] base::Operation<base::Done> removePerson(const QString &address, const QByteArray &certificate);
    /// Looks in the book, then in the directory. Newest usable certificate wins.
    [[nodiscard]] base::Operation<RecipientCertificate> recipient(const QString &address, const QString &recipient) const;
    /// Addresses known to the book and the directory that begin with `text` or whose name does; for completion. At most `limit`.
    [[nodiscard]] QStringList completions(const QString &address, const QString &text, int limit = 10) const;

    // Trust
    [[nodiscard]] QList<identity::Anchor> anchors(const QString &address) const;
    [[nodiscard]] base::Status addAnchor(const QString &address, const QByteArray &file);
    [[nodiscard]] base::Status removeAnchor(const QString &address, const QByteArray &fingerprint);

    // The authority of this data directory
    [[nodiscard]] bool hasAuthority() const;
    [[nodiscard]] base::Operation<base::Done> createAuthority(const QString &name, const QString &keyType, const base::Secret &passphrase);
    /// For whom issue() would issue. The codes of identity::applicantOf.
    [[nodiscard]] base::Result<identity::Applicant> applicant(const QByteArray &requestFile) const { return identity::applicantOf(requestFile); }
    /// Answers for each request, in order, the issued certificates with their chain, PEM, to be handed to the requester. Ends with the first
    /// fault; whoever came before has a certificate all the same, see issued().
    [[nodiscard]] base::Operation<QList<QByteArray>> issue(const QList<QByteArray> &requestFiles, const base::Secret &authorityPassphrase);
    [[nodiscard]] base::Operation<base::Done> revoke(const QByteArray &serial, identity::RevocationReason reason,
                                                     const base::Secret &authorityPassphrase);
    /// Signs the list of what is revoked anew and answers it as PEM, for those who do not share this data directory.
    [[nodiscard]] base::Operation<QByteArray> renewRevocationList(const base::Secret &authorityPassphrase);
    [[nodiscard]] base::Result<QList<identity::IssuedCertificate>> issued() const;
    /// Gives the relay of this data directory a certificate that bears these names and addresses, too; RelayService::renewTls() takes it up.
    [[nodiscard]] base::Operation<base::Done> certifyRelay(const QStringList &hosts, const base::Secret &authorityPassphrase);

Q_SIGNALS:
    void profilesChanged();
    void unlocked(const QString &address);
    void locked(const QString &address);
    /// Own keys, other people's certificates or trust of this profile changed; empty: of all.
    void certificatesChanged(const QString &address);

private:
    struct Slot;
    struct Shared;
    template <typename Work>
    auto onKeystore(const QString &address, Work work) const;
    template <typename Work>
    auto onBook(const QString &address, Work work) const;
    template <typename Work>
    auto onAuthority(const base::Secret &passphrase, Work work) const;
    template <typename Make>
    auto makeProfile(const base::Secret &passphrase, Make make);
    template <typename T>
    void announce(const base::Operation<T> &operation, const QString &address);

    identity::DataDirectory m_data;
    QThreadPool *m_pool;
    const base::Clock *m_clock;
    std::shared_ptr<Shared> m_shared;
};

} // namespace app
