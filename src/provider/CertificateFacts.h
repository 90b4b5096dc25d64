// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "provider/SmimeCapabilities.h"

#include <QDateTime>
#include <QFlags>
#include <QStringList>
#include <QtCrypto>

namespace provider {

/// RFC 5280 section 4.2.1.3, the bits in their order.
enum class KeyUsage {
    DigitalSignature = 0x001,
    NonRepudiation = 0x002,
    KeyEncipherment = 0x004,
    DataEncipherment = 0x008,
    KeyAgreement = 0x010,
    KeyCertSign = 0x020,
    CrlSign = 0x040,
    EncipherOnly = 0x080,
    DecipherOnly = 0x100,
};
Q_DECLARE_FLAGS(KeyUsages, KeyUsage)
Q_DECLARE_OPERATORS_FOR_FLAGS(KeyUsages)

/// What a certificate says, as values. Nothing in it is verified.
struct CertificateFacts {
    QByteArray der; ///< As DER demands it: of a certificate that was not quite DER, not the octets that were read.
    QString subject; ///< RFC 4514.
    QString issuer;  ///< RFC 4514.
    QByteArray subjectDer;
    QByteArray issuerDer;
    QString commonName; ///< The last one of the subject; for display only.
    QByteArray serial;  ///< Lower-case hex.
    /// E-mail addresses: rfc822Name, SmtpUTF8Mailbox (RFC 9598), then the legacy emailAddress attributes;
    /// without repeats. An rfc822Name or emailAddress with a NUL or another control character is left out.
    QStringList addresses;
    QStringList hostNames; ///< dNSName and iPAddress.
    QDateTime notBefore;   ///< UTC.
    QDateTime notAfter;
    QString keyType;        ///< As describeKey().
    int keyBits = 0;        ///< Size as OpenSSL gives it.
    bool keyCanSign = false;    ///< What the key's mathematics allow; the usages say what its issuer allows.
    bool keyCanReceive = false;
    QByteArray publicKeyDer; ///< SubjectPublicKeyInfo.
    QString signatureAlgorithm; ///< OpenSSL's long name, such as "sha256WithRSAEncryption", "ED25519".
    bool hasKeyUsage = false;
    KeyUsages keyUsage;
    bool hasExtendedKeyUsage = false;
    bool isExtendedKeyUsageCritical = false;
    QList<QByteArray> extendedKeyUsage; ///< Dotted OIDs.
    bool isCa = false;
    bool isSelfIssued = false; ///< Subject equals issuer; not verified.
    std::optional<int> pathLength;
    QByteArray subjectKeyIdentifier;   ///< Lower-case hex, empty if absent.
    QByteArray authorityKeyIdentifier; ///< Lower-case hex, empty if absent.
    QByteArray sha256Fingerprint;      ///< Lower-case hex of the whole certificate's SHA-256.
    QList<SmimeCapability> smimeCapabilities; ///< RFC 4262; empty if absent or malformed.
    bool hasSmimeCapabilities = false;
    QStringList crlLocations;
    QStringList ocspLocations;
    QStringList issuerLocations;

    /// RFC 8550 section 4.4.2: no key usage, or digitalSignature or nonRepudiation; and the key type can sign.
    [[nodiscard]] bool maySign() const;
    /// No key usage or the one that the key type needs: keyEncipherment for RSA and ML-KEM, keyAgreement for EC and X25519.
    [[nodiscard]] bool mayReceive() const;
    /// RFC 8550 section 4.4.4: no extended key usage, or emailProtection or anyExtendedKeyUsage.
    [[nodiscard]] bool mayProtectMail() const;

    bool operator==(const CertificateFacts &) const = default;
};

/// Facts of a DER certificate. NotACertificate if it cannot be read or bytes follow it.
[[nodiscard]] base::Result<CertificateFacts> readCertificateFacts(QByteArrayView der);

/// The extended key usages that matter here, as dotted OIDs.
inline constexpr const char *kEmailProtectionOid = "1.3.6.1.5.5.7.3.4";
inline constexpr const char *kServerAuthOid = "1.3.6.1.5.5.7.3.1";
inline constexpr const char *kAnyExtendedKeyUsageOid = "2.5.29.37.0";

} // namespace provider
