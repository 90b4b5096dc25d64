// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Pop3Session that obeys the rules of faults.
#include "relay/Pop3Session.h"

#include "relay/Users.h"

#include <utility>

namespace relay {

using net::Pop3Verb;
using Kind = MonitorEvent::Kind;

namespace {

std::optional<FaultPoint> pointOf(Pop3Verb verb)
{
    switch (verb) {
    case Pop3Verb::Capa:
        return FaultPoint::Capa;
    case Pop3Verb::Stls:
        return FaultPoint::Stls;
    case Pop3Verb::Pass:
    case Pop3Verb::Auth:
        return FaultPoint::Login;
    case Pop3Verb::Stat:
        return FaultPoint::Stat;
    case Pop3Verb::List:
        return FaultPoint::List;
    case Pop3Verb::Uidl:
        return FaultPoint::Uidl;
    case Pop3Verb::Retr:
        return FaultPoint::Retr;
    case Pop3Verb::Top:
        return FaultPoint::Top;
    case Pop3Verb::Dele:
        return FaultPoint::Dele;
    case Pop3Verb::Quit:
        return FaultPoint::Pop3Quit;
    default:
        return std::nullopt;
    }
}

} // namespace

FaultFacts Pop3Session::factsAt(FaultPoint point) const
{
    FaultFacts facts{point, m_backend.sessionNumber(), m_peer.address, {}, {}, m_backend.nowMs()};
    const QByteArray mailbox = m_key.isEmpty() ? mailboxKey(m_userName) : m_key;
    if (!mailbox.isEmpty())
        facts.recipients.append(mailbox);
    return facts;
}

bool Pop3Session::meetsFault(const net::Pop3Command &command, QByteArrayView line)
{
    const std::optional<FaultPoint> point = pointOf(command.verb);
    if (!point || (m_faults && m_faults->isPast))
        return false;
    const FaultDecision decision = m_backend.faults()->decide(factsAt(*point));
    return !decision.isNothing() && obey(decision, line);
}

bool Pop3Session::meetsFaultAtGreeting()
{
    const FaultDecision decision = m_backend.faults()->decide(factsAt(FaultPoint::Pop3Connect));
    if (decision.isNothing())
        return false;
    const bool isMet = obey(decision, {});
    m_faults->isGreetingHeld = m_wait == Wait::Delay;
    flush();
    return isMet;
}

/// True if the command must not be carried out, or not yet.
bool Pop3Session::obey(const FaultDecision &decision, QByteArrayView line)
{
    if (!m_faults)
        m_faults = std::make_unique<Faults>();
    m_backend.noteFaults(decision);
    if (decision.delay.count() > 0) {
        m_faults->heldLine = line.toByteArray();
        m_faults->heldAction = decision.action;
        m_wait = Wait::Delay;
        m_backend.delay(decision.delay);
        return true;
    }
    return decision.action && act(*decision.action);
}

/// True if the command is answered by this; otherwise it is carried out, and the rule bears on what follows.
bool Pop3Session::act(const FaultRule &rule)
{
    const bool isInMessage = rule.kind == FaultKind::Disconnect && rule.octets > 0 && (rule.point == FaultPoint::Retr || rule.point == FaultPoint::Top);
    if (isInMessage) {
        m_faults->cut = rule;
        return false;
    }
    if (rule.kind == FaultKind::ChangeUids) {
        m_faults->uidSalt = 'x' + QByteArray::number(m_backend.faults() ? m_backend.faults()->draw(rule) % 0xffffff : 0, 16);
        return false;
    }
    if (rule.kind == FaultKind::LoseReply && m_deletedCount > 0) {
        m_faults->replyLoser = rule;
        return false;
    }
    if (rule.kind == FaultKind::Disconnect || rule.kind == FaultKind::LoseReply) {
        drop(rule);
        return true;
    }
    error(rule.text.isEmpty() ? QByteArray{"[SYS/TEMP] Refused by a rule"} : rule.text);
    if (rule.point == FaultPoint::Pop3Connect)
        closeAfterReply("a fault rule");
    return true;
}

void Pop3Session::drop(const FaultRule &rule)
{
    m_sending.reset();
    flush();
    m_isClosed = true;
    m_backend.drop("fault rule " + rule.name.toUtf8());
}

void Pop3Session::delayOver()
{
    if (m_wait != Wait::Delay || m_isClosed)
        return;
    m_wait = Wait::Nothing;
    const QByteArray line = std::exchange(m_faults->heldLine, {});
    const std::optional<FaultRule> action = std::exchange(m_faults->heldAction, std::nullopt);
    const bool isGreeting = std::exchange(m_faults->isGreetingHeld, false);
    if (!action || !act(*action)) {
        m_faults->isPast = true;
        if (isGreeting)
            greet();
        else
            handleCommand(net::parsePop3Command(line), line);
        m_faults->isPast = false;
    }
    process();
}

bool Pop3Session::hidesTls()
{
    return m_backend.faults() && m_backend.faults()->hidesTls(factsAt(FaultPoint::Handshake));
}

/// Sends what the rule still allows of the message, and ends there.
bool Pop3Session::isCutOff(const store::SpoolPiece &piece)
{
    const FaultRule rule = *m_faults->cut;
    const qint64 left = rule.octets - m_sending->sent;
    if (left >= piece.octets.size())
        return false;
    m_sending->stuffer.feed(QByteArrayView{piece.octets}.first(std::max<qint64>(left, 0)), m_out);
    drop(rule);
    return true;
}

} // namespace relay
