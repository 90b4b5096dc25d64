// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayService.h"

#include <QPalette>

namespace ui {

/// What anybody who carries these octets sees of them, as HTML for a viewer: what is hidden, the outer headers, the armoured block. Pure.
[[nodiscard]] QString serverSightHtml(const QByteArray &octets, const QPalette &palette);

/// What the relay sees of a message, as HTML for a viewer: what was found out about it and which rules of faults touched it, envelope, size,
/// outer headers, the armoured block; and beside it what it cannot see. Pure: everything comes from the octets that the relay really holds.
[[nodiscard]] QString relaySightHtml(const app::RelayMessage &envelope, const QByteArray &octets, const QPalette &palette);

} // namespace ui
