// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace net {

/// Bytes in, lines out, with the limits applied while reading: whatever a peer sends, at most one line's
/// limit plus the bytes of one append() are held. Only CRLF ends a line (RFC 5321 section 2.3.8).
class LineChannel
{
public:
    enum class Status {
        NeedMore, ///< No whole line yet.
        Line,     ///< `line` holds it, without CRLF.
        TooLong,  ///< A line crossed the limit; told once, the rest up to its CRLF is dropped.
        BareCr,   ///< The line held a CR that no LF follows; consumed whole.
        BareLf,   ///< An LF without CR ended the line; consumed up to it.
        Nul,      ///< The line held a NUL; consumed whole.
    };
    struct Next {
        Status status = Status::NeedMore;
        QByteArrayView line; ///< Valid until the next call of any member.
    };

    /// `limitOctets` counts the line without its CRLF.
    explicit LineChannel(qsizetype limitOctets) : m_limit(limitOctets) {}

    /// For the next lines; what was read already is judged by it too.
    void setLimit(qsizetype limitOctets) { m_limit = limitOctets; }
    /// Takes what the socket gave. Append small pieces (16 KiB): they bound the memory.
    void append(QByteArrayView bytes);
    /// The next line or what is wrong with it.
    [[nodiscard]] Next next();

    /// What was received and not yet taken as lines: the body of a message or a BDAT chunk. Valid until the next call.
    [[nodiscard]] QByteArrayView unread() const;
    /// Takes `octets` of unread() away.
    void consume(qsizetype octets);
    /// Forgets everything, a half line included: what came before TLS is void after it (RFC 3207 section 4.2).
    void clear();
    [[nodiscard]] bool isEmpty() const { return unread().isEmpty(); }

private:
    Next takeLine(qsizetype lineFeed);
    Next waitOrOverflow();

    QByteArray m_buffer;
    qsizetype m_begin = 0;   ///< First octet not yet taken.
    qsizetype m_scanned = 0; ///< Octets behind m_begin that hold no LF.
    qsizetype m_limit;
    bool m_isDropping = false;
};

} // namespace net
