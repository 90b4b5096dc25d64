// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QList>
#include <QString>
#include <memory>
#include <optional>

namespace provider {

namespace cms {
struct ReadEnvelope;
}

/// What a ContentInfo says it is. RFC 5652 section 14, RFC 5083 section 2.1, RFC 3274 section 1.1.
enum class CmsContentType {
    Unknown,
    Data,
    SignedData,
    EnvelopedData,
    AuthEnvelopedData,
    CompressedData,
    DigestedData,
    EncryptedData,
    AuthenticatedData,
};

/// How an AlgorithmIdentifier reads: a name for people, the OID for everybody else.
struct CmsAlgorithm {
    QString name;              ///< "SHA-256", "RSA-PSS", "AES-256-GCM"; the dotted OID if we have no name
    QByteArray oid;            ///< dotted
    QByteArray parameters;     ///< DER of the parameters, empty if absent
    bool operator==(const CmsAlgorithm &) const = default;
};

/// One Attribute: its type and the DER of each value, in the order of the message.
struct CmsAttribute {
    QByteArray oid;            ///< dotted
    QList<QByteArray> values;
    bool operator==(const CmsAttribute &) const = default;
};

/// How a certificate is named in a CMS: by issuer and serial number, or by key identifier.
struct CmsIdentifier {
    QString issuer;            ///< RFC 4514, empty if named by key identifier
    QByteArray issuerDer;      ///< DER of the issuer's Name
    QByteArray serialHex;      ///< lower case, two digits an octet, a leading '-' if negative
    QByteArray subjectKeyId;   ///< empty if named by issuer and serial number
    bool operator==(const CmsIdentifier &) const = default;
};

enum class CmsRecipientKind { Unknown, KeyTransport, KeyAgreement, Kek, Password, Kem };

/// One who can open the message; a KeyAgreeRecipientInfo gives one entry for each of its keys.
struct CmsRecipient {
    CmsRecipientKind kind = CmsRecipientKind::Unknown;
    int version = 0;               ///< of the RecipientInfo; OtherRecipientInfo has none
    CmsIdentifier id;
    QDateTime keyDate;             ///< what RecipientKeyIdentifier and KEKIdentifier may say beside the key; mostly invalid
    QByteArray keyAttribute;       ///< DER of their OtherKeyAttribute; mostly empty
    CmsAlgorithm keyEncryption;    ///< "RSA", "RSA-OAEP", "ECDH-ES", "X25519", "ML-KEM-768", ...
    QString derivation;            ///< "SHA-256" (OAEP, its MGF), "X9.63 KDF SHA-256", "HKDF-SHA-256", "PBKDF2"; may be empty
    QString keyWrap;               ///< "AES-256-WRAP"; empty for key transport
    qsizetype encryptedKeyOctets = 0;
    CmsIdentifier originator;      ///< KeyAgreement by a certificate of the sender's
    CmsAlgorithm originatorAlgorithm; ///< KeyAgreement by a key that came along
    QByteArray originatorKey;      ///< that key; empty if a certificate is named
    QByteArray ukm;                ///< KeyAgreement, Kem; empty if absent
    CmsAlgorithm keyDerivation;    ///< keyDerivationAlgorithm of Password, kdf of Kem, as they stand
    CmsAlgorithm kemWrap;          ///< wrap of Kem
    QByteArray kemCiphertext;      ///< kemct of Kem
    int kekLength = 0;             ///< of Kem
    bool operator==(const CmsRecipient &) const = default;
};

/// One SignerInfo as it stands, nothing of it checked.
struct CmsSigner {
    int version = 0;
    CmsIdentifier id;
    CmsAlgorithm digest;
    CmsAlgorithm signature;
    std::optional<QDateTime> signingTime;       ///< UTC, as the signer claims
    QList<CmsAttribute> signedAttributes;
    QList<CmsAttribute> unsignedAttributes;
    QByteArray value;                           ///< the signature itself
    bool operator==(const CmsSigner &) const = default;
};

/// A run of octets of the input.
struct CmsRange {
    qsizetype offset = 0;
    qsizetype length = 0;
    bool operator==(const CmsRange &) const = default;
};

/// What a CMS message shows to anybody, without any key.
struct CmsStructure {
    CmsContentType type = CmsContentType::Unknown;
    QByteArray typeOid;                    ///< dotted
    int version = 0;
    bool indefiniteLength = false;         ///< BER as NSS and gpgsm write it
    QByteArray innerTypeOid;               ///< eContentType, or the type of what is encrypted or compressed
    /// The content octets: of eContent, the ciphertext or the compressed data. Several runs where the sender
    /// cut an OCTET STRING into pieces; none for a detached signature.
    QList<CmsRange> content;
    bool hasContent = false;               ///< false: detached, or encrypted content kept elsewhere
    qsizetype contentOctets = 0;

    QList<CmsAlgorithm> digestAlgorithms;  ///< SignedData: what the sender says to have hashed with; as many as there may be signers
    QList<CmsSigner> signers;
    QList<CmsRecipient> recipients;
    CmsAlgorithm contentEncryption;        ///< cipher, compression or digest algorithm of the content
    QByteArray authenticationTag;          ///< AuthEnvelopedData
    QList<CmsAttribute> authenticatedAttributes; ///< AuthEnvelopedData
    QList<CmsAttribute> unprotectedAttributes;   ///< unprotectedAttrs, or unauthAttrs of AuthEnvelopedData
    QByteArray digest;                     ///< DigestedData
    QList<QByteArray> certificates;        ///< DER, also of OriginatorInfo
    QList<QByteArray> crls;                ///< DER
    qsizetype trailingOctets = 0;          ///< what follows the ContentInfo and is no part of it
    std::shared_ptr<const cms::ReadEnvelope> envelope; ///< For CmsOptions::structure; null for what is no envelope.

    /// SignedData without any signer: a bundle of certificates, never a signature. RFC 8551 section 3.8.
    [[nodiscard]] bool isCertificatesOnly() const { return type == CmsContentType::SignedData && signers.isEmpty(); }
};

/// Reads the structure of a DER or BER ContentInfo, nothing decrypted, nothing verified. Copies no content.
/// Bounded in nesting and in the number of signers, recipients and certificates. Any thread.
/// Errors: CmsMalformed (with an offset where one is known), CmsTooLarge. An unknown content type is not an error.
[[nodiscard]] base::Result<CmsStructure> readCmsStructure(QByteArrayView der);

} // namespace provider
