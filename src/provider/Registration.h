// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace provider {

/// Makes the QCA provider "waxwing" the first choice for keys, certificates and CMS. Call once after
/// QCA::Initializer and below the application object, on the main thread; a second call does nothing.
/// False if QCA refuses, which means that nothing else of this module works.
[[nodiscard]] bool registerProvider();

} // namespace provider
