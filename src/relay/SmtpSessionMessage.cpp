// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SmtpSession that takes the text of a message: DATA, BDAT, commit.
#include "relay/SmtpSession.h"

#include "mime/Address.h"
#include "relay/Users.h"

#include <algorithm>

namespace relay {

using base::ErrorCode;
using Kind = MonitorEvent::Kind;

// In a transaction with a recipient, no chunk sent. RFC 5321 section 4.1.1.4, RFC 3030 section 2.
void SmtpSession::onData(QByteArrayView argument)
{
    if (!m_transaction || m_intake)
        return refuseData(503, m_intake ? "5.5.1 DATA and BDAT do not mix" : "5.5.1 Say MAIL first");
    if (m_transaction->addressed.isEmpty())
        return refuseData(554, "5.5.1 There is no valid recipient");
    if (!argument.isEmpty())
        return refuseData(501, "5.5.4 DATA takes no parameter");
    m_intake.emplace(m_backend.nextMessageId(), m_settings, m_transaction->text);
    if (m_backend.faults())
        prepareFaults();
    m_mode = Mode::Data;
    reply(354, {}, "End the message with <CRLF>.<CRLF>");
}

void SmtpSession::refuseData(int code, QByteArrayView text)
{
    replyError(code, text.first(5), text.sliced(6));
    closeIfTextFollows();
}

/// Whoever pipelines must wait here (RFC 2920 section 3.1). What lies behind a DATA that is refused is a message's text, sent unasked:
/// as commands it could be anything.
void SmtpSession::closeIfTextFollows()
{
    if (m_isClosed || m_channel.isEmpty())
        return;
    reply(421, "4.7.0", "Text was sent unasked, closing");
    closeAfterReply("text behind a refused DATA");
}

// In a transaction with a recipient. RFC 3030 section 2. The chunk follows whatever is answered, so a wrong one is swallowed.
void SmtpSession::onBdat(QByteArrayView argument)
{
    const qsizetype blank = argument.indexOf(' ');
    const QByteArrayView number = blank < 0 ? argument : argument.first(blank);
    const QByteArrayView last = blank < 0 ? QByteArrayView{} : argument.sliced(blank + 1).trimmed();
    const bool isNumber = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 octets = number.toLongLong(&fits);
    if (!isNumber || !fits || (!last.isEmpty() && last.compare("LAST", Qt::CaseInsensitive) != 0)) {
        // Nobody knows how much of what follows is text: never read it as commands.
        reply(501, "5.5.4", "Syntax: BDAT octets [LAST]");
        return closeAfterReply("malformed BDAT");
    }
    if (octets > 2 * m_settings.limits.maxMessageOctets + MessageIntake::kTolerance) {
        reply(552, "5.3.4", "The message is larger than this server takes");
        return closeAfterReply("message far over the limit");
    }
    if (m_transaction && !m_transaction->addressed.isEmpty() && !m_intake) {
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
    m_bodyOctets += static_cast<quint64>(taken);
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
    m_bodyOctets += static_cast<quint64>(taken);
    if (m_intake) {
        m_intake->feedPlain(bytes.first(taken));
        if (m_intake->isHopeless()) {
            reply(552, "5.3.4", "The message is larger than this server takes");
            closeAfterReply("message far over the limit");
            return taken;
        }
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
        return replyError(m_transaction ? 554 : 503, "5.5.1", m_transaction ? "There is no valid recipient" : "Say MAIL and RCPT first");
    if (m_isLastChunk) {
        m_intake->endPlain();
        return endMessage();
    }
    if (const auto refusal = m_intake->refusal())
        return refuseMessage(*refusal);
    reply(250, "2.0.0", "Ok");
}

void SmtpSession::handOnFullPiece()
{
    if (!m_intake->isPieceFull() || (m_faults && holdsWholeMessage()))
        return;
    m_backend.append(m_intake->id(), m_intake->takeHeld());
    // A disk that is slower than the peer must not be waited for in memory.
    if (m_backend.isCongested())
        m_wait = Wait::Room;
}

void SmtpSession::resume()
{
    if (m_wait != Wait::Room)
        return;
    m_wait = Wait::Nothing;
    process();
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
    if (!m_user.isEmpty() && m_settings.senderOfUsers == SenderPolicy::MustBeOwnAndFrom && !isFromOwn())
        return refuseMessage({550, "5.7.1", "The From line names an address that is not yours"});
    // Elsewhere there is room for all that we know.
    const bool isForHere = m_transaction->recipients.size() > 0;
    const auto room = isForHere ? m_backend.room(m_transaction->recipients, m_intake->octets()) : SmtpBackend::Recipient::Elsewhere;
    if (room == SmtpBackend::Recipient::NeverFits)
        return refuseMessage({552, "5.2.2", "The message is larger than the mailbox may be"});
    if (room == SmtpBackend::Recipient::Full)
        return refuseMessage({452, "4.2.2", "The mailbox has no room for it; try again later"});
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

/// What is too long to be looked at whole, or names nobody, is nobody's own.
bool SmtpSession::isFromOwn() const
{
    const QByteArray &from = m_intake->from();
    const QList<mime::Address> addresses = from.size() < HeaderWatch::kFromLimit ? mime::parseAddresses(from) : QList<mime::Address>{};
    return !addresses.isEmpty() && std::all_of(addresses.cbegin(), addresses.cend(), [this](const mime::Address &address) {
        return m_backend.isOwn(m_user, mailboxKey(address.mailbox.toUtf8()));
    });
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
                       m_transaction->addressed.size() == 1 ? m_transaction->firstRecipient : QByteArray{}, receivedMs});
}

store::SpoolLetter SmtpSession::makeLetter()
{
    store::SpoolLetter letter;
    letter.id = m_intake->id();
    letter.sender = m_transaction->sender;
    letter.recipients = m_transaction->recipients;
    letter.addressed = m_transaction->addressed;
    letter.receivedMs = m_backend.nowMs();
    letter.isCopy = m_settings.repetitions == RepetitionPolicy::KeepEach;
    letter.trace = traceFor(letter.id, letter.receivedMs);
    if (!m_transaction->order.recipients.isEmpty()) {
        store::SpoolOrder &order = m_transaction->order;
        for (store::QueuedRecipient &one : order.recipients)
            one.nextMs = one.state == store::QueueState::Waiting ? letter.receivedMs : 0;
        order.hasEightBit = m_intake->hasEightBit();
        order.isUtf8 = m_transaction->isUtf8;
        letter.order = std::make_shared<const store::SpoolOrder>(std::move(order));
    }
    letter.rest = m_intake->takeHeld();
    letter.bodyOctets = m_intake->octets();
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
