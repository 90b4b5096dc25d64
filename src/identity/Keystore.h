// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "identity/PreparedKeys.h"
#include "provider/PrivateKeyFile.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMap>
#include <memory>

namespace identity {

/// What a key is for. Old keys stay for opening old mail whatever became of their certificate.
enum class KeyUse { SigningAndEncryption, Signing, Encryption };

/// The public side of one key: readable while the keystore is locked.
struct KeyEntry {
    QString id;                  ///< Stable, of this keystore only; not secret.
    KeyUse use = KeyUse::SigningAndEncryption;
    QByteArray certificate;      ///< DER; empty while a request waits for its certificate.
    QList<QByteArray> chain;     ///< DER, issuer first, as far as known.
    QList<QByteArray> earlierCertificates; ///< DER of those that this key had before, newest first: old mail names them.
    QByteArray publicKey;        ///< DER of the SubjectPublicKeyInfo.
    QByteArray request;          ///< DER of the PKCS#10 request; empty for a key that cannot sign.
    QDateTime addedAt;           ///< UTC.
    QDateTime notBefore;         ///< Of the certificate; invalid without one.
    QDateTime notAfter;

    bool operator==(const KeyEntry &) const = default;
};

/// A key as smime needs it inside a job: turn `pkcs8` into a QCA::PrivateKey there (it must not leave the job).
struct KeyMaterial {
    QString id;
    KeyUse use = KeyUse::SigningAndEncryption;
    QByteArray certificate;      ///< DER; empty while a request waits.
    QList<QByteArray> chain;     ///< DER, issuer first.
    base::Secret pkcs8;          ///< DER of the unencrypted PrivateKeyInfo, RFC 5958.
    QDateTime notBefore;
    QDateTime notAfter;
    /// The certificate names the profile's address. Others only open mail: nobody believes what they sign (RFC 8550 section 3).
    bool isForOwner = true;
};

/// All keys of one unlocked profile: a const value, shared, any thread. Wiped when the last copy goes.
struct KeySet {
    QString address;
    /// Newest certificate first, waiting requests last; a key stands here once for each certificate that it ever had.
    QList<KeyMaterial> keys;
    std::shared_ptr<PreparedKeys> prepared = std::make_shared<PreparedKeys>(); ///< The same as objects; not part of the value.

    /// The key that signs at `at`: newest whose certificate is the owner's and valid then and which may sign; else null.
    [[nodiscard]] const KeyMaterial *signingKey(const QDateTime &at) const;
    /// The key to which this profile has mail encrypted at `at`; else null.
    [[nodiscard]] const KeyMaterial *encryptionKey(const QDateTime &at) const;
    /// Every key that may open mail, current and old, newest first.
    [[nodiscard]] QList<const KeyMaterial *> decryptionKeys() const;
};
using SharedKeySet = std::shared_ptr<const KeySet>;

/// A key that is to be added.
struct NewKey {
    KeyUse use = KeyUse::SigningAndEncryption;
    base::Secret pkcs8;          ///< DER of the unencrypted PrivateKeyInfo.
    QByteArray certificate;      ///< DER; empty if `request` waits for it.
    QList<QByteArray> chain;
    QByteArray request;
};

/// The passphrase of the demonstration. It stands in the documentation, so a slow KDF would protect nothing: what it locks is derived quickly.
[[nodiscard]] base::Secret wellKnownPassphrase();
/// The cost of guessing that `passphrase` is worth: Quick for the well-known one, Full for any other.
[[nodiscard]] provider::KdfCost costOf(const base::Secret &passphrase);

/// The shortest passphrase that is accepted, in characters.
inline constexpr int kShortestPassphrase = 4;

/// PassphraseMissing, PassphraseTooShort, or fine.
[[nodiscard]] base::Status checkNewPassphrase(const base::Secret &passphrase);

/// The keys of one profile, in one file that is replaced atomically: FOLDER/keystore.json.
///
/// A random master secret lies there as an encrypted PKCS#8 (PBES2, AES-256, a slow KDF) under the
/// passphrase; every private key lies there as an encrypted PKCS#8 under the master secret. So unlocking
/// runs the slow KDF once, however many keys there are. Changing the passphrase makes a new master secret
/// and re-encrypts everything into one new file: a crash leaves the old or the new whole.
/// A forgotten passphrase cannot be recovered by anybody (app/IdentityService.h has the sentence).
///
/// Not thread-safe: one thread at a time. Several processes may use one file: every change reads the file
/// anew under a lock file. Copies of keys() outlive lock(); they are wiped with their last copy.
class Keystore
{
public:
    /// A new, empty keystore, unlocked. `clock` outlives it. ProfileExists (there is one), PassphraseMissing, PassphraseTooShort,
    /// KeyGenerationFailed, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] static base::Result<Keystore> create(const QString &folder, const QString &address,
                                                       const base::Secret &passphrase,
                                                       const base::Clock &clock = base::Clock::system());

