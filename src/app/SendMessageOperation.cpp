// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SendMessageOperation.h"

#include "app/MailboxService.h"

namespace app {

SendMessageOperation::SendMessageOperation(Draft draft, std::shared_ptr<store::MailStore> mail, std::shared_ptr<store::Outbox> outbox,
                                           SharedSealer sealer, QThreadPool *pool, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_draft(std::move(draft)), m_mail(std::move(mail)), m_outbox(std::move(outbox)), m_sealer(std::move(sealer)), m_pool(pool),
      m_clock(clock)
{
}

SendMessageOperation::~SendMessageOperation()
{
    // A draft on its way to the disk arrives there whoever has gone.
    if (m_step != Step::SavingDraft && m_cancelCurrent)
        m_cancelCurrent();
}

void SendMessageOperation::start()
{
    if (m_step == Step::NotStarted)
        saveDraft();
}

void SendMessageOperation::cancel()
{
    m_isCancelled = true;
    if (m_step != Step::SavingDraft && m_cancelCurrent)
        m_cancelCurrent();
}

void SendMessageOperation::enter(Step step)
{
    m_step = step;
    Q_EMIT stepChanged(step);
}

template <typename T, typename Next>
void SendMessageOperation::proceed(const base::Operation<T> &operation, Next next)
{
    m_cancelCurrent = [operation] { operation.cancel(); };
    base::whenReady(this, operation, [this, next = std::move(next)](const base::Result<T> &result) {
        m_cancelCurrent = nullptr;
        if (!result)
            return fail(result.error());
        next(*result);
    });
}

void SendMessageOperation::saveDraft()
{
    enter(Step::SavingDraft);
    proceed(app::saveDraft(m_mail, m_draft, m_sealer, m_pool, m_clock), [this](store::MessageId id) {
        m_draft.id = id;
        m_isDraftSaved = true;
        if (m_isCancelled)
            return fail({base::ErrorCode::Cancelled, {}, {}, {}});
        build();
    });
}

void SendMessageOperation::build()
{
    enter(Step::Building);
    const auto work = [draft = m_draft, now = m_clock.now()](const base::Cancellation &) { return buildForSending(draft, now); };
    proceed(base::runOn(m_pool, work), [this](const QByteArray &octets) { seal(octets); });
}

void SendMessageOperation::seal(const QByteArray &octets)
{
    enter(Step::Sealing);
    const auto work = [sealer = m_sealer, draft = m_draft, octets](const base::Cancellation &cancellation) { return sealer->seal(draft, octets, cancellation); };
    proceed(base::runOn(m_pool, work), [this](const smime::SealedMail &sealed) { queue(sealed); });
}

void SendMessageOperation::queue(const smime::SealedMail &sealed)
{
    enter(Step::Queueing);
    proceed(m_outbox->enqueue(letterOf(sealed, m_draft.from.mailbox, m_draft.id)), [this](store::MessageId id) {
        if (m_draft.repliesTo != store::MessageId::None)
            base::whenReady(this, m_mail->setFlags({m_draft.repliesTo}, store::Flag::Answered, true), [](const base::Status &) {});
        enter(Step::Queued);
        Q_EMIT queued(id);
    });
}

void SendMessageOperation::fail(const base::Error &error)
{
    if (error.code == base::ErrorCode::Cancelled) {
        enter(Step::Cancelled);
        Q_EMIT cancelled();
    } else {
        enter(Step::Failed);
        Q_EMIT failed(error);
    }
}

} // namespace app
