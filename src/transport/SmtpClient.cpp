// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/SmtpClient.h"

#include "mime/Charset.h"
#include "mime/Domain.h"
#include "mime/Text.h"
#include "net/DotStuffing.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace transport {

namespace {

/// RFC 5321 section 4.5.3.1.5 says 512; servers with long texts exceed it.
constexpr qsizetype kReplyLineLimit = 2048;

/// An address with an ASCII local part needs no SMTPUTF8: its domain has an A-label. RFC 5891.
QByteArray wireMailbox(const QString &mailbox)
{
    const qsizetype at = mailbox.lastIndexOf(u'@');
    const QByteArray local = mailbox.left(at).toUtf8();
    const QString domain = mailbox.mid(at + 1);
    if (at < 0 || !mime::isAscii(local) || mime::isAscii(domain.toUtf8()))
        return mailbox.toUtf8();
    const QString ascii = mime::toAsciiDomain(domain);
    return ascii.isEmpty() ? mailbox.toUtf8() : local + '@' + ascii.toLatin1();
}

QByteArrayView headerOf(QByteArrayView octets)
{
    const qsizetype end = octets.indexOf("\r\n\r\n");
    return end < 0 ? octets : octets.first(end);
}

} // namespace

SmtpClient::SmtpClient(Server server, Submission submission, Deadlines deadlines, DialogueLog log)
    : m_server(std::move(server)), m_submission(std::move(submission)), m_deadlines(deadlines), m_log(std::move(log)), m_lines(kReplyLineLimit)
{
}

base::Status SmtpClient::check(const Submission &submission)
{
    if (submission.recipients.isEmpty())
        return {ErrorCode::InvalidArgument, u"no recipient"_s};
    const bool isStreamed = submission.streamed.source != nullptr;
    if (isStreamed ? submission.streamed.octets < 1 : submission.octets.isEmpty())
        return {ErrorCode::InvalidArgument, u"an empty message"_s};
    if (!isStreamed && !mime::hasCanonicalLineEnds(submission.octets))
        return {ErrorCode::InvalidArgument, u"a line of the message does not end with CRLF"_s};
    return base::Done{};
}

void SmtpClient::connected()
{
    if (m_server.tls == net::TlsMode::Implicit)
        m_channel = Channel::Encrypted;
}

void SmtpClient::encrypted()
{
    if (m_state != State::Handshake)
        return;
    // What came before TLS is void after it. RFC 3207 section 4.2.
    m_lines.clear();
    m_replies = {};
    m_offered = {};
    m_channel = Channel::Encrypted;
    sendEhlo();
}

void SmtpClient::receive(QByteArrayView bytes)
{
    m_lines.append(bytes);
    while (!isOver() && m_state != State::Handshake) {
        const net::LineChannel::Next next = m_lines.next();
        if (next.status == net::LineChannel::Status::NeedMore)
            return;
        if (next.status == net::LineChannel::Status::TooLong)
            return fail({ErrorCode::LineTooLong, u"a reply line of more than %1 octets"_s.arg(kReplyLineLimit), {}, {}});
        if (next.status != net::LineChannel::Status::Line)
            return fail({ErrorCode::ProtocolViolation, u"a reply with a bare CR, a bare LF or a NUL"_s, {}, {}});
        ++m_progress;
        if (m_log)
            m_log(true, next.line.toByteArray());
        const auto reply = m_replies.take(next.line);
        if (!reply)
            continue;
        if (!*reply)
            return fail(reply->error());
        onReply(reply->value());
    }
}

void SmtpClient::fail(const base::Error &error)
{
    if (!isOver())
        finish(error);
}

Effects SmtpClient::takeEffects()
{
    return std::exchange(m_effects, {});
}

std::chrono::milliseconds SmtpClient::deadline() const
{
    if (m_isReadingContent)
        return std::chrono::milliseconds{0};
    return m_state == State::Content && !isContentUnfinished() ? m_deadlines.afterData : m_deadlines.reply;
}

