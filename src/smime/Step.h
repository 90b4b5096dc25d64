// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace smime {

/// What was undone or looked at, from the outside in.
enum class StepKind { Received, Envelope, KeyUnwrapped, ContentDecrypted, Decompressed, Signature, Path, ProtectedHeaders };

enum class StepOutcome { NotChecked, Done, Questionable, Failed };

/// The values that a step can show; app/Inspection gives each its label and its RFC name.
enum class Field {
    SizeOctets, LineEnds, ContentType, Sha256,
    ContentCipher, Recipient, RecipientIsYou, EncryptedContentOctets,
    KeyAlgorithm, UnwrappedWith,
    Authenticated, PlaintextOctets,
    SignerName, SignerAddress, SignerSerial, SignatureAlgorithm, DigestAlgorithm, DigestComputed, DigestSigned, DigestsEqual,
    SignatureValueGood, SigningTime, SignedOctets,
    PathCertificate, PathTrust, PathUsage, PathTime, PathRevocation,
    ProtectedField, OuterField,
    Cause,
};

struct StepValue {
    Field field = Field::Cause;
    QString value;       ///< Digits, names, hex; not translated.
    QByteArray octets;   ///< The bytes behind the value, if there are any (a certificate's DER, a digest).

    bool operator==(const StepValue &) const = default;
};

/// One step of opening with the values that it really had.
struct Step {
    StepKind kind = StepKind::Received;
    StepOutcome outcome = StepOutcome::NotChecked;
    QString part;              ///< The MIME part it was done on, "1.2".
    QList<StepValue> values;

    bool operator==(const Step &) const = default;
};

} // namespace smime
