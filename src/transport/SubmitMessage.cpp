// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/SubmitMessage.h"

#include "transport/IoThread.h"
#include "transport/SmtpClient.h"
#include "transport/SocketShell.h"

#include <QPointer>

namespace transport {

namespace {

/// A streamed message is read on when less than this waits for the network.
constexpr qint64 kMostUnsent = 256 * 1024;

using Promise = QPromise<base::Result<SubmissionReceipt>>;

class SubmissionShell final : public SocketShell
{
public:
    SubmissionShell(SmtpClient client, const Server &server, Deadlines deadlines, base::Cancellation cancellation,
                    std::shared_ptr<ContentSource> source, std::shared_ptr<Promise> promise, QObject *parent)
        : SocketShell(&m_client, server, deadlines, std::move(cancellation), parent), m_client(std::move(client)), m_source(std::move(source)),
          m_promise(std::move(promise))
    {
    }
    ~SubmissionShell() override
    {
        m_client.fail({base::ErrorCode::Cancelled, {}, {}, {}});
        report();
    }

protected:
    void settle() override
    {
        if (unsentOctets() >= kMostUnsent)
            return;
        const std::optional<qint64> offset = m_client.takeContentWish();
        if (!offset)
            return;
        m_isAsking = true;
        m_source->read(*offset, [this, self = QPointer<SubmissionShell>(this)](const base::Result<QByteArray> &piece) {
            if (!self)
                return;
            m_client.takeContent(piece);
            if (!m_isAsking)
                pump();
        });
        m_isAsking = false;
    }

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
    std::shared_ptr<ContentSource> m_source;
    bool m_isAsking = false; ///< An answer that comes at once needs no pump(): one is under way.
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
        std::shared_ptr<ContentSource> source = submission.streamed.source;
        (new SubmissionShell{SmtpClient{server, std::move(submission), deadlines, log}, server, deadlines, cancellation, std::move(source), promise,
                             context})->begin();
    }, Qt::QueuedConnection);
    return operation;
}

} // namespace transport
