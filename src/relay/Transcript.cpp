// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Transcript.h"

#include <QDateTime>
#include <charconv>
#include <optional>

namespace relay {

using Kind = MonitorEvent::Kind;

namespace {

constexpr qsizetype kHeadOctets = 6 * 1024;
constexpr qsizetype kTailOctets = 6 * 1024;
constexpr qsizetype kLineOctets = 1000;
/// A session that goes on is kept no more often than this.
constexpr qint64 kKeepEveryMs = 2000;

constexpr QByteArrayView kConnected = "connected from ";
constexpr QByteArrayView kTlsBegins = "TLS begins: ";
constexpr QByteArrayView kFaultRule = "fault rule ";
constexpr QByteArrayView kClosed = "closed: ";

void appendNumber(QByteArray &out, qint64 number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end.ptr - digits);
}

QByteArray wordsOfBody(qint64 octets, qint64 messageId)
{
    return "[message " + QByteArray::number(messageId) + ", " + QByteArray::number(octets) + " octets]";
}

bool takeWord(QByteArrayView &text, QByteArrayView word)
{
    if (!text.startsWith(word))
        return false;
    text = text.sliced(word.size());
    return true;
}

bool takeNumber(QByteArrayView &text, qint64 &number)
{
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end.ec != std::errc{})
        return false;
    text = text.sliced(end.ptr - text.data());
    return true;
}

/// The reverse of wordsOfBody().
bool readBody(QByteArrayView text, MonitorEvent &event)
{
    return takeWord(text, "[message ") && takeNumber(text, event.messageId) && takeWord(text, ", ") && takeNumber(text, event.octets) && text == " octets]";
}

/// What happened rather than was said.
bool readHappening(QByteArrayView text, MonitorEvent &event)
{
    const std::pair<QByteArrayView, Kind> begins[] = {
        {kConnected, Kind::SessionOpened}, {kTlsBegins, Kind::TlsStarted}, {kFaultRule, Kind::FaultApplied}, {kClosed, Kind::SessionClosed}};
    for (const auto &[begin, kind] : begins) {
        if (!takeWord(text, begin))
            continue;
        event.kind = kind;
        event.text = text.toByteArray();
        return true;
    }
    event.kind = Kind::MessageStored;
    return takeWord(text, "message ") && takeNumber(text, event.messageId) && text == " is stored";
}

std::optional<TranscriptLine> readTranscriptLine(QByteArrayView text)
{
    TranscriptLine line;
    if (takeWord(text, "... "))
        return takeNumber(text, line.leftOutOctets) ? std::optional{line} : std::nullopt;
    MonitorEvent &event = line.event;
    if (!takeNumber(text, event.atMs))
        return std::nullopt;
    if (takeWord(text, " * "))
        return readHappening(text, event) ? std::optional{line} : std::nullopt;
    const bool isIn = takeWord(text, " C ");
    if (!isIn && !takeWord(text, " S "))
        return std::nullopt;
    if (TranscriptLine body = line; readBody(text, body.event)) {
        body.event.kind = isIn ? Kind::BodyIn : Kind::BodyOut;
        return body;
    }
    event.kind = isIn ? Kind::LineIn : Kind::LineOut;
    event.text = text.toByteArray();
    return line;
}

} // namespace

QList<TranscriptLine> readTranscript(const QByteArray &text)
{
    QList<TranscriptLine> lines;
    for (const QByteArray &one : text.split('\n'))
        if (const std::optional<TranscriptLine> line = readTranscriptLine(one))
            lines.append(*line);
    return lines;
}

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
        return addLine('*', line.append(kConnected).append(text), now);
    case Kind::BodyIn:
        return addLine('C', wordsOfBody(octets, messageId), now);
    case Kind::BodyOut:
        return addLine('S', wordsOfBody(octets, messageId), now);
    case Kind::TlsStarted:
        return addLine('*', line.append(kTlsBegins).append(text), now);
    case Kind::MessageStored:
        return addLine('*', line.append("message ").append(QByteArray::number(messageId)).append(" is stored"), now);
    case Kind::FaultApplied:
        return addLine('*', line.append(kFaultRule).append(text), now);
    case Kind::SessionClosed:
        return addLine('*', line.append(kClosed).append(text), now);
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
