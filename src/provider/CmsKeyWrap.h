// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: key derivation and key wrapping, all by EVP.

#include "provider/CmsAsn1.h"
#include "provider/CmsDigest.h"
#include "provider/CmsWiped.h"

namespace provider {
class PathEffort;
}

namespace provider::cms {

/// Octets of the key-encryption key that a wrap algorithm takes; 0 for one that we do not have. RFC 3565 section 2.3.2.
[[nodiscard]] size_t kekOctetsOf(const X509_ALGOR *wrap);
/// id-aes128-wrap for content keys of 16 octets, else id-aes256-wrap.
[[nodiscard]] AlgorithmPtr wrapAlgorithmFor(size_t contentKeyOctets);

/// Empty if OpenSSL refuses.
[[nodiscard]] QByteArray wrapKey(const X509_ALGOR *wrap, const WipedBytes &kek, const WipedBytes &key);
/// Empty if the integrity check fails.
[[nodiscard]] WipedBytes unwrapKey(const X509_ALGOR *wrap, const WipedBytes &kek, QByteArrayView wrapped);

enum class Derivation { X963, Hkdf };
/// Empty if OpenSSL refuses. `salt` for HKDF only.
[[nodiscard]] WipedBytes deriveKey(Derivation derivation, const Digest &digest, const WipedBytes &secret, QByteArrayView info,
                                   size_t octets, QByteArrayView salt = {});
/// A stranger chooses the rounds, so they are spent from `effort`. Empty if that is used up, or the parameters make no sense.
[[nodiscard]] WipedBytes derivePbkdf2(const X509_ALGOR *derivation, QByteArrayView password, size_t octets, PathEffort &effort);

/// id-alg-PWRI-KEK, RFC 3211 section 2.3. Empty if its check fails.
[[nodiscard]] WipedBytes unwrapPwri(const X509_ALGOR *pwriKek, const WipedBytes &kek, QByteArrayView wrapped);
/// Key octets of the cipher inside PWRI-KEK's parameters; 0 if there is none.
[[nodiscard]] size_t pwriKekOctets(const X509_ALGOR *pwriKek);

} // namespace provider::cms
