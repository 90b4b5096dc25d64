// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayQueue.h"

#include "app/RelayService.h"
#include "relay/WatchedFile.h"
#include "store/SqliteSpool.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::SqliteSpool;

namespace app {

namespace {

/// The sentences, where translators look for them.
struct QueueSentences {
    Q_DECLARE_TR_FUNCTIONS(app::RelayQueue)

public:
    static QString of(const RelayQueueRecipient &recipient)
    {
        switch (recipient.state) {
        case RelayQueueRecipient::State::Held:
            return tr("Held. It waits until you resume it.");
        case RelayQueueRecipient::State::Reporting:
            return tr("Delivered. The sender is being told.");
        case RelayQueueRecipient::State::Lost:
            return tr("Lost: the relay's spool is damaged, and this text is not in it any more. Delete the entry, and ask for the mail once more.");
        case RelayQueueRecipient::State::Waiting:
            break;
        }
        if (recipient.attempts == 0)
            return tr("Goes out as soon as the next server takes it.");
        // The next server rests after a fault, whatever each message's own time is.
        if (recipient.nextAttempt <= QDateTime::currentDateTimeUtc())
            return tr("The next server did not take it yet (%1). It goes out as soon as that server takes mail again.").arg(recipient.lastReply);
        const QString when = QLocale{}.toString(recipient.nextAttempt.toLocalTime().time(), QLocale::ShortFormat);
        return tr("The next server did not take it yet (%1). It is tried again at %2.").arg(recipient.lastReply, when);
    }
};

QDateTime timeOf(qint64 ms)
{
    return ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::UTC) : QDateTime{};
}

RelayQueueRecipient::State stateOf(store::QueueState state)
{
    switch (state) {
    case store::QueueState::Waiting: return RelayQueueRecipient::State::Waiting;
    case store::QueueState::Held: return RelayQueueRecipient::State::Held;
    case store::QueueState::Delivered: return RelayQueueRecipient::State::Reporting;
    }
    Q_UNREACHABLE_RETURN({});
}

RelayQueueEntry entryOf(const store::QueuedMessage &message)
{
    RelayQueueEntry entry{message.id, timeOf(message.receivedMs), QString::fromUtf8(message.sender), message.octets, {}};
    for (const store::QueuedRecipient &one : message.recipients)
        entry.recipients.append({QString::fromUtf8(one.address), message.isLost ? RelayQueueRecipient::State::Lost : stateOf(one.state), one.attempts, timeOf(one.nextMs), timeOf(one.triedMs),
                                 QString::fromUtf8(one.lastReply)});
    return entry;
}

base::Status obey(store::Spool &spool, relayQueue::Command command, const QList<qint64> &ids)
{
    using relayQueue::Command;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    switch (command) {
    case Command::Flush:
        return spool.commandQueue(store::QueueCommand::Flush, ids, now);
    case Command::Delete:
        return spool.commandQueue(store::QueueCommand::Delete, ids, now);
    case Command::Pause:
        return ids.isEmpty() ? spool.setQueuePaused(store::Spool::Pause::Yes) : spool.commandQueue(store::QueueCommand::Hold, ids, now);
    case Command::Resume:
        return ids.isEmpty() ? spool.setQueuePaused(store::Spool::Pause::No) : spool.commandQueue(store::QueueCommand::Release, ids, now);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString queueSentence(const RelayQueueRecipient &recipient)
{
    return QueueSentences::of(recipient);
}

namespace relayQueue {

QString changedFile(const QString &directory)
{
    return directory + u"/queue-changed"_s;
}

base::Result<RelayQueueContents> list(const QString &directory, int limit)
{
    const auto spool = SqliteSpool::open(directory, SqliteSpool::Role::Guest);
    if (!spool)
        return spool.error();
    const base::Result<std::unique_ptr<store::SpoolReader>> reader = (*spool)->makeReader();
    if (!reader)
        return reader.error();
    const base::Result<bool> isPaused = (*reader)->isQueuePaused();
    const base::Result<QList<store::QueuedMessage>> messages = (*reader)->queue(limit);
    if (!isPaused || !messages)
        return !isPaused ? isPaused.error() : messages.error();
    RelayQueueContents contents{*isPaused, {}};
    for (const store::QueuedMessage &message : *messages)
        contents.entries.append(entryOf(message));
    return contents;
}

base::Status command(const QString &directory, Command command, const QList<qint64> &ids)
{
    const auto spool = SqliteSpool::open(directory, SqliteSpool::Role::Guest);
    if (!spool)
        return spool.error();
    base::Status status = obey(**spool, command, ids);
    if (status)
        (void)relay::touchWatchedFile(changedFile(directory)); // A relay that misses it looks again by itself.
    return status;
}

} // namespace relayQueue

RelayQueueService::RelayQueueService(RelayService *relay, QObject *parent) : QObject(parent), m_relay(relay)
{
    m_pool.setMaxThreadCount(1);
    m_timer.setInterval(2s);
    connect(&m_timer, &QTimer::timeout, this, &RelayQueueService::look);
}

RelayQueueService::~RelayQueueService()
{
    m_pool.waitForDone();
}

void RelayQueueService::setWatching(bool watching)
{
    if (!watching)
        return m_timer.stop();
    m_timer.start();
    look();
}

void RelayQueueService::look()
{
    if (std::exchange(m_isLooking, true))
        return;
    const auto operation = base::runOn(&m_pool, [directory = m_relay->spoolDirectory()](const base::Cancellation &) { return relayQueue::list(directory); });
    base::whenReady(this, operation, [this](const base::Result<RelayQueueContents> &contents) {
        m_isLooking = false;
        if (!contents || *contents == m_contents)
            return;
        m_contents = *contents;
        Q_EMIT contentsChanged(QPrivateSignal{});
    });
}

base::Operation<base::Done> RelayQueueService::command(relayQueue::Command command, const QList<qint64> &ids)
{
    const base::Operation<base::Done> operation = base::runOn(&m_pool, [directory = m_relay->spoolDirectory(), command, ids](const base::Cancellation &) {
        return relayQueue::command(directory, command, ids);
    });
    base::whenReady(this, operation, [this](const base::Status &) { look(); });
    return operation;
}

} // namespace app
