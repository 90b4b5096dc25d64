// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/LineChannel.h"

#include <cstring>

namespace net {

namespace {

/// An idle session keeps no larger buffer than this.
constexpr qsizetype kIdleCapacity = 512;

qsizetype indexOf(QByteArrayView bytes, char c)
{
    if (bytes.isEmpty())
        return -1;
    const void *hit = std::memchr(bytes.data(), c, static_cast<std::size_t>(bytes.size()));
    return hit ? static_cast<const char *>(hit) - bytes.data() : -1;
}

} // namespace

void LineChannel::append(QByteArrayView bytes)
{
    if (m_begin == m_buffer.size())
        clear();
    else if (m_begin > 0 && m_begin >= m_buffer.size() / 2) {
        m_buffer.remove(0, m_begin);
        m_begin = 0;
    }
    m_buffer.append(bytes);
}

void LineChannel::clear()
{
    if (m_buffer.capacity() > kIdleCapacity)
        m_buffer = {};
    else
        m_buffer.resize(0);
    m_begin = 0;
    m_scanned = 0;
}

QByteArrayView LineChannel::unread() const
{
    return QByteArrayView{m_buffer}.sliced(m_begin);
}

void LineChannel::consume(qsizetype octets)
{
    Q_ASSERT(octets >= 0 && octets <= m_buffer.size() - m_begin);
    m_begin += octets;
    m_scanned = 0;
}

LineChannel::Next LineChannel::next()
{
    for (;;) {
        const qsizetype found = indexOf(unread().sliced(m_scanned), '\n');
        if (found < 0)
            return waitOrOverflow();
        const qsizetype lineFeed = m_scanned + found;
        if (!m_isDropping)
            return takeLine(lineFeed);
        m_isDropping = false;
        consume(lineFeed + 1);
    }
}

LineChannel::Next LineChannel::takeLine(qsizetype lineFeed)
{
    QByteArrayView line = unread().first(lineFeed);
    consume(lineFeed + 1);
    const bool hasCr = line.endsWith('\r');
    if (hasCr)
        line.chop(1);
    if (line.size() > m_limit)
        return {Status::TooLong, {}};
    if (!hasCr)
        return {Status::BareLf, line};
    if (indexOf(line, '\r') >= 0)
        return {Status::BareCr, line};
    if (indexOf(line, '\0') >= 0)
        return {Status::Nul, line};
    return {Status::Line, line};
}

LineChannel::Next LineChannel::waitOrOverflow()
{
    const qsizetype held = unread().size();
    if (m_isDropping) {
        consume(held);
        return {};
    }
    if (held <= m_limit + 1) { // The CR of a line at the limit may be here already.
        m_scanned = held;
        return {};
    }
    consume(held);
    m_isDropping = true;
    return {Status::TooLong, {}};
}

} // namespace net
