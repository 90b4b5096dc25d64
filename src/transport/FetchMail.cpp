// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/FetchMail.h"

#include "transport/IoThread.h"
#include "transport/Pop3Client.h"
#include "transport/SocketShell.h"

namespace transport {

namespace {

using Promise = QPromise<base::Result<FetchSummary>>;

class FetchShell final : public SocketShell
{
public:
    FetchShell(Pop3Client client, const Server &server, Deadlines deadlines, base::Cancellation cancellation,
               std::shared_ptr<MailSink> sink, std::shared_ptr<Promise> promise, QObject *parent)
        : SocketShell(&m_client, server, deadlines, std::move(cancellation), parent), m_client(std::move(client)), m_sink(std::move(sink)),
          m_promise(std::move(promise))
    {
    }
    ~FetchShell() override
    {
        m_client.fail({base::ErrorCode::Cancelled, {}, {}, {}});
        report();
    }

protected:
    void settle() override
    {
        if (const std::optional<QList<QByteArray>> offer = m_client.takeOffer()) {
            base::whenReady(this, m_sink->wanted(*offer), [this](const base::Result<QList<QByteArray>> &wanted) {
                m_client.chosen(wanted);
                pump();
            });
        }
        for (const Fetched &fetched : m_client.takeFetched()) {
            base::whenReady(this, m_sink->keep(fetched.uidl, fetched.octets), [this, uidl = fetched.uidl](const base::Result<bool> &isNew) {
                m_client.kept(uidl, isNew);
                pump();
            });
        }
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
    Pop3Client m_client;
    std::shared_ptr<MailSink> m_sink;
    std::shared_ptr<Promise> m_promise;
};

} // namespace

base::Operation<FetchSummary> fetchMail(IoThread &thread, Server server, std::shared_ptr<MailSink> sink, FetchOptions options, DialogueLog log)
{
    base::Cancellation cancellation;
    auto promise = std::make_shared<Promise>();
    promise->start();
    base::Operation<FetchSummary> operation{promise->future(), cancellation};
    QMetaObject::invokeMethod(thread.context(), [=, context = thread.context(), sink = std::move(sink)] {
        (new FetchShell{Pop3Client{server, options, log}, server, options.deadlines, cancellation, sink, promise, context})->begin();
    }, Qt::QueuedConnection);
    return operation;
}

} // namespace transport
