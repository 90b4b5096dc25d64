// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/OnwardQueue.h"

#include "base/Log.h"
#include "mime/Charset.h"
#include "net/SmtpDsn.h"
#include "relay/Services.h"

#include <QPointer>
#include <algorithm>

namespace relay {

using namespace std::chrono_literals;
using Action = ReportEntry::Action;
using store::QueuedMessage;
using store::QueuedRecipient;
using store::QueueState;

namespace {

/// Reports that are written at once; each holds one piece of a message.
constexpr int kMostBusy = 16;
constexpr int kHousePage = 100;
/// A command of another process is noticed by then even if the file system tells nothing.
constexpr qint64 kLongestSleepMs = 30'000;
/// RFC 3463 section 3.5.
constexpr const char *kTimeExpired = "4.4.7";
/// After a fault of the spool itself.
constexpr std::chrono::milliseconds kAfterFault = 2s;

/// Whether what stands before the "@" is ASCII; a domain has an ASCII form.
bool hasAsciiName(const QByteArray &address)
{
    return mime::isAscii(address.left(address.lastIndexOf('@')));
}

/// Of a message that needs an extension which the next hop lacks: of its addresses, of its head, or of its text. RFC 6531 section 3.5.
QByteArray statusOfUnsupported(const QueuedMessage &message, const QueuedRecipient &recipient)
{
    if (!hasAsciiName(message.sender) || !hasAsciiName(recipient.address))
        return "5.6.7";
    return message.isUtf8 && message.hasEightBit ? "5.6.9" : "5.6.3";
}

/// Of a refusal by the next hop or, without a reply's code in front, by what we know of it.
QByteArray statusOfRefusal(const QByteArray &reply)
{
    return reply.startsWith('5') ? statusOf(reply, reply.left(reply.indexOf(' '))) : QByteArray{};
}

/// What the next hop refuses for good, or what we know it cannot take. RFC 3463.
QByteArray permanentStatus(const base::Error &error, const QueuedMessage &message, const QueuedRecipient &recipient)
{
    if (!error.reply.isEmpty())
        return error.reply.startsWith('5') ? statusOf(error.reply, "5.0.0") : QByteArray{};
    if (error.code == base::ErrorCode::MessageTooLarge)
        return "5.3.4";
    if (error.code == base::ErrorCode::Unsupported)
        return statusOfUnsupported(message, recipient);
    return error.code == base::ErrorCode::InvalidArgument ? "5.6.0" : "";
}

QByteArray wordsOf(const base::Error &error)
{
    return error.reply.isEmpty() ? QByteArray{base::nameOf(error.code)} + ": " + error.detail.toUtf8() : error.reply;
}

bool isWanted(const QueuedMessage &message, const QueuedRecipient &recipient, net::DsnEvent event)
{
    return !message.sender.isEmpty() && net::wantsDsn(recipient.notify, event);
}

} // namespace

/// One message under way, and what is to be noted of it at the end.
struct OnwardQueue::Job {
    QueuedMessage message;
    QByteArray nextHop;  ///< The name of the one that it went to, whoever is the next hop by now.
    quint64 hopNumber = 0; ///< As m_hopNumber was.
    int faultsBefore = 0;  ///< As m_faults was.
    store::SpoolPiece first;
    qint64 textBegin = 0;
    ReportOrder report;
    QList<store::QueueRetry> retries;
    quint64 session = 0; ///< In the monitor; 0 if nobody watched when it began.
};

OnwardQueue::OnwardQueue(Services &services, QObject *parent) : QObject(parent), m_services(services), m_timer(this), m_houseTimer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OnwardQueue::look);
    connect(&m_houseTimer, &QTimer::timeout, this, &OnwardQueue::keepHouse);
}

OnwardQueue::~OnwardQueue() = default;

