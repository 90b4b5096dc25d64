// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"
#include "smime/SignatureDiagnosis.h"

#include <optional>

namespace smime {

/// What happened to the frame of a signed or encrypted message, as far as the MIME tree tells: the signature is gone, its type has
/// another name, the end is missing. Nothing if the frame is whole. Looks at no CMS. Pure.
[[nodiscard]] std::optional<SignatureDiagnosis> diagnoseStructure(QByteArrayView message, const mime::Structure &structure);

/// The same for a CMS object that cannot be read: it ends before its length says so, or goes on behind it. `part` holds it.
[[nodiscard]] std::optional<SignatureDiagnosis> diagnoseCmsLength(QByteArrayView message, const mime::Part &part);

} // namespace smime