void SmtpClient::onReply(const net::SmtpReply &reply)
{
    // 421 may answer anything: the server is closing. RFC 5321 section 3.8.
    if (reply.code == 421)
        return refuse(ErrorCode::PeerBusy, reply);
    switch (m_state) {
    case State::Greeting: return onGreeting(reply);
    case State::Ehlo:
    case State::Helo: return onEhlo(reply);
    case State::StartTls: return onStartTls(reply);
    case State::Auth: return onAuth(reply);
    case State::Mail: return onMail(reply);
    case State::Recipients: return onRecipient(reply);
    case State::Data: return onData(reply);
    case State::Content: return onContent(reply);
    case State::Handshake:
    case State::Over: return;
    }
}

/// Greeting. RFC 5321 section 3.1.
void SmtpClient::onGreeting(const net::SmtpReply &reply)
{
    if (reply.code != 220)
        return refuse(reply.isTemporaryFailure() ? ErrorCode::PeerBusy : ErrorCode::ProtocolViolation, reply);
    sendEhlo();
}

void SmtpClient::sendEhlo()
{
    sendHello(State::Ehlo, "EHLO ");
}

void SmtpClient::sendHello(State state, QByteArrayView verb)
{
    m_state = state;
    // An address literal names the client without telling the machine's name to everybody. RFC 5321 section 4.1.3.
    sendLine(verb.toByteArray() + (m_submission.helloName.isEmpty() ? "[127.0.0.1]"_ba : m_submission.helloName));
}

/// Ehlo, Helo. RFC 5321 section 4.1.1.1; a server that does not know EHLO is greeted with HELO and offers nothing (section 2.2.1).
void SmtpClient::onEhlo(const net::SmtpReply &reply)
{
    if (m_state == State::Ehlo && (reply.code == 500 || reply.code == 502 || reply.code == 504))
        return sendHello(State::Helo, "HELO ");
    if (!reply.isPositive())
        return refuse(ErrorCode::ProtocolViolation, reply);
    m_offered = m_state == State::Helo ? net::SmtpCapabilities{} : net::parseEhloReply(reply);
    const bool mayStart = m_channel == Channel::Clear && m_server.tls != net::TlsMode::None;
    if (mayStart && m_offered.hasStartTls) {
        m_state = State::StartTls;
        return sendLine("STARTTLS"_ba);
    }
    if (mayStart && m_server.tls != net::TlsMode::StartTlsIfOffered)
        return fail({ErrorCode::TlsUnavailable, u"the server does not offer STARTTLS"_s, {}, {}});
    login();
}

/// StartTls. RFC 3207 section 4.
void SmtpClient::onStartTls(const net::SmtpReply &reply)
{
    if (reply.code != 220)
        return refuse(ErrorCode::TlsUnavailable, reply);
    m_state = State::Handshake;
    m_effects.startTls = true;
}

void SmtpClient::login()
{
    if (m_server.user.isEmpty())
        return sendEnvelope();
    base::Result<Sasl> sasl = Sasl::choose(m_offered.authMechanisms, m_server, m_channel);
    if (!sasl)
        return fail(sasl.error());
    m_sasl = std::move(*sasl);
    const base::Result<QByteArray> initial = m_sasl->initialResponse();
    if (!initial)
        return fail(initial.error());
    m_state = State::Auth;
    const QByteArray auth = "AUTH " + m_sasl->mechanism();
    initial->isNull() ? sendLine(auth) : sendSecretLine(auth + ' ' + *initial, auth + " ***");
}

/// Auth. RFC 4954 section 4.
void SmtpClient::onAuth(const net::SmtpReply &reply)
{
    if (reply.code == 334) {
        const base::Result<QByteArray> answer = m_sasl->answer(reply.lines.isEmpty() ? QByteArray{} : reply.lines.last());
        return answer ? sendSecretLine(*answer, "***"_ba) : fail(answer.error());
    }
    if (reply.code != 235)
        return refuse(reply.code == 504 || reply.code == 538 ? ErrorCode::AuthenticationUnavailable : ErrorCode::AuthenticationFailed, reply);
    if (const base::Status proved = m_sasl->finish(); !proved)
        return fail(proved.error());
    sendEnvelope();
}

