// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/CmsStructure.h"
#include "smime/Inspect.h"

namespace smime {

/// "SignedData", "EnvelopedData", ... as RFC 5652 spells them.
[[nodiscard]] QString typeName(provider::CmsContentType type);

/// Everything that a CMS object shows, in the order of its RFC. `inspected` has the recipients and certificates of the same object.
[[nodiscard]] std::vector<InspectedField> fieldsOf(const provider::CmsStructure &structure, const InspectedCms &inspected);

} // namespace smime
