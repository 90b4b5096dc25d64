// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"

#include <QtCrypto>

namespace provider {

/// How long guessing one passphrase takes. Quick is for what cannot be guessed (256 random bits) and for what everybody knows (the
/// demonstration's passphrase).
enum class KdfCost { Full, Quick };

/// PKCS#8 EncryptedPrivateKeyInfo in DER: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA256
/// (Full: 600,000 rounds; OpenSSL reads scrypt with 32 MiB at most, which is no better). RFC 5958, RFC 8018. PassphraseMissing, InvalidArgument (null key).
[[nodiscard]] base::Result<QByteArray> toEncryptedPkcs8(const QCA::PrivateKey &key, const base::Secret &passphrase,
                                                        KdfCost cost = KdfCost::Full);

/// Reads EncryptedPrivateKeyInfo in DER. KeystoreDamaged (not such a structure), PassphraseMissing,
/// PassphraseWrong (or a damaged ciphertext: nobody can tell), AlgorithmUnsupported (of the protection),
/// AlgorithmRefused (its KDF asks for an absurd count or memory), KeyTypeUnsupported.
[[nodiscard]] base::Result<QCA::PrivateKey> fromEncryptedPkcs8(QByteArrayView der, const base::Secret &passphrase);

/// Unprotected PKCS#8 PrivateKeyInfo in DER, for handing a key to a worker within the process.
[[nodiscard]] base::Secret toPkcs8(const QCA::PrivateKey &key);
/// KeyTypeUnsupported if it cannot be read.
[[nodiscard]] base::Result<QCA::PrivateKey> fromPkcs8(QByteArrayView der);

} // namespace provider
