// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/MessageIntake.h"

#include "store/Spool.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace relay {

namespace {

constexpr QByteArrayView kReceived = "received:";
constexpr QByteArrayView kFrom = "from:";

/// A name that a stranger gave, fit for a header: letters, digits and a few signs, or "unknown".
QByteArray headerSafe(QByteArrayView name)
{
    const bool isSafe = !name.isEmpty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::strchr(".-_:[]", c) != nullptr;
    });
    return isSafe ? name.toByteArray() : QByteArray{"unknown"};
}

/// The IANA name of the cipher suite in "TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256", for the tls clause of RFC 8314 section 4.3; empty for one
/// that net's TLS policy does not allow.
QByteArray registeredSuite(const QByteArray &tls)
{
    const QByteArray name = tls.sliced(tls.indexOf(' ') + 1);
    if (name.startsWith("TLS_"))
        return name;
    for (const QByteArrayView exchange : {"ECDHE-ECDSA", "ECDHE-RSA", "DHE-RSA"}) {
        if (!name.startsWith(exchange))
            continue;
        QByteArray cipher = name.sliced(exchange.size() + 1).replace("AES128", "AES_128").replace("AES256", "AES_256").replace('-', '_');
        if (cipher == "CHACHA20_POLY1305")
            cipher += "_SHA256";
        return "TLS_" + exchange.toByteArray().replace('-', '_') + "_WITH_" + cipher;
    }
    return {};
}

} // namespace

void HeaderWatch::feed(QByteArrayView bytes)
{
    while (!m_isOver && !bytes.isEmpty()) {
        const qsizetype lineFeed = bytes.indexOf('\n');
        const QByteArrayView piece = lineFeed < 0 ? bytes : bytes.first(lineFeed);
        if (m_isKnown) {
            keep(piece);
        } else {
            const qsizetype taken = qMin(kReceived.size() - m_lineBegin.size(), piece.size());
            m_lineBegin.append(piece.first(taken));
            if (lineFeed >= 0 || m_lineBegin.size() == kReceived.size()) {
                beginLine();
                keep(piece.sliced(taken));
            }
        }
        if (lineFeed < 0)
            return;
        m_isOver = m_lineBegin.isEmpty() || m_lineBegin == "\r";
        m_lineBegin.resize(0);
        m_isKnown = false;
        bytes = bytes.sliced(lineFeed + 1);
    }
}

void HeaderWatch::beginLine()
{
    m_isKnown = true;
    if (m_lineBegin.compare(kReceived, Qt::CaseInsensitive) == 0)
        ++m_receivedLines;
    const bool isContinued = m_lineBegin.startsWith(' ') || m_lineBegin.startsWith('\t');
    // RFC 5322 section 4.5 lets blanks stand before the colon: what follows them is no address of anybody's own.
    const QByteArrayView name = QByteArrayView{m_lineBegin}.first(qMin(kFrom.size(), m_lineBegin.size()));
    const bool isFrom = name.size() == kFrom.size() && name.chopped(1).compare(kFrom.chopped(1), Qt::CaseInsensitive) == 0 && QByteArrayView{": \t"}.contains(name.back());
    if (isFrom && !m_from.isEmpty() && m_from.size() < kFromLimit)
        m_from.append(',');
    m_isInFrom = isFrom || (m_isInFrom && isContinued);
    keep(QByteArrayView{m_lineBegin}.sliced(isFrom ? kFrom.size() : 0));
}

void HeaderWatch::keep(QByteArrayView piece)
{
    if (!m_isInFrom)
        return;
    if (piece.endsWith('\r'))
        piece.chop(1);
    m_from.append(piece.first(qMin(piece.size(), kFromLimit - m_from.size())));
}

MessageIntake::MessageIntake(qint64 id, const SmtpSettings &settings, Text declared)
    : m_id(id), m_settings(settings), m_declared(declared),
      m_unstuffer(settings.limits.maxTextLineOctets), m_plainWatch(settings.limits.maxTextLineOctets) {}

