// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityImport.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "identity/Authority.h"
#include "identity/DataDirectory.h"
#include "identity/Keystore.h"

namespace app {

/// What `createIdentity` needs to know.
struct NewIdentity {
    QString address;
    QString name;
    QString keyType;              ///< As on the command line; empty for the default.
    base::Secret passphrase;
    base::Secret authorityPassphrase; ///< Empty: the same passphrase is tried.
    bool isForElsewhere = false;  ///< Somebody else's authority is to answer the request, even if there is one here.
};

struct CreatedIdentity {
    identity::Profile profile;
    QByteArray requestPem;        ///< Not empty: somebody else's authority must answer this request.
};

/// The authority of this data directory, unlocked, and the relay's certificate from it. The codes of Authority::create and
/// of writing files.
[[nodiscard]] base::Result<identity::Authority> makeAuthority(const identity::DataDirectory &data, const QString &name, const QString &keyType,
                                                              const base::Secret &passphrase,
                                                              const base::Clock &clock = base::Clock::system());

/// Profile, keystore, keys and, from this data directory's authority if there is one, their certificates, published for the
/// other members. Synchronous and slow. A failure leaves no half profile. AddressInvalid, ProfileExists, PassphraseWrong (of
/// the authority), and the codes of Keystore::create, requestCertificates and Authority::issue.
[[nodiscard]] base::Result<CreatedIdentity> makeIdentity(const identity::DataDirectory &data, const NewIdentity &wanted,
                                                         const base::Clock &clock = base::Clock::system());

/// A profile for keys that exist already, in a PKCS#12 file; `wanted` may leave name and address to the certificate. Synchronous and slow. A
/// failure leaves no half profile. AddressInvalid, ProfileExists, CertificateForAnotherAddress (the file is for somebody else; the detail
/// says for whom), and the codes of identity::readIdentity and Keystore::create.
[[nodiscard]] base::Result<ImportedFile> makeIdentityFrom(const identity::DataDirectory &data, NewIdentity wanted, const QByteArray &file,
                                                          const base::Secret &filePassphrase, const base::Clock &clock = base::Clock::system());

/// Which keys a renewal certifies.
enum class RenewalKeys { Fresh, Same };

/// New certificates for a profile from this data directory's authority; old keys and certificates stay for old mail. `keystore` is
/// unlocked. AuthorityMissing, PassphraseWrong (of the authority), KeyNotFound, KeystoreLocked, and those of Authority::issue.
[[nodiscard]] base::Status renewIdentity(const identity::DataDirectory &data, identity::Keystore &keystore, const QString &name,
                                         const base::Secret &authorityPassphrase, RenewalKeys keys,
                                         const base::Clock &clock = base::Clock::system());

/// Further keys of another kind for a profile, certified by this data directory's authority; without one, the answer is a request file
/// for somebody else's. `keystore` is unlocked. PassphraseWrong (of the authority), KeystoreLocked, KeyTypeUnsupported, and those of
/// Authority::issue.
[[nodiscard]] base::Result<QByteArray> addKeys(const identity::DataDirectory &data, identity::Keystore &keystore, const QString &name,
                                               const QString &keyType, const base::Secret &authorityPassphrase, const base::Clock &clock = base::Clock::system());

/// The request file of a renewal, for an authority elsewhere. `keystore` is unlocked. KeyNotFound, KeystoreLocked, and as Keystore::addKey.
[[nodiscard]] base::Result<QByteArray> requestForRenewal(identity::Keystore &keystore, const QString &name, RenewalKeys keys,
                                                         const base::Clock &clock = base::Clock::system());

/// Answers a request file with PEM: each new certificate, then the authority's; published for the members. `authority` is
/// unlocked. The codes of Authority::issue.
[[nodiscard]] base::Result<QByteArray> answerRequest(const identity::DataDirectory &data, identity::Authority &authority,
                                                     const QByteArray &requestFile, const identity::IssueOptions &options = {});

/// Publishes the certificates that the keystore uses now, so that the other members of the data directory find them.
[[nodiscard]] base::Status publishOwn(const identity::DataDirectory &data, const identity::Keystore &keystore);

/// Deletes a profile with keys and mail and withdraws its certificates, so that nobody encrypts to keys that are gone.
/// ProfileMissing, FileNotWritable.
[[nodiscard]] base::Status removeIdentity(const identity::DataDirectory &data, const QString &address);

} // namespace app
