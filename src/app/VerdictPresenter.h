// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "smime/SignatureDiagnosis.h"
#include "smime/Verdict.h"

#include <QLocale>
#include <QString>
#include <optional>

namespace smime {
struct OpenedMessage;
}

namespace app {

/// How loud a verdict is. Notice is amber, Danger is red.
enum class Severity { Neutral, Good, Notice, Danger };

/// The sign beside the verdict; ui has a picture for each, legible without colour.
enum class SealSign { None, SealVerified, SealPart, SealQuestion, SealBroken, Lock, LockWarning, LockClosed, Damaged };

/// What a line of reasons is about, in the order in which they are shown.
enum class ReasonAxis { Content, Authority, Usage, Sender, Time, Revocation, Coverage, Reader, Algorithms, Memory, Warning };

/// One line below "Why?", with its own sign.
struct VerdictReason {
    ReasonAxis axis = ReasonAxis::Content;
    Severity severity = Severity::Neutral;
    QString text;

    bool operator==(const VerdictReason &) const = default;
};

/// What the banner shows.
struct VerdictPresentation {
    Severity severity = Severity::Neutral;
    SealSign sign = SealSign::None;
    QString headline;              ///< One sentence a person can act on.
    QString readers;               ///< Who could read it; may be empty.
    QList<VerdictReason> reasons;
    QString advice;                ///< What to do next; may be empty.
    bool isDeceptive = false;      ///< The sender or the date that is shown may be taken for another one: the reasons are to be seen unasked.

    /// All of it as one text, for screen readers and for `wax`.
    [[nodiscard]] QString accessibleText() const;

    bool operator==(const VerdictPresentation &) const = default;
};

/// What the presenter knows beside the verdict.
struct VerdictContext {
    QString fromAddress;
    QDateTime now;                 ///< For dates as people say them.
    QLocale locale;
    std::optional<smime::SignatureDiagnosis> diagnosis; ///< OpenedMessage::diagnosis: what happened to altered text.
    std::optional<base::Error> fault; ///< OpenedMessage::fault: where a malformed message is damaged.
    QList<QByteArray> unprotectedFields; ///< Of Subject, Date, To and Cc: can be changed on the way without harm to the signature.
    bool areKeysLocked = false;    ///< Then nobody knows yet whether one of them opens the message.

    /// True if nothing is wrong with the message but that an algorithm of its encryption is not known here.
    [[nodiscard]] bool isAlgorithmUnknown() const { return fault && fault->code == base::ErrorCode::AlgorithmUnsupported; }
};

/// What there is to know of an opened message.
[[nodiscard]] VerdictContext verdictContextOf(const smime::OpenedMessage &message, const QDateTime &now);

/// The sentences for a verdict. Pure; translated in the context "app::VerdictPresenter".
[[nodiscard]] VerdictPresentation presentVerdict(const smime::Verdict &verdict, const VerdictContext &context);

/// The sign and its words for a row of the message list.
[[nodiscard]] SealSign signFor(const smime::Verdict &verdict);
[[nodiscard]] QString signText(SealSign sign);

} // namespace app
