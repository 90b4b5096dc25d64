// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "identity/Keystore.h"

namespace identity {

/// New keys for `address` in an unlocked keystore, without certificates yet: one key for both uses (RSA, EC), or a signing key and
/// an encryption key (Ed25519 with X25519). `keyType` as on the command line, empty for the default. Answers the request file
/// (PEM): a PKCS#10 request and, for a key that cannot sign, a PUBLIC KEY block; Authority::issue reads it.
/// KeystoreLocked, KeyTypeUnsupported, KeyGenerationFailed, AddressInvalid, ReadOnly, DiskFull, FileNotWritable.
[[nodiscard]] base::Result<QByteArray> requestCertificates(Keystore &keystore, const QString &name, const QString &keyType);

/// A request file for the keys that are in use now, for a renewal with the same keys. KeystoreLocked, KeyNotFound.
[[nodiscard]] base::Result<QByteArray> requestRenewal(const Keystore &keystore, const QString &name, const QDateTime &now);

/// New keys of the types that are in use now, and their request file, for a renewal with fresh keys. KeystoreLocked, KeyNotFound, and
/// as requestCertificates.
[[nodiscard]] base::Result<QByteArray> requestFreshKeys(Keystore &keystore, const QString &name);

/// Gives the keystore the certificates that an authority issued: a file of leaf certificates, each followed by its chain or
/// the chain at the end. Answers how many keys got one. NotACertificate, FileEmpty, KeyNotFound (for no key of this keystore),
/// CertificateWithoutAddress, CertificateForAnotherAddress (the detail is that), and as Keystore::setCertificate.
[[nodiscard]] base::Result<int> acceptCertificates(Keystore &keystore, const QByteArray &file);

} // namespace identity
