// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace relay {

/// What the relay asks about a message once it is stored. A port: app answers it with the help of smime.
class MessageAssessor
{
public:
    struct Message {
        qint64 id = 0;
        qint64 receivedMs = 0;        ///< Milliseconds since the epoch, UTC.
        QByteArray sender;            ///< Of the envelope; empty for a bounce.
        QList<QByteArray> recipients; ///< Of the envelope.
        QByteArray octets;            ///< As a reader gets them.
        bool isBeginning = false;     ///< That is not all: it is larger than kLargestOctets.
    };
    /// Larger messages are not assessed while the relay runs, so that its memory has a bound: about three times as much for the one
    /// message that is assessed at a time. Whoever opens one assesses it.
    static constexpr qint64 kLargestOctets = 10 << 20;

    virtual ~MessageAssessor() = default;
    /// What is kept of it, and shown: JSON. Always on one and the same thread. Never fails: what cannot be read is a finding.
    [[nodiscard]] virtual QByteArray assess(const Message &message) = 0;
};

} // namespace relay
