// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: the content encryption algorithms, one EVP pass each.

#include "provider/CmsAsn1.h"
#include "provider/CmsOutcome.h"

namespace provider::cms {

enum class CipherMode { Cbc, Gcm, Ccm, ChaCha };

/// A content encryption algorithm with its parameters, as contentEncryptionAlgorithm says.
struct Cipher {
    const EVP_CIPHER *evp = nullptr;    ///< lives as long as the program; nullptr: we do not have it
    CipherMode mode = CipherMode::Cbc;
    size_t keyOctets = 0;
    QByteArray nonce;                   ///< or IV
    qsizetype tagOctets = 0;            ///< 0 for CBC
    QByteArray derivationInfo;          ///< RFC 9709: the key is derived with it; empty: taken as it is

    [[nodiscard]] explicit operator bool() const { return evp != nullptr; }
    [[nodiscard]] bool isAuthenticated() const { return mode != CipherMode::Cbc; }
};

/// RFC 3565, RFC 5084, RFC 8103, RFC 3370 section 5, RFC 3657; one of them within RFC 9709.
[[nodiscard]] Cipher cipherOf(const X509_ALGOR *algorithm);
/// For a new message, with a fresh nonce; null if the random source fails.
[[nodiscard]] Cipher newCipher(ContentCipher choice);
/// As it is written and described.
[[nodiscard]] CmsAlgorithm algorithmOf(ContentCipher choice, const Cipher &cipher);

/// Decrypts `content` in place where nobody else holds it. Nothing comes out unless the tag (or the padding of CBC) is
/// right; then the rest is overwritten. `associated` is the DER of the authenticated attributes.
[[nodiscard]] std::optional<QByteArray> decrypt(const Cipher &cipher, const WipedBytes &key, QByteArray &&content,
                                                QByteArrayView associated, QByteArrayView tag);

/// Encrypts piece by piece.
class Encryption
{
public:
    /// nullopt if OpenSSL refuses.
    [[nodiscard]] static std::optional<Encryption> begin(const Cipher &cipher, const WipedBytes &key);
    /// Octets that come out of `plain` octets in all, without the tag.
    [[nodiscard]] qsizetype octetsFor(qsizetype plain) const;
    /// Writes to `out`, which has room for `in` and one block more; how many octets were written, or -1.
    [[nodiscard]] qsizetype update(QByteArrayView in, unsigned char *out);
    /// Writes what is left, at most one block; -1 for failure.
    [[nodiscard]] qsizetype finish(unsigned char *out);
    /// After finish(); empty for CBC.
    [[nodiscard]] QByteArray tag() const;

private:
    Cipher m_cipher;
    EvpCipherContextPtr m_context;
};

} // namespace provider::cms
