// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "identity/Keystore.h"
#include "provider/CertificateFacts.h"
#include "smime/AlgorithmPolicy.h"
#include "smime/CmsSession.h"
#include "smime/Seal.h"

#include <functional>

namespace smime {

/// Octets in pieces that are never joined: a body of 25 MB is hashed and encrypted where it lies.
using Pieces = QList<QByteArray>;

[[nodiscard]] qint64 sizeOf(const Pieces &pieces);

/// With what a signature is made.
struct SigningInput {
    const identity::KeyMaterial *key = nullptr;
    identity::PreparedKeys *prepared = nullptr; ///< Of the key's set.
    QByteArray encryptionCertificate; ///< DER to announce if it is not the signing key's; may be empty.
    QDateTime at;
    SignatureForm form = SignatureForm::Detached;
};

/// A SignedData and what a multipart/signed header says of it.
struct MadeSignature {
    QByteArray der;
    QByteArray micalg; ///< "sha-256", RFC 8551 section 3.5.3.2.
};

/// Errors: SigningFailed, KeyTypeUnsupported (the key cannot be read), NotACertificate.
[[nodiscard]] base::Result<MadeSignature> signPieces(CmsSession &session, const Pieces &content, const SigningInput &input);

/// EnvelopedData or AuthEnvelopedData in DER, with a fresh content key; `take` gets it in pieces, in order; what it got is of
/// no use after a failure. `algorithms.keyTransports` has one entry for each of `readers`. Errors: EncryptionFailed, AlgorithmUnsupported,
/// NotACertificate.
[[nodiscard]] base::Status encryptPieces(CmsSession &session, const Pieces &content, const QList<provider::CertificateFacts> &readers,
                                         const AlgorithmChoice &algorithms, const std::function<void(QByteArrayView)> &take);

} // namespace smime
