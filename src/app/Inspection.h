// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/Open.h"

#include <QList>
#include <QString>

namespace app {

/// One value of a step: what it is called for people, what its RFC calls it, and what it is.
struct InspectionRow {
    QString label;
    QString rfcName;    ///< "digestAlgorithm"; not translated, may be empty.
    QString value;
    QByteArray octets;  ///< The bytes behind it, for copy and export; may be empty.

    bool operator==(const InspectionRow &) const = default;
};

/// One stair of the inspector.
struct InspectionStep {
    smime::StepKind kind = smime::StepKind::Received;
    smime::StepOutcome outcome = smime::StepOutcome::NotChecked;
    QString title;       ///< "Signature"
    QString sentence;    ///< What happened, in words.
    QList<InspectionRow> rows;

    bool operator==(const InspectionStep &) const = default;
};

/// The way of this letter from the outside in, in words. Pure; values come from the steps that were done.
[[nodiscard]] QList<InspectionStep> inspectionSteps(const smime::OpenedMessage &message);

/// What a layer below says in English of what it found wrong, in the person's language as far as that is known.
[[nodiscard]] QString causeText(const QString &detail);
/// What became of a path, by the name that smime::nameOf(Chain) gives it: "leads to an authority that you trust".
[[nodiscard]] QString chainText(const QString &name);

/// "Done", "Failed", ... for screen readers.
[[nodiscard]] QString outcomeText(smime::StepOutcome outcome);

} // namespace app