void MessageIntake::account(qsizetype sizeBefore)
{
    m_octets += m_held.size() - sizeBefore;
    m_header.feed(QByteArrayView{m_held}.sliced(sizeBefore));
    if (m_octets > m_settings.limits.maxMessageOctets)
        m_held = {}; // Refused anyway; count on, keep nothing.
}

qsizetype MessageIntake::feedDotted(QByteArrayView bytes)
{
    const qsizetype before = m_held.size();
    const qsizetype taken = m_unstuffer.feed(bytes, m_held);
    account(before);
    return taken;
}

void MessageIntake::feedPlain(QByteArrayView bytes)
{
    // The watch undoes dots, which a chunk does not have: its output is not used, and a lone dot must not end it.
    QByteArray scratch;
    for (QByteArrayView rest = bytes; !rest.isEmpty();) {
        rest = rest.sliced(m_plainWatch.feed(rest, scratch));
        if (m_plainWatch.isAtEnd())
            m_plainWatch.restart();
    }
    const qsizetype before = m_held.size();
    m_held.append(bytes);
    account(before);
}

bool MessageIntake::isPieceFull() const
{
    return m_held.size() >= store::kSpoolPieceOctets;
}

QByteArray MessageIntake::takeHeld()
{
    m_hasHandedOn = true;
    return std::exchange(m_held, {});
}

bool MessageIntake::hasBareLineEnd() const
{
    return m_unstuffer.findings().hasBareLf || m_unstuffer.findings().hasBareCr || m_plainWatch.findings().hasBareLf || m_plainWatch.findings().hasBareCr;
}

bool MessageIntake::isHopeless() const
{
    return m_octets > 2 * m_settings.limits.maxMessageOctets + kTolerance;
}

std::optional<MessageIntake::Refusal> MessageIntake::refusal() const
{
    const net::DotUnstuffer::Findings &data = m_unstuffer.findings();
    const net::DotUnstuffer::Findings &chunks = m_plainWatch.findings();
    if (m_octets > m_settings.limits.maxMessageOctets)
        return Refusal{552, "5.3.4", "The message is larger than this server takes"};
    if (hasBareLineEnd() || m_endsInCr)
        return Refusal{550, "5.5.2", "Bare CR or LF is refused: every line must end with CRLF"};
    if (data.hasNul || chunks.hasNul)
        return Refusal{554, "5.6.0", "A NUL octet has no place in a message"};
    if (data.hasLongLine || chunks.hasLongLine)
        return Refusal{554, "5.6.0", "A line of the message is too long"};
    if ((data.hasEightBit || chunks.hasEightBit) && m_declared == Text::SevenBit && m_settings.undeclaredEightBit == EightBitPolicy::Refuse)
        return Refusal{554, "5.6.1", "8-bit text must be announced with BODY=8BITMIME"};
    if (m_header.receivedLines() > m_settings.limits.maxReceivedLines)
        return Refusal{554, "5.4.6", "Too many hops: the message goes round in circles"};
    return std::nullopt;
}

QByteArray mailDate(qint64 ms)
{
    static constexpr const char *kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    const int length = std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d +0000", kDays[parts.tm_wday], parts.tm_mday,
                                     kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return QByteArray{text, length};
}

QByteArray traceLines(const TraceFacts &facts)
{
    QByteArray lines;
    lines.reserve(320);
    lines.append("Return-Path: <").append(facts.sender).append(">\r\nReceived: from ").append(headerSafe(facts.heloName));
    lines.append(facts.peerAddress.contains(':') ? " ([IPv6:" : " ([").append(facts.peerAddress).append("])\r\n");
    if (!facts.tls.isEmpty())
        lines.append("\t(using ").append(facts.tls).append(")\r\n");
    lines.append("\tby ").append(facts.hostName).append(" (Waxwing) with ").append(facts.protocol).append(" id ").append(QByteArray::number(facts.id));
    if (!facts.onlyRecipient.isEmpty())
        lines.append("\r\n\tfor <").append(facts.onlyRecipient).append('>');
    if (const QByteArray suite = registeredSuite(facts.tls); !suite.isEmpty())
        lines.append("\r\n\ttls ").append(suite);
    lines.append(";\r\n\t").append(mailDate(facts.nowMs)).append("\r\n");
    return lines;
}

} // namespace relay
