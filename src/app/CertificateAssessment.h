// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "identity/CertificateInfo.h"
#include "identity/DataDirectory.h"
#include "identity/Keystore.h"
#include "identity/TrustStore.h"

#include <QDateTime>
#include <QStringList>

namespace app {

using identity::AssessFor;
using identity::assess;
using identity::CertificateInfo;
using identity::certificateInfo;
using identity::CertificateState;

/// What a key's newest certificate is worth for the use of the key; WaitingForCertificate if it has none. Any thread.
[[nodiscard]] CertificateState keyState(const identity::KeyEntry &entry, const identity::TrustMaterial &trust, const QDateTime &now);

/// One sentence for a state, such as "It expired on 3 March 2026."
[[nodiscard]] QString stateText(CertificateState state, const CertificateInfo &info);

/// What a certificate may be used for, in words: "signing, receiving encrypted mail". Uses that have no words here keep their RFC names.
[[nodiscard]] QString usagesText(const QStringList &usages);

/// The name of a state in JSON, such as "not-yet-valid".
[[nodiscard]] QString stateName(CertificateState state);

enum class RecipientMark { None, Found, FoundBut };

/// Whether mail for one recipient can be encrypted.
struct RecipientCertificate {
    QString address;
    RecipientMark mark = RecipientMark::None;
    CertificateState reason = CertificateState::NotChecked; ///< For FoundBut, of the best one found.
    CertificateInfo info;
    QByteArray certificate;       ///< DER of the one to use; empty unless Found.
    QList<QByteArray> chain;
    QByteArray capabilities;      ///< DER of the SMIMECapabilities said last, in signed mail or by the certificate; empty if none.
};

/// Looks in the profile's book, then among the members of the data directory; the newest usable certificate wins.
/// Never fails: what is unreadable counts as not found. Any thread; in a job.
[[nodiscard]] RecipientCertificate findRecipient(const identity::DataDirectory &data, const identity::Profile &profile,
                                                 const QString &recipient, const QDateTime &now);

} // namespace app
