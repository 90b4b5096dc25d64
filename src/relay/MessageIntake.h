// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/DotStuffing.h"
#include "relay/SmtpSettings.h"

#include <QByteArray>
#include <optional>

namespace relay {

/// Counts the Received lines of a message's head as its octets pass by, and keeps the From lines.
class HeaderWatch
{
public:
    void feed(QByteArrayView bytes);
    [[nodiscard]] int receivedLines() const { return m_receivedLines; }
    /// The bodies of all From fields, one behind the other with commas between; cut off beyond kFromLimit.
    [[nodiscard]] const QByteArray &from() const { return m_from; }
    static constexpr qsizetype kFromLimit = 8192;

private:
    void beginLine();
    void keep(QByteArrayView piece);

    QByteArray m_lineBegin; ///< The first octets of the line under way, as many as it takes to know it.
    QByteArray m_from;
    int m_receivedLines = 0;
    bool m_isKnown = false; ///< The line under way was looked at.
    bool m_isInFrom = false;
    bool m_isOver = false;
};

/// One message on its way in: undoes the dots, watches the limits, and keeps at most one piece in memory.
class MessageIntake
{
public:
    struct Refusal {
        int code = 0;
        const char *enhanced = "";
        const char *text = "";
    };
    enum class Text { SevenBit, EightBit };
    /// So far beyond twice the limit a message is still read to its end, that it may be refused in order.
    static constexpr qint64 kTolerance = 1 << 20;

    MessageIntake(qint64 id, const SmtpSettings &settings, Text declared);

    /// Bytes of DATA; returns how many belonged to the message.
    qsizetype feedDotted(QByteArrayView bytes);
    /// Octets of a BDAT chunk, as they are. RFC 3030.
    void feedPlain(QByteArrayView bytes);
    /// No chunk follows: a CR at the end is a bare one.
    void endPlain() { m_endsInCr = m_plainWatch.isAfterCr(); }

    [[nodiscard]] bool isAtEnd() const { return m_unstuffer.isAtEnd(); }
    [[nodiscard]] qint64 id() const { return m_id; }
    [[nodiscard]] qint64 octets() const { return m_octets; }
    /// True when so much is held that takeHeld() should hand it on.
    [[nodiscard]] bool isPieceFull() const;
    [[nodiscard]] QByteArray takeHeld();
    /// HeaderWatch::from().
    [[nodiscard]] const QByteArray &from() const { return m_header.from(); }
    [[nodiscard]] bool hasHandedOn() const { return m_hasHandedOn; }

    [[nodiscard]] bool hasEightBit() const { return m_unstuffer.findings().hasEightBit || m_plainWatch.findings().hasEightBit; }

    /// Why the message cannot be taken, as far as it was seen.
    [[nodiscard]] std::optional<Refusal> refusal() const;
    /// So far over the limit that reading on to the end makes no sense.
    [[nodiscard]] bool isHopeless() const;
    /// A peer that ends lines with a bare LF may believe that it has ended the message.
    [[nodiscard]] bool hasBareLineEnd() const;

private:
    void account(qsizetype sizeBefore);

    qint64 m_id;
    const SmtpSettings &m_settings;
    Text m_declared;
    net::DotUnstuffer m_unstuffer;
    bool m_endsInCr = false;
    net::DotUnstuffer m_plainWatch; ///< Only to find bare CR, LF, NUL and 8-bit in BDAT chunks.
    HeaderWatch m_header;
    QByteArray m_held;
    qint64 m_octets = 0;
    bool m_hasHandedOn = false;
};

/// What a message looked like at the door, for its trace lines.
struct TraceFacts {
    QByteArray sender;
    QByteArray heloName;
    QByteArray peerAddress;
    QByteArray hostName;
    QByteArray tls;
    QByteArray protocol; ///< RFC 3848, RFC 6531: "ESMTPSA", ...
    qint64 id = 0;
    QByteArray onlyRecipient; ///< Empty if there are several: one must not learn of the other.
    qint64 nowMs = 0;
};
/// Return-Path and Received. RFC 5321 section 4.4.
[[nodiscard]] QByteArray traceLines(const TraceFacts &facts);

/// "Mon, 23 Nov 2026 15:37:00 +0000". RFC 5322 section 3.3.
[[nodiscard]] QByteArray mailDate(qint64 ms);

} // namespace relay
