// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/Verdict.h"

#include <QJsonObject>
#include <optional>

namespace forge {

struct ExpectedLayer {
    smime::LayerKind kind = smime::LayerKind::Signed;
    smime::LayerForm form = smime::LayerForm::Opaque;
};

/// One entry of `signature.signers`; without order, since a SET OF is sorted by its octets.
struct ExpectedSigner {
    smime::SignatureAxes axes;
    QString digest;             ///< "SHA-256"; empty: nothing is claimed.
    QString algorithm;          ///< "RSA-PSS"
};

struct ExpectedRecipient {
    smime::RecipientKind kind = smime::RecipientKind::KeyTransport;
    QString algorithm;
    bool isSelf = true;
};

/// What a reader that keeps CONTRACT.md says of a forged mail; written down by hand with each recipe, never computed
/// by what is judged. Optional parts claim nothing.
struct Expectation {
    smime::Summary summary = smime::Summary::Plain;
    QList<ExpectedLayer> layers;
    smime::SignatureAxes axes;
    smime::Coverage coverage = smime::Coverage::None;
    QList<ExpectedSigner> signers;
    smime::EncryptionState state = smime::EncryptionState::None;
    smime::Protection protection = smime::Protection::None;
    QString cipher;
    QList<ExpectedRecipient> recipients;
    QStringList warnings;               ///< All of them, in any order.
    std::optional<QString> text;        ///< `body.text`; white space at its end does not count.
    bool isTextOnly = false;            ///< Claims that `body.html` is null.
    std::optional<QString> subject;
    QString from;                       ///< `headers.From.value`; empty: nothing is claimed.
    std::optional<int> unprotectedParts;
    QString damage;                     ///< `diagnosis.damage`; empty: nothing is claimed.
};

/// In the form of `wax open --json`: a part of its object, in which arrays of signers, recipients and warnings have no order.
[[nodiscard]] QJsonObject toJson(const Expectation &expectation);

} // namespace forge
