// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/SubmitMessage.h"

#include "transport/IoThread.h"
#include "transport/SmtpClient.h"
#include "transport/SocketShell.h"

namespace transport {

namespace {

using Promise = QPromise<base::Result<SubmissionReceipt>>;

class SubmissionShell final : public SocketShell
{
public:
    SubmissionShell(SmtpClient client, const Server &server, Deadlines deadlines, base::Cancellation cancellation,
                    std::shared_ptr<Promise> promise, QObject *parent)
        : SocketShell(&m_client, server, deadlines, std::move(cancellation), parent), m_client(std::move(client)), m_promise(std::move(promise))
    {
    }
    ~SubmissionShell() override
    {
        m_client.fail({base::ErrorCode::Cancelled, {}, {}, {}});
        report();
    }

protected:
    void report() override
    {
        if (!m_promise)
            return;
        m_promise->addResult(m_client.outcome());
        m_promise->finish();
        m_promise.reset();
    }

private:
    SmtpClient m_client;
    std::shared_ptr<Promise> m_promise;
};

} // namespace

base::Operation<SubmissionReceipt> submitMessage(IoThread &thread, Server server, Submission submission, Deadlines deadlines, DialogueLog log)
{
    if (const base::Status sound = SmtpClient::check(submission); !sound)
        return base::Operation<SubmissionReceipt>::finished(sound.error());
    base::Cancellation cancellation;
    auto promise = std::make_shared<Promise>();
    promise->start();
    base::Operation<SubmissionReceipt> operation{promise->future(), cancellation};
    QMetaObject::invokeMethod(thread.context(), [=, context = thread.context(), submission = std::move(submission)]() mutable {
        (new SubmissionShell{SmtpClient{server, std::move(submission), deadlines, log}, server, deadlines, cancellation, promise, context})->begin();
    }, Qt::QueuedConnection);
    return operation;
}

} // namespace transport
