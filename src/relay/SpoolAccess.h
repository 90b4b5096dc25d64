// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QObject>
#include <QThread>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace relay {

/// The spool for a thread that must never wait: writes happen on one thread of its own, in one transaction for all
/// letters that wait together, reads on another. Answers come back on the thread of `context`, all that are ready in one turn of its loop.
/// Lives on that thread.
class SpoolAccess
{
public:
    /// Opens the spool; runs on the writer's thread.
    using Factory = std::function<base::Result<std::unique_ptr<store::Spool>>()>;
    template <typename T> using Answer = std::function<void(const base::Result<T> &)>;
    using Delivery = std::function<void()>;

    SpoolAccess(QObject *context, Factory factory);
    /// Finishes what is queued, then closes; no answer comes after it.
    ~SpoolAccess();
    Q_DISABLE_COPY_MOVE(SpoolAccess)

    /// Begins to open; everything below only after `answer` said that it is done.
    void open(Answer<base::Done> answer);

    [[nodiscard]] qint64 nextId();
    [[nodiscard]] QByteArray generation() const;
    /// For one thread more; destroyed before this object.
    [[nodiscard]] base::Result<std::unique_ptr<store::SpoolReader>> makeReader();
    /// `written`, if given, is called on the context's thread once the piece takes no memory any more, whether or not the disk took it.
    void append(qint64 id, QByteArray piece, Delivery written = {});
    void abandon(qint64 id);
    void commit(store::SpoolLetter letter, Answer<store::SpoolReceipt> answer);

    /// Any other work on the spool or on a reader; what it returns is a function that is called on the context's thread.
    void write(std::function<Delivery(store::Spool &)> work);
    void read(std::function<Delivery(store::SpoolReader &)> work);
    /// Calls `delivery` on the context's thread, with whatever else is ready. Any thread.
    void deliver(Delivery delivery);

    /// Letters that wait for the disk.
    [[nodiscard]] std::size_t waitingLetters() const;

private:
    struct Pending {
        store::SpoolLetter letter;
        Answer<store::SpoolReceipt> answer;
    };
    struct Mailslot;
    void runWriter(const Answer<base::Done> &opened);
    void runReader();
    void commitBatch(std::vector<Pending> &batch);
    void wakeWriter();

    Factory m_factory;
    std::shared_ptr<Mailslot> m_mailslot;
    std::unique_ptr<store::Spool> m_spool; ///< Made and used on the writer's thread; nextId() and generation() from anywhere.
    std::unique_ptr<store::SpoolReader> m_reader;

    mutable std::mutex m_writeMutex;
    std::condition_variable m_writeWanted;
    std::vector<Pending> m_letters;
    std::vector<std::function<void()>> m_writes;
    bool m_isWriterIdle = false;

    std::mutex m_readMutex;
    std::condition_variable m_readWanted;
    std::vector<std::function<void()>> m_reads;

    bool m_isStopping = false;       ///< Under m_writeMutex.
    bool m_isReaderStopping = false; ///< Under m_readMutex.
    std::unique_ptr<QThread> m_writerThread;
    std::unique_ptr<QThread> m_readerThread;
};

} // namespace relay
