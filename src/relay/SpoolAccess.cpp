// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/SpoolAccess.h"


namespace relay {

namespace {

/// One transaction takes at most this much, so that nobody waits long for the others.
constexpr std::size_t kBatchLetters = 256;
constexpr qsizetype kBatchOctets = 8 << 20;

} // namespace

/// Answers on their way to the context's thread; one event wakes it for all of them.
struct SpoolAccess::Mailslot : std::enable_shared_from_this<SpoolAccess::Mailslot> {
    std::mutex mutex;
    QObject *context = nullptr; ///< Null once nobody wants answers.
    std::vector<Delivery> ready;
    bool isScheduled = false;

    /// `deliveries` is empty afterwards.
    void put(std::vector<Delivery> &deliveries)
    {
        const std::lock_guard lock{mutex};
        if (!context || deliveries.empty())
            return deliveries.clear();
        for (Delivery &delivery : deliveries)
            ready.push_back(std::move(delivery));
        deliveries.clear();
        if (std::exchange(isScheduled, true))
            return;
        QMetaObject::invokeMethod(context, [self = shared_from_this()] { self->hand(); }, Qt::QueuedConnection);
    }

    void hand()
    {
        std::vector<Delivery> deliveries;
        {
            const std::lock_guard lock{mutex};
            isScheduled = false;
            if (!context)
                return;
            deliveries.swap(ready);
        }
        for (const Delivery &delivery : deliveries)
            delivery();
    }
};

SpoolAccess::SpoolAccess(QObject *context, Factory factory) : m_factory(std::move(factory)), m_mailslot(std::make_shared<Mailslot>())
{
    m_mailslot->context = context;
}

SpoolAccess::~SpoolAccess()
{
    {
        const std::lock_guard lock{m_mailslot->mutex};
        m_mailslot->context = nullptr;
        m_mailslot->ready.clear();
    }
    {
        const std::lock_guard lock{m_readMutex};
        m_isReaderStopping = true;
    }
    m_readWanted.notify_all();
    if (m_readerThread)
        m_readerThread->wait();
    {
        const std::lock_guard lock{m_writeMutex};
        m_isStopping = true;
    }
    m_writeWanted.notify_all();
    if (m_writerThread)
        m_writerThread->wait();
}

void SpoolAccess::open(Answer<base::Done> answer)
{
    m_writerThread.reset(QThread::create([this, answer = std::move(answer)] { runWriter(answer); }));
    m_writerThread->setObjectName(QStringLiteral("spool-writer"));
    m_writerThread->start();
    m_readerThread.reset(QThread::create([this] { runReader(); }));
    m_readerThread->setObjectName(QStringLiteral("spool-reader"));
    m_readerThread->start();
}

qint64 SpoolAccess::nextId()
{
    return m_spool->nextId();
}

QByteArray SpoolAccess::generation() const
{
    return m_spool->generation();
}

base::Result<std::unique_ptr<store::SpoolReader>> SpoolAccess::makeReader()
{
    return m_spool->makeReader();
}

void SpoolAccess::wakeWriter()
{
    m_writeWanted.notify_one();
}

void SpoolAccess::commit(store::SpoolLetter letter, Answer<store::SpoolReceipt> answer)
{
    bool isIdle = false;
    {
        const std::lock_guard lock{m_writeMutex};
        m_letters.push_back({std::move(letter), std::move(answer)});
        isIdle = std::exchange(m_isWriterIdle, false);
    }
    if (isIdle)
        wakeWriter();
}

void SpoolAccess::append(qint64 id, QByteArray piece, Delivery written)
{
    // What goes wrong is told by commit().
    write([id, piece = std::move(piece), written = std::move(written)](store::Spool &spool) -> Delivery {
        (void)spool.append(id, piece);
        return written;
    });
}

void SpoolAccess::abandon(qint64 id)
{
    write([id](store::Spool &spool) -> Delivery {
        spool.abandon(id);
        return {};
    });
}

void SpoolAccess::write(std::function<Delivery(store::Spool &)> work)
{
    bool isIdle = false;
    {
        const std::lock_guard lock{m_writeMutex};
        m_writes.push_back([this, work = std::move(work)] {
            if (Delivery delivery = work(*m_spool))
                deliver(std::move(delivery));
        });
        isIdle = std::exchange(m_isWriterIdle, false);
    }
    if (isIdle)
        wakeWriter();
}

void SpoolAccess::read(std::function<Delivery(store::SpoolReader &)> work)
{
    {
        const std::lock_guard lock{m_readMutex};
        m_reads.push_back([this, work = std::move(work)] { deliver(work(*m_reader)); });
    }
    m_readWanted.notify_one();
}

void SpoolAccess::deliver(Delivery delivery)
{
    std::vector<Delivery> one;
    one.push_back(std::move(delivery));
    m_mailslot->put(one);
}

std::size_t SpoolAccess::waitingLetters() const
{
    const std::lock_guard lock{m_writeMutex};
    return m_letters.size();
}

void SpoolAccess::runWriter(const Answer<base::Done> &opened)
{
    base::Result<std::unique_ptr<store::Spool>> spool = m_factory();
    base::Status status = spool ? base::Status{base::Done{}} : base::Status{spool.error()};
    if (spool) {
        m_spool = std::move(*spool);
        base::Result<std::unique_ptr<store::SpoolReader>> reader = m_spool->makeReader();
        if (reader) {
            const std::lock_guard lock{m_readMutex};
            m_reader = std::move(*reader);
        } else {
            status = reader.error();
        }
    }
    deliver([opened, status] { opened(status); });
    std::vector<Pending> letters;
    std::vector<std::function<void()>> writes;
    for (;;) {
        {
            std::unique_lock lock{m_writeMutex};
            m_isWriterIdle = m_letters.empty() && m_writes.empty();
            m_writeWanted.wait(lock, [this] { return !m_letters.empty() || !m_writes.empty() || m_isStopping; });
            m_isWriterIdle = false;
            if (m_letters.empty() && m_writes.empty())
                break;
            letters.swap(m_letters);
            writes.swap(m_writes);
        }
        // Pieces of a body precede its letter, so everything else may run before the letters.
        for (const auto &work : writes)
            work();
        writes.clear();
        commitBatch(letters);
    }
    m_spool.reset();
}

void SpoolAccess::commitBatch(std::vector<Pending> &batch)
{
    std::vector<store::SpoolLetter> letters;
    std::vector<Delivery> deliveries;
    for (std::size_t from = 0; from < batch.size(); from += letters.size()) {
        letters.clear();
        qsizetype octets = 0;
        for (std::size_t i = from; i < batch.size() && letters.size() < kBatchLetters && octets < kBatchOctets; ++i) {
            octets += batch[i].letter.rest.size();
            letters.push_back(std::move(batch[i].letter));
        }
        const std::vector<base::Result<store::SpoolReceipt>> outcomes = m_spool->commit(letters);
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            deliveries.push_back([answer = std::move(batch[from + i].answer), outcome = outcomes[i]] { answer(outcome); });
        m_mailslot->put(deliveries);
    }
    batch.clear();
}

void SpoolAccess::runReader()
{
    std::vector<std::function<void()>> reads;
    for (;;) {
        {
            std::unique_lock lock{m_readMutex};
            m_readWanted.wait(lock, [this] { return !m_reads.empty() || m_isReaderStopping; });
            if (m_isReaderStopping)
                break;
            reads.swap(m_reads);
        }
        for (const auto &work : reads)
            work();
        reads.clear();
    }
    const std::lock_guard lock{m_readMutex};
    m_reader.reset();
}

} // namespace relay
