// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace net {

/// Undoes dot-stuffing of a message or multi-line reply as its bytes arrive and finds its end, which is
/// CRLF.CRLF and nothing else (RFC 5321 section 4.5.2, RFC 1939 section 3). One for each message.
class DotUnstuffer
{
public:
    /// What was seen so far that a strict receiver refuses; reading goes on to the end all the same, so
    /// that the rest of the message is never taken for commands.
    struct Findings {
        bool hasBareCr = false;
        bool hasBareLf = false;
        bool hasNul = false;
        bool hasEightBit = false;
        bool hasLongLine = false; ///< A line over the limit, its CRLF not counted.
    };

    /// `lineLimitOctets` is RFC 5322's 998 plus what one tolerates; 0 is none.
    explicit DotUnstuffer(qsizetype lineLimitOctets = 0) : m_lineLimit(lineLimitOctets) {}

    /// Reads from `bytes`, appends the message's octets to `out`, and returns how many octets of `bytes` it
    /// took; less than all only if the end was reached, and the rest belongs to what comes next.
    qsizetype feed(QByteArrayView bytes, QByteArray &out);

    [[nodiscard]] bool isAtEnd() const { return m_state == State::End; }
    /// Goes on behind an end as if there had been none; the findings stay.
    void restart() { m_state = State::LineStart; }
    /// The last octet was a CR: a bare one, unless a LF follows.
    [[nodiscard]] bool isAfterCr() const { return m_state == State::Cr || m_state == State::DotCr; }
    [[nodiscard]] const Findings &findings() const { return m_findings; }

private:
    enum class State { LineStart, Dot, DotCr, Text, Cr, End };
    qsizetype takeText(QByteArrayView bytes, QByteArray &out);
    void note(QByteArrayView text);

    State m_state = State::LineStart;
    qsizetype m_lineLimit;
    qsizetype m_lineOctets = 0;
    Findings m_findings;
};

/// Dot-stuffs a message for the wire, piece by piece; the message must use CRLF.
class DotStuffer
{
public:
    /// Appends the wire form of `bytes` to `out`. A lone CR LF pair may be split between two calls.
    void feed(QByteArrayView bytes, QByteArray &out);
    /// Appends what closes the message: a CRLF if the last line lacked one, and the dot.
    void finish(QByteArray &out);

private:
    bool m_isLineStart = true;
    bool m_isAfterCr = false;
};

/// The whole of `message` for the wire, with the closing dot.
[[nodiscard]] QByteArray dotStuffed(QByteArrayView message);

} // namespace net
