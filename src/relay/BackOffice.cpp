// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/BackOffice.h"

#include "base/Log.h"

#include <sys/resource.h>
#include <unistd.h>

namespace relay {

namespace {

constexpr std::size_t kMostWishes = 65536;
constexpr qsizetype kMostTranscripts = 1000;
constexpr std::size_t kBatch = 32;
constexpr int kLook = 500;
constexpr qint64 kPruneAfter = 4096;
/// Sessions come first when the processor is scarce.
constexpr int kNice = 10;

} // namespace

BackOffice::BackOffice(std::shared_ptr<MessageAssessor> assessor, JournalFactory journal)
    : m_assessor(std::move(assessor)), m_makeJournal(std::move(journal)) {}

BackOffice::~BackOffice()
{
    {
        const std::lock_guard lock{m_mutex};
        m_isStopping = true;
    }
    m_wanted.notify_all();
    if (m_thread)
        m_thread->wait();
}

void BackOffice::start(std::unique_ptr<store::SpoolReader> reader, qint64 lastId, Assessed assessed)
{
    m_reader = std::move(reader);
    m_assessed = std::move(assessed);
    m_earlier = lastId;
    m_lastId = lastId;
    m_hasForgotten = true;
    m_thread.reset(QThread::create([this] { run(); }));
    m_thread->setObjectName(QStringLiteral("back-office"));
    m_thread->start();
}

void BackOffice::wake(bool isIdle)
{
    if (isIdle)
        m_wanted.notify_one();
}

void BackOffice::stored(qint64 id, const QByteArray &session)
{
    if (!m_assessor)
        return;
    bool isIdle = false;
    {
        const std::lock_guard lock{m_mutex};
        m_lastId = std::max(m_lastId, id);
        if (m_wishes.size() < kMostWishes)
            m_wishes.push_back({id, session});
        else
            m_hasForgotten = true;
        isIdle = std::exchange(m_isIdle, false);
    }
    wake(isIdle);
}

void BackOffice::heard(store::JournalTranscript transcript)
{
    bool isIdle = false;
    {
        const std::lock_guard lock{m_mutex};
        // A flood of sessions pushes out itself: what matters then is to stay small.
        if (m_transcripts.size() < kMostTranscripts || m_transcripts.contains(transcript.session))
            m_transcripts.insert(transcript.session, std::move(transcript));
        isIdle = std::exchange(m_isIdle, false);
    }
    wake(isIdle);
}

void BackOffice::run()
{
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
    base::Result<std::unique_ptr<store::RelayJournal>> journal = m_makeJournal();
    if (!journal) {
        qCWarning(logRelay) << "messages are not assessed and no transcripts kept:" << journal.error().detail;
        return;
    }
    m_journal = std::move(*journal);
    prune();
    while (const std::optional<Turn> turn = nextTurn()) {
        keep(turn->transcripts);
        assess(turn->wishes);
        if (turn->mustCatchUp)
            catchUp();
    }
    leave();
    m_journal.reset();
    m_reader.reset();
}

/// Waits for something to do; nothing when it is time to stop.
std::optional<BackOffice::Turn> BackOffice::nextTurn()
{
    std::unique_lock lock{m_mutex};
    const auto hasWork = [this] { return !m_wishes.empty() || !m_transcripts.isEmpty() || (m_hasForgotten && m_assessor); };
    m_isIdle = !hasWork();
    m_wanted.wait(lock, [&] { return hasWork() || m_isStopping; });
    m_isIdle = false;
    if (m_isStopping)
        return {};
    Turn turn;
    for (; turn.wishes.size() < kBatch && !m_wishes.empty(); m_wishes.pop_front())
        turn.wishes.push_back(std::move(m_wishes.front()));
    turn.transcripts = std::exchange(m_transcripts, {}).values();
    turn.mustCatchUp = m_assessor && turn.wishes.empty() && std::exchange(m_hasForgotten, false);
    if (turn.mustCatchUp)
        m_behind = m_lastId;
    return turn;
}

void BackOffice::keep(const QList<store::JournalTranscript> &transcripts)
{
    if (transcripts.isEmpty())
        return;
    if (const base::Status status = m_journal->keep(transcripts); !status)
        qCWarning(logRelay) << "transcripts were not kept:" << status.error().detail;
}

/// Notes for the next start how far everything was done.
void BackOffice::leave()
{
    QList<store::JournalTranscript> transcripts;
    qint64 done = 0;
    {
        const std::lock_guard lock{m_mutex};
        transcripts = std::exchange(m_transcripts, {}).values();
        if (m_assessor && m_wishes.empty() && !m_hasForgotten && !m_hasFailed)
            done = m_lastId;
    }
    keep(transcripts);
    if (done > 0)
        (void)m_journal->setWatermark(done);
}

base::Result<MessageAssessor::Message> BackOffice::read(qint64 id)
{
    const base::Result<store::SpoolSummary> summary = m_reader->summary(id);
    if (!summary)
        return summary.error();
    MessageAssessor::Message message{id, summary->receivedMs, summary->sender, summary->recipients, {}};
    message.isBeginning = summary->octets > MessageAssessor::kLargestOctets;
    const qint64 wanted = message.isBeginning ? 1 : summary->octets; // One piece has the head.
    message.octets.reserve(wanted);
    while (message.octets.size() < wanted) {
        const base::Result<store::SpoolPiece> piece = m_reader->read(id, message.octets.size());
        if (!piece)
            return piece.error();
        if (piece->octets.isEmpty())
            return {base::ErrorCode::DatabaseDamaged, QStringLiteral("message %1 is shorter than noted").arg(id)};
        message.octets += piece->octets;
    }
    return message;
}

void BackOffice::assess(const std::deque<Wish> &wishes)
{
    QList<store::JournalEntry> entries;
    QList<qint64> ids;
    for (const Wish &wish : wishes) {
        if (isStopping()) {
            const std::lock_guard lock{m_mutex};
            m_hasForgotten = true; // The next start finds what was not done.
            break;
        }
        const base::Result<bool> isKnown = m_journal->contains(wish.id);
        m_hasFailed |= !isKnown;
        if (!isKnown || *isKnown)
            continue;
        const base::Result<MessageAssessor::Message> message = read(wish.id);
        if (!message) {
            const base::ErrorCode code = message.error().code;
            const bool isForGood = code == base::ErrorCode::MessageNotFound || code == base::ErrorCode::DatabaseDamaged;
            m_hasFailed |= !isForGood;
            continue;
        }
        entries.append({wish.id, wish.session, m_assessor->assess(*message)});
        ids.append(wish.id);
    }
    if (entries.isEmpty())
        return;
    if (const base::Status status = m_journal->add(entries); !status) {
        qCWarning(logRelay) << "assessments were not kept:" << status.error().detail;
        m_hasFailed = true;
        return;
    }
    m_sincePrune += entries.size();
    if (m_sincePrune >= kPruneAfter)
        prune();
    m_assessed(ids);
}

/// Looks through the spool for messages that nobody told about: those of an earlier run, and what was too much at once.
void BackOffice::catchUp()
{
    const base::Result<qint64> watermark = m_journal->watermark();
    qint64 at = watermark ? *watermark : 0;
    while (at < m_behind) {
        const base::Result<QList<qint64>> ids = m_reader->ids(at, kLook);
        m_hasFailed |= !ids;
        if (!ids || ids->isEmpty())
            break;
        std::deque<Wish> wishes;
        for (const qint64 id : *ids) {
            at = id;
            if (id <= m_behind)
                wishes.push_back({id, {}});
        }
        assess(wishes);
        if (isStopping()) {
            m_hasFailed = true; // What lies behind was not looked at.
            return;
        }
    }
    // Only of an earlier run nothing is still on its way in.
    if (std::exchange(m_isFirstLook, false) && !m_hasFailed)
        (void)m_journal->setWatermark(m_earlier);
}

bool BackOffice::isStopping()
{
    const std::lock_guard lock{m_mutex};
    return m_isStopping;
}

/// What is known of messages that are gone is forgotten.
void BackOffice::prune()
{
    m_sincePrune = 0;
    qint64 after = 0;
    qint64 kept = 0;
    for (;;) {
        const base::Result<QList<qint64>> ids = m_journal->ids(after, kLook);
        if (!ids || ids->isEmpty())
            break;
        after = ids->last();
        QList<qint64> gone;
        for (const qint64 id : *ids)
            if (const base::Result<store::SpoolSummary> there = m_reader->summary(id); !there && there.error().code == base::ErrorCode::MessageNotFound)
                gone.append(id);
        kept += ids->size() - gone.size();
        if (!gone.isEmpty())
            (void)m_journal->remove(gone);
    }
    m_sincePrune = -kept / 4; // The more there is to look at, the rarer.
}

} // namespace relay
