// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"

namespace smime {

/// The DER or BER behind PEM's dashed lines or bare base64; anything else comes back as it is. RFC 7468.
[[nodiscard]] QByteArray withoutArmour(QByteArray octets);

/// The CMS octets of a part: transfer encoding undone, and the base64 of programs that did not say that they used it.
[[nodiscard]] QByteArray cmsOctetsOf(QByteArrayView message, const mime::Part &part);

} // namespace smime
