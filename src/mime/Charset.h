// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace mime {

/// Text as decoded and how far that can be relied on.
struct DecodedText {
    enum class Confidence {
        Guessed,  ///< No charset named, or one nobody knows, or one that the octets contradict: UTF-8 if they are, else Windows-1252.
        Damaged,  ///< Decoded as named, with replacement characters (or as Windows-1252 where ISO-8859-1 was named).
        Certain,
    };
    QString text;
    QByteArray charset; ///< The charset that was used, lower case.
    Confidence confidence = Confidence::Guessed;
};

/// Decodes octets of any charset that Qt knows; never fails. US-ASCII with octets above 127 is guessed.
/// ISO-8859-1 is read as Windows-1252, as everybody writes it. UTF-7 is decoded by us (RFC 2152), in bodies only.
[[nodiscard]] DecodedText decodeCharset(QByteArrayView octets, QByteArrayView charset);

/// The same for header fields and file names: UTF-7 is refused there, because it hides ASCII from every check.
[[nodiscard]] DecodedText decodeHeaderCharset(QByteArrayView octets, QByteArrayView charset);

/// False for UTF-7, EBCDIC, ISO-2022 and the like: there ASCII is not what it reads like.
[[nodiscard]] bool keepsAscii(QByteArrayView charset);

/// True if the octets are well-formed UTF-8 (ASCII is).
[[nodiscard]] bool isUtf8(QByteArrayView octets);

/// True if no octet is above 127.
[[nodiscard]] bool isAscii(QByteArrayView octets);

} // namespace mime
