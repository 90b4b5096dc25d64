// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Mbox.h"

#include <QIODevice>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

// A longer line comes in pieces: for each the device sets aside as much memory as it may have.
constexpr qint64 kPieceOctets = 16 * 1024;

/// The line that parts two messages, which ends in a date as asctime() writes it; Thunderbird wrote none for some years. A sentence that begins like it
/// goes on without a date.
bool isSeparator(const QByteArray &line)
{
    static const QRegularExpression form(u"^From .*\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(\\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"_s);
    return line.startsWith("From ") && (line.trimmed() == "From" || form.match(QString::fromLatin1(line)).hasMatch());
}

/// "From " at the beginning of a line of text was given a ">" when it was put into the file.
QByteArrayView unquoted(QByteArrayView line)
{
    qsizetype marks = 0;
    while (marks < line.size() && line[marks] == '>')
        ++marks;
    return marks > 0 && line.sliced(marks).startsWith("From ") ? line.sliced(1) : line;
}

void endInCrlf(QByteArray &message)
{
    if (message.endsWith('\n') && !message.endsWith("\r\n"))
        message.insert(message.size() - 1, '\r');
}

} // namespace

base::Result<std::optional<QByteArray>> MboxReader::next()
{
    QByteArray message;
    bool isAfterBlank = false;
    bool isLineBegin = true;
    while (true) {
        const QByteArray piece = m_device->readLine(kPieceOctets);
        const bool isFirst = !std::exchange(m_isBegun, true);
        if (isFirst)
            m_isMbox = piece.startsWith("From ");
        const bool isEnd = piece.isEmpty();
        if (isEnd || (m_isMbox && (isFirst || (isAfterBlank && isSeparator(piece))))) {
            if (m_isMbox && message.endsWith("\r\n\r\n") && message.indexOf("\r\n\r\n") + 4 < message.size())
                message.chop(2); // The blank line behind a body belongs to the file.
            if (!message.trimmed().isEmpty())
                return std::optional{message};
            if (isEnd)
                return std::optional<QByteArray>{};
            message.clear();
            continue;
        }
        message += m_isMbox && isLineBegin ? unquoted(piece) : piece;
        if (m_isMbox)
            endInCrlf(message);
        if (message.size() > m_largest)
            return {base::ErrorCode::FileTooLarge, {}};
        const bool isLineEnd = piece.endsWith('\n');
        isAfterBlank = isLineBegin && isLineEnd && piece.trimmed().isEmpty();
        isLineBegin = isLineEnd;
    }
}

} // namespace mime
