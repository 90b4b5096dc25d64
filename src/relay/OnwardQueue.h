// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Carrier.h"
#include "relay/MonitorEvent.h"
#include "relay/ReportWriter.h"
#include "relay/RetryPolicy.h"

#include <QObject>
#include <QSet>
#include <QTimer>
#include <memory>
#include <vector>

namespace relay {

class Services;

/// Carries what is owed to recipients elsewhere to the next hop, again and again until it is served, refused or expired, and
/// writes the reports that senders are due. All of its state is in the spool: whatever ends the relay, it goes on from there.
/// Between the next hop's 250 and our note of it lies the one moment whose loss sends a message twice. Lives on the relay's thread.
class OnwardQueue : public QObject
{
    Q_OBJECT

public:
    /// `services` outlive the queue. setNextHop() begins.
    OnwardQueue(Services &services, QObject *parent);
    ~OnwardQueue() override;

    /// From now on this policy and this carrier; what is under way ends with the old one. Without a carrier only reports are written,
    /// and what waits expires.
    void setNextHop(const RetryPolicy &policy, std::unique_ptr<Carrier> carrier);
    /// Looks what is due, now; also when another process changed the queue.
    void look();
    /// As look(), and the next hop is tried at once even if it did not answer lately.
    void lookAfresh();
    /// Reviews the age of what waits: gives up what is too old and tells senders of what is late. By itself about once a minute.
    void keepHouse();
    /// Begins nothing more with the next hop; what is under way goes on.
    void stop() { m_isStopping = true; }
    /// Something is at the next hop, or what became of it is not noted yet.
    [[nodiscard]] bool isBusy() const { return !m_busy.isEmpty(); }

private:
    struct Look {
        base::Result<QList<store::QueuedMessage>> due;
        base::Result<bool> isPaused = false; ///< Read after `due`: who pauses the queue and then makes it due sends nothing.
        base::Result<qint64> nextDueMs;
    };
    struct Job;

    void onLook(const Look &found);
    void scheduleLook(qint64 atMs);
    void takeUp(const store::QueuedMessage &message, bool isPaused);
    void reportDeliveries(const store::QueuedMessage &message);
    void carry(store::QueuedMessage message);
    void carryText(const std::shared_ptr<Job> &job, const base::Result<store::SpoolPiece> &first);
    void readText(const std::shared_ptr<Job> &job, qint64 offset, Carrier::Piece answer);
    void onCarried(const std::shared_ptr<Job> &job, const OnwardOutcome &outcome);
    void judge(const std::shared_ptr<Job> &job, const store::QueuedRecipient &recipient, const OnwardOutcome &outcome);
    void noteServed(const std::shared_ptr<Job> &job, const store::QueuedRecipient &recipient, bool isDsnPassedOn);
    void noteEvent(const std::shared_ptr<Job> &job, MonitorEvent::Kind kind, const QByteArray &text, qint64 octets = 0);
    void noteNextHop(const Job &job, const OnwardOutcome &outcome);
    void finish(const std::shared_ptr<Job> &job);
    void settle(const std::shared_ptr<Job> &job);
    void dismissFormerCarriers();
    void setFree(qint64 id);

    void onHousePage(const base::Result<QList<store::QueuedMessage>> &page);
    void reviewAge(const store::QueuedMessage &message, qint64 nowMs);
    [[nodiscard]] bool isExpired(const store::QueuedMessage &message, qint64 nowMs) const;
    [[nodiscard]] ReportEntry entryOf(const store::QueuedRecipient &recipient, ReportEntry::Action action) const;

    Services &m_services;
    RetryPolicy m_policy;
    std::unique_ptr<Carrier> m_carrier;
    std::vector<std::unique_ptr<Carrier>> m_formerCarriers; ///< Until nothing is under way.
    QTimer m_timer;        ///< For what is due next.
    QTimer m_houseTimer;   ///< For what has grown old.
    QSet<qint64> m_busy;   ///< Messages at which something is being done.
    QSet<qint64> m_freedSinceLook;  ///< What the look under way may have seen as it was before it was settled.
    QSet<qint64> m_freedSinceHouse; ///< The same for the page of the house.
    int m_carried = 0;     ///< Of them, those at the next hop.
    bool m_isStopping = false;
    bool m_isLooking = false;
    bool m_lookAgain = false;
    bool m_isKeepingHouse = false;
    qint64 m_houseAfterId = 0;
    quint64 m_hopNumber = 0; ///< How often another became the next hop.
    int m_faults = 0;      ///< Of the next hop, one after the other.
    qint64 m_restsUntilMs = 0;
};

} // namespace relay