base::Result<net::SmtpMailOptions> SmtpClient::mailOptions() const
{
    net::SmtpMailOptions options;
    if (m_offered.sizeLimitOctets && *m_offered.sizeLimitOctets < contentOctets())
        return {ErrorCode::MessageTooLarge, u"%1 octets, the server takes %2"_s.arg(contentOctets()).arg(*m_offered.sizeLimitOctets)};
    if (m_offered.sizeLimitOctets)
        options.sizeOctets = contentOctets();
    bool needsUtf8 = !mime::isAscii(wireMailbox(m_submission.sender)) || (isStreaming() ? m_submission.streamed.isHeaderUtf8 : !mime::isAscii(headerOf(m_submission.octets)));
    for (const QString &recipient : m_submission.recipients)
        needsUtf8 = needsUtf8 || !mime::isAscii(wireMailbox(recipient));
    if (needsUtf8 && !m_offered.hasSmtpUtf8)
        return {ErrorCode::Unsupported, u"the server does not take international addresses (SMTPUTF8)"_s};
    options.isUtf8 = needsUtf8;
    if (isStreaming() ? m_submission.streamed.hasEightBit : !mime::isAscii(m_submission.octets)) {
        if (!m_offered.hasEightBitMime)
            return {ErrorCode::Unsupported, u"the server does not take 8-bit content (8BITMIME)"_s};
        options.isEightBit = true;
    }
    if (m_offered.hasDsn) {
        options.dsnReturn = m_submission.dsnReturn;
        options.dsnEnvelopeId = m_submission.dsnEnvelopeId;
    }
    return options;
}

base::Result<QByteArray> SmtpClient::rcptCommand(qsizetype index) const
{
    return net::smtpRcptCommand(wireMailbox(m_submission.recipients.at(index)),
                                m_offered.hasDsn ? m_submission.dsnOfRecipients.value(index) : net::SmtpRcptOptions{});
}

/// Whoever can be named with SMTPUTF8 only keeps the letter from nobody else if the server lacks that. RFC 6531 section 3.5.
void SmtpClient::leaveOutInternationalRecipients()
{
    const auto isInternational = [](const QString &recipient) { return !mime::isAscii(wireMailbox(recipient)); };
    QStringList &recipients = m_submission.recipients;
    if (m_offered.hasSmtpUtf8 || std::all_of(recipients.cbegin(), recipients.cend(), isInternational))
        return;
    for (qsizetype i = recipients.size() - 1; i >= 0; --i) {
        if (!isInternational(recipients.at(i)))
            continue;
        m_refused.prepend({recipients.takeAt(i), "5.6.7 the server does not take international addresses (SMTPUTF8)"_ba});
        if (i < m_submission.dsnOfRecipients.size())
            m_submission.dsnOfRecipients.removeAt(i);
        ++m_leftOut;
    }
}

/// MAIL, and with PIPELINING (RFC 2920) every RCPT behind it. DATA waits: with every recipient refused there is nothing to send.
void SmtpClient::sendEnvelope()
{
    leaveOutInternationalRecipients();
    const base::Result<net::SmtpMailOptions> options = mailOptions();
    if (!options)
        return fail(options.error());
    const base::Result<QByteArray> mail = net::smtpMailCommand(wireMailbox(m_submission.sender), *options);
    if (!mail)
        return fail(mail.error());
    QList<QByteArray> recipients;
    for (qsizetype i = 0; i < m_submission.recipients.size(); ++i) {
        const base::Result<QByteArray> command = rcptCommand(i);
        if (!command)
            return fail(command.error());
        recipients += *command;
    }
    m_state = State::Mail;
    sendLine(*mail);
    if (m_offered.hasPipelining) {
        for (const QByteArray &command : recipients)
            sendLine(command);
    }
}

