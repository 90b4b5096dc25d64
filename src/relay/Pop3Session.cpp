// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Pop3Session.h"

#include "mime/Charset.h"
#include "relay/AuthLine.h"

#include <algorithm>

namespace relay {

using net::Pop3Verb;
using Kind = MonitorEvent::Kind;

namespace {
/// So much is sent at once: enough for few calls, little enough for the processor's cache.
constexpr qsizetype kFlushOctets = 64 * 1024;
} // namespace

Pop3Session::Pop3Session(const Pop3Settings &settings, Peer peer, Pop3Backend &backend)
    : m_settings(settings), m_peer(std::move(peer)), m_backend(backend) {}

void Pop3Session::start()
{
    if (!m_backend.faults() || !meetsFaultAtGreeting())
        greet();
}

void Pop3Session::greet()
{
    ok("Waxwing POP3 ready");
    flush();
}

void Pop3Session::receive(QByteArrayView bytes)
{
    if (m_isClosed)
        return;
    m_channel.append(bytes);
    process();
}

void Pop3Session::process()
{
    if (m_isProcessing)
        return;
    m_isProcessing = true;
    while (!isWaiting() && !m_isClosed) {
        if (m_out.size() >= kFlushOctets)
            flush();
        if (m_backend.isCongested()) {
            m_wait = Wait::Room;
            break;
        }
        if (m_sending) {
            requestPiece();
            continue;
        }
        const net::LineChannel::Next next = m_channel.next();
        if (next.status == net::LineChannel::Status::NeedMore)
            break;
        if (next.status == net::LineChannel::Status::Line)
            handleLine(next.line);
        else if (m_state == State::Sasl)
            finishLogin(LoginOutcome::Malformed);
        else if (next.status == net::LineChannel::Status::TooLong)
            protocolError("The line is too long");
        else
            protocolError("Bare CR or LF and NUL are refused: every line must end with CRLF");
    }
    m_isProcessing = false;
    flush();
}

void Pop3Session::resume()
{
    if (m_wait != Wait::Room)
        return;
    m_wait = Wait::Nothing;
    process();
}

/// Sending may make room, and room may make this session go on within send(): what is being sent is out of its reach by then.
void Pop3Session::flush()
{
    if (!m_out.isEmpty())
        m_backend.send(std::exchange(m_out, {}));
}

void Pop3Session::ok(QByteArrayView text)
{
    const qsizetype before = m_out.size();
    m_out.append("+OK ").append(text).append("\r\n");
    m_backend.noteLine(Kind::LineOut, QByteArrayView{m_out}.sliced(before).chopped(2));
}

void Pop3Session::error(QByteArrayView text)
{
    const qsizetype before = m_out.size();
    m_out.append("-ERR ").append(text).append("\r\n");
    m_backend.noteLine(Kind::LineOut, QByteArrayView{m_out}.sliced(before).chopped(2));
}

void Pop3Session::protocolError(QByteArrayView text)
{
    error(text);
    if (++m_errors >= m_settings.limits.maxCommandErrors)
        closeAfterReply("too many errors");
}

void Pop3Session::closeAfterReply(QByteArrayView why)
{
    m_isClosed = true;
    m_sending.reset();
    flush();
    m_backend.close(why);
}

void Pop3Session::shutDown(QByteArrayView text)
{
    if (m_isClosed)
        return;
    // In the middle of a message a status line would become part of it.
    if (!m_sending || m_sending->sent == 0)
        error(QByteArray{"[SYS/TEMP] "}.append(text));
    closeAfterReply(text);
}

void Pop3Session::tlsStarted(const QByteArray &description)
{
    m_peer.tls = description;
    m_channel.clear();
    m_userName.clear();
    m_isUtf8 = false;
    m_wait = Wait::Nothing;
}

void Pop3Session::handleLine(QByteArrayView line)
{
    ++m_lines;
    if (m_state == State::Sasl) {
        m_backend.noteLine(Kind::LineIn, "****");
        return onSaslLine(line);
    }
    const net::Pop3Command command = net::parsePop3Command(line);
    if (m_backend.isWatched()) {
        if (command.verb == Pop3Verb::Pass)
            m_backend.noteLine(Kind::LineIn, "PASS ****");
        else if (command.verb == Pop3Verb::Unknown) // A mistyped PASS, or what follows a refused AUTH.
            m_backend.noteLine(Kind::LineIn, "(no command, " + QByteArray::number(line.size()) + " octets)");
        else if (command.verb == Pop3Verb::Auth)
            m_backend.noteLine(Kind::LineIn, maskedAuth(command.argument));
        else
            m_backend.noteLine(Kind::LineIn, line);
    }
    handleCommand(command, line);
}

void Pop3Session::handleCommand(const net::Pop3Command &command, QByteArrayView line)
{
    if (m_backend.faults() && meetsFault(command, line))
        return;
    if (handleAnywhere(command))
        return;
    if (m_state == State::Authorization)
        return handleAuthorization(command);
    handleTransaction(command);
}

bool Pop3Session::handleAnywhere(const net::Pop3Command &command)
{
    switch (command.verb) {
    case Pop3Verb::Capa:
        onCapa();
        return true;
    case Pop3Verb::Lang:
        onLang(command.argument);
        return true;
    case Pop3Verb::Quit:
        onQuit();
        return true;
    case Pop3Verb::Unknown:
        protocolError("Command not known");
        return true;
    default:
        return false;
    }
}

void Pop3Session::handleAuthorization(const net::Pop3Command &command)
{
    switch (command.verb) {
    case Pop3Verb::User:
        return onUser(command.argument);
    case Pop3Verb::Pass:
        return onPass(command.argument);
    case Pop3Verb::Auth:
        return onAuth(command.argument);
    case Pop3Verb::Stls:
        return onStls();
    case Pop3Verb::Utf8:
        return onUtf8(command.argument);
    default:
        protocolError("Log in first");
    }
}

void Pop3Session::handleTransaction(const net::Pop3Command &command)
{
    switch (command.verb) {
    case Pop3Verb::Stat:
        return onStat();
    case Pop3Verb::List:
        return onList(command.argument);
    case Pop3Verb::Uidl:
        return onUidl(command.argument);
    case Pop3Verb::Retr:
        return onRetr(command.argument);
    case Pop3Verb::Top:
        return onTop(command.argument);
    case Pop3Verb::Dele:
        return onDele(command.argument);
    case Pop3Verb::Rset:
        return onRset();
    case Pop3Verb::Noop:
        return ok("");
    default:
        protocolError("Not in this state");
    }
}

// Any state. RFC 2449 section 5.
void Pop3Session::onCapa()
{
    ok("Capabilities");
    m_out.append("TOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\nUTF8 USER\r\nLANG\r\n");
    if (!m_settings.expiry.isEmpty())
        m_out.append("EXPIRE ").append(m_settings.expiry).append("\r\n");
    if (m_peer.isPrivate())
        m_out.append("USER\r\nSASL SCRAM-SHA-256 PLAIN\r\n");
    if (m_settings.offersTls && m_peer.tls.isEmpty() && m_state == State::Authorization && !hidesTls())
        m_out.append("STLS\r\n");
    m_out.append("IMPLEMENTATION Waxwing\r\n.\r\n");
}

// Before login. RFC 6856 section 2.1.
void Pop3Session::onUtf8(QByteArrayView argument)
{
    if (!argument.isEmpty())
        return protocolError("UTF8 takes no argument");
    m_isUtf8 = true;
    ok("UTF-8 is understood");
}

// Any state. RFC 6856 section 3. What is said here is English, which i-default is as well (RFC 2277 section 4.5).
void Pop3Session::onLang(QByteArrayView argument)
{
    if (argument.isEmpty()) {
        ok("Languages");
        m_out.append("en English\r\ni-default Default language\r\n.\r\n");
        return;
    }
    for (const QByteArrayView tag : {"en", "i-default"})
        if (argument.compare(tag, Qt::CaseInsensitive) == 0)
            return ok(tag.toByteArray() + " Language changed");
    if (argument == "*")
        return ok("en Language changed");
    protocolError("This language is not known");
}

QByteArray Pop3Session::uidOf(int index) const
{
    return m_settings.generation + (m_faults ? m_faults->uidSalt : QByteArray{}) + '.' + QByteArray::number(m_entries[index].id);
}

std::optional<int> Pop3Session::find(QByteArrayView argument)
{
    const std::optional<int> number = net::parsePop3Number(argument);
    if (!number || *number < 1 || *number > m_entries.size()) {
        error("There is no such message");
        return std::nullopt;
    }
    if (m_isDeleted[*number - 1]) {
        error("The message is marked as deleted");
        return std::nullopt;
    }
    return *number - 1;
}

// RFC 1939 section 5.
void Pop3Session::onStat()
{
    qint64 octets = 0;
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        octets += m_isDeleted[i] ? 0 : m_entries[i].octets;
    ok(QByteArray::number(m_entries.size() - m_deletedCount) + ' ' + QByteArray::number(octets));
}

void Pop3Session::onList(QByteArrayView argument)
{
    if (!argument.isEmpty()) {
        if (const std::optional<int> index = find(argument))
            ok(QByteArray::number(*index + 1) + ' ' + QByteArray::number(m_entries[*index].octets));
        return;
    }
    ok("List follows");
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        if (!m_isDeleted[i])
            m_out.append(QByteArray::number(i + 1)).append(' ').append(QByteArray::number(m_entries[i].octets)).append("\r\n");
    m_out.append(".\r\n");
}

// RFC 1939 section 7.
void Pop3Session::onUidl(QByteArrayView argument)
{
    if (!argument.isEmpty()) {
        if (const std::optional<int> index = find(argument))
            ok(QByteArray::number(*index + 1) + ' ' + uidOf(*index));
        return;
    }
    ok("List follows");
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        if (!m_isDeleted[i])
            m_out.append(QByteArray::number(i + 1)).append(' ').append(uidOf(static_cast<int>(i))).append("\r\n");
    m_out.append(".\r\n");
}

void Pop3Session::onRetr(QByteArrayView argument)
{
    if (const std::optional<int> index = find(argument))
        beginSending(*index, -1);
}

void Pop3Session::onTop(QByteArrayView argument)
{
    const qsizetype blank = argument.indexOf(' ');
    const std::optional<int> lines = blank < 0 ? std::nullopt : net::parsePop3Number(argument.sliced(blank + 1));
    if (!lines)
        return protocolError("Syntax: TOP number lines");
    if (const std::optional<int> index = find(argument.first(blank)))
        beginSending(*index, *lines);
}

void Pop3Session::onDele(QByteArrayView argument)
{
    if (const std::optional<int> index = find(argument)) {
        m_isDeleted[*index] = true;
        ++m_deletedCount;
        ok("Deleted when you say QUIT");
    }
}

void Pop3Session::onRset()
{
    m_isDeleted.fill(false);
    m_deletedCount = 0;
    ok("");
}

// Any state; only here anything is deleted. RFC 1939 section 6.
void Pop3Session::onQuit()
{
    if (m_state != State::Transaction || m_deletedCount == 0) {
        ok("Goodbye");
        return closeAfterReply("QUIT");
    }
    QList<qint64> ids;
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        if (m_isDeleted[i])
            ids.append(m_entries[i].id);
    m_wait = Wait::Deletion;
    m_backend.deleteMessages(m_key, ids);
}

void Pop3Session::deleted(const base::Status &outcome)
{
    if (m_wait != Wait::Deletion)
        return;
    m_wait = Wait::Nothing;
    if (m_faults && m_faults->replyLoser)
        return drop(FaultRule{*m_faults->replyLoser});
    if (outcome)
        ok("Goodbye");
    else
        error("[SYS/TEMP] Some messages were not deleted");
    closeAfterReply("QUIT");
}

void Pop3Session::beginSending(int index, int linesLeft)
{
    m_sending = Sending{};
    m_sending->id = m_entries[index].id;
    m_sending->linesLeft = linesLeft;
}

/// From what was read ahead, or from the spool, together with the messages that will probably be asked for next.
void Pop3Session::requestPiece()
{
    const qint64 id = m_sending->id;
    const bool isBegin = m_sending->sent == 0;
    if (isBegin && m_readAhead.contains(id)) {
        const QByteArray octets = m_readAhead.take(id);
        m_aheadOctets -= octets.size();
        sendPiece({octets, octets.size()});
        // The spool's thread reads while this one sends.
        if (m_onTheirWay.isEmpty() && m_aheadOctets < store::kSpoolPieceOctets)
            readAhead({});
        return;
    }
    m_wait = Wait::Piece;
    if (isBegin && m_onTheirWay.contains(id))
        return;
    if (!isBegin || m_sending->linesLeft >= 0)
        return m_backend.readMessages({id}, m_sending->sent);
    m_readAhead.clear();
    m_aheadOctets = 0;
    m_aheadOf = id;
    readAhead({id});
}

/// Asks for `ids` and the messages behind those that were asked for last, as many as make one piece.
void Pop3Session::readAhead(QList<qint64> ids)
{
    constexpr int kMostAhead = 64;
    auto it = std::lower_bound(m_entries.cbegin(), m_entries.cend(), m_aheadOf, [](const store::SpoolEntry &e, qint64 id) { return e.id < id; });
    qint64 octets = ids.isEmpty() ? 0 : it->octets;
    for (++it; it != m_entries.cend() && ids.size() < kMostAhead; ++it) {
        octets += it->octets;
        if (octets > store::kSpoolPieceOctets)
            break;
        ids.append(it->id);
    }
    if (ids.isEmpty())
        return;
    m_aheadOf = ids.last();
    m_onTheirWay = {ids.cbegin(), ids.cend()};
    m_backend.readMessages(ids, 0);
}

void Pop3Session::pieceRead(qint64 id, const base::Result<store::SpoolPiece> &piece)
{
    m_onTheirWay.remove(id);
    if (!m_sending || m_sending->id != id || m_wait != Wait::Piece) {
        if (piece && piece->octets.size() == piece->totalOctets && m_state == State::Transaction) {
            m_readAhead.insert(id, piece->octets);
            m_aheadOctets += piece->octets.size();
        }
        return;
    }
    m_wait = Wait::Nothing;
    if (piece && !piece->octets.isEmpty()) {
        sendPiece(*piece);
    } else if (m_sending->sent > 0) {
        // "+OK" is out already, so the only honest end is the connection's.
        return closeAfterReply("a message could not be read");
    } else {
        m_sending.reset();
        const bool isGone = !piece && piece.error().code == base::ErrorCode::MessageNotFound;
        error(isGone ? "[SYS/PERM] The message is not there any more" : "[SYS/TEMP] The message could not be read; try again later");
    }
    process();
}

void Pop3Session::sendPiece(const store::SpoolPiece &piece)
{
    Sending &sending = *m_sending;
    if (sending.sent == 0 && !beginReply(piece))
        return m_sending.reset();
    if (m_faults && m_faults->cut && isCutOff(piece))
        return;
    sending.sent += piece.octets.size();
    const QByteArrayView wanted = sending.linesLeft < 0 ? QByteArrayView{piece.octets} : cutForTop(piece.octets);
    m_out.reserve(qMax(m_out.size() + wanted.size() + wanted.size() / 64, kFlushOctets));
    sending.stuffer.feed(wanted, m_out);
    if (sending.sent < piece.totalOctets && wanted.size() == piece.octets.size())
        return;
    sending.stuffer.finish(m_out);
    if (m_backend.isWatched())
        m_backend.note(Kind::BodyOut, {}, sending.sent, sending.id);
    m_sending.reset();
}

namespace {

/// A message that came with SMTPUTF8 (its first Received line says so, RFC 6531 section 4.3) and whose head makes use of it. Raw
/// 8-bit heads of other mail were always given as they are, and readers expect it.
bool needsUtf8(QByteArrayView begin)
{
    const qsizetype blank = begin.indexOf("\r\n\r\n");
    const QByteArrayView head = blank < 0 ? begin : begin.first(blank);
    const qsizetype trace = head.indexOf("\r\nReceived: ");
    const qsizetype with = head.indexOf(" with UTF8SMTP");
    const qsizetype end = head.indexOf(';');
    return trace >= 0 && with > trace && with < end && !mime::isAscii(head);
}

} // namespace

/// +OK, or -ERR and false: a reader that did not say UTF8 gets no UTF-8 in a head. RFC 6856 section 6.
bool Pop3Session::beginReply(const store::SpoolPiece &first)
{
    if (!m_isUtf8 && needsUtf8(first.octets)) {
        error("[UTF8] The head of this message is in UTF-8: say UTF8 before you log in");
        return false;
    }
    ok(QByteArray::number(first.totalOctets) + " octets");
    return true;
}

/// The header, the blank line, and as many lines of the body as are left. RFC 1939 section 7.
QByteArrayView Pop3Session::cutForTop(QByteArrayView bytes)
{
    Sending &sending = *m_sending;
    qsizetype at = 0;
    while (at < bytes.size()) {
        if (sending.isInBody && sending.linesLeft == 0)
            break;
        const qsizetype lineFeed = bytes.indexOf('\n', at);
        const QByteArrayView line = bytes.sliced(at, (lineFeed < 0 ? bytes.size() : lineFeed) - at);
        sending.isLineBlank = sending.isLineBlank && (line.isEmpty() || line == "\r");
        at = lineFeed < 0 ? bytes.size() : lineFeed + 1;
        if (lineFeed < 0)
            break;
        if (sending.isInBody)
            --sending.linesLeft;
        else if (sending.isLineBlank)
            sending.isInBody = true;
        sending.isLineBlank = true;
    }
    return bytes.first(at);
}

} // namespace relay
