// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: ASN.1 in the two encodings that CmsForge writes.

#include "provider/CmsDer.h"
#include "provider/CmsForge.h"

namespace provider::cms {

[[nodiscard]] inline QByteArray sequence(const QByteArray &body)
{
    return derWrap(V_ASN1_SEQUENCE, body);
}

/// `identifier`: the identifier octet, tag numbers below 31.
[[nodiscard]] inline QByteArray wrapAs(ForgedEncoding encoding, unsigned char identifier, const QByteArray &body)
{
    if (encoding == ForgedEncoding::Ber)
        return QByteArray(1, char(identifier)) + '\x80' + body + QByteArray(2, '\0');
    return derHeader(identifier & 0x1f, identifier & 0xc0, (identifier & 0x20) != 0, body.size()) + body;
}

/// An OCTET STRING, or what is IMPLICIT in its place, in one run or constructed of pieces.
[[nodiscard]] inline QByteArray contentAs(ForgedEncoding encoding, unsigned char identifier, const QByteArray &content)
{
    if (encoding == ForgedEncoding::Der)
        return wrapAs(encoding, identifier, content);
    constexpr qsizetype kPieceOctets = 1000; // streaming writers cut every thousand octets or so
    QByteArray pieces;
    for (qsizetype at = 0; at < content.size(); at += kPieceOctets)
        pieces += derOctets(QByteArrayView(content).sliced(at, qMin(kPieceOctets, content.size() - at)));
    return wrapAs(encoding, static_cast<unsigned char>(identifier | 0x20), pieces);
}

/// `type`: dotted; `body`: what is inside the SEQUENCE of the content.
[[nodiscard]] inline QByteArray contentInfo(ForgedEncoding encoding, const char *type, const QByteArray &body)
{
    return wrapAs(encoding, 0x30, derOid(type) + wrapAs(encoding, 0xa0, wrapAs(encoding, 0x30, body)));
}

} // namespace provider::cms
