// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Mbox.h"

#include <QIODevice>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

/// The line that parts two messages, which ends in a date as asctime() writes it. A sentence that begins like it has none.
bool isSeparator(const QByteArray &line)
{
    static const QRegularExpression form(u"^From .*\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(\\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"_s);
    return line.startsWith("From ") && form.match(QString::fromLatin1(line)).hasMatch();
}

/// "From " at the beginning of a line of text was given a ">" when it was put into the file.
QByteArray unquoted(const QByteArray &line)
{
    qsizetype marks = 0;
    while (marks < line.size() && line[marks] == '>')
        ++marks;
    return marks > 0 && QByteArrayView(line).sliced(marks).startsWith("From ") ? line.sliced(1) : line;
}

QByteArray withCrlf(QByteArray line)
{
    if (line.endsWith('\n') && !line.endsWith("\r\n"))
        line.insert(line.size() - 1, '\r');
    return line;
}

} // namespace

base::Result<std::optional<QByteArray>> MboxReader::next()
{
    QByteArray message;
    bool isAfterBlank = false;
    while (true) {
        const QByteArray line = m_device->readLine(m_largest + 1);
        const bool isFirst = !std::exchange(m_isBegun, true);
        if (isFirst)
            m_isMbox = line.startsWith("From ");
        const bool isEnd = line.isEmpty();
        if (isEnd || (m_isMbox && (isFirst || (isAfterBlank && isSeparator(line))))) {
            if (m_isMbox && message.endsWith("\r\n\r\n") && message.indexOf("\r\n\r\n") + 4 < message.size())
                message.chop(2); // The blank line behind a body belongs to the file.
            if (!message.trimmed().isEmpty())
                return std::optional{message};
            if (isEnd)
                return std::optional<QByteArray>{};
            message.clear();
            continue;
        }
        message += m_isMbox ? withCrlf(unquoted(line)) : line;
        if (message.size() > m_largest)
            return {base::ErrorCode::FileTooLarge, {}};
        isAfterBlank = line.trimmed().isEmpty();
    }
}

} // namespace mime
