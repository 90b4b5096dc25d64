// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/ServerChain.h"

#include "net/LineChannel.h"
#include "net/SmtpGrammar.h"
#include "transport/IoThread.h"
#include "transport/SocketShell.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace transport {

namespace {

constexpr qsizetype kChainLineLimit = 2048;

/// The client's side of a session that ends where TLS begins. RFC 3207.
class StartTlsDialogue final : public Dialogue
{
public:
    void connected() override {}
    void encrypted() override { m_outcome = base::Status{base::Done{}}; }
    void receive(QByteArrayView bytes) override
    {
        m_lines.append(bytes);
        while (!isOver() && m_step != Step::Handshake) {
            const net::LineChannel::Next next = m_lines.next();
            if (next.status == net::LineChannel::Status::NeedMore)
                return;
            if (next.status != net::LineChannel::Status::Line)
                return fail({next.status == net::LineChannel::Status::TooLong ? ErrorCode::LineTooLong : ErrorCode::ProtocolViolation, u"not a reply"_s, {}, {}});
            ++m_progress;
            if (const auto reply = m_replies.take(next.line))
                *reply ? onReply(reply->value()) : fail(reply->error());
        }
    }
    void fail(const base::Error &error) override
    {
        if (!m_outcome)
            m_outcome = base::Status{error};
    }
    [[nodiscard]] Effects takeEffects() override { return std::exchange(m_effects, {}); }
    [[nodiscard]] bool isOver() const override { return m_outcome.has_value(); }
    [[nodiscard]] quint64 progress() const override { return m_progress; }
    [[nodiscard]] std::chrono::milliseconds deadline() const override { return m_deadlines.reply; }

    explicit StartTlsDialogue(Deadlines deadlines) : m_deadlines(deadlines) {}
    [[nodiscard]] const base::Status &outcome() const { return *m_outcome; }

private:
    enum class Step { Greeting, Ehlo, StartTls, Handshake };

    void onReply(const net::SmtpReply &reply)
    {
        if (!reply.isPositive())
            return fail({m_step == Step::StartTls ? ErrorCode::TlsUnavailable : ErrorCode::PeerBusy, {}, {}, reply.lastLine()});
        switch (m_step) {
        case Step::Greeting:
            m_step = Step::Ehlo;
            m_effects.send += "EHLO [127.0.0.1]\r\n";
            return;
        case Step::Ehlo:
            if (!net::parseEhloReply(reply).hasStartTls)
                return fail({ErrorCode::TlsUnavailable, u"the server does not offer STARTTLS"_s, {}, {}});
            m_step = Step::StartTls;
            m_effects.send += "STARTTLS\r\n";
            return;
        case Step::StartTls:
            m_step = Step::Handshake;
            m_effects.startTls = true;
            return;
        case Step::Handshake:
            return;
        }
    }

    Deadlines m_deadlines;
    Step m_step = Step::Greeting;
    net::LineChannel m_lines{kChainLineLimit};
    net::SmtpReplyReader m_replies;
    Effects m_effects;
    quint64 m_progress = 0;
    std::optional<base::Status> m_outcome;
};

using ChainPromise = QPromise<base::Result<QList<QByteArray>>>;

class ChainShell final : public SocketShell
{
public:
    ChainShell(const Server &server, Deadlines deadlines, base::Cancellation cancellation, std::shared_ptr<ChainPromise> promise, QObject *parent)
        : SocketShell(&m_dialogue, server, deadlines, std::move(cancellation), parent), m_dialogue(deadlines), m_promise(std::move(promise)) {}
    ~ChainShell() override
    {
        m_dialogue.fail({ErrorCode::Cancelled, {}, {}, {}});
        report();
    }

protected:
    [[nodiscard]] CertificateCheck certificateCheck() const override { return CertificateCheck::TakeAny; }
    void report() override
    {
        if (!m_promise)
            return;
        m_promise->addResult(m_dialogue.outcome() ? base::Result<QList<QByteArray>>{peerChain()} : base::Result<QList<QByteArray>>{m_dialogue.outcome().error()});
        m_promise->finish();
        m_promise.reset();
    }

private:
    StartTlsDialogue m_dialogue;
    std::shared_ptr<ChainPromise> m_promise;
};

} // namespace

base::Operation<QList<QByteArray>> askServerChain(IoThread &thread, const QString &host, quint16 port, Deadlines deadlines, base::Cancellation cancellation)
{
    const Server server{host, port, net::TlsMode::StartTls, {}, {}, {}};
    auto promise = std::make_shared<ChainPromise>();
    promise->start();
    base::Operation<QList<QByteArray>> operation{promise->future(), cancellation};
    QMetaObject::invokeMethod(thread.context(), [=, context = thread.context()] {
        (new ChainShell{server, deadlines, cancellation, promise, context})->begin();
    }, Qt::QueuedConnection);
    return operation;
}

} // namespace transport
