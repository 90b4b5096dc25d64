// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: private keys as bytes, and the password-based protection around them.

#include "base/Result.h"
#include "provider/OpenSsl.h"
#include "provider/PemBlocks.h"
#include "provider/PrivateKeyFile.h"

namespace provider {

/// Rounds of PBKDF2-HMAC-SHA256.
[[nodiscard]] int roundsFor(KdfCost cost);

/// The protection that we write: PBES2, AES-256-CBC, PBKDF2-HMAC-SHA256 with a fresh salt.
[[nodiscard]] X509_ALGOR *newProtection(KdfCost cost);

/// What a password-based scheme would cost and whether it is one of old.
struct ProtectionFacts {
    qint64 rounds = 0;
    bool isOld = false;     ///< PKCS#5 v1 or PKCS#12 PBE, or PBES2 with DES, 3DES or RC2.
};
/// AlgorithmRefused if somebody wants to keep us busy; AlgorithmUnsupported if it is unknown.
[[nodiscard]] base::Result<ProtectionFacts> judgeProtection(const X509_ALGOR *algorithm);

/// PrivateKeyInfo, empty if the key cannot be written.
[[nodiscard]] base::Secret pkcs8Of(const EVP_PKEY *key);
[[nodiscard]] QByteArray encryptedPkcs8Of(const EVP_PKEY *key, QByteArrayView passphrase, KdfCost cost);

/// From EncryptedPrivateKeyInfo, PrivateKeyInfo, RSAPrivateKey, ECPrivateKey; the codes of fromEncryptedPkcs8(),
/// KeyTypeUnsupported if it is none of these.
[[nodiscard]] base::Result<EvpKeyPtr> readPrivateKey(QByteArrayView der, QByteArrayView passphrase);
/// The first private key of a PEM text, also with "Proc-Type: 4,ENCRYPTED", as OpenSSL wrote keys before PKCS#8.
[[nodiscard]] base::Result<EvpKeyPtr> readPrivateKeyPem(QByteArrayView text, QByteArrayView passphrase);
/// One of its blocks whose label ends with PRIVATE KEY.
[[nodiscard]] base::Result<EvpKeyPtr> readKeyBlock(const PemBlock &block, QByteArrayView passphrase);
/// Decrypts an EncryptedPrivateKeyInfo.
[[nodiscard]] base::Result<EvpKeyPtr> decryptPkcs8(const X509_SIG *encrypted, QByteArrayView passphrase);

} // namespace provider
