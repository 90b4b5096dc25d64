// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace mime {

/// What a message may cost its reader. Real mail stays a hundredfold below; what exceeds them is an error
/// that says where. Beyond them time and memory stay linear in the input.
struct Limits {
    int depth = 50;                           ///< Levels of parts, the message itself being the first.
    int parts = 10'000;                       ///< Parts in all.
    qsizetype headerOctets = 1024 * 1024;     ///< Header of one part.
    qsizetype messageOctets = qsizetype(1) << 30;
};

} // namespace mime
