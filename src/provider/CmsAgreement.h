// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: Diffie-Hellman on curves (RFC 5753, RFC 8418) and key encapsulation (RFC 9629).

#include "provider/CmsAsn1.h"
#include "provider/CmsOutcome.h"

namespace provider::cms {

/// EC, X25519 or X448.
[[nodiscard]] bool canAgree(const EVP_PKEY *key);
/// Those and Diffie-Hellman in a prime field (RFC 2631), for reading.
[[nodiscard]] bool canUndoAgreement(const EVP_PKEY *key);
[[nodiscard]] bool canEncapsulate(const EVP_PKEY *key);

/// Replaces the algorithm and the originator of `info` by a fresh key's and returns the wrapped content key; empty on failure.
[[nodiscard]] QByteArray agree(KeyAgreement &info, EVP_PKEY *recipient, const WipedBytes &contentKey);
/// False for a key derivation or key wrap that we do not have.
[[nodiscard]] bool isAgreementSupported(const KeyAgreement &info);
[[nodiscard]] WipedBytes undoAgreement(const KeyAgreement &info, EVP_PKEY *own, QByteArrayView wrapped);

/// Fills everything of `info` but version and recipient. False on failure.
[[nodiscard]] bool encapsulate(KemInfo &info, EVP_PKEY *recipient, const WipedBytes &contentKey);
[[nodiscard]] bool isEncapsulationSupported(const KemInfo &info);
[[nodiscard]] WipedBytes undoEncapsulation(const KemInfo &info, EVP_PKEY *own);

} // namespace provider::cms
