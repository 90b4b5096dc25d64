// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"

// What may be signed and sent anywhere. Private to the module.
namespace mime {

/// True if the octets have CRLF line ends, no octet above 127 and no NUL, no line above `longestLine`, no white space at a line's end and
/// no line that begins with "From ".
[[nodiscard]] bool isSafeForTransport(QByteArrayView octets, qsizetype longestLine = 998);

/// The part with everything re-encoded that is not safe, canonical line ends. `part` is of a structure of `message`. What is below a
/// multipart/signed keeps its octets except for line ends.
[[nodiscard]] QByteArray toSevenBit(QByteArrayView message, const Part &part);

/// The same for the part's header and body apart; `fields` are the header fields to keep, in their order.
[[nodiscard]] QByteArray toSevenBit(QByteArrayView message, const Part &part, const QList<HeaderField> &fields);

} // namespace mime
