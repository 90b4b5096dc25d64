// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/MessageAssessor.h"
#include "store/RelayJournal.h"
#include "store/Spool.h"

#include <QHash>
#include <QThread>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace relay {

/// Everything that may happen after the 250: messages are assessed, once each, and transcripts are kept. On one thread of low
/// priority with its own reader and journal, so that no session waits for it; what waits here is numbers, not messages, and bounded.
class BackOffice
{
public:
    using JournalFactory = std::function<base::Result<std::unique_ptr<store::RelayJournal>>()>;
    /// Called on the office's thread.
    using Assessed = std::function<void(const QList<qint64> &ids)>;

    /// `assessor` may be null: then only transcripts are kept.
    BackOffice(std::shared_ptr<MessageAssessor> assessor, JournalFactory journal);
    /// Finishes the message under way; what is left is done after the next start.
    ~BackOffice();
    Q_DISABLE_COPY_MOVE(BackOffice)

    /// Begins; first with what an earlier run left. `lastId`: no message up to it is still on its way in.
    void start(std::unique_ptr<store::SpoolReader> reader, qint64 lastId, Assessed assessed);

    /// A message was committed. Cheap; the relay's thread.
    void stored(qint64 id, const QByteArray &session);
    /// What was said in a session so far, or all of it. Cheap; the relay's thread.
    void heard(store::JournalTranscript transcript);

private:
    struct Wish {
        qint64 id = 0;
        QByteArray session;
    };
    struct Turn {
        std::deque<Wish> wishes;
        QList<store::JournalTranscript> transcripts;
        bool mustCatchUp = false;
    };
    void run();
    void wake(bool isIdle);
    [[nodiscard]] std::optional<Turn> nextTurn();
    void keep(const QList<store::JournalTranscript> &transcripts);
    void leave();
    void assess(const std::deque<Wish> &wishes);
    [[nodiscard]] base::Result<MessageAssessor::Message> read(qint64 id);
    void catchUp();
    [[nodiscard]] bool isStopping();
    void prune();

    std::shared_ptr<MessageAssessor> m_assessor;
    JournalFactory m_makeJournal;
    Assessed m_assessed;
    std::unique_ptr<store::SpoolReader> m_reader;    ///< The office's thread.
    std::unique_ptr<store::RelayJournal> m_journal;  ///< The office's thread.
    qint64 m_earlier = 0;         ///< Up to here messages may be of an earlier run, and none is still on its way in.
    qint64 m_behind = 0;          ///< Up to here the spool is looked through. The office's thread.
    qint64 m_sincePrune = 0;      ///< The office's thread.
    bool m_isFirstLook = true;    ///< The office's thread.
    bool m_hasFailed = false;     ///< Something that may succeed after the next start. The office's thread.

    std::mutex m_mutex;
    std::condition_variable m_wanted;
    std::deque<Wish> m_wishes;
    QHash<QByteArray, store::JournalTranscript> m_transcripts;
    qint64 m_lastId = 0;
    bool m_hasForgotten = false;  ///< More came than may wait: the spool is looked through for it.
    bool m_isIdle = false;
    bool m_isStopping = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace relay
