// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/LayerWalk.h"

namespace smime {

/// A part as something to save; shares the entity's octets and decodes nothing yet.
[[nodiscard]] Attachment attachmentOf(const Entity &entity, const mime::Part &part, CryptographicStatus protection);

/// A part as text, whatever text type it is.
[[nodiscard]] QString plainTextOf(const Entity &entity, const mime::Part &part);

} // namespace smime
