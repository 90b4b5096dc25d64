// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Mbox.h"

#include <QIODevice>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

/// The line that parts two messages, which ends in a date as asctime() writes it. A sentence that begins like it has none.
bool isSeparator(QByteArrayView line)
{
    static const QRegularExpression form(u"^From .*\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(\\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"_s);
    return line.startsWith("From ") && form.match(QString::fromLatin1(line)).hasMatch();
}

/// "From " at the beginning of a line of text was given a ">" when it was put into the file.
QByteArrayView unquoted(QByteArrayView line)
{
    qsizetype marks = 0;
    while (marks < line.size() && line[marks] == '>')
        ++marks;
    return marks > 0 && line.sliced(marks).startsWith("From ") ? line.sliced(1) : line;
}

void appendWithCrlf(QByteArray &message, QByteArrayView text)
{
    const QByteArrayView line = text.endsWith('\n') ? text.chopped(1) : text;
    message += line;
    if (line.size() < text.size())
        message += message.endsWith('\r') ? "\n" : "\r\n";
}

} // namespace

// Qt would set aside as much as a line may have, for each.
QByteArrayView MboxReader::nextPiece()
{
    constexpr qint64 kLongestPiece = 64 * 1024;
    m_piece.resize(kLongestPiece);
    return QByteArrayView(m_piece).first(qMax<qint64>(m_device->readLine(m_piece.data(), kLongestPiece), 0));
}

base::Result<std::optional<QByteArray>> MboxReader::next()
{
    QByteArray message;
    bool isAfterBlank = false;
    while (true) {
        const QByteArrayView piece = nextPiece();
        const bool isFirst = !std::exchange(m_isBegun, true);
        if (isFirst)
            m_isMbox = piece.startsWith("From ");
        const bool isLineBegin = std::exchange(m_isLineEnded, piece.endsWith('\n'));
        const bool isEnd = piece.isEmpty();
        if (isEnd || (m_isMbox && (isFirst || (isLineBegin && isAfterBlank && isSeparator(piece))))) {
            if (m_isMbox && message.endsWith("\r\n\r\n") && message.indexOf("\r\n\r\n") + 4 < message.size())
                message.chop(2); // The blank line behind a body belongs to the file.
            if (!message.trimmed().isEmpty())
                return std::optional{message};
            if (isEnd)
                return std::optional<QByteArray>{};
            message.clear();
            continue;
        }
        if (m_isMbox)
            appendWithCrlf(message, isLineBegin ? unquoted(piece) : piece);
        else
            message += piece;
        if (message.size() > m_largest)
            return {base::ErrorCode::FileTooLarge, {}};
        isAfterBlank = isLineBegin && piece.trimmed().isEmpty();
    }
}

} // namespace mime
