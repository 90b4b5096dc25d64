// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "identity/Keystore.h"

#include <QStringList>

namespace identity {

/// What an identity file holds, read and judged but not stored yet.
struct IdentityOffer {
    QList<NewKey> keys;           ///< Each with certificate and chain; a key with several certificates stands here for each, oldest first.
    QStringList addresses;        ///< All mail addresses in the certificates.
    QString name;                 ///< Common name of the first.
    QList<QByteArray> authorities; ///< Self-issued certificates of authorities that came along: offered, never trusted by themselves.
    /// Why no key is fit to sign new mail with, or none to receive it: CertificateExpired, CertificateNotYetValid. Unknown: nothing to say.
    base::ErrorCode concern = base::ErrorCode::Unknown;
};

/// Whether there are private keys in a PEM file: readCertificates() passes over them, and whoever asks it alone would leave them behind.
[[nodiscard]] bool holdsPrivateKeys(const QByteArray &file);

/// Reads a PKCS#12 file, old or new (RFC 7292), or keys and certificates as PEM, in any order and under one passphrase.
/// An expired certificate is a concern and no error: its key opens old mail.
/// Errors: PassphraseMissing, PassphraseWrong, NotAPkcs12File, FileEmpty, FileTooLarge, Pkcs12WithoutKey, Pkcs12AlgorithmUnsupported,
/// CertificateNotFound (no certificate fits a key), CertificateWithoutAddress, CertificateWrongUsage (of a server, an authority: not for mail).
/// Of PEM: NotACertificate (damaged), KeyTypeUnsupported.
[[nodiscard]] base::Result<IdentityOffer> readIdentity(const QByteArray &file, const base::Secret &passphrase, const QDateTime &now);

/// True if the offer is for `address`; an import for another address is refused by callers with CertificateForAnotherAddress.
[[nodiscard]] bool isFor(const IdentityOffer &offer, const QString &address);

/// Which keys go into an exported file: those in use now, or all, old ones too, as a backup needs them.
enum class ExportScope { Current, All };

/// Keys of `keys` with their certificates and chains as one PKCS#12 (PBES2, AES-256). KeyNotFound, PassphraseMissing.
[[nodiscard]] base::Result<QByteArray> writeIdentity(const KeySet &keys, const base::Secret &passphrase, const QDateTime &now,
                                                     ExportScope scope = ExportScope::Current);

} // namespace identity
