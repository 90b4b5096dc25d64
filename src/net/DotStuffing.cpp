// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/DotStuffing.h"

#include <cstdint>
#include <cstring>

namespace net {

namespace {

const char *find(const char *begin, const char *end, char c)
{
    return begin == end ? nullptr : static_cast<const char *>(std::memchr(begin, c, static_cast<std::size_t>(end - begin)));
}

bool hasEightBit(QByteArrayView text)
{
    std::uint64_t bits = 0;
    const char *at = text.data();
    qsizetype left = text.size();
    for (; left >= 8; at += 8, left -= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        bits |= word;
    }
    for (; left > 0; ++at, --left)
        bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(*at));
    return (bits & 0x8080808080808080ULL) != 0;
}

} // namespace

qsizetype DotUnstuffer::feed(QByteArrayView bytes, QByteArray &out)
{
    qsizetype at = 0;
    while (at < bytes.size() && m_state != State::End) {
        const char c = bytes[at];
        switch (m_state) {
        case State::LineStart:
            m_lineOctets = 0;
            m_state = c == '.' ? State::Dot : State::Text;
            at += c == '.' ? 1 : 0;
            break;
        case State::Dot:
            m_state = c == '\r' ? State::DotCr : State::Text;
            at += c == '\r' ? 1 : 0;
            break;
        case State::DotCr:
            if (c == '\n') {
                m_state = State::End;
                ++at;
            } else {
                m_findings.hasBareCr = true;
                out.append('\r');
                m_state = State::Text;
            }
            break;
        case State::Cr:
            if (c == '\n') {
                out.append('\n');
                ++at;
                m_state = State::LineStart;
            } else {
                m_findings.hasBareCr = true;
                m_state = State::Text;
            }
            break;
        case State::Text:
            at += takeText(bytes.sliced(at), out);
            break;
        case State::End:
            break;
        }
    }
    return at;
}

/// As many whole lines as there are until one begins with a dot: text is copied in runs, not octet by octet.
qsizetype DotUnstuffer::takeText(QByteArrayView bytes, QByteArray &out)
{
    const char *const end = bytes.data() + bytes.size();
    const char *at = bytes.data();
    const auto addToLine = [this](qsizetype octets) {
        m_lineOctets += octets;
        if (m_lineLimit > 0 && m_lineOctets > m_lineLimit)
            m_findings.hasLongLine = true;
    };
    while (at < end) {
        const char *lf = find(at, end, '\n');
        const char *cr = find(at, lf ? lf : end, '\r');
        const char *stop = cr ? cr : lf ? lf : end;
        addToLine(stop - at);
        at = stop;
        if (cr && cr + 1 == end) {
            at = end;
            m_state = State::Cr;
        } else if (cr && cr[1] == '\n') {
            at = cr + 2;
            m_lineOctets = 0;
            if (at == end || *at == '.') {
                m_state = State::LineStart;
                break;
            }
        } else if (cr) {
            m_findings.hasBareCr = true;
            ++at;
        } else if (lf) {
            m_findings.hasBareLf = true;
            ++at;
        }
    }
    const QByteArrayView text{bytes.data(), at};
    note(text);
    out.append(text);
    return text.size();
}

void DotUnstuffer::note(QByteArrayView text)
{
    if (!m_findings.hasNul && find(text.data(), text.data() + text.size(), '\0'))
        m_findings.hasNul = true;
    if (!m_findings.hasEightBit && hasEightBit(text))
        m_findings.hasEightBit = true;
}

void DotStuffer::feed(QByteArrayView bytes, QByteArray &out)
{
    if (m_isAfterCr && bytes.startsWith('\n')) { // The last piece was cut within CRLF.
        out.append('\n');
        bytes = bytes.sliced(1);
        m_isAfterCr = false;
        m_isLineStart = true;
    }
    if (bytes.isEmpty())
        return;
    if (m_isLineStart && bytes.front() == '.')
        out.append('.');
    // Line by line: memchr() is several times as fast as memmem() with a needle of three octets.
    const char *from = bytes.data();
    const char *const end = from + bytes.size();
    for (const char *lf = find(from, end, '\n'); lf && lf + 1 < end; lf = find(lf + 1, end, '\n')) {
        if (lf[1] != '.' || lf == bytes.data() || lf[-1] != '\r')
            continue;
        out.append(from, lf + 1 - from).append('.');
        from = lf + 1; // The message's own dot goes with the next run.
    }
    out.append(from, end - from);
    m_isLineStart = bytes.endsWith("\r\n");
    m_isAfterCr = bytes.back() == '\r';
}

void DotStuffer::finish(QByteArray &out)
{
    if (!m_isLineStart)
        out.append("\r\n");
    out.append(".\r\n");
}

QByteArray dotStuffed(QByteArrayView message)
{
    QByteArray wire;
    wire.reserve(message.size() + message.size() / 64 + 8);
    DotStuffer stuffer;
    stuffer.feed(message, wire);
    stuffer.finish(wire);
    return wire;
}

} // namespace net
