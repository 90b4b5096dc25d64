// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "provider/PrivateKeyFile.h"

#include <QList>
#include <QtCrypto>

namespace provider {

/// One private key of a PKCS#12 file and the certificates that belong to its public half.
struct Pkcs12Identity {
    QCA::PrivateKey key;
    QList<QByteArray> certificates; ///< DER; usually one, empty if the file brings none for this key.
    QString friendlyName;
};

struct Pkcs12Content {
    QList<Pkcs12Identity> identities;
    QList<QByteArray> otherCertificates; ///< DER of those without key: authorities, other people.
};

/// Reads a PKCS#12 file (RFC 7292), DER, BER or PEM-armoured, with PBES2 as well as with RC2-40 and 3DES of old.
/// NotAPkcs12File, PassphraseMissing (tried without, and it needs one), PassphraseWrong (the MAC does not match),
/// Pkcs12AlgorithmUnsupported, Pkcs12WithoutKey, KeyTypeUnsupported, AlgorithmRefused (absurd iteration counts), FileTooLarge.
[[nodiscard]] base::Result<Pkcs12Content> readPkcs12(QByteArrayView file, const base::Secret &passphrase);

/// Writes a PKCS#12 file: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA256, MAC with HMAC-SHA256.
/// Every identity with all its certificates. PassphraseMissing, InvalidArgument (no key),
/// CertificateKeyMismatch (the first certificate of an identity is not its key's).
[[nodiscard]] base::Result<QByteArray> writePkcs12(const Pkcs12Content &content, const base::Secret &passphrase,
                                                   KdfCost cost = KdfCost::Full);

} // namespace provider
