// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace mime {

/// A line of a text and where it ends. Private to the module.
struct Line {
    qsizetype begin = 0;
    qsizetype end = 0;  ///< Before CRLF or LF.
    qsizetype next = 0; ///< After it.

    [[nodiscard]] qsizetype size() const { return end - begin; }
    [[nodiscard]] QByteArrayView of(QByteArrayView text) const { return text.sliced(begin, end - begin); }
    [[nodiscard]] bool hasBareLineFeed() const { return next == end + 1; }
};

enum class LineKind {
    Field,
    Continuation,
    Empty,
    Junk,      ///< No field, but fields follow: skipped.
    BodyBegin, ///< No field, and none follows: the empty line is missing.
};

/// The line that begins at `at`; the end of the text ends a line too.
[[nodiscard]] Line lineAt(QByteArrayView text, qsizetype at);

struct HeaderLine {
    LineKind kind = LineKind::Empty;
    qsizetype nameLength = 0; ///< Of a field.
};

/// What a line is while a header is being read. `hasField`: a field came before, so white space continues it.
[[nodiscard]] HeaderLine classify(QByteArrayView text, const Line &line, bool hasField);

/// Length of the field name, 0 if the line is no field. White space before the colon is tolerated (RFC 5322 section 4.5).
[[nodiscard]] qsizetype fieldNameLength(QByteArrayView line);

} // namespace mime
