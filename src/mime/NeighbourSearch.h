// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/mime.

#include <QByteArrayView>

namespace mime {

/// Where, from `at` on, the first octet stands that `isWanted` together with the one after it; -1 if none does. Every octet of a mail is looked
/// at in this way, several times: `isWanted` joins its questions by & and |, and in runs of a fixed length vector instructions come of that.
template <typename Predicate>
[[nodiscard]] qsizetype firstNeighbours(QByteArrayView text, qsizetype at, Predicate isWanted)
{
    constexpr qsizetype kRun = 128;
    const char *const octets = text.data();
    const qsizetype last = text.size() - 1;
    for (; last - at >= kRun; at += kRun) {
        unsigned char found = 0;
        for (qsizetype i = at; i < at + kRun; ++i)
            found |= static_cast<unsigned char>(isWanted(octets[i], octets[i + 1]));
        if (found)
            break;
    }
    while (at < last && !isWanted(octets[at], octets[at + 1]))
        ++at;
    return at < last ? at : -1;
}

} // namespace mime
