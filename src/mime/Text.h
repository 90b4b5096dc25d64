// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Address.h"
#include "mime/Header.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QString>

namespace mime {

/// Every CRLF, lone LF and lone CR becomes CRLF. RFC 8551 section 3.1.1. Returns a shallow copy's worth when nothing changes.
[[nodiscard]] QByteArray toCanonicalLineEnds(QByteArrayView text);
/// True if every line end is CRLF.
[[nodiscard]] bool hasCanonicalLineEnds(QByteArrayView text);
/// True if a LF without a CR before it ends a line, as in what a store of Unix keeps.
[[nodiscard]] bool hasBareLineFeed(QByteArrayView text);
/// Every lone LF becomes CRLF. A lone CR stays: it ends no line of a message, so what is read there is not what CRLF in its place would make of it.
[[nodiscard]] QByteArray withCanonicalLineFeeds(QByteArrayView text);
/// Every CRLF and lone CR becomes LF.
[[nodiscard]] QString toLineFeeds(QString text);

enum class DelSp { No, Yes };
/// format=flowed undone (RFC 3676): soft breaks joined, space-stuffing removed, quote depth kept as "> " marks, LF line ends.
[[nodiscard]] QString decodeFlowed(const QString &text, DelSp delSp);

enum class RichKind { Enriched, Richtext };
/// The words of text/enriched (RFC 1896) or of text/richtext (RFC 1341 section 7.1.3), which are as old as HTML; LF line ends. Linear time.
[[nodiscard]] QString richToPlainText(const QString &text, RichKind kind);

enum class SignatureLines { LeaveOut, Keep };
/// "> " before every line, ">" before lines that are quoted already. SignatureLines: what stands after "-- ".
[[nodiscard]] QString quoted(const QString &text, SignatureLines signature = SignatureLines::LeaveOut);

/// "Re: subject", repeated Re:, AW:, SV: and the like collapsed to one.
[[nodiscard]] QString replySubject(const QString &subject);
/// "Fwd: subject".
[[nodiscard]] QString forwardSubject(const QString &subject);
/// References of an answer to `messageId`, with angle brackets: those of the original (or its In-Reply-To if that is one), then its Message-ID;
/// at most 20, the first kept. The fields' values are as received. RFC 5322 section 3.6.4.
[[nodiscard]] QList<QByteArray> replyReferences(QByteArrayView references, QByteArrayView inReplyTo, const QByteArray &messageId);

} // namespace mime
