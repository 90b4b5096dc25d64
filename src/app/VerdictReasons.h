// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/VerdictPresenter.h"

namespace app {

/// The lines behind "Why?", one for each axis that has something to say, in the order of ReasonAxis. Pure.
[[nodiscard]] QList<VerdictReason> verdictReasons(const smime::Verdict &verdict, const VerdictContext &context);

/// Every code of smime::warning that a verdict may hold, with what it means in one sentence. CONTRACT.md: the help explains each.
[[nodiscard]] QList<std::pair<QString, QString>> warningTexts();

/// A date as people say it: without the year if it is this one.
[[nodiscard]] QString spokenDate(const QDateTime &time, const VerdictContext &context);

/// What happened to a signed message, by the name that smime::nameOf() gives to the damage; empty for no such name.
[[nodiscard]] QString damageText(const QString &damage);

/// A name out of a certificate for a sentence: one line, not too long, and without quotation marks, which would end those around it.
[[nodiscard]] QString spokenName(const QString &name);

/// What to call the holder of a certificate: by its name, unless that is missing or the address of somebody else; then by the address that it vouches for.
[[nodiscard]] QString holderName(const QString &name, const QStringList &addresses);

/// Who signed, as well as it is known: name, address, the whole subject, or "Somebody".
[[nodiscard]] QString signerName(const smime::SignatureVerdict &signature);

} // namespace app
