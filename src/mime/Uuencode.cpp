// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HeaderLine.h"
#include "mime/TransferEncoding.h"

#include <algorithm>

namespace mime {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isFileBegin(QByteArrayView line)
{
    constexpr QByteArrayView kBegin{"begin "};
    return line.startsWith(kBegin) && line.size() > kBegin.size() + 3 && std::all_of(line.begin() + kBegin.size(), line.begin() + kBegin.size() + 3, isDigit);
}

// Space and grave accent stand for zero, and spaces at the end of a line get lost on the way.
unsigned sixBits(QByteArrayView line, qsizetype at)
{
    return at < line.size() ? (static_cast<unsigned char>(line[at]) - 32U) & 63U : 0U;
}

void appendLine(QByteArray &out, QByteArrayView line, qsizetype limit)
{
    const qsizetype octets = std::min<qsizetype>(sixBits(line, 0), limit - out.size());
    for (qsizetype done = 0, at = 1; done < octets; done += 3, at += 4) {
        const unsigned group = sixBits(line, at) << 18 | sixBits(line, at + 1) << 12 | sixBits(line, at + 2) << 6 | sixBits(line, at + 3);
        for (qsizetype i = 0; i < std::min<qsizetype>(3, octets - done); ++i)
            out.append(static_cast<char>(group >> (16 - 8 * i) & 0xFF));
    }
}

} // namespace

DecodedOctets decodeUuencode(QByteArrayView encoded)
{
    DecodedOctets result;
    bool isInside = false;
    for (Line line = lineAt(encoded, 0); line.begin < encoded.size(); line = lineAt(encoded, line.next)) {
        const QByteArrayView text = line.of(encoded);
        if (!isInside)
            isInside = isFileBegin(text);
        else if (text == QByteArrayView("end"))
            return result;
        else if (!text.isEmpty())
            appendLine(result.octets, text, encoded.size()); // lines of lost spaces must not grow beyond what came
    }
    if (!isInside)
        result.octets = encoded.toByteArray();
    result.firstDefect = isInside ? encoded.size() : 0;
    return result;
}

} // namespace mime
