// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HeaderLine.h"

#include <algorithm>
#include <cstring>

namespace mime {

namespace {

// A parameter that begins a line, below one that ends with a semicolon: its blank got lost on the way.
bool isLostFold(QByteArrayView text, const Line &line)
{
    const auto isNameCharacter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '*'; };
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    const QByteArrayView own = line.of(text);
    const auto end = std::find_if_not(own.begin(), own.end(), isNameCharacter);
    if (end == own.begin() || end == own.end() || *end != '=')
        return false;
    // Not trimmed(), which would look through the blanks at the beginning of the text once for each such line.
    const QByteArrayView above = text.first(line.begin);
    const auto last = std::find_if_not(above.rbegin(), above.rend(), isBlank);
    return last != above.rend() && *last == ';';
}

} // namespace

Line lineAt(QByteArrayView text, qsizetype at)
{
    const char *const from = text.data() + at;
    const void *hit = at < text.size() ? std::memchr(from, '\n', static_cast<std::size_t>(text.size() - at)) : nullptr;
    if (!hit)
        return {at, text.size(), text.size()};
    const qsizetype feed = static_cast<const char *>(hit) - text.data();
    const bool isCanonical = feed > at && text[feed - 1] == '\r';
    return {at, isCanonical ? feed - 1 : feed, feed + 1};
}

qsizetype fieldNameLength(QByteArrayView line)
{
    qsizetype at = 0;
    while (at < line.size() && line[at] > ' ' && line[at] != ':' && line[at] != 127)
        ++at;
    const qsizetype length = at;
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t'))
        ++at;
    return at < line.size() && line[at] == ':' ? length : 0;
}

HeaderLine classify(QByteArrayView text, const Line &line, bool hasField)
{
    if (line.size() == 0)
        return {LineKind::Empty};
    const char first = text[line.begin];
    if (hasField && (first == ' ' || first == '\t' || isLostFold(text, line)))
        return {LineKind::Continuation};
    if (const qsizetype nameLength = fieldNameLength(line.of(text)); nameLength > 0)
        return {LineKind::Field, nameLength};
    // A foreign line in the middle (mbox "From ", a broken fold) is skipped; text without any field after it is the body
    // of a message whose empty line got lost, and must not vanish.
    const Line following = lineAt(text, line.next);
    return {fieldNameLength(following.of(text)) > 0 ? LineKind::Junk : LineKind::BodyBegin};
}

} // namespace mime
