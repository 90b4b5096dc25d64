// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "provider/SharedKey.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <memory>
#include <optional>

namespace QCA {
class SecureMessage;
}

namespace provider {

struct CmsStructure;
class PathEffort;

/// How RSA keys sign; other keys know one way only.
enum class RsaSignature { Pkcs1, Pss };

/// Digest of content and attributes. Keys that hash by themselves (Ed25519, ML-DSA: SHA-512, Ed448: SHAKE256) have it fixed
/// whatever is said here (RFC 8419 section 3.1, RFC 9882 section 3.3); EC P-384 and P-521 keys raise it to their own strength.
enum class DigestAlgorithm { Sha256, Sha384, Sha512 };

enum class ContentCipher { Aes256Gcm, Aes128Gcm, Aes256Cbc, Aes128Cbc };

/// How an RSA recipient gets the content key.
enum class RsaKeyTransport { OaepSha256, Pkcs1 };

/// How certificates are named in SignerInfo and RecipientInfo.
enum class CertificateNaming { IssuerAndSerial, SubjectKeyIdentifier };

/// What QCA's own list of signers says. Whoever reads factsOf() needs no certificates there, and making them costs as much as
/// verifying a short mail.
enum class QcaSigners { WithoutCertificates, WithCertificates };

/// Whether an event loop is told of the end of an operation. Whoever calls waitForFinished() needs none, and an event costs two system calls.
enum class EndSignal { None, Queued };

/// What QCA's SecureMessage cannot say. A default-constructed value is a good choice for a peer whose capabilities are known
/// to include AES-GCM; what to choose for whom is smime's business.
struct CmsOptions {
    // Signing
    RsaSignature rsaSignature = RsaSignature::Pkcs1;
    DigestAlgorithm digest = DigestAlgorithm::Sha256;
    std::optional<QDateTime> signingTime;       ///< attribute signingTime; unset: the machine's clock
    QByteArray capabilitiesDer;                 ///< attribute SMIMECapabilities; empty: ownCapabilities() of an RSA key
    QByteArray preferredEncryptionCertificate;  ///< DER: attribute SMIMEEncryptionKeyPreference, and bundled; empty: none

    // Encrypting
    ContentCipher cipher = ContentCipher::Aes256Gcm;
    RsaKeyTransport keyTransport = RsaKeyTransport::OaepSha256;
    /// By index of SecureMessage::recipientKeys(), stronger than keyTransport; may be shorter than that list.
    QList<RsaKeyTransport> keyTransportOf;
    CertificateNaming recipientNaming = CertificateNaming::IssuerAndSerial;
    /// Octets that will be given to update() in all. If set, encrypting gives out ciphertext with every update() (call
    /// read() after it) instead of holding it until end(); giving more or fewer octets is then a failure.
    std::optional<qint64> contentOctets;

    // Reading
    /// What readCmsStructure() made of the very array that is to be decrypted, so that it is not read twice; must live until end().
    const CmsStructure *structure = nullptr;
    QcaSigners qcaSigners = QcaSigners::WithoutCertificates; ///< a message that never got options: WithCertificates
    EndSignal endSignal = EndSignal::None;      ///< a message that never got options: Queued
    base::Secret password;                      ///< for PasswordRecipientInfo
    QList<SharedKey> sharedKeys;                ///< for KEKRecipientInfo
    std::shared_ptr<PathEffort> effort;         ///< for verifying and for a password, shared with the paths of the message; null: its own
    qint64 decompressedLimit = 256 * 1024 * 1024; ///< CompressedData that grows beyond it is CmsFault::TooLarge
};

/// Gives `options` to `message` before its start...(); they stay for later operations of the same object. False if `message` is
/// not one of our provider's. On the thread of `message`.
/// How to feed it: update() keeps the QByteArray and copies nothing, so give the pieces as they are, one after the other;
/// all work is done in end() on the calling thread, and then waitForFinished(-1) returns at once. Decrypting works in place if
/// nobody else holds the array by then: give a moved or cleared one.
bool setOptions(QCA::SecureMessage &message, const CmsOptions &options);

} // namespace provider
