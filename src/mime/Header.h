// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Address.h"
#include "mime/Range.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QList>
#include <QString>
#include <optional>

namespace mime {

/// One field as it stands in the message.
struct HeaderField {
    QByteArray name;  ///< As written, without the colon and white space before it.
    QByteArray value; ///< Raw: after the colon, folds inside kept, without the line end at the end.
    Range whole;      ///< Name to line end, the line end included; absolute in the message.
    Range valueRange; ///< Where `value` stands; absolute in the message.

    /// ASCII case-insensitive.
    [[nodiscard]] bool is(QByteArrayView otherName) const;

    bool operator==(const HeaderField &) const = default;
};

/// A header section, read leniently: a line without a colon that is no continuation is skipped.
class Headers
{
public:
    QList<HeaderField> fields;

    [[nodiscard]] const HeaderField *first(QByteArrayView name) const;
    [[nodiscard]] QList<HeaderField> all(QByteArrayView name) const;
    [[nodiscard]] int count(QByteArrayView name) const;

    /// Raw value of the first such field, unfolded and trimmed; null if there is none.
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    /// Decoded unstructured text of the first such field (RFC 2047, RFC 6532), control characters replaced by blanks. Raw octets that are no UTF-8 are
    /// in the charset of the body, here and in names: standards know no such octets, but who writes them writes both alike.
    [[nodiscard]] QString text(QByteArrayView name) const;
    /// The mailboxes of all fields of that name.
    [[nodiscard]] QList<Address> addresses(QByteArrayView name) const;
    /// The Date field.
    [[nodiscard]] std::optional<QDateTime> date() const;
    /// Identifiers of the field with their angle brackets: Message-ID, References, In-Reply-To, Content-ID.
    [[nodiscard]] QList<QByteArray> messageIds(QByteArrayView name) const;
    [[nodiscard]] QByteArray messageId() const;
};

/// Reads header lines up to the first empty line or the end, and no more than Limits::headerOctets. `offset` is added to every range: the place of `octets`
/// in the message.
[[nodiscard]] Headers parseHeaders(QByteArrayView octets, qsizetype offset = 0);

/// Folding undone (RFC 5322 section 2.2.3): line ends before white space vanish; any other CR, LF or NUL becomes a blank. Trimmed.
[[nodiscard]] QByteArray unfold(QByteArrayView rawValue);

/// Unstructured text: unfolded, encoded words and raw UTF-8 decoded, control and bidirectional override characters replaced
/// by blanks (they make a subject look like something else). Other raw octets are in `rawCharset` if they can be, else Windows-1252.
[[nodiscard]] QString decodeUnstructured(QByteArrayView rawValue, QByteArrayView rawCharset = {});

/// A date-time of RFC 5322 section 3.3, its obsolete forms included; keeps the offset from UTC as received.
[[nodiscard]] std::optional<QDateTime> parseDate(QByteArrayView rawValue);
/// "Mon, 23 Nov 2026 15:30:00 +0000".
[[nodiscard]] QByteArray formatDate(const QDateTime &time);

/// All `<...>` tokens, brackets kept, white space inside removed; comments ignored. RFC 5322 section 3.6.4.
[[nodiscard]] QList<QByteArray> parseMessageIds(QByteArrayView rawValue);

/// Name (lower case) and decoded value of one parameter: RFC 2045 section 5.1, RFC 2231 continuations and charsets,
/// encoded words in quotes too, as many programs write them.
struct Parameter {
    QByteArray name;
    QString value;

    bool operator==(const Parameter &) const = default;
};

/// A value with parameters: Content-Type, Content-Disposition.
struct ParameterisedValue {
    QByteArray value; ///< Lower case: "text/plain", "attachment". Empty if it could not be read.
    QList<Parameter> parameters;
    bool isMalformed = false;

    /// The first parameter of that name (lower case), or empty.
    [[nodiscard]] QString parameter(QByteArrayView name) const;
    [[nodiscard]] bool hasParameter(QByteArrayView name) const;
    /// "multipart" of "multipart/mixed".
    [[nodiscard]] QByteArray mainType() const;

    bool operator==(const ParameterisedValue &) const = default;
};

/// `Content-Type`. What is no type/subtype gives an empty value and isMalformed; the caller applies the default.
[[nodiscard]] ParameterisedValue parseContentType(QByteArrayView rawValue);
/// What stands before the parameters, if there are any, without comments and in lower case.
[[nodiscard]] QByteArray withoutParameters(QByteArrayView rawValue);
/// `Content-Disposition`.
[[nodiscard]] ParameterisedValue parseContentDisposition(QByteArrayView rawValue);

/// `Name: value` with CRLF, folded so that lines have at most 78 characters where white space allows it and never more than 998.
/// CR, LF and NUL in `value` become blanks: no field can be injected. The value is not encoded.
[[nodiscard]] QByteArray foldHeader(QByteArrayView name, QByteArrayView value);

/// An unstructured field from text: encoded words (UTF-8) where it is not ASCII, folded, with CRLF.
[[nodiscard]] QByteArray unstructuredField(QByteArrayView name, const QString &text);

/// An address field, folded between addresses, with CRLF.
[[nodiscard]] QByteArray addressField(QByteArrayView name, const QList<Address> &addresses);

/// `; name=value` as parameter text: token, quoted, or RFC 2231 with UTF-8 (in continuations if long). Not folded; begins with "; ".
[[nodiscard]] QByteArray formatParameter(QByteArrayView name, const QString &value);

} // namespace mime
