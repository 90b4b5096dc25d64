// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "mime/Charset.h"
#include "mime/Header.h"
#include "mime/Limits.h"
#include "mime/Range.h"
#include "mime/TransferEncoding.h"

#include <vector>

namespace mime {

/// One entity and where it stands. A leaf has no children; multipart has its parts, message/rfc822 and message/global one
/// child: the message inside.
struct Part {
    QByteArray number = QByteArrayLiteral("1"); ///< The root is "1", its third child "1.3"; the message inside the message/rfc822 part "1.3" is "1.3.1".
    Range whole;  ///< Header and body. For a part of a multipart the CRLF before the next boundary is not included, so these are
                  ///< the octets that multipart/signed signs (RFC 2046 section 5.1.1, RFC 1847 section 2.1).
    Range header; ///< Fields with their line ends, without the empty line.
    Range body;   ///< After the empty line up to the end of `whole`; still encoded.
    ParameterisedValue type; ///< Never empty: the default of the context where the message says nothing readable.
    ParameterisedValue disposition; ///< Empty value if absent.
    TransferEncoding encoding = TransferEncoding::SevenBit;
    QByteArray contentId; ///< With its angle brackets, or empty.
    std::optional<qsizetype> firstField; ///< Where the first field begins; nothing if there is none.
    bool saysMime = false; ///< Whether a field says how to read the body: Content-Type, -Transfer-Encoding, -Disposition, MIME-Version.
    std::vector<Part> children;

    [[nodiscard]] bool isMultipart() const { return type.value.startsWith("multipart/"); }
    [[nodiscard]] bool isType(QByteArrayView mediaType) const { return type.value == mediaType; }
    /// Safe name from Content-Disposition filename or Content-Type name; empty if there is none.
    [[nodiscard]] QString fileName() const;
};

/// The tree of a message; offsets refer to the octets that were parsed, of which it keeps no copy.
struct Structure {
    Part root;
    bool hasBareLineFeeds = false; ///< A line of a header or a boundary ends with LF alone.
    bool isOpenEnded = false;      ///< A multipart that has parts lacks its closing boundary line.

    /// The part of that number, or null. Valid as long as this object.
    [[nodiscard]] const Part *find(QByteArrayView number) const;
    /// All parts, parents before children.
    [[nodiscard]] std::vector<const Part *> flattened() const;
};

/// Reads the structure of a message or entity; CRLF and LF input, any thread, no copy of the octets, linear time. What is damaged is read all the
/// same: of two Content fields the first counts, a multipart without boundary is a text, one in base64 is read as if it said 7bit, a message in
/// base64 is not looked into (RFC 2045 section 6.4).
/// Errors (with offset): MessageEmpty, MessageTooLarge, MessageTooDeep, MessageTooManyParts, HeaderTooLong,
/// MessageMalformed (the first line is neither a header field nor empty, and no field follows it). RFC 2045, 2046, 5322.
[[nodiscard]] base::Result<Structure> parseStructure(QByteArrayView message, const Limits &limits = {});

/// The header of a part. `part` is of a structure of `message`.
[[nodiscard]] Headers headersOf(QByteArrayView message, const Part &part);

/// The body with its transfer encoding undone.
[[nodiscard]] DecodedOctets contentOf(QByteArrayView message, const Part &part);

/// A text part as text: transfer encoding and charset undone, line ends LF, format=flowed joined (RFC 3676).
[[nodiscard]] DecodedText textOf(QByteArrayView message, const Part &part);

} // namespace mime
