// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CmsStructure.h"

namespace provider::cms {

/// The octets of `ranges` of `message` in one array. Nothing is copied if there is one range and nobody else holds `message`.
[[nodiscard]] QByteArray takeContent(QByteArray &&message, const QList<CmsRange> &ranges);

} // namespace provider::cms
