// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "provider/CertificateFacts.h"
#include "provider/Revocation.h"

#include <QDateTime>
#include <QStringList>
#include <QtCrypto>
#include <optional>
#include <utility>

namespace provider {

/// What a certificate is to be for.
enum class CertificateKind {
    Person,         ///< S/MIME: emailProtection.
    Authority,      ///< Issues certificates and CRLs.
    TlsServer,      ///< serverAuth.
};

/// Which halves of mail a person's certificate is for; narrowed by what the key type can do.
enum class MailUse { SignAndReceive, Sign, Receive };

/// What the issuer decides about a certificate. Nothing is copied from a request unasked.
struct CertificateProfile {
    CertificateKind kind = CertificateKind::Person;
    MailUse mailUse = MailUse::SignAndReceive;
    QString commonName;
    /// rfc822Name, or SmtpUTF8Mailbox (RFC 9598) where the local part is not ASCII; domains become A-labels in the former.
    QStringList addresses;
    /// For TLS servers: DNS names and IP literals.
    QStringList hostNames;
    /// The present time. notBefore is five minutes earlier, for peers whose clocks are slow.
    QDateTime issuedAt;
    QDateTime validUntil;
    /// For an authority: how many authorities may follow below it.
    std::optional<int> pathLength;
    /// Written as RFC 4262 extension if not empty.
    QList<SmimeCapability> smimeCapabilities;
    QStringList crlLocations;
    /// Hex; empty means 16 random octets.
    QByteArray serial;
    /// Digest of the issuer's signature ("SHA256", "SHA1", ...); empty: the one proper to the issuer's key. Not used by
    /// EdDSA and ML-DSA.
    QByteArray digest;
    /// Extensions in the notation of OpenSSL's configuration ("nameConstraints", "permitted;email:.example.org").
    /// One named here replaces the profile's own; an empty value removes it. For tests and odd authorities.
    QList<std::pair<QByteArray, QByteArray>> extensions;
};

/// Issues a certificate for `subjectKey`, which need not be able to sign (X25519, ML-KEM). With a null
/// `issuer` it is self-signed, and `issuerKey` must be the private half of `subjectKey`.
/// InvalidArgument (no key, validity missing or reversed, a bad extension), AddressInvalid,
/// CertificateKeyMismatch (issuer's key), KeyTypeUnsupported (the issuer's key cannot sign). RFC 5280, RFC 8550.
[[nodiscard]] base::Result<QCA::Certificate> issueCertificate(const QCA::Certificate &issuer,
                                                              const QCA::PrivateKey &issuerKey,
                                                              const QCA::PublicKey &subjectKey,
                                                              const CertificateProfile &profile);

/// A certificate request of RFC 2986 in DER with common name and addresses (as subjectAltName in extensionRequest).
/// KeyTypeUnsupported if the key cannot sign, AddressInvalid.
[[nodiscard]] base::Result<QByteArray> makeRequest(const QCA::PrivateKey &key, const QString &commonName,
                                                   const QStringList &addresses);

/// What a request asks for.
struct RequestFacts {
    QString commonName;
    QString subject; ///< RFC 4514.
    QStringList addresses;
    QCA::PublicKey publicKey;
    QString keyType; ///< As describeKey().
};

/// Reads a request, DER or PEM, and verifies that its sender holds the key.
/// NotACertificateRequest, RequestSignatureInvalid, KeyTypeUnsupported.
[[nodiscard]] base::Result<RequestFacts> readRequest(QByteArrayView request);

/// A CRL (version 2) in DER with AKI and CRL number. `number` must grow with each one of an issuer.
/// InvalidArgument, CertificateKeyMismatch.
[[nodiscard]] base::Result<QByteArray> issueCrl(const QCA::Certificate &issuer, const QCA::PrivateKey &issuerKey,
                                                const CrlFacts &contents);

} // namespace provider
