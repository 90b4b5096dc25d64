// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "net/DotStuffing.h"
#include "net/LineChannel.h"
#include "net/SmtpGrammar.h"
#include "transport/Dialogue.h"
#include "transport/Sasl.h"
#include "transport/Submission.h"

#include <optional>

namespace transport {

/// The client's side of one SMTP submission, without a socket. RFC 5321, RFC 3207, RFC 4954, RFC 6409.
class SmtpClient final : public Dialogue
{
public:
    SmtpClient(Server server, Submission submission, Deadlines deadlines = {}, DialogueLog log = {});

    void connected() override;
    void encrypted() override;
    void receive(QByteArrayView bytes) override;
    void fail(const base::Error &error) override;
    [[nodiscard]] Effects takeEffects() override;
    [[nodiscard]] bool isOver() const override { return m_outcome.has_value(); }
    [[nodiscard]] quint64 progress() const override { return m_progress; }
    [[nodiscard]] std::chrono::milliseconds deadline() const override;

    /// Once isOver(): the errors are those of submitMessage().
    [[nodiscard]] const base::Result<SubmissionReceipt> &outcome() const { return *m_outcome; }

    /// The next octets of a streamed message are wanted from here on; said once for each piece, answered by takeContent().
    [[nodiscard]] std::optional<qint64> takeContentWish();
    void takeContent(const base::Result<QByteArray> &piece);

    /// InvalidArgument for what must not be sent at all: no recipient, bare CR or LF, nothing.
    [[nodiscard]] static base::Status check(const Submission &submission);

private:
    enum class State { Greeting, Ehlo, Helo, StartTls, Handshake, Auth, Mail, Recipients, Data, Content, Over };

    void onReply(const net::SmtpReply &reply);
    void onGreeting(const net::SmtpReply &reply);
    void onEhlo(const net::SmtpReply &reply);
    void onStartTls(const net::SmtpReply &reply);
    void onAuth(const net::SmtpReply &reply);
    void onMail(const net::SmtpReply &reply);
    void onRecipient(const net::SmtpReply &reply);
    void onData(const net::SmtpReply &reply);
    void onContent(const net::SmtpReply &reply);
    void sendEhlo();
    void sendHello(State state, QByteArrayView verb);
    void login();
    void leaveOutInternationalRecipients();
    void sendEnvelope();
    void onAllRecipients();
    [[nodiscard]] base::Result<net::SmtpMailOptions> mailOptions() const;
    [[nodiscard]] base::Result<QByteArray> rcptCommand(qsizetype index) const;
    [[nodiscard]] bool isStreaming() const { return m_submission.streamed.source != nullptr; }
    [[nodiscard]] qint64 contentOctets() const { return isStreaming() ? m_submission.streamed.octets : m_submission.octets.size(); }
    [[nodiscard]] bool isContentUnfinished() const { return m_state == State::Content && isStreaming() && m_contentSent < contentOctets(); }
    void sendLine(const QByteArray &line);
    void sendSecretLine(const QByteArray &line, const QByteArray &shown);
    void refuse(base::ErrorCode code, const net::SmtpReply &reply, const QString &detail = {});
    void finish(base::Result<SubmissionReceipt> outcome);

    Server m_server;
    Submission m_submission;
    Deadlines m_deadlines;
    DialogueLog m_log;
    State m_state = State::Greeting;
    Channel m_channel = Channel::Clear;
    net::LineChannel m_lines;
    net::SmtpReplyReader m_replies;
    net::SmtpCapabilities m_offered;
    std::optional<Sasl> m_sasl;
    qsizetype m_answered = 0;        ///< Recipients with a reply.
    qsizetype m_leftOut = 0;         ///< Recipients whom the server was not asked about.
    net::DotStuffer m_stuffer;       ///< Of a streamed message.
    qint64 m_contentSent = 0;
    bool m_isReadingContent = false; ///< A piece was wished for and has not come.
    QList<RecipientRefusal> m_refused;
    Effects m_effects;
    quint64 m_progress = 0;
    std::optional<base::Result<SubmissionReceipt>> m_outcome;
};

} // namespace transport
