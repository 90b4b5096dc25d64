// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QList>
#include <QtCrypto>
#include <optional>

namespace provider {

/// Key types that the provider makes and uses.
enum class KeyType {
    Rsa2048,
    Rsa3072,
    Rsa4096,
    EcP256,
    EcP384,
    EcP521,
    Ed25519,
    X25519,
    X448,
    Ed448,
    MlDsa44,
    MlDsa65,
    MlDsa87,
    MlKem512,
    MlKem768,
    MlKem1024,
};

/// Every value of KeyType.
[[nodiscard]] QList<KeyType> allKeyTypes();

/// "RSA-3072", "EC-P256", "Ed25519", "ML-KEM-768": for the log, the JSON and the command line.
[[nodiscard]] QString toString(KeyType type);

/// A new key from OpenSSL's random source. May take seconds for RSA-4096: call it on a worker.
/// KeyGenerationFailed.
[[nodiscard]] base::Result<QCA::PrivateKey> generateKey(KeyType type);

/// The type of a key; nothing for a null key and for types and sizes that the provider does not make
/// (RSA of other sizes, DSA). `describeKey` names those as well.
[[nodiscard]] std::optional<KeyType> keyTypeOf(const QCA::PKey &key);
/// "RSA-1024", "EC-P256", "DSA-1024", "RSA-PSS-2048"; empty for a null key.
[[nodiscard]] QString describeKey(const QCA::PKey &key);

/// The DER SubjectPublicKeyInfo (RFC 5280 section 4.1) of a private or public key; empty for a null key.
[[nodiscard]] QByteArray publicKeyDer(const QCA::PKey &key);
/// From DER SubjectPublicKeyInfo. KeyTypeUnsupported if it cannot be read.
[[nodiscard]] base::Result<QCA::PublicKey> readPublicKey(QByteArrayView der);

} // namespace provider