    /// Reads the public side; locked. FileNotFound (no keystore), KeystoreDamaged (with what is wrong),
    /// DatabaseTooNew (a newer Waxwing wrote it), FileNotReadable.
    [[nodiscard]] static base::Result<Keystore> open(const QString &folder,
                                                     const base::Clock &clock = base::Clock::system());

    [[nodiscard]] static bool existsIn(const QString &folder);

    [[nodiscard]] const QString &address() const;
    /// Newest certificate first, waiting requests at the end.
    [[nodiscard]] QList<KeyEntry> entries() const;

    /// Slow (one KDF run: some 0.1 s), so call it in a job. PassphraseMissing, PassphraseWrong, KeystoreDamaged.
    [[nodiscard]] base::Status unlock(const base::Secret &passphrase);
    void lock();
    /// Takes up what another program stored meanwhile; the value: whether that was anything. Where the passphrase was changed, all stays as it is.
    /// KeystoreDamaged, FileNotFound, FileNotReadable, DatabaseTooNew.
    [[nodiscard]] base::Result<bool> refresh();
    [[nodiscard]] bool isUnlocked() const { return m_keys != nullptr; }
    /// Null while locked.
    [[nodiscard]] SharedKeySet keys() const { return m_keys; }

    /// Stores a key; answers its id. A key that is there already gets the newer certificate.
    /// KeystoreLocked, CertificateKeyMismatch, InvalidArgument, KeystoreDamaged, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Result<QString> addKey(const NewKey &key);

    /// Gives a stored key its certificate, or a newer one; the key that fits is found by its public key, also
    /// while locked. Answers the key's id. KeyNotFound, NotACertificate, KeystoreDamaged, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Result<QString> setCertificate(const QByteArray &certificate, const QList<QByteArray> &chain);

    /// Slow (two KDF runs). Leaves lock state as it was. PassphraseWrong, PassphraseMissing, PassphraseTooShort, and as addKey.
    [[nodiscard]] base::Status changePassphrase(const base::Secret &oldPassphrase, const base::Secret &newPassphrase);

    /// A small secret beside the keys, such as the password of the relay, under `name`; an empty one deletes.
    /// KeystoreLocked, and as addKey.
    [[nodiscard]] base::Status storeSecret(const QString &name, const base::Secret &secret);
    /// KeystoreLocked, KeyNotFound.
    [[nodiscard]] base::Result<base::Secret> secret(const QString &name) const;
    /// All of them by name; empty while locked.
    [[nodiscard]] const QMap<QString, base::Secret> &secrets() const { return m_secrets; }

private:
    struct Item;
    struct Contents;
    class Change;
    Keystore() = default;
    [[nodiscard]] static base::Result<Contents> parse(const QByteArray &file);
    [[nodiscard]] static QByteArray serialise(const Contents &contents);
    [[nodiscard]] static base::Result<SharedKeySet> decryptKeys(const Contents &contents, const base::Secret &master);
    [[nodiscard]] static base::Result<QMap<QString, base::Secret>> decryptSecrets(const Contents &contents, const base::Secret &master);
    [[nodiscard]] base::Status show(const std::shared_ptr<const Contents> &contents, const base::Secret &master);
    [[nodiscard]] QString file() const;
    [[nodiscard]] base::Result<Contents> read() const;

    QString m_folder;
    const base::Clock *m_clock = nullptr;
    std::shared_ptr<const Contents> m_contents;
    base::Secret m_master;                    ///< Empty while locked.
    SharedKeySet m_keys;
    QMap<QString, base::Secret> m_secrets;
};

} // namespace identity
