// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "identity/DataDirectory.h"
#include "identity/TrustStore.h"

#include <QDateTime>
#include <QStringList>

namespace app {

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

/// One sentence for a state, such as "It expired on 3 March 2026."
[[nodiscard]] QString stateText(CertificateState state, const CertificateInfo &info);

/// The name of a state in JSON, such as "not-yet-valid".
[[nodiscard]] QString stateName(CertificateState state);

/// What a certificate says, for people. NotACertificate.
[[nodiscard]] base::Result<CertificateInfo> certificateInfo(const QByteArray &der);

enum class AssessFor { Encryption, Signing };

/// Whether a certificate may be used now, by its path, usage, time, revocation and strength; the worst cause. Any thread; in a job.
[[nodiscard]] CertificateState assess(const QByteArray &certificate, const QList<QByteArray> &chain, const identity::TrustMaterial &trust,
                                      AssessFor purpose, const QDateTime &now);

enum class RecipientMark { None, Found, FoundBut };

/// Whether mail for one recipient can be encrypted.
struct RecipientCertificate {
    QString address;
    RecipientMark mark = RecipientMark::None;
    CertificateState reason = CertificateState::NotChecked; ///< For FoundBut, of the best one found.
    CertificateInfo info;
    QByteArray certificate;       ///< DER of the one to use; empty unless Found.
    QList<QByteArray> chain;
    QByteArray capabilities;      ///< DER of SMIMECapabilities remembered or from the certificate; empty if none.
};

/// Looks in the profile's book, then among the members of the data directory; the newest usable certificate wins.
/// Never fails: what is unreadable counts as not found. Any thread; in a job.
[[nodiscard]] RecipientCertificate findRecipient(const identity::DataDirectory &data, const identity::Profile &profile,
                                                 const QString &recipient, const QDateTime &now);

} // namespace app
