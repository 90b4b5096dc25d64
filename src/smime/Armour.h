// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"

#include <optional>

namespace smime {

/// The DER or BER behind PEM's dashed lines or bare base64; anything else comes back as it is. RFC 7468.
[[nodiscard]] QByteArray withoutArmour(QByteArray octets);

/// A mail whose only content is the CMS object that `octets` are, in whatever dress; nothing if they are none.
[[nodiscard]] std::optional<QByteArray> mailAroundBareCms(const QByteArray &octets);

/// The CMS octets of a part: transfer encoding undone, and the base64 or PEM of programs that did not say that they used it.
[[nodiscard]] QByteArray cmsOctetsOf(QByteArrayView message, const mime::Part &part);

} // namespace smime
