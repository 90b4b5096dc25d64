// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "base/Clock.h"
#include "store/MailStore.h"
#include "store/Outbox.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace app {

/// Takes a draft from the compose window into the outbox: save, build, seal, queue. From Queued on the letter is safe and OutboxService carries it.
/// If the window closes, the program ends or a step fails before that, the draft is in Drafts as it was when start() was called, unless
/// saving it there is what failed.
/// Lives on the GUI thread; may outlive every window: destroying it cancels.
class SendMessageOperation : public QObject
{
    Q_OBJECT

public:
    enum class Step { NotStarted, SavingDraft, Building, Sealing, Queueing, Queued, Failed, Cancelled };

    SendMessageOperation(Draft draft, std::shared_ptr<store::MailStore> mail, std::shared_ptr<store::Outbox> outbox,
                         SharedSealer sealer, QThreadPool *pool, const base::Clock &clock = base::Clock::system(),
                         QObject *parent = nullptr);
    ~SendMessageOperation() override;

    void start();
    /// Stops before the letter is queued; the draft stays. Without effect afterwards: then OutboxService::withdraw().
    void cancel();
    [[nodiscard]] Step step() const { return m_step; }
    /// The draft with its id in Drafts.
    [[nodiscard]] const Draft &draft() const { return m_draft; }
    [[nodiscard]] bool isDraftSaved() const { return m_isDraftSaved; }

Q_SIGNALS:
    void stepChanged(app::SendMessageOperation::Step step);
    /// The letter is in the outbox; `letter` is its id there and in Sent.
    void queued(store::MessageId letter);
    /// Nothing went out; the draft is kept if isDraftSaved(). Errors of MessageSealer::seal, of the store, and RecipientMissing, AddressInvalid (detail: which).
    void failed(const base::Error &error);
    void cancelled();

private:
    void enter(Step step);
    void saveDraft();
    void build();
    void seal(const QByteArray &octets);
    void queue(const smime::SealedMail &sealed);
    void fail(const base::Error &error);
    /// Hands the value of `operation` to `next`, or ends here.
    template <typename T, typename Next> void proceed(const base::Operation<T> &operation, Next next);

    Step m_step = Step::NotStarted;
    Draft m_draft;
    std::shared_ptr<store::MailStore> m_mail;
    std::shared_ptr<store::Outbox> m_outbox;
    SharedSealer m_sealer;
    QThreadPool *m_pool;
    const base::Clock &m_clock;
    std::function<void()> m_cancelCurrent;
    bool m_isDraftSaved = false;
    bool m_isCancelled = false;
};

} // namespace app
