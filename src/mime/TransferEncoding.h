// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Range.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

namespace mime {

/// Content-Transfer-Encoding, RFC 2045 section 6. Unknown is read as binary (section 6.4). Uuencode never was a standard, and is in old mail.
enum class TransferEncoding { SevenBit, EightBit, Binary, QuotedPrintable, Base64, Uuencode, Unknown };

/// The encoding that a field value names; an empty value means 7bit.
[[nodiscard]] TransferEncoding transferEncodingOf(QByteArrayView fieldValue);

/// Whether octets stand as they are: 7bit, 8bit and binary (RFC 2045 section 6.2), and what nobody knows.
[[nodiscard]] constexpr bool isIdentity(TransferEncoding encoding)
{
    return encoding != TransferEncoding::Base64 && encoding != TransferEncoding::QuotedPrintable && encoding != TransferEncoding::Uuencode;
}

/// The name for the field, lower case; "binary" for Unknown.
[[nodiscard]] QByteArray nameOf(TransferEncoding encoding);

/// Octets as decoded, and whether there was anything that the encoding forbids.
/// Decoding never fails and never drops readable octets: base64 skips foreign characters, quoted-printable keeps
/// a wrong escape as it stands.
struct DecodedOctets {
    QByteArray octets;
    bool isDamaged = false;
};

/// True for the 64 digits and "=".
[[nodiscard]] constexpr bool isBase64Digit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
}

/// Any thread, all of them. Line ends inside base64 and missing padding at the end are no damage.
[[nodiscard]] DecodedOctets decodeBase64(QByteArrayView encoded);
[[nodiscard]] DecodedOctets decodeQuotedPrintable(QByteArrayView encoded);
/// The first file in a uuencoded text, which may have other lines around it. The text itself if there is none.
[[nodiscard]] DecodedOctets decodeUuencode(QByteArrayView encoded);

/// A file between the lines of a text, as mail carried it before MIME.
struct UuencodedFile {
    QString name; ///< As received.
    Range range;  ///< In the text, from the line "begin" to the line "end".
};
/// Those that are whole. Linear time.
[[nodiscard]] QList<UuencodedFile> uuencodedFilesIn(QByteArrayView text);

/// By encoding; 7bit, 8bit, binary and unknown are a copy.
[[nodiscard]] DecodedOctets decode(QByteArrayView encoded, TransferEncoding encoding);

/// Lines of 76 characters, each ended by CRLF, the last one too. Empty stays empty. RFC 2045 section 6.8.
[[nodiscard]] QByteArray encodeBase64(QByteArrayView octets);
/// The same at the end of `out`, which is where a large attachment is wanted without a second copy.
void appendBase64(QByteArray &out, QByteArrayView octets);

/// How many octets encodeBase64() makes of `octets`.
[[nodiscard]] qsizetype encodedSize(qsizetype octets);

/// The same again for octets that come in pieces, each encoded while it is in the cache. `out` must outlive the writer.
class Base64Writer
{
public:
    explicit Base64Writer(QByteArray &out);

    void add(QByteArrayView octets);
    /// After the last piece: writes the last line.
    void finish();

private:
    QByteArray &m_out;
    QByteArray m_rest; ///< Less than a line.
};

/// Text with CRLF, LF or CR line ends becomes quoted-printable with CRLF line ends, lines of at most 76 characters.
/// Beyond RFC 2045 section 6.7 it protects what gateways alter: "From " and "." at the beginning of a line
/// and white space at its end. RFC 8551 section 3.1.2, RFC 3676 section 4.2.
[[nodiscard]] QByteArray encodeQuotedPrintable(QByteArrayView text);

} // namespace mime
