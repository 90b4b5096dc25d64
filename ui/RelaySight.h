// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayService.h"
#include "smime/Verdict.h"

#include <QPalette>

namespace ui {

/// What a seal hides from those who carry the letter.
enum class Inside { Plain, Signed, Encrypted };

/// As the Content-Type says; anybody can write one.
[[nodiscard]] Inside declaredInside(const QByteArray &octets);

/// As it was found when the letter was opened. A seal on a part of it hides nothing of the rest, and counts for Plain.
[[nodiscard]] Inside foundInside(const smime::Verdict &verdict);

/// What anybody who carries these octets sees of them, as HTML for a viewer: what is hidden, the outer headers, the armoured block. Pure.
[[nodiscard]] QString serverSightHtml(const QByteArray &octets, Inside inside, const QPalette &palette);

/// What the relay sees of a message, as HTML for a viewer: what was found out about it and which rules of faults touched it, envelope, size,
/// outer headers, the armoured block; and beside it what it cannot see. Pure: everything comes from the octets that the relay really holds.
[[nodiscard]] QString relaySightHtml(const app::RelayMessage &envelope, const QByteArray &octets, const QPalette &palette);

} // namespace ui
