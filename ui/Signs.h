// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "app/VerdictPresenter.h"
#include "ui/Theme.h"

#include <QIcon>

namespace ui {

[[nodiscard]] Tone toneOf(app::Severity severity);

/// The picture for a verdict's sign; shape and colour both tell.
[[nodiscard]] QIcon signIcon(app::SealSign sign, app::Severity severity);

/// The small mark of one line of reasons: tick, question mark, cross or dot.
[[nodiscard]] QIcon severityIcon(app::Severity severity);

/// The picture in the message list's column for the seal.
[[nodiscard]] QIcon sealIcon(store::SealState state);

} // namespace ui
