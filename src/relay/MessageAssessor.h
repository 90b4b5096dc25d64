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
    };

    virtual ~MessageAssessor() = default;
    /// What is kept of it, and shown: JSON. Always on one and the same thread. Never fails: what cannot be read is a finding.
    [[nodiscard]] virtual QByteArray assess(const Message &message) = 0;
};

} // namespace relay
