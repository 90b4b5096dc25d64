// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/SmtpSession.h"

#include "net/SmtpDsn.h"
#include "relay/AuthLine.h"
#include "relay/Users.h"

#include <QSet>
#include <algorithm>

namespace relay {

using net::SmtpVerb;
using Kind = MonitorEvent::Kind;

namespace {
/// Replies to commands that came together go out together, but no more of them than this.
constexpr qsizetype kMostReplyOctets = 16 * 1024;
} // namespace

SmtpSession::SmtpSession(const SmtpSettings &settings, Peer peer, SmtpBackend &backend)
    : m_settings(settings), m_peer(std::move(peer)), m_backend(backend) {}

SmtpSession::~SmtpSession()
{
    forgetTransaction();
}

void SmtpSession::start()
{
    if (!m_backend.faults() || !meetsFaultAtGreeting())
        greet();
}

void SmtpSession::greet()
{
    m_out.append("220 ").append(m_settings.hostName).append(" ESMTP Waxwing\r\n");
    m_backend.noteLine(Kind::LineOut, QByteArrayView{m_out}.chopped(2));
    flush();
}

void SmtpSession::receive(QByteArrayView bytes)
{
    if (m_isClosed)
        return;
    // The body of a message need not pass through the line buffer.
    if (!isWaiting() && m_channel.isEmpty() && (m_mode == Mode::Data || m_mode == Mode::Chunk))
        bytes = bytes.sliced(m_mode == Mode::Data ? takeBody(bytes) : takeChunk(bytes));
    m_channel.append(bytes);
    process();
}

/// Goes on until there is nothing to read or an answer is awaited. An answer that comes while this runs only clears m_wait.
void SmtpSession::process()
{
    if (m_isProcessing)
        return;
    m_isProcessing = true;
    while (!isWaiting() && !m_isClosed) {
        if (m_out.size() >= kMostReplyOctets)
            flush();
        // Whoever does not read our replies is not read either; nor is more of a message while the disk is behind.
        if (m_backend.isCongested()) {
            m_wait = Wait::Room;
            break;
        }
        if (m_mode == Mode::Data || m_mode == Mode::Chunk) {
            if (m_channel.isEmpty())
                break;
            m_channel.consume(m_mode == Mode::Data ? takeBody(m_channel.unread()) : takeChunk(m_channel.unread()));
            continue;
        }
        const net::LineChannel::Next next = m_channel.next();
        if (next.status == net::LineChannel::Status::NeedMore)
            break;
        if (next.status == net::LineChannel::Status::Line)
            handleLine(next.line);
        else if (m_mode == Mode::Sasl)
            breakOffSasl(next.status == net::LineChannel::Status::TooLong);
        else if (next.status == net::LineChannel::Status::TooLong)
            replyError(500, "5.5.2", "The line is too long");
        else if (next.status == net::LineChannel::Status::Nul)
            replyError(500, "5.5.2", "A NUL octet has no place in a command");
        else
            replyError(500, "5.5.2", "Bare CR or LF is refused: every line must end with CRLF");
    }
    m_isProcessing = false;
    flush();
}

void SmtpSession::flush()
{
    // Out of reach of whatever send() may set off.
    if (!m_out.isEmpty())
        m_backend.send(std::exchange(m_out, {}));
}

void SmtpSession::reply(int code, QByteArrayView enhanced, QByteArrayView text)
{
    const qsizetype before = m_out.size();
    m_out.append(QByteArray::number(code)).append(' ');
    if (!enhanced.isEmpty())
        m_out.append(enhanced).append(' ');
    m_out.append(text).append("\r\n");
    m_backend.noteLine(Kind::LineOut, QByteArrayView{m_out}.sliced(before).chopped(2));
}

/// A peer that makes mistake after mistake is not a mail program.
void SmtpSession::replyError(int code, QByteArrayView enhanced, QByteArrayView text)
{
    if (++m_errors < m_settings.limits.maxCommandErrors)
        return reply(code, enhanced, text);
    reply(421, "4.7.0", "Too many errors, closing");
    closeAfterReply("too many errors");
}

void SmtpSession::closeAfterReply(QByteArrayView why)
{
    forgetTransaction();
    m_isClosed = true;
    flush();
    m_backend.close(why);
}

void SmtpSession::shutDown(QByteArrayView text)
{
    if (m_isClosed)
        return;
    reply(421, "4.3.2", text);
    closeAfterReply(text);
}

void SmtpSession::tlsStarted(const QByteArray &description)
{
    m_peer.tls = description;
    m_channel.clear();
    forgetTransaction();
    m_helo.clear();
    m_user.clear();
    m_isExtended = false;
    m_wait = Wait::Nothing;
}

void SmtpSession::forgetTransaction()
{
    if (m_intake && m_intake->hasHandedOn())
        m_backend.abandon(m_intake->id());
    m_intake.reset();
    m_transaction.reset();
    if (m_faults)
        m_faults->forgetMessage();
    m_mode = Mode::Commands;
}

/// What a client says after AUTH is never shown. Nor is what is no command: a client that did not notice a refused AUTH goes on with its
/// password.
QByteArray SmtpSession::maskedLine(const net::SmtpCommand &command, QByteArrayView line)
{
    if (command.verb == SmtpVerb::Unknown)
        return "(no command, " + QByteArray::number(line.size()) + " octets)";
    return command.verb == SmtpVerb::Auth ? maskedAuth(command.argument) : line.toByteArray();
}

void SmtpSession::handleLine(QByteArrayView line)
{
    ++m_lines;
    if (m_mode == Mode::Sasl) {
        m_backend.noteLine(Kind::LineIn, "****");
        return onSaslLine(line);
    }
    const net::SmtpCommand command = net::parseSmtpCommand(line);
    if (m_backend.isWatched())
        m_backend.noteLine(Kind::LineIn, maskedLine(command, line));
    handleCommand(command, line);
}

void SmtpSession::handleCommand(const net::SmtpCommand &command, QByteArrayView line)
{
    if (m_backend.faults() && meetsFault(command, line))
        return;
    switch (command.verb) {
    case SmtpVerb::Helo:
    case SmtpVerb::Ehlo:
        return onHello(command.verb, command.argument);
    case SmtpVerb::Mail:
        return onMail(command.argument);
    case SmtpVerb::Rcpt:
        return onRcpt(command.argument);
    case SmtpVerb::Data:
        return onData(command.argument);
    case SmtpVerb::Bdat:
        return onBdat(command.argument);
    case SmtpVerb::Rset:
        forgetTransaction();
        return reply(250, "2.0.0", "Ok");
    case SmtpVerb::Noop:
        return reply(250, "2.0.0", "Ok");
    case SmtpVerb::Quit:
        reply(221, "2.0.0", "Goodbye");
        return closeAfterReply("QUIT");
    case SmtpVerb::Vrfy:
        return reply(252, "2.5.2", "Cannot tell; send the message and see");
    case SmtpVerb::Expn:
        return replyError(502, "5.5.1", "There are no lists here");
    case SmtpVerb::Help:
        return reply(214, "2.0.0", "RFC 5321");
    case SmtpVerb::StartTls:
        return onStartTls(command.argument);
    case SmtpVerb::Auth:
        return onAuth(command.argument);
    case SmtpVerb::Unknown:
        break;
    }
    // A browser that was made to post here would go on with lines of its own choice.
    for (const QByteArrayView foreign : {"GET ", "POST ", "PUT ", "CONNECT ", "HEAD "}) {
        if (line.startsWith(foreign)) {
            reply(421, "4.7.0", "This is a mail server");
            return closeAfterReply("HTTP");
        }
    }
    replyError(500, "5.5.2", "Command not known");
}

bool SmtpSession::mayAuthenticate() const
{
    return m_peer.isPrivate();
}

// Any state. RFC 5321 section 4.1.1.1.
void SmtpSession::onHello(SmtpVerb verb, QByteArrayView argument)
{
    if (argument.isEmpty())
        return replyError(501, "5.5.4", "A name is missing");
    forgetTransaction();
    m_helo = argument.toByteArray();
    m_isExtended = verb == SmtpVerb::Ehlo;
    if (!m_isExtended)
        return reply(250, {}, m_settings.hostName);
    QList<QByteArray> lines{m_settings.hostName, "PIPELINING", "SIZE " + QByteArray::number(m_settings.limits.maxMessageOctets),
                            "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "CHUNKING", "DSN"};
    if (m_settings.offersTls && m_peer.tls.isEmpty() && !hidesTls())
        lines.append("STARTTLS");
    if (mayAuthenticate() && m_user.isEmpty())
        lines.append("AUTH SCRAM-SHA-256 PLAIN LOGIN");
    net::appendSmtpReply(m_out, 250, {}, lines);
    for (qsizetype i = 0; i < lines.size(); ++i)
        m_backend.noteLine(Kind::LineOut, (i + 1 < lines.size() ? "250-" : "250 ") + lines[i]);
}

// After EHLO or HELO, outside a transaction. RFC 5321 section 4.1.1.2.
void SmtpSession::onMail(QByteArrayView argument)
{
    if (m_helo.isEmpty())
        return replyError(503, "5.5.1", "Say EHLO first");
    if (m_transaction)
        return replyError(503, "5.5.1", "There is a sender already");
    if (!m_peer.isPrivate() && !m_settings.isOpenRelay)
        return replyError(530, "5.7.0", "Say STARTTLS first");
    if (m_user.isEmpty() && (m_settings.isSubmission || !(m_peer.isLoopback || m_settings.isOpenRelay)))
        return replyError(530, "5.7.0", "Authentication required");
    const base::Result<net::SmtpPath> path = net::parseMailArgument(argument);
    if (!path && path.error().code == base::ErrorCode::AddressInvalid)
        return replyError(501, "5.1.7", "The sender's address is malformed");
    if (!path)
        return replyError(501, "5.5.4", "Syntax: MAIL FROM:<address>");
    Transaction transaction;
    transaction.sender = path->mailbox;
    if (!takeMailParameters(*path, transaction) || !isSenderAllowed(transaction))
        return;
    if (!m_backend.countMessage(m_user))
        return reply(450, "4.7.1", "Too many messages; try again in a minute");
    m_transaction = std::move(transaction);
    reply(250, "2.1.0", "Ok");
}

bool SmtpSession::takeMailParameters(const net::SmtpPath &path, Transaction &transaction)
{
    QSet<QByteArray> seen;
    for (const net::SmtpParameter &parameter : path.parameters) {
        if (seen.contains(parameter.name)) {
            replyError(501, "5.5.4", "A parameter is given twice");
            return false;
        }
        seen.insert(parameter.name);
        switch (takeMailParameter(parameter, transaction)) {
        case Parameter::Taken:
            break;
        case Parameter::Wrong:
            replyError(501, "5.5.4", "A parameter has a wrong value");
            return false;
        case Parameter::Unknown:
            replyError(555, "5.5.4", "A parameter is not known");
            return false;
        case Parameter::TooLarge:
            reply(552, "5.3.4", "The message is larger than this server takes");
            return false;
        }
    }
    return true;
}

SmtpSession::Parameter SmtpSession::takeMailParameter(const net::SmtpParameter &parameter, Transaction &transaction) const
{
    const QByteArray value = parameter.value.value_or(QByteArray{});
    if (parameter.name == "SIZE") { // RFC 1870 section 5: up to 20 digits.
        if (value.isEmpty() || value.size() > 20 || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return Parameter::Wrong;
        bool fits = false;
        transaction.declaredOctets = value.toLongLong(&fits);
        return fits && transaction.declaredOctets <= m_settings.limits.maxMessageOctets ? Parameter::Taken : Parameter::TooLarge;
    }
    if (parameter.name == "BODY") { // RFC 6152 section 2; BINARYMIME is not offered (RFC 3030 section 3).
        const QByteArray upper = value.toUpper();
        if (upper == "8BITMIME")
            transaction.text = MessageIntake::Text::EightBit;
        return upper == "7BIT" || upper == "8BITMIME" ? Parameter::Taken : upper == "BINARYMIME" ? Parameter::Unknown : Parameter::Wrong;
    }
    if (parameter.name == "SMTPUTF8") { // RFC 6531 section 3.4.
        transaction.isUtf8 = true;
        transaction.text = MessageIntake::Text::EightBit;
        return parameter.value ? Parameter::Wrong : Parameter::Taken;
    }
    if (parameter.name == "RET" || parameter.name == "ENVID") { // RFC 3461 sections 4.3, 4.4.
        const base::Result<QByteArray> asked = parameter.name == "RET" ? net::parseDsnReturn(value) : net::parseDsnEnvelopeId(value);
        (parameter.name == "RET" ? transaction.order.returns : transaction.order.envelopeId) = asked ? *asked : QByteArray{};
        return asked ? Parameter::Taken : Parameter::Wrong;
    }
    if (parameter.name == "AUTH") // RFC 4954 section 5; whom a client speaks for is not passed on.
        return !value.isEmpty() && net::decodeXtext(value) ? Parameter::Taken : Parameter::Wrong;
    return Parameter::Unknown;
}

bool SmtpSession::isSenderAllowed(const Transaction &transaction)
{
    if (!transaction.isUtf8 && !transaction.sender.isEmpty() && !net::isSmtpMailbox(transaction.sender, net::SmtpCharset::Ascii)) {
        reply(553, "5.6.7", "An address beyond ASCII needs SMTPUTF8");
        return false;
    }
    if (!m_user.isEmpty() && m_settings.senderOfUsers != SenderPolicy::Any && !transaction.sender.isEmpty()
        && !m_backend.isOwn(m_user, mailboxKey(transaction.sender))) {
        reply(553, "5.7.1", "This address is not yours to send from");
        return false;
    }
    return true;
}

// In a transaction, before DATA. RFC 5321 section 4.1.1.3.
void SmtpSession::onRcpt(QByteArrayView argument)
{
    if (!m_transaction || m_intake)
        return replyError(503, "5.5.1", m_intake ? "The text has begun; no more recipients" : "Say MAIL first");
    const base::Result<net::SmtpPath> path = net::parseRcptArgument(argument);
    if (!path && path.error().code == base::ErrorCode::AddressInvalid)
        return replyError(501, "5.1.3", "The recipient's address is malformed");
    if (!path)
        return replyError(501, "5.5.4", "Syntax: RCPT TO:<address>");
    if (!takeRcptParameters(*path))
        return;
    if (!m_transaction->isUtf8 && path->mailbox.contains('@') && !net::isSmtpMailbox(path->mailbox, net::SmtpCharset::Ascii))
        return reply(553, "5.6.7", "An address beyond ASCII needs SMTPUTF8");
    if (m_transaction->addressed.size() >= m_settings.limits.maxRecipients)
        return reply(452, "4.5.3", "Too many recipients; send to the others in a message of its own");
    m_pendingRecipient.address = path->mailbox;
    m_pendingKey = mailboxKey(path->mailbox.contains('@') ? path->mailbox : path->mailbox + '@' + m_settings.hostName);
    m_wait = Wait::Recipient;
    const SmtpBackend::Found answer = m_backend.recipient(m_pendingKey, m_transaction->declaredOctets);
    if (answer.kind != SmtpBackend::Recipient::Pending)
        recipientFound(answer);
}

/// RFC 3461 sections 4.1, 4.2.
bool SmtpSession::takeRcptParameters(const net::SmtpPath &path)
{
    m_pendingRecipient = {};
    const auto charset = m_transaction->isUtf8 ? net::DsnCharset::Utf8 : net::DsnCharset::Ascii;
    for (const net::SmtpParameter &parameter : path.parameters) {
        const bool isNotify = parameter.name == "NOTIFY";
        if (!isNotify && parameter.name != "ORCPT") {
            replyError(555, "5.5.4", "A parameter is not known");
            return false;
        }
        const QByteArray value = parameter.value.value_or(QByteArray{});
        const base::Result<QByteArray> asked = isNotify ? net::parseDsnNotify(value) : net::parseDsnOriginalRecipient(value, charset);
        if (!asked || path.find(parameter.name) != &parameter) {
            replyError(501, "5.5.4", isNotify ? "NOTIFY is NEVER, or a list of SUCCESS, FAILURE and DELAY" : "ORCPT is TYPE;ADDRESS in xtext, at most 500 octets");
            return false;
        }
        (isNotify ? m_pendingRecipient.notify : m_pendingRecipient.originalRecipient) = *asked;
    }
    return true;
}

/// But for the switch in capitals, no configuration makes a peer from elsewhere without login a sender to elsewhere.
bool SmtpSession::mayBeCarriedOnward() const
{
    return !m_user.isEmpty() || m_settings.isOpenRelay
        || (m_peer.isLoopback && m_settings.onward == OnwardPolicy::AlsoFromLoopbackWithoutLogin);
}

void SmtpSession::recipientFound(const SmtpBackend::Found &found)
{
    if (m_wait != Wait::Recipient)
        return;
    m_wait = Wait::Nothing;
    switch (found.kind) {
    case SmtpBackend::Recipient::Local:
        addRecipient(found.mailbox);
        break;
    case SmtpBackend::Recipient::Elsewhere:
        addRecipientElsewhere();
        break;
    case SmtpBackend::Recipient::Full:
        reply(452, "4.2.2", "The mailbox is full; try again later");
        break;
    case SmtpBackend::Recipient::NeverFits:
        reply(552, "5.2.2", "The message is larger than the mailbox may be");
        break;
    case SmtpBackend::Recipient::Unknown:
    case SmtpBackend::Recipient::Pending:
        replyError(550, "5.1.1", "There is no such mailbox here");
        break;
    }
    process();
}

void SmtpSession::addRecipient(const QByteArray &mailbox)
{
    if (m_transaction->addressed.isEmpty())
        m_transaction->firstRecipient = m_pendingRecipient.address;
    if (!m_transaction->recipients.contains(mailbox))
        m_transaction->recipients.append(mailbox);
    if (!m_transaction->addressed.contains(m_pendingKey)) {
        m_transaction->addressed.append(m_pendingKey);
        // Nobody is told about what has no sender. RFC 3461 section 4.1 wants SUCCESS to be asked for.
        if (!m_transaction->sender.isEmpty() && !m_pendingRecipient.notify.isEmpty() && net::wantsDsn(m_pendingRecipient.notify, net::DsnEvent::Success)) {
            m_pendingRecipient.state = store::QueueState::Delivered;
            m_transaction->order.recipients.append(m_pendingRecipient);
        }
    }
    reply(250, "2.1.5", "Ok");
}

void SmtpSession::addRecipientElsewhere()
{
    if (!mayBeCarriedOnward())
        return replyError(550, "5.7.1", "Log in to send mail to other servers");
    if (m_transaction->addressed.isEmpty())
        m_transaction->firstRecipient = m_pendingRecipient.address;
    if (!m_transaction->addressed.contains(m_pendingKey)) {
        m_transaction->addressed.append(m_pendingKey);
        m_pendingRecipient.state = store::QueueState::Waiting;
        m_transaction->order.recipients.append(m_pendingRecipient);
    }
    reply(250, "2.1.5", "Ok, to be carried onward");
}

// Any state but within a message. RFC 3207 section 4.
void SmtpSession::onStartTls(QByteArrayView argument)
{
    if (!m_settings.offersTls || hidesTls())
        return replyError(502, "5.5.1", "TLS is not offered here");
    if (!m_peer.tls.isEmpty())
        return replyError(503, "5.5.1", "TLS is in use already");
    if (!argument.isEmpty())
        return replyError(501, "5.5.4", "STARTTLS takes no parameter");
    // What was sent together with this command could be an intruder's: it is thrown away.
    m_channel.clear();
    m_wait = Wait::Tls;
    reply(220, "2.0.0", "Ready to start TLS");
    flush();
    m_backend.startTls();
}

} // namespace relay