/// Mail. RFC 5321 section 4.1.1.2.
void SmtpClient::onMail(const net::SmtpReply &reply)
{
    if (!reply.isPositive()) {
        const bool isTooLarge = reply.code == 552;
        const bool needsLogin = reply.code == 530;
        return refuse(isTooLarge ? ErrorCode::MessageTooLarge : needsLogin ? ErrorCode::AuthenticationUnavailable : ErrorCode::SenderRefused, reply,
                      m_submission.sender);
    }
    m_state = State::Recipients;
    if (!m_offered.hasPipelining)
        sendLine(*rcptCommand(0));
}

/// Recipients: one reply for each. RFC 5321 section 4.1.1.3.
void SmtpClient::onRecipient(const net::SmtpReply &reply)
{
    if (!reply.isPositive())
        m_refused += {m_submission.recipients.at(m_answered), reply.inOneLine()};
    ++m_answered;
    if (m_answered == m_submission.recipients.size())
        return onAllRecipients();
    if (!m_offered.hasPipelining)
        sendLine(*rcptCommand(m_answered));
}

void SmtpClient::onAllRecipients()
{
    // Nobody left: over, as a receipt without anybody who was served.
    if (m_refused.size() == m_submission.recipients.size() + m_leftOut)
        return finish(SubmissionReceipt{m_refused, {}, false});
    m_state = State::Data;
    sendLine("DATA"_ba);
}

/// Data. RFC 5321 section 4.1.1.4.
void SmtpClient::onData(const net::SmtpReply &reply)
{
    if (reply.code != 354)
        return refuse(reply.code == 552 ? ErrorCode::MessageTooLarge : ErrorCode::MessageRefused, reply);
    m_state = State::Content;
    if (!isStreaming())
        m_effects.send += net::dotStuffed(m_submission.octets);
    if (m_log)
        m_log(false, "(" + QByteArray::number(contentOctets()) + " octets)");
}

std::optional<qint64> SmtpClient::takeContentWish()
{
    if (m_isReadingContent || !isContentUnfinished())
        return std::nullopt;
    m_isReadingContent = true;
    return m_contentSent;
}

void SmtpClient::takeContent(const base::Result<QByteArray> &piece)
{
    m_isReadingContent = false;
    if (!isContentUnfinished())
        return;
    if (!piece || piece->isEmpty())
        return fail(piece ? base::Error{ErrorCode::FileNotReadable, u"the message ends early"_s, {}, {}} : piece.error());
    const QByteArrayView octets = QByteArrayView{*piece}.first(qMin<qint64>(piece->size(), contentOctets() - m_contentSent));
    m_stuffer.feed(octets, m_effects.send);
    m_contentSent += octets.size();
    m_progress += static_cast<quint64>(octets.size());
    if (m_contentSent == contentOctets())
        m_stuffer.finish(m_effects.send);
}

/// Content: from a 250 on the server is responsible. RFC 5321 section 6.1.
void SmtpClient::onContent(const net::SmtpReply &reply)
{
    if (!reply.isPositive())
        return refuse(reply.code == 552 ? ErrorCode::MessageTooLarge : ErrorCode::MessageRefused, reply);
    if (isContentUnfinished())
        return refuse(ErrorCode::ProtocolViolation, reply, u"a yes before the message was sent"_s);
    finish(SubmissionReceipt{m_refused, reply.lastLine(), m_offered.hasDsn});
}

void SmtpClient::sendLine(const QByteArray &line)
{
    sendSecretLine(line, line);
}

void SmtpClient::sendSecretLine(const QByteArray &line, const QByteArray &shown)
{
    m_effects.send += line + "\r\n";
    if (m_log)
        m_log(false, shown);
}

void SmtpClient::refuse(ErrorCode code, const net::SmtpReply &reply, const QString &detail)
{
    finish(base::Error{code, detail, {}, reply.inOneLine()});
}

void SmtpClient::finish(base::Result<SubmissionReceipt> outcome)
{
    // In the middle of a handshake or of the content, QUIT would be taken for something else.
    const bool isListening = m_state != State::Handshake && m_state != State::Over && !isContentUnfinished();
    m_state = State::Over;
    m_outcome = std::move(outcome);
    if (isListening)
        sendLine("QUIT"_ba);
}

} // namespace transport