void OnwardQueue::setNextHop(const RetryPolicy &policy, std::unique_ptr<Carrier> carrier)
{
    m_policy = policy;
    if (m_carrier)
        m_formerCarriers.push_back(std::move(m_carrier));
    m_carrier = std::move(carrier);
    ++m_hopNumber;
    m_faults = 0;
    const std::chrono::milliseconds soonest = std::min(m_policy.expiry, m_policy.tellDelayAfter);
    m_houseTimer.start(std::clamp<std::chrono::milliseconds>(soonest / 8, 50ms, 60s));
    dismissFormerCarriers();
    lookAfresh();
}

/// Not at once: one of them may just be calling.
void OnwardQueue::dismissFormerCarriers()
{
    if (!m_formerCarriers.empty())
        QTimer::singleShot(0, this, [this] {
            if (m_carried == 0)
                m_formerCarriers.clear();
        });
}

void OnwardQueue::lookAfresh()
{
    m_restsUntilMs = 0;
    look();
}

void OnwardQueue::look()
{
    if (std::exchange(m_isLooking, true)) {
        m_lookAgain = true;
        return;
    }
    const qint64 now = m_services.nowMs();
    const int most = static_cast<int>(m_busy.size()) + kMostBusy;
    m_services.spool.read([this, now, most, self = QPointer<OnwardQueue>(this)](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        return [this, self, found = Look{reader.dueQueue(now, most), reader.isQueuePaused(), reader.nextDueMs(now)}] {
            if (self)
                onLook(found);
        };
    });
}

void OnwardQueue::onLook(const Look &found)
{
    m_isLooking = false;
    const QSet<qint64> outdated = std::exchange(m_freedSinceLook, {});
    if (!found.isPaused || !found.due || !found.nextDueMs) {
        qCWarning(logRelay) << "the queue could not be read:" << (!found.due ? found.due.error() : !found.isPaused ? found.isPaused.error() : found.nextDueMs.error()).detail;
        return scheduleLook(m_services.nowMs() + kAfterFault.count());
    }
    for (const QueuedMessage &message : *found.due)
        if (!outdated.contains(message.id))
            takeUp(message, *found.isPaused);
    if (std::exchange(m_lookAgain, false))
        return look();
    // What is due and not taken up waits for a place, or for the next hop.
    scheduleLook(*found.nextDueMs);
}

void OnwardQueue::scheduleLook(qint64 atMs)
{
    const qint64 now = m_services.nowMs();
    qint64 pause = atMs > 0 ? atMs - now : kLongestSleepMs;
    if (m_restsUntilMs > now)
        pause = std::min(pause, m_restsUntilMs - now);
    m_timer.start(std::chrono::milliseconds{std::clamp(pause + 1, qint64{1}, kLongestSleepMs)});
}

void OnwardQueue::takeUp(const QueuedMessage &message, bool isPaused)
{
    if (m_busy.contains(message.id) || m_busy.size() >= kMostBusy + m_policy.maxConnections)
        return;
    const auto isDelivered = [](const QueuedRecipient &one) { return one.state == QueueState::Delivered; };
    if (std::any_of(message.recipients.cbegin(), message.recipients.cend(), isDelivered))
        return reportDeliveries(message);
    if (isPaused || m_isStopping || !m_carrier || m_carried >= m_policy.maxConnections || m_restsUntilMs > m_services.nowMs())
        return;
    carry(message);
}

ReportEntry OnwardQueue::entryOf(const QueuedRecipient &recipient, Action action) const
{
    ReportEntry entry;
    entry.action = action;
    entry.address = recipient.address;
    entry.originalRecipient = recipient.originalRecipient;
    entry.reply = recipient.lastReply;
    entry.triedMs = recipient.triedMs;
    if (!recipient.lastReply.isEmpty())
        entry.nextHop = recipient.lastHop;
    return entry;
}

/// RFC 3461 section 4.1: the sender asked to hear of success.
void OnwardQueue::reportDeliveries(const QueuedMessage &message)
{
    m_busy.insert(message.id);
    auto job = std::make_shared<Job>();
    job->message = message;
    for (const QueuedRecipient &one : message.recipients) {
        if (one.state != QueueState::Delivered)
            continue;
        job->report.entries.append(entryOf(one, Action::Delivered));
        job->report.entries.last().status = "2.1.5";
        job->report.settles.append({message.id, one.address});
    }
    finish(job);
}

