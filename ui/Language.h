// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

/// Loads the translation for the person's language, Qt's own sentences included. Call once, before the first window.
void installLanguage();

} // namespace ui
