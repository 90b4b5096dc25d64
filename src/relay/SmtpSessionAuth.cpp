// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SmtpSession that logs users in. RFC 4954.
#include "relay/SmtpSession.h"

#include "relay/Users.h"

namespace relay {

// After EHLO, outside a transaction, not logged in, under TLS or on loopback. RFC 4954 section 4.
void SmtpSession::onAuth(QByteArrayView argument)
{
    if (m_helo.isEmpty() || m_transaction || !m_user.isEmpty())
        return replyError(503, "5.5.1", m_helo.isEmpty() ? "Say EHLO first" : m_transaction ? "Not within a transaction" : "Logged in already");
    if (!mayAuthenticate())
        return replyError(538, "5.7.11", "A password needs encryption: say STARTTLS first");
    if (!m_backend.mayLogIn()) {
        reply(421, "4.7.0", "Too many wrong passwords came from your address; try again later");
        return closeAfterReply("too many failed logins from this address");
    }
    if (argument.isEmpty())
        return replyError(501, "5.5.4", "Syntax: AUTH mechanism");
    const qsizetype blank = argument.indexOf(' ');
    const std::optional<SaslExchange::Mechanism> mechanism = SaslExchange::mechanismOf(blank < 0 ? argument : argument.first(blank));
    if (!mechanism)
        return replyError(504, "5.5.4", "This mechanism is not offered");
    std::optional<QByteArray> initial;
    if (blank >= 0) {
        initial = decodeSasl(argument.sliced(blank + 1).trimmed());
        if (!initial)
            return replyError(501, "5.5.2", "Not base64");
    }
    m_mode = Mode::Sasl;
    m_channel.setLimit(net::kSmtpAuthLineLimit);
    m_sasl.emplace(*mechanism);
    follow(m_sasl->begin(initial));
}

void SmtpSession::onSaslLine(QByteArrayView line)
{
    if (line == "*")
        return finishSasl(LoginOutcome::Malformed);
    // An empty line is an empty response (RFC 4422), "=" only stands in initial ones.
    const std::optional<QByteArray> response = line.isEmpty() ? std::optional{QByteArray{""}} : decodeSasl(line);
    if (!response)
        return finishSasl(LoginOutcome::Malformed);
    follow(m_sasl->take(*response));
}

void SmtpSession::follow(const SaslExchange::Step &step)
{
    if (const auto *challenge = std::get_if<SaslExchange::Challenge>(&step)) {
        m_out.append("334 ").append(challenge->text.toBase64()).append("\r\n");
        m_backend.noteLine(MonitorEvent::Kind::LineOut, "334 ****");
    } else if (const auto *find = std::get_if<SaslExchange::FindVerifier>(&step)) {
        m_saslName = mailboxKey(find->name);
        m_wait = Wait::Verifier;
        m_backend.findVerifier(m_saslName);
    } else if (const auto *check = std::get_if<SaslExchange::CheckPassword>(&step)) {
        m_saslName = mailboxKey(check->name);
        m_wait = Wait::Password;
        m_backend.checkPassword(m_saslName, check->password);
    } else if (const auto *refused = std::get_if<SaslExchange::Refused>(&step)) {
        finishSasl(refused->isMalformed ? LoginOutcome::Malformed : LoginOutcome::Refused);
    } else {
        finishSasl(LoginOutcome::Accepted);
    }
}

void SmtpSession::verifierFound(const net::ScramVerifier &verifier)
{
    if (m_wait != Wait::Verifier || m_isClosed)
        return;
    m_wait = Wait::Nothing;
    follow(m_sasl->verifierFound(verifier));
    process();
}

void SmtpSession::passwordChecked(bool isRight)
{
    if (m_wait != Wait::Password)
        return;
    m_wait = Wait::Nothing;
    finishSasl(isRight ? LoginOutcome::Accepted : LoginOutcome::Refused);
    process();
}

/// RFC 4954 section 4: too long a line ends the exchange with 500 5.5.6.
void SmtpSession::breakOffSasl(bool isLineTooLong)
{
    if (!isLineTooLong)
        return finishSasl(LoginOutcome::Malformed);
    m_mode = Mode::Commands;
    m_channel.setLimit(net::kSmtpCommandLimit);
    m_sasl.reset();
    replyError(500, "5.5.6", "The line is too long");
}

void SmtpSession::finishSasl(LoginOutcome outcome)
{
    m_mode = Mode::Commands;
    m_channel.setLimit(net::kSmtpCommandLimit);
    m_sasl.reset();
    if (outcome == LoginOutcome::Accepted && !m_saslName.isEmpty()) {
        m_user = m_saslName;
        return reply(235, "2.7.0", "Authentication succeeded");
    }
    if (outcome == LoginOutcome::Malformed)
        return replyError(501, "5.5.2", "Authentication was broken off");
    m_backend.countLoginFailure();
    if (++m_loginFailures < m_settings.limits.maxLoginFailures)
        return reply(535, "5.7.8", "Name or password is wrong");
    reply(421, "4.7.0", "Too many failed logins, closing");
    closeAfterReply("too many failed logins");
}

} // namespace relay
