// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Pop3Session before the mailbox is open: STLS, USER and PASS, AUTH.
#include "relay/Pop3Session.h"

#include "relay/Users.h"

namespace relay {

using Kind = MonitorEvent::Kind;

// Before login. RFC 2595 section 4.
void Pop3Session::onStls()
{
    if (!m_settings.offersTls || !m_peer.tls.isEmpty() || hidesTls())
        return protocolError(m_peer.tls.isEmpty() ? "TLS is not offered here" : "TLS is in use already");
    if (m_isUtf8) // RFC 6856 section 2.1.
        return protocolError("STLS comes before UTF8");
    m_channel.clear();
    m_wait = Wait::Tls;
    ok("Begin TLS");
    flush();
    m_backend.startTls();
}

/// Says so and closes if the peer's address guesses passwords.
bool Pop3Session::isLockedOut()
{
    if (m_backend.mayLogIn())
        return false;
    error("[SYS/TEMP] Too many wrong passwords came from your address; try again later");
    closeAfterReply("too many failed logins from this address");
    return true;
}

// Before login. RFC 1939 section 7.
void Pop3Session::onUser(QByteArrayView argument)
{
    if (!m_peer.isPrivate())
        return protocolError("[AUTH] A password needs encryption: say STLS first");
    if (argument.isEmpty())
        return protocolError("A name is missing");
    if (isLockedOut())
        return;
    m_userName = argument.toByteArray();
    ok("Now the password");
}

void Pop3Session::onPass(QByteArrayView argument)
{
    if (m_userName.isEmpty())
        return protocolError("Say USER first");
    m_key = mailboxKey(m_userName);
    m_userName.clear();
    m_wait = Wait::Password;
    m_backend.checkPassword(m_key, base::Secret{argument});
}

// Before login. RFC 5034 section 4.
void Pop3Session::onAuth(QByteArrayView argument)
{
    if (!m_peer.isPrivate())
        return protocolError("[AUTH] A password needs encryption: say STLS first");
    if (argument.isEmpty()) { // An old way to ask for the list.
        ok("Mechanisms");
        m_out.append("SCRAM-SHA-256\r\nPLAIN\r\n.\r\n");
        return;
    }
    if (isLockedOut())
        return;
    const qsizetype blank = argument.indexOf(' ');
    const std::optional<SaslExchange::Mechanism> mechanism = SaslExchange::mechanismOf(blank < 0 ? argument : argument.first(blank));
    if (!mechanism)
        return protocolError("This mechanism is not offered");
    std::optional<QByteArray> initial;
    if (blank >= 0) {
        initial = decodeSasl(argument.sliced(blank + 1).trimmed());
        if (!initial)
            return protocolError("Not base64");
    }
    m_state = State::Sasl;
    m_channel.setLimit(net::kPop3AuthLineLimit);
    m_sasl.emplace(*mechanism);
    follow(m_sasl->begin(initial));
}

void Pop3Session::onSaslLine(QByteArrayView line)
{
    const std::optional<QByteArray> response = line.isEmpty() ? std::optional{QByteArray{""}} : decodeSasl(line);
    if (line == "*" || !response)
        return finishLogin(LoginOutcome::Malformed);
    follow(m_sasl->take(*response));
}

void Pop3Session::follow(const SaslExchange::Step &step)
{
    if (const auto *challenge = std::get_if<SaslExchange::Challenge>(&step)) {
        m_out.append("+ ").append(challenge->text.toBase64()).append("\r\n");
        m_backend.noteLine(Kind::LineOut, "+ ****");
    } else if (const auto *find = std::get_if<SaslExchange::FindVerifier>(&step)) {
        m_key = mailboxKey(find->name);
        m_wait = Wait::Verifier;
        m_backend.findVerifier(m_key);
    } else if (const auto *check = std::get_if<SaslExchange::CheckPassword>(&step)) {
        m_key = mailboxKey(check->name);
        m_wait = Wait::Password;
        m_backend.checkPassword(m_key, check->password);
    } else if (const auto *refused = std::get_if<SaslExchange::Refused>(&step)) {
        finishLogin(refused->isMalformed ? LoginOutcome::Malformed : LoginOutcome::Refused);
    } else {
        finishLogin(LoginOutcome::Accepted);
    }
}

void Pop3Session::verifierFound(const net::ScramVerifier &verifier)
{
    if (m_wait != Wait::Verifier || m_isClosed)
        return;
    m_wait = Wait::Nothing;
    follow(m_sasl->verifierFound(verifier));
    process();
}

void Pop3Session::passwordChecked(bool isRight)
{
    if (m_wait != Wait::Password)
        return;
    m_wait = Wait::Nothing;
    finishLogin(isRight ? LoginOutcome::Accepted : LoginOutcome::Refused);
    process();
}

void Pop3Session::finishLogin(LoginOutcome outcome)
{
    m_state = State::Authorization;
    m_channel.setLimit(net::kPop3CommandLimit);
    m_sasl.reset();
    if (outcome == LoginOutcome::Accepted && !m_key.isEmpty()) {
        m_wait = Wait::Mailbox;
        return m_backend.openMailbox(m_key);
    }
    m_key.clear();
    if (outcome == LoginOutcome::Malformed)
        return protocolError("Authentication was broken off");
    m_backend.countLoginFailure();
    error("[AUTH] Name or password is wrong");
    if (++m_loginFailures >= m_settings.limits.maxLoginFailures)
        closeAfterReply("too many failed logins");
}

void Pop3Session::mailboxOpened(const base::Result<QList<store::SpoolEntry>> &entries)
{
    if (m_wait != Wait::Mailbox)
        return;
    m_wait = Wait::Nothing;
    if (entries) {
        m_entries = *entries;
        m_isDeleted.fill(false, m_entries.size());
        m_state = State::Transaction;
        ok(QByteArray::number(m_entries.size()) + " messages");
    } else if (entries.error().code == base::ErrorCode::MailboxBusy) {
        error("[IN-USE] Another session has this mailbox open");
    } else {
        error("[SYS/TEMP] The mailbox could not be opened; try again later");
    }
    process();
}

} // namespace relay
