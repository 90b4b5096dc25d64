// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "relay/FaultRule.h"

#include <QString>

namespace app {

// Values of relay that `wax` and the windows use, under the names of app.
using relay::FaultKind;
using relay::FaultMark;
using relay::allFaultKinds;
using relay::FaultPlan;
using relay::FaultPoint;
using relay::FaultRule;

/// The rules of faults of one relay: SPOOL/faults.json, which a running relay watches. Each call reads or replaces the file, holding
/// its lock; slow enough for a worker. Errors: those of FaultPlan::read and write, and of locking.
namespace relayFaults {

[[nodiscard]] QString file(const QString &spoolDirectory);
[[nodiscard]] base::Result<FaultPlan> plan(const QString &spoolDirectory);
/// Whatever stood there, were it damaged.
[[nodiscard]] base::Status replace(const QString &spoolDirectory, const FaultPlan &plan);
/// At the end; one of the same name is replaced in its place. ConfigurationInvalid if there are too many.
[[nodiscard]] base::Status add(const QString &spoolDirectory, const FaultRule &rule);
/// The rule that is called `before` becomes `rule`, in its place, under whatever name; nothing is lost if that fails. At the end if it is gone
/// meanwhile. InvalidArgument if another rule bears the new name.
[[nodiscard]] base::Status change(const QString &spoolDirectory, const QString &before, const FaultRule &rule);
enum class RuleState { Off, On };
/// A rule that is off keeps its place and does nothing. InvalidArgument if there is none of that name.
[[nodiscard]] base::Status setState(const QString &spoolDirectory, const QString &name, RuleState state);
/// InvalidArgument if there is none of that name.
[[nodiscard]] base::Status remove(const QString &spoolDirectory, const QString &name);
/// The same; the seed stays if it can be read.
[[nodiscard]] base::Status clear(const QString &spoolDirectory);

/// True once the relay that runs on this spool obeys what is in the file now; also if none runs.
[[nodiscard]] bool isInForce(const QString &spoolDirectory);

} // namespace relayFaults

/// What a rule does and when, in a sentence: for the window and for `wax relay fault list`.
[[nodiscard]] QString faultText(const FaultRule &rule);
/// What a kind of fault does, for a menu.
[[nodiscard]] QString faultKindText(FaultKind kind);
/// Where in the dialogue a rule may apply, for a menu: "when a recipient is named (RCPT)".
[[nodiscard]] QString faultPointText(FaultPoint point);
/// The places where a kind of fault can happen, the usual one first; one place means that there is no choice.
[[nodiscard]] QList<FaultPoint> faultPoints(FaultKind kind);
/// What a rule did to a message: "Altered by the rule footer: lines were appended."
[[nodiscard]] QString faultMarkText(const FaultMark &mark);

} // namespace app