void OnwardQueue::carry(QueuedMessage message)
{
    m_busy.insert(message.id);
    ++m_carried;
    auto job = std::make_shared<Job>();
    job->message = std::move(message);
    m_services.spool.read([this, job, self = QPointer<OnwardQueue>(this)](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        return [this, job, self, first = reader.read(job->message.id, 0)] {
            if (self)
                carryText(job, first);
        };
    });
}

void OnwardQueue::carryText(const std::shared_ptr<Job> &job, const base::Result<store::SpoolPiece> &first)
{
    if (!first) {
        // Ours to repair: the recipients have done nothing, and the sender gets his message or, at the end, his report.
        OnwardOutcome outcome;
        outcome.fault = base::Error{base::ErrorCode::DatabaseBusy, first.error().detail, {}, {}};
        outcome.blame = OnwardOutcome::Blame::Message;
        return onCarried(job, outcome);
    }
    if (!m_carrier) { // Taken away in the meantime.
        OnwardOutcome outcome;
        outcome.fault = base::Error{base::ErrorCode::Cancelled, {}, {}, {}};
        return onCarried(job, outcome);
    }
    job->first = *first;
    job->textBegin = textBegin(first->octets);
    job->nextHop = m_carrier->nextHop();
    job->hopNumber = m_hopNumber;
    job->faultsBefore = m_faults;
    OnwardParcel parcel{job->message, first->totalOctets - job->textBegin, m_services.hostName};
    if (m_services.isWatched) {
        job->session = m_services.nextSession();
        noteEvent(job, MonitorEvent::Kind::SessionOpened, job->nextHop);
        parcel.log = [this, job](bool isFromServer, const QByteArray &line) {
            noteEvent(job, isFromServer ? MonitorEvent::Kind::LineIn : MonitorEvent::Kind::LineOut, line);
        };
    }
    m_carrier->carry(std::move(parcel),
                     [this, job](qint64 offset, Carrier::Piece answer) { readText(job, offset, std::move(answer)); },
                     [this, job](const OnwardOutcome &outcome) { onCarried(job, outcome); });
}

void OnwardQueue::noteEvent(const std::shared_ptr<Job> &job, MonitorEvent::Kind kind, const QByteArray &text, qint64 octets)
{
    if (job->session > 0)
        m_services.note({job->session, kind, Protocol::Onward, m_services.nowMs(), text, octets, job->message.id});
}

void OnwardQueue::readText(const std::shared_ptr<Job> &job, qint64 offset, Carrier::Piece answer)
{
    const qint64 from = offset + job->textBegin;
    if (from < job->first.octets.size())
        return answer(job->first.octets.sliced(from));
    job->first.octets.clear(); // Not needed again: a message is read once, from its beginning.
    m_services.spool.read([id = job->message.id, from, answer = std::move(answer)](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        const base::Result<store::SpoolPiece> piece = reader.read(id, from);
        return [answer, octets = piece ? base::Result<QByteArray>{piece->octets} : base::Result<QByteArray>{piece.error()}] { answer(octets); };
    });
}

void OnwardQueue::onCarried(const std::shared_ptr<Job> &job, const OnwardOutcome &outcome)
{
    --m_carried;
    dismissFormerCarriers();
    if (!outcome.fault)
        noteEvent(job, MonitorEvent::Kind::BodyOut, {}, job->message.octets - job->textBegin);
    noteEvent(job, MonitorEvent::Kind::SessionClosed, outcome.fault ? wordsOf(*outcome.fault) : QByteArray{"carried"});
    noteNextHop(*job, outcome);
    for (const QueuedRecipient &one : std::as_const(job->message.recipients))
        judge(job, one, outcome);
    finish(job);
}

