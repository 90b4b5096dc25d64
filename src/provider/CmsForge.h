// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "provider/CmsOptions.h"

#include <QtCrypto>

namespace provider {

// CMS as other programs write it, and as attackers do: for `wax forge` and for tests. Nothing that seals mail may use it.
// It shares with the product's writer only how a content key reaches a certificate (RSA, EC, X25519, X448, ML-KEM).

/// Keys that the product does not make.
enum class ForgedKey {
    Rsa1024,        ///< Weak.
    RsaPss2048,     ///< RSASSA-PSS only, with parameters: SHA-256, salt of 32 octets (RFC 4055 section 3.1).
};

/// KeyGenerationFailed.
[[nodiscard]] base::Result<QCA::PrivateKey> forgeKey(ForgedKey kind);

/// How ASN.1 is written down: DER, or with indefinite lengths and content cut into pieces, as streaming writers do.
enum class ForgedEncoding { Der, Ber };

enum class ForgedAttributes {
    Usual,                  ///< contentType, signingTime, messageDigest.
    None,                   ///< The signature is over the content itself, RFC 5652 section 5.4.
    WithReceiptRequest,     ///< The usual ones and receiptRequest, RFC 2634 section 2.7.
    WithoutContentType,
    WithoutMessageDigest,
    TwoContentTypes,        ///< The same attribute twice, RFC 5652 section 5.3 forbids it.
    TwoMessageDigests,      ///< Two values in one attribute, RFC 5652 section 11.2 forbids it.
    OtherContentType,       ///< contentType says id-ct-TSTInfo.
};

enum class ForgedScheme { Usual, Pss };
enum class ForgedSignature { Right, Wrong };

/// One SignerInfo to be.
struct ForgedSigner {
    QByteArray certificate;             ///< DER
    QCA::PrivateKey key;
    QByteArray digest = "SHA256";       ///< OpenSSL's name: "SHA1", "MD5", "SHA384"; EdDSA and ML-DSA have theirs (RFC 8419, RFC 9882)
    ForgedScheme scheme = ForgedScheme::Usual;
    CertificateNaming naming = CertificateNaming::IssuerAndSerial;
    ForgedAttributes attributes = ForgedAttributes::Usual;
    ForgedSignature signature = ForgedSignature::Right;
    QDateTime signingTime;              ///< UTC
};

struct ForgedSignedData {
    QByteArray content;                 ///< What the signers sign.
    std::optional<QByteArray> embedded; ///< What the CMS carries: nothing for a detached signature.
    QByteArray contentType = "1.2.840.113549.1.7.1"; ///< Dotted: eContentType and the attribute.
    QList<ForgedSigner> signers;        ///< None: a bundle of certificates.
    QList<QByteArray> certificates;     ///< DER
    QList<QByteArray> crls;             ///< DER
    ForgedEncoding encoding = ForgedEncoding::Der;
};

/// SignedData of RFC 5652 section 5. SigningFailed with OpenSSL's reason.
[[nodiscard]] base::Result<QByteArray> forgeSignedData(const ForgedSignedData &what);

enum class ForgedCipher {
    Aes128Cbc, Aes192Cbc, Aes256Cbc, Aes128Gcm, Aes192Gcm, Aes256Gcm, Aes128Ccm, Aes256Ccm, ChaCha20Poly1305, TripleDes, Rc2_128, Rc2_40,
};

enum class ForgedKeyDelivery { Right, Wrong };

/// One RecipientInfo to be: for a certificate, a password or a shared key, the first that is given.
struct ForgedRecipient {
    QByteArray certificate;             ///< DER
    RsaKeyTransport transport = RsaKeyTransport::OaepSha256;
    CertificateNaming naming = CertificateNaming::IssuerAndSerial;
    QByteArray password;                ///< PasswordRecipientInfo: PBKDF2 with HMAC-SHA-256, PWRI-KEK over AES-256-CBC
    SharedKey sharedKey;                ///< KEKRecipientInfo with 32 octets: AES-256 key wrap
    ForgedKeyDelivery delivery = ForgedKeyDelivery::Right;
};

struct ForgedEnvelope {
    QByteArray content;
    ForgedCipher cipher = ForgedCipher::Aes256Gcm;
    QList<ForgedRecipient> recipients;
    ForgedEncoding encoding = ForgedEncoding::Der;
    /// EFAIL's gadget for CBC (Poddebniak et al., 2018): blocks of 16 octets that decryption puts before the content, each
    /// followed by a block of garbage. They are made from the ciphertext and the known first block, without the key.
    QList<QByteArray> gadgets;
};

/// EnvelopedData (CBC, RFC 5652 section 6) or AuthEnvelopedData (RFC 5083, RFC 5084, RFC 8103). EncryptionFailed.
[[nodiscard]] base::Result<QByteArray> forgeEnvelope(const ForgedEnvelope &what);

/// EncryptedData of RFC 5652 section 8: its key is agreed on elsewhere. EncryptionFailed.
[[nodiscard]] base::Result<QByteArray> forgeEncryptedData(const QByteArray &content);

/// CompressedData of RFC 3274.
[[nodiscard]] QByteArray forgeCompressed(const QByteArray &content);

} // namespace provider
