// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Transcript.h"

#include <QDateTime>
#include <charconv>

namespace relay {

using Kind = MonitorEvent::Kind;

namespace {

constexpr qsizetype kHeadOctets = 6 * 1024;
constexpr qsizetype kTailOctets = 6 * 1024;
constexpr qsizetype kLineOctets = 1000;
/// A session that goes on is kept no more often than this.
constexpr qint64 kKeepEveryMs = 2000;

void appendNumber(QByteArray &out, qint64 number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end.ptr - digits);
}

} // namespace

Transcript::Transcript() : m_startedMs(QDateTime::currentMSecsSinceEpoch()), m_keptMs(m_startedMs) {}

void Transcript::add(MonitorEvent::Kind kind, QByteArrayView text, qint64 octets, qint64 messageId)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QByteArray line;
    switch (kind) {
    case Kind::LineIn:
        return addLine('C', text, now);
    case Kind::LineOut:
        return addLine('S', text, now);
    case Kind::SessionOpened:
        return addLine('*', line.append("connected from ").append(text), now);
    case Kind::BodyIn:
        return addLine('C', line.append("[message ").append(QByteArray::number(messageId)).append(", ").append(QByteArray::number(octets)).append(" octets]"), now);
    case Kind::BodyOut:
        return addLine('S', line.append("[message ").append(QByteArray::number(messageId)).append(", ").append(QByteArray::number(octets)).append(" octets]"), now);
    case Kind::TlsStarted:
        return addLine('*', line.append("TLS begins: ").append(text), now);
    case Kind::MessageStored:
        return addLine('*', line.append("message ").append(QByteArray::number(messageId)).append(" is stored"), now);
    case Kind::FaultApplied:
        return addLine('*', line.append("fault rule ").append(text), now);
    case Kind::SessionClosed:
        return addLine('*', line.append("closed: ").append(text), now);
    }
}

void Transcript::addLine(char who, QByteArrayView text, qint64 nowMs)
{
    QByteArray &out = m_head.size() < kHeadOctets ? m_head : m_tail;
    appendNumber(out, nowMs - m_startedMs);
    out.append(' ').append(who).append(' ').append(text.first(std::min(text.size(), kLineOctets))).append('\n');
    m_isNew = true;
    if (m_tail.size() <= 2 * kTailOctets)
        return;
    const qsizetype cut = m_tail.indexOf('\n', m_tail.size() - kTailOctets) + 1;
    m_leftOut += cut;
    m_tail.remove(0, cut);
}

bool Transcript::isDue() const
{
    return m_isNew && QDateTime::currentMSecsSinceEpoch() - m_keptMs >= kKeepEveryMs;
}

QByteArray Transcript::takeText()
{
    m_isNew = false;
    m_keptMs = QDateTime::currentMSecsSinceEpoch();
    if (m_tail.isEmpty())
        return m_head;
    QByteArray text = m_head;
    if (m_leftOut > 0)
        text.append("... ").append(QByteArray::number(m_leftOut)).append(" octets left out ...\n");
    return text.append(m_tail);
}

} // namespace relay