/// A next hop that cannot be reached is left alone for a while, whatever waits for it. What a former one did says nothing of this one.
void OnwardQueue::noteNextHop(const Job &job, const OnwardOutcome &outcome)
{
    if (job.hopNumber != m_hopNumber)
        return;
    if (!outcome.fault || outcome.blame == OnwardOutcome::Blame::Message) {
        m_faults = 0;
        return;
    }
    qCWarning(logRelay) << "the next hop" << job.nextHop << "does not take mail:" << wordsOf(*outcome.fault);
    // What was under way beside another that failed already says the same, not more: the pause grows with the rounds.
    if (job.faultsBefore == m_faults)
        m_restsUntilMs = m_services.nowMs() + m_policy.pause(++m_faults, 0).count();
}

void OnwardQueue::judge(const std::shared_ptr<Job> &job, const QueuedRecipient &recipient, const OnwardOutcome &outcome)
{
    QueuedRecipient now = recipient;
    now.triedMs = m_services.nowMs();
    now.lastHop = job->nextHop;
    QByteArray refusedWith;
    if (outcome.fault) {
        refusedWith = outcome.blame == OnwardOutcome::Blame::Message ? permanentStatus(*outcome.fault, job->message, recipient) : QByteArray{};
        now.lastReply = wordsOf(*outcome.fault);
    } else {
        const auto refusal = std::find_if(outcome.refused.cbegin(), outcome.refused.cend(), [&](const auto &one) { return one.address == recipient.address; });
        if (refusal == outcome.refused.cend())
            return noteServed(job, recipient, outcome.isDsnPassedOn);
        now.lastReply = refusal->reply;
        refusedWith = statusOfRefusal(refusal->reply);
    }
    // Each round serves somebody, so there is an end. Where nobody was served, the same words are a refusal like any other.
    const bool isForNextRound = !outcome.fault && outcome.refused.size() < job->message.recipients.size() && isOneTooMany(now.lastReply);
    const bool isTooLate = isExpired(job->message, now.triedMs);
    if ((refusedWith.isEmpty() || isForNextRound) && !isTooLate) {
        const qint64 pause = isForNextRound ? 0 : m_policy.pause(recipient.attempts + 1, static_cast<quint64>(job->message.id)).count();
        job->retries.append({{job->message.id, recipient.address}, now.triedMs + pause, now.triedMs, now.lastReply, now.lastHop});
        return;
    }
    job->report.settles.append({job->message.id, recipient.address});
    if (!isWanted(job->message, recipient, net::DsnEvent::Failure))
        return;
    ReportEntry entry = entryOf(now, Action::Failed);
    entry.status = refusedWith.isEmpty() ? QByteArray{kTimeExpired} : refusedWith;
    job->report.entries.append(entry);
}

/// RFC 3461 section 5.2.2: who asked to hear of success hears that nobody will tell.
void OnwardQueue::noteServed(const std::shared_ptr<Job> &job, const QueuedRecipient &recipient, bool isDsnPassedOn)
{
    job->report.settles.append({job->message.id, recipient.address});
    if (isDsnPassedOn || recipient.notify.isEmpty() || !isWanted(job->message, recipient, net::DsnEvent::Success))
        return;
    QueuedRecipient served = recipient;
    served.lastReply.clear();
    ReportEntry entry = entryOf(served, Action::Relayed);
    entry.status = "2.0.0";
    entry.nextHop = job->nextHop;
    entry.triedMs = m_services.nowMs();
    job->report.entries.append(entry);
}

/// Notes everything in the spool, then lets the message go.
void OnwardQueue::finish(const std::shared_ptr<Job> &job)
{
    if (job->report.entries.isEmpty())
        return settle(job);
    job->report.message = job->message;
    ReportWriter::write(m_services, job->report, [this, job, self = QPointer<OnwardQueue>(this)](const base::Status &status) {
        if (!self)
            return;
        if (status) {
            job->report.settles.clear();
        } else if (status.error().code == base::ErrorCode::UserUnknown || status.error().code == base::ErrorCode::MessageNotFound) {
            qCWarning(logRelay) << "nobody can be told about message" << job->message.id << "from" << job->message.sender;
        } else {
            // The disk is full, perhaps: what was not noted is done again later, as after a crash.
            qCWarning(logRelay) << "a report could not be stored:" << status.error().detail;
            return QTimer::singleShot(kAfterFault, this, [this, job] { finish(job); });
        }
        settle(job);
    });
}

