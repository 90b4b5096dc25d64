// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SmtpSession that takes the text of a message: DATA, BDAT, commit.
#include "relay/SmtpSession.h"

#include <algorithm>

namespace relay {

using base::ErrorCode;
using Kind = MonitorEvent::Kind;

// In a transaction with a recipient, no chunk sent. RFC 5321 section 4.1.1.4, RFC 3030 section 2.
void SmtpSession::onData(QByteArrayView argument)
{
    if (!m_transaction || m_intake)
        return replyError(503, "5.5.1", m_intake ? "DATA and BDAT do not mix" : "Say MAIL first");
    if (m_transaction->recipients.isEmpty())
        return replyError(554, "5.5.1", "There is no valid recipient");
    if (!argument.isEmpty())
        return replyError(501, "5.5.4", "DATA takes no parameter");
    m_intake.emplace(m_backend.nextMessageId(), m_settings, m_transaction->text);
    if (m_backend.faults())
        prepareFaults();
    m_mode = Mode::Data;
    reply(354, {}, "End the message with <CRLF>.<CRLF>");
}

// In a transaction with a recipient. RFC 3030 section 2. The chunk follows whatever is answered, so a wrong one is swallowed.
void SmtpSession::onBdat(QByteArrayView argument)
{
    const qsizetype blank = argument.indexOf(' ');
    const QByteArrayView last = blank < 0 ? QByteArrayView{} : argument.sliced(blank + 1).trimmed();
    bool isNumber = false;
    const qint64 octets = (blank < 0 ? argument : argument.first(blank)).toLongLong(&isNumber);
    if (!isNumber || octets < 0 || (!last.isEmpty() && last.compare("LAST", Qt::CaseInsensitive) != 0)) {
        // Nobody knows how much of what follows is text: never read it as commands.
        reply(501, "5.5.4", "Syntax: BDAT octets [LAST]");
        return closeAfterReply("malformed BDAT");
    }
    if (m_transaction && !m_transaction->recipients.isEmpty() && !m_intake) {
        m_intake.emplace(m_backend.nextMessageId(), m_settings, m_transaction->text);
        if (m_backend.faults())
            prepareFaults();
    }
    m_chunkLeft = octets;
    m_isLastChunk = !last.isEmpty();
    m_mode = Mode::Chunk;
    if (octets == 0)
        endChunk();
}

qsizetype SmtpSession::takeBody(QByteArrayView bytes)
{
    const qsizetype taken = m_intake->feedDotted(bytes);
    if (m_faults && isCutOff())
        return taken;
    if (m_intake->isAtEnd()) {
        m_mode = Mode::Commands;
        endMessage();
    } else if (m_intake->isHopeless()) {
        reply(552, "5.3.4", "The message is larger than this server takes");
        closeAfterReply("message far over the limit");
    } else {
        handOnFullPiece();
    }
    return taken;
}

qsizetype SmtpSession::takeChunk(QByteArrayView bytes)
{
    const qsizetype taken = static_cast<qsizetype>(qMin<qint64>(m_chunkLeft, bytes.size()));
    m_chunkLeft -= taken;
    if (m_intake) {
        m_intake->feedPlain(bytes.first(taken));
        if (m_faults && isCutOff())
            return taken;
        handOnFullPiece();
    }
    if (m_chunkLeft == 0)
        endChunk();
    return taken;
}

void SmtpSession::endChunk()
{
    m_mode = Mode::Commands;
    if (!m_intake)
        return replyError(503, "5.5.1", "Say MAIL and RCPT first");
    if (m_isLastChunk)
        return endMessage();
    if (const auto refusal = m_intake->refusal())
        return refuseMessage(*refusal);
    reply(250, "2.0.0", "Ok");
}

void SmtpSession::handOnFullPiece()
{
    if (m_intake->isPieceFull() && !(m_faults && holdsWholeMessage()))
        m_backend.append(m_intake->id(), m_intake->takeHeld());
}

void SmtpSession::refuseMessage(const MessageIntake::Refusal &refusal)
{
    forgetTransaction();
    replyError(refusal.code, refusal.enhanced, refusal.text);
}

void SmtpSession::endMessage()
{
    if (m_backend.isWatched())
        m_backend.note(Kind::BodyIn, {}, m_intake->octets(), m_intake->id());
    if (const auto refusal = m_intake->refusal())
        return refuseMessage(*refusal);
    if (m_backend.faults() && meetsFaultAfterMessage())
        return;
    m_wait = Wait::Commit;
    const Held held = m_intake->hasHandedOn() ? Held::InPart : Held::Whole;
    store::SpoolLetter letter = makeLetter();
    if (m_faults)
        alterLetter(letter, held);
    // From here the spool owns what was handed on; committed() says what became of it.
    m_intake.reset();
    m_backend.commit(std::move(letter));
}

/// RFC 3848, RFC 6531 section 4.3.
QByteArray SmtpSession::protocolName() const
{
    if (!m_isExtended)
        return "SMTP";
    QByteArray name = m_transaction->isUtf8 ? "UTF8SMTP" : "ESMTP";
    if (!m_peer.tls.isEmpty())
        name += 'S';
    if (!m_user.isEmpty())
        name += 'A';
    return name;
}

QByteArray SmtpSession::traceFor(qint64 id, qint64 receivedMs) const
{
    return traceLines({m_transaction->sender, m_helo, m_peer.address, m_settings.hostName, m_peer.tls, protocolName(), id,
                       m_transaction->recipients.size() == 1 ? m_transaction->firstRecipient : QByteArray{}, receivedMs});
}

store::SpoolLetter SmtpSession::makeLetter()
{
    store::SpoolLetter letter;
    letter.id = m_intake->id();
    letter.sender = m_transaction->sender;
    letter.recipients = m_transaction->recipients;
    letter.receivedMs = m_backend.nowMs();
    letter.trace = traceFor(letter.id, letter.receivedMs);
    letter.rest = m_intake->takeHeld();
    return letter;
}

void SmtpSession::committed(const base::Result<store::SpoolReceipt> &outcome)
{
    if (m_wait != Wait::Commit)
        return;
    m_wait = Wait::Nothing;
    if (m_faults && holdsReply(outcome))
        return;
    forgetTransaction();
    if (outcome) {
        reply(250, "2.0.0", (outcome->isDuplicate ? "Ok: stored already as " : "Ok: stored as ") + QByteArray::number(outcome->id));
    } else if (outcome.error().code == ErrorCode::UserUnknown) {
        reply(550, "5.1.1", "The mailbox was just removed");
    } else if (outcome.error().code == ErrorCode::DiskFull) {
        reply(452, "4.3.1", "There is no room at the moment; try again later");
    } else {
        reply(451, "4.3.0", "The message could not be stored; try again later");
    }
    process();
}

} // namespace relay
