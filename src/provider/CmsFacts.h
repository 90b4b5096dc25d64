// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/CmsStructure.h"

namespace QCA {
class SecureMessage;
}

namespace provider {

/// Why an operation on a CMS message came to nothing. A bad signature is no fault: see CmsSignerFacts.
enum class CmsFault {
    None,
    Malformed,              ///< the structure cannot be read
    TooLarge,               ///< more of something than we read: nesting, signers, decompressed octets
    WrongType,              ///< well-formed, but not what was asked for: decrypting SignedData, verifying Data
    UnsupportedAlgorithm,   ///< cipher, key transport or compression that we do not have
    NoKey,                  ///< no key that was given belongs to any recipient
    /// Anything else that went wrong after a key matched. One value on purpose: a wrong key, a damaged
    /// encrypted key, bad padding and a bad tag must look the same from outside (RFC 3218, RFC 8551 section 6).
    DecryptionFailed,
    SigningFailed,
    EncryptionFailed,       ///< a recipient's certificate has no key that can receive
};

/// What came out for one signer. Says nothing about whom the certificate belongs to.
enum class CmsIntegrity {
    NotChecked,
    Valid,
    Invalid,            ///< see CmsDefect
    NoCertificate,      ///< the signer's certificate is neither in the message nor among those given
    Unsupported,        ///< an algorithm that we do not have
    Refused,            ///< MD5 and older: a signature that anybody could have made
};

/// Which check of a signer failed first.
enum class CmsDefect {
    None,
    ContentChanged,             ///< the digest of the content is not the signed one
    SignatureWrong,             ///< the signature value does not fit the signed attributes (or the content)
    AttributesMissing,          ///< content is not Data, or some attributes are there, but contentType or messageDigest is not
    AttributesDuplicated,       ///< an attribute that must be single is there twice, or has not exactly one value
    ContentTypeDiffers,         ///< attribute contentType is not eContentType
    AlgorithmDiffers,           ///< digest of the signature algorithm is not the digest algorithm, or the signed attributes name other algorithms
    CertificateDiffers,         ///< ESS signingCertificate names another certificate
    EmbeddedContentDiffers,     ///< detached signature that also carries other content
};

/// One signer of a verified message, in the order of the message.
struct CmsSignerFacts {
    CmsIntegrity integrity = CmsIntegrity::NotChecked;
    CmsDefect defect = CmsDefect::None;
    CmsSigner signer;                       ///< identifier, algorithms, attributes as they stand
    QByteArray certificateDer;              ///< empty if none was found
    static constexpr qsizetype kMostAlsoFitting = 100;
    QList<QByteArray> alsoFitting;          ///< DER of others at hand that the same identifier names and that certify the same key: nothing says which is meant.
                                            ///< If they are kMostAlsoFitting, there may be more
    QString keyType;                        ///< "RSA-2048", "EC-P256", "Ed25519", "ML-DSA-65", ... as describeKey()
    int keyBits = 0;
    QString signatureDigest;                ///< digest of the signature itself, "SHA-256"; empty for keys that hash by themselves
    QByteArray digestComputed;              ///< over the content, with the signer's digest algorithm
    QByteArray digestSigned;                ///< attribute messageDigest; empty without signed attributes
    QByteArray capabilitiesDer;             ///< attribute SMIMECapabilities (RFC 8551 section 2.5.2), may be empty
    /// Encryption certificate that the signer prefers (attribute SMIMEEncryptionKeyPreference), may be empty.
    QByteArray preferredEncryptionDer;
    QString detail;                         ///< English, one sentence, for the details pane
};

enum class CmsProtection {
    None,
    Unauthenticated,    ///< CBC: could have been altered without a trace
    Authenticated,      ///< the tag was verified before any plaintext was given out
};

/// What is known after a QCA::SecureMessage operation beyond what QCA can say.
struct CmsFacts {
    CmsFault fault = CmsFault::None;
    QString detail;                         ///< English; the same for every DecryptionFailed
    CmsContentType type = CmsContentType::Unknown;
    QByteArray innerTypeOid;                ///< dotted; of the content that read() returns
    QList<CmsSignerFacts> signers;          ///< verify; empty for certificates-only
    QList<CmsRecipient> recipients;         ///< decrypt and encrypt
    int openedRecipient = -1;               ///< index in recipients whose key was unwrapped, -1 if none
    int openedKey = -1;                     ///< index in CMS::privateKeys() of the key that did it, -1 if none or a password
    CmsAlgorithm cipher;                    ///< content encryption; compression algorithm for CompressedData
    CmsProtection protection = CmsProtection::None;
    QByteArray nonce;                       ///< IV or nonce of the content cipher, for the inspector
    QByteArray authenticationTag;
    QList<QByteArray> certificates;         ///< DER, all that the message carries
    QList<QByteArray> crls;                 ///< DER
    QList<QByteArray> ocspResponses;        ///< DER of OCSPResponse, RFC 5940
};

/// The facts of the last operation of `message`, which must be one of our provider's; null otherwise.
/// Valid until the next start...() or the end of `message`; survives QCA's own reset at the end of an operation.
/// On the thread of `message`.
[[nodiscard]] const CmsFacts *factsOf(const QCA::SecureMessage &message);

} // namespace provider
