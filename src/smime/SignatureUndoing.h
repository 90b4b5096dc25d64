// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace smime {

// What undoes the changes that mail systems make inside a signed entity whose text may lie in any of its parts. Each answers
// candidates for what was signed; `octets` is the entity as it arrived, with CRLF. Pure, and bounded in number and size.

/// What LF divides, of `text` and as long as it lives: a letter may consist of millions of empty lines.
[[nodiscard]] QList<QByteArrayView> linesOf(QByteArrayView text);
/// Without space, tab, CR and LF.
[[nodiscard]] QByteArray withoutAnySpace(QByteArrayView octets);
/// Text parts that were encoded in another way, with the field for the encoding changed in its place or added, there and around them; base64 in other lines.
[[nodiscard]] QList<QByteArray> undoneEncodings(const QByteArray &octets);
/// Lines that were added at the end of a text part, whatever its encoding.
[[nodiscard]] QList<QByteArray> undoneFooters(const QByteArray &octets);
/// Lines that were put before a text part, whatever its encoding.
[[nodiscard]] QList<QByteArray> undoneBanners(const QByteArray &octets);
/// Long lines of text parts that were broken at some width, and those that a server broke because SMTP has a limit.
[[nodiscard]] QList<QByteArray> undoneWrappings(const QByteArray &octets);
/// In the header of any part: a field added; words put before the subject; quotes put around a parameter of the content type, or taken away, and its
/// parameters in another order.
[[nodiscard]] QList<QByteArray> undoneHeaderChanges(const QByteArray &octets);

} // namespace smime
