// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace smime {

/// How many octets stand before the first header field of a mail that went through an editor or a file: a byte order mark, empty lines. 0 for a mail
/// as it should be, and where no field follows: then an empty line is the end of an empty header.
[[nodiscard]] qsizetype leadInOctets(QByteArrayView message);

} // namespace smime
