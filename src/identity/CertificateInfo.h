// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "identity/TrustStore.h"

#include <QDateTime>
#include <QStringList>

namespace identity {

/// A certificate in words and values, for lists and the certificate viewer.
struct CertificateInfo {
    QByteArray certificate;       ///< DER.
    QString name;                 ///< Common name of the subject.
    QString subject;              ///< RFC 4514.
    QString issuer;
    QString issuerName;           ///< Common name of the issuer.
    QByteArray serial;            ///< Lower-case hex.
    QStringList addresses;
    QDateTime notBefore;          ///< UTC.
    QDateTime notAfter;
    QString keyType;              ///< "rsa:2048", "ec:p256", ...
    QStringList usages;           ///< "digitalSignature", "emailProtection", ...
    QByteArray fingerprint;       ///< SHA-256, lower-case hex.
    bool isAuthority = false;

    bool operator==(const CertificateInfo &) const = default;
};

/// What can be said about using a certificate now; the first value is the safe one to forget.
enum class CertificateState {
    NotChecked,
    Good,
    Expired,
    NotYetValid,
    Revoked,
    Untrusted,        ///< Nobody who is trusted vouches for it.
    WrongUsage,       ///< Not for mail, or not for what is asked.
    Damaged,          ///< Its signature, or the path to its authority, is wrong.
    Weak,
    WaitingForCertificate, ///< Own key whose request has not been answered yet.
};

/// What a certificate says, for people. NotACertificate.
[[nodiscard]] base::Result<CertificateInfo> certificateInfo(const QByteArray &der);

/// The SMIMECapabilities extension of a certificate (RFC 4262), DER; empty if there is none.
[[nodiscard]] QByteArray capabilitiesIn(const QByteArray &certificate);

enum class AssessFor { Encryption, Signing };

/// Whether a certificate may be used now, by its path, usage, time, revocation and strength; the worst cause. Any thread; in a job.
[[nodiscard]] CertificateState assess(const QByteArray &certificate, const QList<QByteArray> &chain, const TrustMaterial &trust,
                                      AssessFor purpose, const QDateTime &now);

} // namespace identity
