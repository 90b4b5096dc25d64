// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/VerdictPresenter.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace app {

/// One who can open a message: an entry of the CMS's recipient list, matched to the certificates that the data directory knows.
struct RelayReader {
    QStringList addresses;    ///< Empty: no known certificate has this number.
    QString name;
    QString issuer;
    QString serial;           ///< Lower-case hex; empty if named by a key identifier.
    QString keyIdentifier;
    QString algorithm;
    QString kind;             ///< As in `wax open --json`.
    bool isInEnvelope = false;
    bool isVisible = false;   ///< Named in To or Cc, where everybody sees it.
    bool isSender = false;
    bool isBetrayed = false;  ///< Others can learn from the list that this one reads it too: a Bcc that leaks.

    [[nodiscard]] bool isKnown() const { return !addresses.isEmpty(); }
    bool operator==(const RelayReader &) const = default;
};

/// What the relay found out about one message, without a key or with those that it was given. A value; kept as JSON in the relay's
/// journal. Nothing that was decrypted is in it but the verdict.
struct RelayAssessment {
    bool isKnown = false;         ///< False: the message has not been looked at yet.
    bool isTooLarge = false;      ///< Only its head was looked at: above relay::MessageAssessor::kLargestOctets.
    QString from;                 ///< As the header around it says, decoded.
    QString subject;
    QString structure;            ///< "multipart/signed (text/plain, application/pkcs7-signature)"
    QString summary;              ///< As in `wax open --json`; empty if it is too large.
    QStringList signedBy;         ///< Addresses of the signers whose signature fits.
    QString cipher;               ///< Empty: not encrypted.
    bool isDecrypted = false;     ///< The relay was given a key that fits.
    QList<RelayReader> readers;
    QStringList cannotRead;       ///< Recipients of the envelope for whom the list has no entry.
    QString headerProtection;     ///< Of the subject: "none", "signed", "encrypted", "signed-and-encrypted".
    QString damage;               ///< What happened to it on its way, as in `diagnosis` of `wax open --json`; may be empty.
    QJsonObject open;             ///< `wax open --json` without anything of the content.

    /// What is said of its seals holds.
    [[nodiscard]] bool isLookedInto() const { return isKnown && !isTooLarge; }
    [[nodiscard]] bool isEncrypted() const { return !cipher.isEmpty() || !readers.isEmpty(); }
    [[nodiscard]] bool isSigned() const;
    [[nodiscard]] bool hasLeak() const;
    /// Of a verified message: the addresses of the signers who are its sender, by what they signed. What carriers see around it may name somebody else.
    [[nodiscard]] QStringList verifiedSenders() const;

    [[nodiscard]] static RelayAssessment fromJson(const QByteArray &json);
    [[nodiscard]] QByteArray toJson() const;
    bool operator==(const RelayAssessment &) const = default;
};

/// `readableBy` of `wax relay show --json`.
[[nodiscard]] QJsonObject toJson(const RelayReader &reader);

/// How loud that is: the worst of what there is to say decides. Neutral while it is not known.
[[nodiscard]] Severity assessmentSeverity(const RelayAssessment &assessment);
/// One line for a list: "Signed by alice@example.org, verified".
[[nodiscard]] QString assessmentHeadline(const RelayAssessment &assessment);
/// The same, and what must not be overlooked beside it: who can read it without being named, and who cannot.
[[nodiscard]] QString assessmentGlance(const RelayAssessment &assessment);
/// All that is to be said, a sentence each: seal, path, readers, leaks, header protection, algorithms.
[[nodiscard]] QStringList assessmentSentences(const RelayAssessment &assessment);

} // namespace app
