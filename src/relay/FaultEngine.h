// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/FaultRule.h"

#include <QHash>
#include <chrono>
#include <deque>
#include <optional>

namespace relay {

/// What is known at the point where a rule may apply.
struct FaultFacts {
    FaultPoint point = FaultPoint::Message;
    quint64 session = 0;
    QByteArray peer;
    QByteArray sender;
    QList<QByteArray> recipients; ///< All of the message as they were addressed; at "rcpt" with the one just named as the last, else their mailboxes, too.
    qint64 nowMs = 0;
};

/// What the rules want at one point of one session.
struct FaultDecision {
    std::chrono::milliseconds delay{0};
    int octetsPerSecond = 0;          ///< 0: as before.
    std::optional<FaultRule> action;  ///< Refuse, LoseReply, Disconnect, ChangeUids or one of TLS; the first that applies.
    QList<FaultMark> marks;           ///< Of the rules that applied, for the message under way.

    [[nodiscard]] bool isNothing() const { return delay.count() == 0 && octetsPerSecond == 0 && !action && marks.isEmpty(); }
};

/// A message that waits for its partner in a swap: its octets are in the spool already, this is a copy.
struct SwapPartner {
    qint64 id = 0;
    QByteArray octets;
    QList<FaultMark> marks;
};

/// Decides which rules apply. Deterministic: the same rules, seed, events and times give the same decisions. Lives on the
/// relay's thread, shared by all sessions; memory is bounded by the number of rules and the limits within.
class FaultEngine
{
public:
    /// Replaces the rules; those that stay as they were go on counting. `nowMs`: when they come into force.
    void setPlan(FaultPlan plan, qint64 nowMs);
    [[nodiscard]] const FaultPlan &plan() const { return m_plan; }
    [[nodiscard]] bool isIdle() const { return m_plan.rules.isEmpty(); }

    /// Asks the rules of transport and TLS.
    [[nodiscard]] FaultDecision decide(const FaultFacts &facts);
    /// True if a rule hides that TLS is to be had.
    [[nodiscard]] bool hidesTls(const FaultFacts &facts);
    /// Asks the rules of content, once for each message, when its text begins.
    [[nodiscard]] QList<FaultRule> contentRules(const FaultFacts &facts);

    /// A number that is the same in each run; for what a content fault leaves open.
    [[nodiscard]] quint64 draw(const FaultRule &rule);

    /// The message that waits for `rule`'s next one, taken out; nothing if there is none.
    [[nodiscard]] std::optional<SwapPartner> takePartner(const QString &rule);
    void keepPartner(const QString &rule, SwapPartner partner);

private:
    struct Memory {
        quint64 asked = 0;   ///< How often all conditions but nth, every and chance were met.
        quint64 drawn = 0;
        qint64 sinceMs = 0;
        std::deque<qint64> recent;               ///< RateLimit: when, within the last minute.
        QHash<QByteArray, qint64> firstSeen;     ///< Greylist.
        std::optional<SwapPartner> partner;
    };

    [[nodiscard]] bool applies(const FaultRule &rule, const FaultFacts &facts);
    [[nodiscard]] bool isAnswered(const FaultRule &rule, const FaultFacts &facts);
    [[nodiscard]] quint64 random(const FaultRule &rule, quint64 number) const;

    FaultPlan m_plan;
    QHash<QString, Memory> m_memory;
};

} // namespace relay
