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

// Its first sign says how many octets follow; blanks at its end may be lost, and some programs add a check.
bool isFileLine(QByteArrayView line)
{
    const auto octets = static_cast<qsizetype>(sixBits(line, 0));
    const auto isSign = [](char c) { return c >= ' ' && c <= '`'; };
    return line.size() <= 2 + (octets + 2) / 3 * 4 && std::all_of(line.begin(), line.end(), isSign);
}

} // namespace

QList<UuencodedFile> uuencodedFilesIn(QByteArrayView text)
{
    constexpr qsizetype kMode = 6; // behind "begin "
    QList<UuencodedFile> files;
    if (!text.contains("begin "))
        return files;
    Line begin;
    bool isInside = false;
    for (Line line = lineAt(text, 0); line.begin < text.size(); line = lineAt(text, line.next)) {
        const QByteArrayView octets = line.of(text);
        if (isFileBegin(octets)) {
            begin = line;
            isInside = true;
        } else if (isInside && octets == QByteArrayView("end")) {
            const QByteArrayView first = begin.of(text);
            files.append({QString::fromUtf8(first.sliced(first.indexOf(' ', kMode) + 1)), {begin.begin, line.next}});
            isInside = false;
        } else {
            isInside = isInside && isFileLine(octets);
        }
    }
    return files;
}

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
    result.isDamaged = true;
    return result;
}

} // namespace mime
