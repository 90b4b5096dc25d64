// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SmtpSession that obeys the rules of faults.
#include "relay/ContentFaults.h"
#include "relay/SmtpSession.h"
#include "relay/Users.h"

#include <utility>

namespace relay {

using namespace Qt::StringLiterals;
using Kind = MonitorEvent::Kind;

namespace {

std::optional<FaultPoint> pointOf(net::SmtpVerb verb)
{
    switch (verb) {
    case net::SmtpVerb::Helo:
    case net::SmtpVerb::Ehlo:
        return FaultPoint::Ehlo;
    case net::SmtpVerb::Mail:
        return FaultPoint::Mail;
    case net::SmtpVerb::Rcpt:
        return FaultPoint::Rcpt;
    case net::SmtpVerb::Data:
        return FaultPoint::Data;
    case net::SmtpVerb::Rset:
        return FaultPoint::Rset;
    case net::SmtpVerb::Quit:
        return FaultPoint::Quit;
    case net::SmtpVerb::StartTls:
        return FaultPoint::StartTls;
    case net::SmtpVerb::Auth:
        return FaultPoint::Auth;
    default:
        return std::nullopt; // A refused BDAT would leave its chunk to be read as commands.
    }
}

bool isBeforeMail(FaultPoint point)
{
    return point == FaultPoint::Connect || point == FaultPoint::Ehlo || point == FaultPoint::Auth || point == FaultPoint::StartTls;
}

QByteArray enhancedFor(const FaultRule &rule)
{
    const QByteArray detail = rule.code == "452" ? ".5.3" : rule.kind == FaultKind::Greylist ? ".7.1" : rule.kind == FaultKind::RateLimit ? ".7.0" : ".3.0";
    return rule.code.first(1) + detail;
}

QByteArray textFor(const FaultRule &rule)
{
    if (!rule.text.isEmpty())
        return rule.text;
    return rule.kind == FaultKind::Greylist ? "Greylisted: try again later" : rule.kind == FaultKind::RateLimit ? "Too much within a minute, try again later" : "Refused by a rule";
}

} // namespace

FaultFacts SmtpSession::factsAt(FaultPoint point, const net::SmtpCommand &command) const
{
    FaultFacts facts{point, m_backend.sessionNumber(), m_peer.address, {}, {}, m_backend.nowMs()};
    if (m_transaction) {
        facts.sender = m_transaction->sender;
        facts.recipients = m_transaction->addressed; // Those of other servers, too.
    }
    if (point == FaultPoint::Mail) {
        if (const base::Result<net::SmtpPath> path = net::parseMailArgument(command.argument))
            facts.sender = path->mailbox;
        facts.recipients.clear();
    } else if (point == FaultPoint::Rcpt) {
        if (const base::Result<net::SmtpPath> path = net::parseRcptArgument(command.argument))
            facts.recipients.append(path->mailbox);
    } else if (m_transaction) {
        // A rule may name the mailbox behind another address.
        for (const QByteArray &mailbox : m_transaction->recipients)
            if (!facts.recipients.contains(mailbox))
                facts.recipients.append(mailbox);
    }
    return facts;
}

bool SmtpSession::meetsFault(const net::SmtpCommand &command, QByteArrayView line)
{
    const std::optional<FaultPoint> point = pointOf(command.verb);
    if (!point || (m_faults && m_faults->isPast))
        return false;
    const FaultDecision decision = m_backend.faults()->decide(factsAt(*point, command));
    return !decision.isNothing() && obey(decision, *point, line);
}

bool SmtpSession::meetsFaultAtGreeting()
{
    const FaultDecision decision = m_backend.faults()->decide(factsAt(FaultPoint::Connect, {}));
    if (decision.isNothing())
        return false;
    const bool isMet = obey(decision, FaultPoint::Connect, {});
    m_faults->isGreetingHeld = m_wait == Wait::Delay;
    flush();
    return isMet;
}

/// True if the command must not be carried out, or not yet.
bool SmtpSession::obey(const FaultDecision &decision, FaultPoint point, QByteArrayView line)
{
    if (!m_faults)
        m_faults = std::make_unique<SmtpFaults>();
    (isBeforeMail(point) ? m_faults->sessionMarks : m_faults->marks) += decision.marks;
    m_backend.noteFaults(decision);
    if (decision.delay.count() > 0) {
        m_faults->heldLine = line.toByteArray();
        m_faults->heldAction = decision.action;
        m_wait = Wait::Delay;
        m_backend.delay(decision.delay);
        return true;
    }
    if (decision.action)
        act(*decision.action);
    return decision.action.has_value();
}

void SmtpSession::act(const FaultRule &rule)
{
    if (rule.kind == FaultKind::Disconnect || rule.kind == FaultKind::LoseReply)
        return drop(rule);
    reply(rule.code.toInt(), enhancedFor(rule), textFor(rule));
    const bool isAtGreeting = rule.point == FaultPoint::Connect;
    if (rule.code == "421" || isAtGreeting)
        closeAfterReply("a fault rule");
    else if (rule.point == FaultPoint::Data)
        closeIfTextFollows();
}

void SmtpSession::drop(const FaultRule &rule)
{
    forgetTransaction();
    flush(); // What was said before is no part of it.
    m_isClosed = true;
    m_backend.drop("fault rule " + rule.name.toUtf8());
}

void SmtpSession::delayOver()
{
    if (m_wait != Wait::Delay || m_isClosed)
        return;
    m_wait = Wait::Nothing;
    const QByteArray line = std::exchange(m_faults->heldLine, {});
    if (const auto action = std::exchange(m_faults->heldAction, std::nullopt)) {
        act(*action);
    } else if (std::exchange(m_faults->isGreetingHeld, false)) {
        greet();
    } else if (const auto outcome = std::exchange(m_faults->heldOutcome, std::nullopt)) {
        m_wait = Wait::Commit;
        return committed(*outcome);
    } else {
        m_faults->isPast = true;
        handleCommand(net::parseSmtpCommand(line), line);
        m_faults->isPast = false;
    }
    process();
}

bool SmtpSession::hidesTls()
{
    return m_backend.faults() && m_backend.faults()->hidesTls(factsAt(FaultPoint::Handshake, {}));
}

/// When the text of a message begins: asks what will be done to it, since it must be held for that.
void SmtpSession::prepareFaults()
{
    const FaultDecision body = m_backend.faults()->decide(factsAt(FaultPoint::Body, {}));
    const QList<FaultRule> content = m_backend.faults()->contentRules(factsAt(FaultPoint::Message, {}));
    if (body.isNothing() && content.isEmpty())
        return;
    if (!m_faults)
        m_faults = std::make_unique<SmtpFaults>();
    m_faults->content = content;
    if (body.action) {
        m_faults->cut = body.action;
        m_faults->cutAfter = body.action->octets;
    }
}

bool SmtpSession::isCutOff()
{
    if (m_faults->cutAfter < 0 || m_intake->octets() < m_faults->cutAfter)
        return false;
    const FaultRule rule = *m_faults->cut;
    m_backend.note(Kind::FaultApplied, (rule.name + u' ' + nameOf(rule.kind)).toUtf8(), 0, 0);
    m_mode = Mode::Commands;
    drop(rule);
    return true;
}

bool SmtpSession::holdsWholeMessage() const
{
    return !m_faults->content.isEmpty() && !m_intake->hasHandedOn() && m_intake->octets() <= kLargestFaultedOctets;
}

/// After the final dot: true if the message is not taken.
bool SmtpSession::meetsFaultAfterMessage()
{
    FaultDecision decision = m_backend.faults()->decide(factsAt(FaultPoint::Message, {}));
    if (decision.isNothing())
        return false;
    const std::optional<FaultRule> action = std::exchange(decision.action, std::nullopt);
    const auto delay = std::exchange(decision.delay, {});
    (void)obey(decision, FaultPoint::Message, {});
    m_faults->replyDelay = delay;
    if (action && action->kind == FaultKind::LoseReply)
        m_faults->replyLoser = action;
    if (!action || m_faults->replyLoser)
        return false;
    // The delay is part of what the peer sees whether or not the message is taken.
    forgetTransaction();
    if (delay.count() > 0) {
        m_faults->heldAction = action;
        m_wait = Wait::Delay;
        m_backend.delay(delay);
    } else {
        act(*action);
    }
    return true;
}

/// Does to the letter what the rules of content want, and marks it with every rule that touched it.
void SmtpSession::alterLetter(store::SpoolLetter &letter, Held held)
{
    for (const FaultRule &rule : std::as_const(m_faults->content)) {
        if (!m_backend.faults())
            break; // They were taken away meanwhile.
        FaultMark mark{rule.name, nameOf(rule.kind), false, {}};
        if (held == Held::InPart) {
            mark.note = u"larger than %1 octets, left as it was"_s.arg(kLargestFaultedOctets);
        } else if (rule.kind == FaultKind::Swap) {
            mark = swapLetter(letter, rule);
        } else if (rule.kind == FaultKind::Replay) {
            const int copies = planReplay(letter, rule);
            mark.note = u"delivered %1 times"_s.arg(copies + 1) + (copies < rule.copies ? u", the mailbox has no room for more"_s : QString{});
        } else {
            AlteredMessage altered = alterContent(letter.rest, rule, m_backend.faults()->draw(rule));
            letter.rest = std::move(altered.octets);
            mark.isAltered = altered.isAltered;
            mark.note = altered.note;
        }
        m_faults->marks.append(mark);
        m_backend.note(Kind::FaultApplied, (mark.rule + u' ' + mark.fault).toUtf8(), 0, letter.id);
    }
    letter.marks = marksToJson(m_faults->sessionMarks + m_faults->marks);
    if (held == Held::Whole)
        letter.bodyOctets = letter.rest.size();
    for (store::SpoolLetter &copy : m_faults->copies) {
        copy.rest = letter.rest;
        copy.bodyOctets = letter.bodyOctets;
    }
}

/// The first message that matches is stored as it is; the second takes its content and gives it its own.
FaultMark SmtpSession::swapLetter(store::SpoolLetter &letter, const FaultRule &rule)
{
    FaultMark mark{rule.name, nameOf(rule.kind), false, {}};
    const std::optional<SwapPartner> partner = m_backend.faults()->takePartner(rule.name);
    if (!partner) {
        m_backend.faults()->keepPartner(rule.name, {letter.id, letter.rest, m_faults->sessionMarks + m_faults->marks});
        mark.note = u"waits for the message to change with"_s;
        return mark;
    }
    auto [theirs, ours] = withSwappedContents(partner->octets, letter.rest);
    QList<FaultMark> theirMarks = partner->marks;
    theirMarks.append({rule.name, nameOf(rule.kind), true, u"with message %1"_s.arg(letter.id)});
    letter.amendments.push_back({partner->id, std::move(theirs), marksToJson(theirMarks)});
    letter.rest = std::move(ours);
    mark.isAltered = true;
    mark.note = u"with message %1"_s.arg(partner->id);
    return mark;
}

/// The copies go where the letter goes, and like it only where there is room. How many there will be.
int SmtpSession::planReplay(const store::SpoolLetter &letter, const FaultRule &rule)
{
    int copies = 0;
    for (; copies < rule.copies; ++copies) {
        const qint64 octets = letter.rest.size() * (static_cast<qsizetype>(m_faults->copies.size()) + 2); // This one, those planned already, and the letter.
        if (!letter.recipients.isEmpty() && m_backend.room(letter.recipients, octets) != SmtpBackend::Recipient::Local)
            break;
        store::SpoolLetter copy;
        copy.id = m_backend.nextMessageId();
        copy.sender = letter.sender;
        copy.recipients = letter.recipients;
        copy.addressed = letter.addressed;
        copy.order = letter.order;
        copy.receivedMs = letter.receivedMs;
        copy.trace = traceFor(copy.id, copy.receivedMs);
        copy.isCopy = true;
        copy.marks = marksToJson({{rule.name, nameOf(rule.kind), false, u"a copy of message %1"_s.arg(letter.id)}});
        m_faults->copies.push_back(std::move(copy));
    }
    return copies;
}

/// After the commit: true if the peer does not hear of it now, or never.
bool SmtpSession::holdsReply(const base::Result<store::SpoolReceipt> &outcome)
{
    if (const auto delay = std::exchange(m_faults->replyDelay, {}); delay.count() > 0) {
        m_faults->heldOutcome = outcome;
        m_wait = Wait::Delay;
        m_backend.delay(delay);
        return true;
    }
    if (outcome && !outcome->isDuplicate)
        for (store::SpoolLetter &copy : m_faults->copies)
            m_backend.commitAside(std::move(copy));
    m_faults->copies.clear();
    if (!m_faults->replyLoser)
        return false;
    const FaultRule rule = *m_faults->replyLoser;
    drop(rule);
    return true;
}

} // namespace relay
