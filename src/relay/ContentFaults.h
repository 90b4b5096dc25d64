// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/FaultRule.h"

#include <utility>

namespace relay {

/// A message up to this size is held in memory while a rule of content waits for its end; a larger one passes unaltered and
/// is marked as too large. So a session's memory stays bounded.
inline constexpr qint64 kLargestFaultedOctets = qint64{4} << 20;

/// What became of a message.
struct AlteredMessage {
    QByteArray octets;
    bool isAltered = false;
    QString note; ///< Why it was not altered, in English.
};

/// Does to `message` (as it came in, without trace lines) what mail systems do that know nothing of signatures. `random` decides
/// what the rule leaves open. For all kinds of content but Swap and Replay, which need more than one message. Pure.
[[nodiscard]] AlteredMessage alterContent(const QByteArray &message, const FaultRule &rule, quint64 random);

/// Two messages with their contents exchanged: each keeps its header but for the fields of MIME. Pure.
[[nodiscard]] std::pair<QByteArray, QByteArray> withSwappedContents(const QByteArray &first, const QByteArray &second);

} // namespace relay
