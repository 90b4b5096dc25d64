// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>
#include <chrono>

namespace relay {

/// When what could not be carried onward is tried again, and when it is given up. RFC 5321 section 4.5.4.1.
struct RetryPolicy {
    std::chrono::milliseconds first = std::chrono::minutes{1};
    std::chrono::milliseconds most = std::chrono::hours{1};
    std::chrono::milliseconds expiry = std::chrono::hours{5 * 24};
    std::chrono::milliseconds tellDelayAfter = std::chrono::hours{4};
    int maxConnections = 4; ///< To the next hop at once.
    quint64 seed = 0;       ///< Of the jitter: the same seed waits equally long.

    /// The pause after attempt number `attempts` (from 1): twice as long each time up to `most`, a quarter more or less, so that
    /// what failed together does not return together. `salt` tells the messages apart.
    [[nodiscard]] std::chrono::milliseconds pause(int attempts, quint64 salt) const;
};

} // namespace relay