void OnwardQueue::settle(const std::shared_ptr<Job> &job)
{
    m_services.spool.write([this, job, self = QPointer<OnwardQueue>(this)](store::Spool &spool) -> SpoolAccess::Delivery {
        base::Status status = base::Done{};
        if (!job->report.settles.isEmpty())
            status = spool.settleQueue(job->report.settles);
        if (status && !job->retries.isEmpty())
            status = spool.retryQueue(job->retries);
        return [this, job, self, status] {
            if (!self)
                return;
            if (status)
                return setFree(job->message.id);
            qCWarning(logRelay) << "the queue could not be noted:" << status.error().detail;
            QTimer::singleShot(kAfterFault, this, [this, job] { settle(job); });
        };
    });
}

void OnwardQueue::setFree(qint64 id)
{
    m_busy.remove(id);
    if (m_isLooking)
        m_freedSinceLook.insert(id);
    if (m_isKeepingHouse)
        m_freedSinceHouse.insert(id);
    look();
}

bool OnwardQueue::isExpired(const QueuedMessage &message, qint64 nowMs) const
{
    return nowMs - message.receivedMs >= m_policy.expiry.count();
}

/// What waits, whether or not anybody tries it, grows old: a page of the queue after the other.
void OnwardQueue::keepHouse()
{
    if (std::exchange(m_isKeepingHouse, true))
        return;
    m_services.spool.read([this, after = m_houseAfterId, self = QPointer<OnwardQueue>(this)](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        return [this, self, page = reader.queue(kHousePage, after)] {
            if (self)
                onHousePage(page);
        };
    });
}

void OnwardQueue::onHousePage(const base::Result<QList<QueuedMessage>> &page)
{
    m_isKeepingHouse = false;
    const QSet<qint64> outdated = std::exchange(m_freedSinceHouse, {});
    m_houseAfterId = 0;
    if (!page)
        return;
    const qint64 now = m_services.nowMs();
    for (const QueuedMessage &message : *page)
        if (!outdated.contains(message.id))
            reviewAge(message, now);
    // Ids grow with time: behind a message that is young enough, all are.
    const qint64 soonest = std::min(m_policy.expiry, m_policy.tellDelayAfter).count();
    if (page->size() == kHousePage && now - page->last().receivedMs >= soonest) {
        m_houseAfterId = page->last().id;
        keepHouse();
    }
}

void OnwardQueue::reviewAge(const QueuedMessage &message, qint64 nowMs)
{
    const bool isLate = nowMs - message.receivedMs >= m_policy.tellDelayAfter.count();
    if (message.isLost || m_busy.contains(message.id) || m_busy.size() >= kMostBusy || (!isLate && !isExpired(message, nowMs)))
        return;
    auto job = std::make_shared<Job>();
    job->message = message;
    for (const QueuedRecipient &one : message.recipients) {
        if (one.state != QueueState::Waiting)
            continue;
        const store::QueueKey key{message.id, one.address};
        if (isExpired(message, nowMs)) {
            job->report.settles.append(key);
            if (isWanted(message, one, net::DsnEvent::Failure)) {
                job->report.entries.append(entryOf(one, Action::Failed));
                job->report.entries.last().status = kTimeExpired;
            }
        } else if (!one.isDelayTold && isWanted(message, one, net::DsnEvent::Delay) && ReportWriter::canReach(m_services, message.sender)) {
            job->report.tellsDelayOf.append(key);
            ReportEntry entry = entryOf(one, Action::Delayed);
            entry.status = statusOf(one.lastReply, "4.4.1");
            entry.retriesUntilMs = message.receivedMs + m_policy.expiry.count();
            job->report.entries.append(entry);
        }
    }
    if (job->report.settles.isEmpty() && job->report.entries.isEmpty())
        return;
    m_busy.insert(message.id);
    finish(job);
}

} // namespace relay
