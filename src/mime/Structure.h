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

/// What is wrong with a message that could be read all the same.
enum class DefectKind {
    BareLineFeed,            ///< Lines end with LF alone (reported once for the message).
    BareCarriageReturn,      ///< In a header.
    NulOctet,                ///< In a header.
    HeaderLineWithoutColon,
    HeaderWithoutEnd,        ///< Input ended, or a boundary came, before the empty line.
    ContentTypeMalformed,    ///< Read as the default of the context, text/plain (RFC 2045 section 5.2).
    DuplicateContentField,   ///< Content-Type, -Transfer-Encoding or -Disposition twice; the first counts.
    BoundaryMissing,         ///< multipart without a boundary parameter; read as text.
    BoundaryTooLong,         ///< More than 70 characters; obeyed all the same.
    NoParts,                 ///< No boundary line found: the body is all preamble.
    CloseBoundaryMissing,
    EncodedComposite,        ///< multipart or message with base64 or quoted-printable (RFC 2045 section 6.4): a multipart is read as if it
                             ///< said 7bit, a message is not looked into.
    UnknownTransferEncoding,
};

struct Defect {
    DefectKind kind;
    qsizetype offset; ///< Octets from the beginning of the message.

    bool operator==(const Defect &) const = default;
};

/// One entity and where it stands. A leaf has no children; multipart has its parts, message/rfc822 and message/global one
/// child: the message inside.
struct Part {
    QByteArray number = "1"; ///< The root is "1", its third child "1.3"; the message inside the message/rfc822 part "1.3" is "1.3.1".
    Range whole;  ///< Header and body. For a part of a multipart the CRLF before the next boundary is not included, so these are
                  ///< the octets that multipart/signed signs (RFC 2046 section 5.1.1, RFC 1847 section 2.1).
    Range header; ///< Fields with their line ends, without the empty line.
    Range body;   ///< After the empty line up to the end of `whole`; still encoded.
    Range preamble; ///< Of a multipart: before the first boundary line; may be empty.
    Range epilogue; ///< Of a multipart: after the closing boundary line.
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
    QList<Defect> defects;

    /// The part of that number, or null. Valid as long as this object.
    [[nodiscard]] const Part *find(QByteArrayView number) const;
    /// All parts, parents before children.
    [[nodiscard]] std::vector<const Part *> flattened() const;
};

/// Reads the structure of a message or entity; CRLF and LF input, any thread, no copy of the octets, linear time.
/// Errors (with offset): MessageEmpty, MessageTooLarge, MessageTooDeep, MessageTooManyParts, HeaderTooLong,
/// MessageMalformed (the first line is neither a header field nor empty, and no field follows it). RFC 2045, 2046, 5322.
[[nodiscard]] base::Result<Structure> parseStructure(QByteArrayView message, const Limits &limits = {});

/// The header of a part. `part` is of a structure of `message`.
[[nodiscard]] Headers headersOf(QByteArrayView message, const Part &part);

/// The body with its transfer encoding undone.
[[nodiscard]] DecodedOctets contentOf(QByteArrayView message, const Part &part);

/// A text part as text: transfer encoding and charset undone, line ends LF, format=flowed joined (RFC 3676).
[[nodiscard]] DecodedText textOf(QByteArrayView message, const Part &part);

/// The enumerator's name, for logs, `wax inspect` and failing tests.
[[nodiscard]] const char *nameOf(DefectKind kind);

} // namespace mime
