// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/FaultEngine.h"

#include "relay/SplitMix.h"

#include <algorithm>

namespace relay {

namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr qsizetype kMostGreylisted = 10'000;

/// An address, "*@domain", "<>" for the null sender, or empty for anybody.
bool fits(QByteArrayView pattern, const QByteArray &address)
{
    if (pattern.isEmpty() || pattern == "*")
        return true;
    if (pattern == "<>")
        return address.isEmpty();
    const QByteArray lower = address.toLower();
    if (pattern.startsWith("*@"))
        return lower.endsWith(pattern.sliced(1));
    return lower == pattern;
}

/// One step of SplitMix64: nothing gives something too.
quint64 mixed(quint64 value)
{
    return splitMix(value + 0x9e3779b97f4a7c15ULL);
}

bool isDecided(const FaultRule &rule)
{
    return !isContentFault(rule.kind) && rule.kind != FaultKind::TlsHide;
}

} // namespace

void FaultEngine::setPlan(FaultPlan plan, qint64 nowMs)
{
    plan.rules.removeIf([](const FaultRule &rule) { return !rule.isEnabled; });
    QHash<QString, Memory> memory;
    for (const FaultRule &rule : std::as_const(plan.rules)) {
        const bool isKept = m_plan.seed == plan.seed && m_plan.rules.contains(rule);
        if (isKept)
            memory.insert(rule.name, m_memory.take(rule.name));
        else
            memory[rule.name].sinceMs = nowMs;
    }
    m_memory = std::move(memory);
    m_plan = std::move(plan);
}

quint64 FaultEngine::random(const FaultRule &rule, quint64 number) const
{
    quint64 value = mixed(m_plan.seed);
    for (const char c : rule.name.toUtf8())
        value = mixed(value ^ static_cast<uchar>(c));
    return mixed(value ^ number);
}

quint64 FaultEngine::draw(const FaultRule &rule)
{
    // Beside the numbers that `chance` uses, so that neither depends on the other.
    return random(rule, ++m_memory[rule.name].drawn + (1ULL << 63));
}

bool FaultEngine::applies(const FaultRule &rule, const FaultFacts &facts)
{
    if (rule.session != 0 && rule.session != facts.session)
        return false;
    if (!fits(rule.from, facts.sender))
        return false;
    const auto &named = facts.recipients;
    const bool isAtRecipient = facts.point == FaultPoint::Rcpt && !named.isEmpty();
    if (!rule.to.isEmpty()) {
        const bool isNamed = isAtRecipient ? fits(rule.to, named.last())
                                           : std::any_of(named.begin(), named.end(), [&rule](const QByteArray &to) { return fits(rule.to, to); });
        if (!isNamed)
            return false;
    }
    if (rule.recipient > 0 && (!isAtRecipient || named.size() < rule.recipient))
        return false;
    Memory &memory = m_memory[rule.name];
    const qint64 age = facts.nowMs - memory.sinceMs;
    if (age < rule.afterSeconds * 1000 || (rule.forSeconds > 0 && age >= (rule.afterSeconds + rule.forSeconds) * 1000))
        return false;
    ++memory.asked;
    if (rule.nth > 0 && memory.asked != static_cast<quint64>(rule.nth))
        return false;
    if (rule.every > 0 && memory.asked % static_cast<quint64>(rule.every) != 0)
        return false;
    return rule.chance >= 1 || static_cast<double>(random(rule, memory.asked) >> 11) * 0x1p-53 < rule.chance;
}

/// RateLimit and Greylist have a memory of their own: true if the peer is to be refused now.
bool FaultEngine::isAnswered(const FaultRule &rule, const FaultFacts &facts)
{
    Memory &memory = m_memory[rule.name];
    if (rule.kind == FaultKind::RateLimit) {
        while (!memory.recent.empty() && (memory.recent.front() <= facts.nowMs - kMinuteMs || memory.recent.front() > facts.nowMs))
            memory.recent.pop_front();
        if (static_cast<int>(memory.recent.size()) >= rule.perMinute)
            return true;
        memory.recent.push_back(facts.nowMs);
        return false;
    }
    if (rule.kind == FaultKind::Greylist) {
        const QByteArray key = facts.peer + '\n' + facts.sender.toLower() + '\n' + (facts.recipients.isEmpty() ? QByteArray{} : facts.recipients.last().toLower());
        const auto seen = memory.firstSeen.constFind(key);
        if (seen != memory.firstSeen.cend())
            return facts.nowMs - *seen < rule.seconds * 1000;
        if (memory.firstSeen.size() >= kMostGreylisted)
            memory.firstSeen.clear();
        memory.firstSeen.insert(key, facts.nowMs);
        return true;
    }
    return true;
}

FaultDecision FaultEngine::decide(const FaultFacts &facts)
{
    FaultDecision decision;
    for (const FaultRule &rule : std::as_const(m_plan.rules)) {
        if (!isDecided(rule) || rule.point != facts.point || (decision.action && rule.kind != FaultKind::Delay))
            continue;
        if (!applies(rule, facts) || !isAnswered(rule, facts))
            continue;
        decision.marks.append({rule.name, nameOf(rule.kind), false, {}});
        if (rule.kind == FaultKind::Delay)
            decision.delay += std::chrono::milliseconds{rule.milliseconds};
        else if (rule.kind == FaultKind::Drip)
            decision.octetsPerSecond = rule.octetsPerSecond;
        else
            decision.action = rule;
    }
    return decision;
}

bool FaultEngine::hidesTls(const FaultFacts &facts)
{
    bool isHidden = false;
    for (const FaultRule &rule : std::as_const(m_plan.rules))
        if (rule.kind == FaultKind::TlsHide && applies(rule, facts))
            isHidden = true;
    return isHidden;
}

QList<FaultRule> FaultEngine::contentRules(const FaultFacts &facts)
{
    QList<FaultRule> rules;
    for (const FaultRule &rule : std::as_const(m_plan.rules))
        if (isContentFault(rule.kind) && applies(rule, facts))
            rules.append(rule);
    return rules;
}

std::optional<SwapPartner> FaultEngine::takePartner(const QString &rule)
{
    const auto memory = m_memory.find(rule);
    return memory == m_memory.end() ? std::nullopt : std::exchange(memory->partner, std::nullopt);
}

void FaultEngine::keepPartner(const QString &rule, SwapPartner partner)
{
    if (const auto memory = m_memory.find(rule); memory != m_memory.end())
        memory->partner = std::move(partner);
}

} // namespace relay
