// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "identity/DataDirectory.h"
#include "identity/Keystore.h"

namespace app {

/// What was taken in from a file of any kind.
struct ImportedFile {
    enum class Kind { Nothing, Identity, OwnCertificate, PeopleCertificates, RevocationLists } kind = Kind::Nothing;
    QString address;
    int count = 0;                 ///< Of keys only those that are new, or have another certificate now.
    QList<QByteArray> authorities; ///< Came along; trusted only if the user adds them by addAnchor().
    base::ErrorCode concern = base::ErrorCode::Unknown; ///< CertificateExpired and the like: imported all the same.
};

/// Takes in what a person dropped: a PKCS#12 with keys (the keystore must be unlocked), issued certificates for keys of this profile, other people's
/// certificates, or lists of revoked certificates of authorities that the profile trusts. Synchronous. KeystoreLocked, NotACertificate (nothing that is
/// known), NotAPkcs12File (it begins as one and is damaged), CertificateForAnotherAddress (the detail is that), CertificateUntrusted (of a list), and
/// the codes of readIdentity, acceptCertificates and CertificateBook::import.
[[nodiscard]] base::Result<ImportedFile> importAnyFile(const identity::DataDirectory &data, identity::Keystore &keystore,
                                                       const QByteArray &file, const base::Secret &filePassphrase,
                                                       const base::Clock &clock = base::Clock::system());

/// Only a PKCS#12: its keys go into the unlocked keystore.
[[nodiscard]] base::Result<ImportedFile> importIdentityFile(const identity::DataDirectory &data, identity::Keystore &keystore,
                                                            const QByteArray &file, const base::Secret &filePassphrase,
                                                            const base::Clock &clock = base::Clock::system());

} // namespace app
