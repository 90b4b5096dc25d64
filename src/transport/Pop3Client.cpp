// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/Pop3Client.h"

#include "net/Endpoint.h"

#include <QSet>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace transport {

namespace {

/// RFC 2449 section 4 says 512; SASL challenges are longer.
constexpr qsizetype kLineLimit = 4096;
constexpr int kMaxCapabilities = 200;
/// Commands under way with PIPELINING, and what waits for the disk: bounds the memory.
constexpr std::size_t kWindow = 16;
constexpr int kMaxBeingKept = 64;
constexpr qint64 kMaxOctetsBeingKept = qint64{32} << 20;
/// Servers count line ends and their own header fields differently (RFC 1939 section 11).
constexpr qint64 kSizeTolerance = 65536;

ErrorCode codeOf(const net::Pop3Status &status, ErrorCode otherwise)
{
    // RFC 2449 section 8.1.1, RFC 3206.
    if (status.responseCode == "IN-USE")
        return ErrorCode::MailboxBusy;
    if (status.responseCode == "SYS/TEMP" || status.responseCode == "LOGIN-DELAY")
        return ErrorCode::PeerBusy;
    return otherwise;
}

QByteArray replyOf(const net::Pop3Status &status)
{
    return (status.isOk ? "+OK "_ba : "-ERR "_ba) + (status.responseCode.isEmpty() ? QByteArray{} : '[' + status.responseCode + "] ") + status.text;
}

} // namespace

Pop3Client::Pop3Client(Server server, FetchOptions options, DialogueLog log)
    : m_server(std::move(server)), m_options(std::move(options)), m_log(std::move(log)), m_lines(kLineLimit)
{
}

void Pop3Client::connected()
{
    if (m_server.tls == net::TlsMode::Implicit)
        m_channel = Channel::Encrypted;
}

void Pop3Client::encrypted()
{
    if (m_state != State::Handshake)
        return;
    // What came before TLS is void after it. RFC 2595 section 4.
    m_lines.clear();
    m_channel = Channel::Encrypted;
    m_state = State::Capa;
    sendLine("CAPA"_ba);
}

void Pop3Client::receive(QByteArrayView bytes)
{
    m_lines.append(bytes);
    while (!isOver() && m_state != State::Handshake && readOn()) {
    }
}

/// One step: a piece of a message or a line; false if more bytes are needed.
bool Pop3Client::readOn()
{
    if (m_content) {
        takeContent();
        return !m_content && !m_lines.isEmpty();
    }
    const net::LineChannel::Next next = m_lines.next();
    if (next.status == net::LineChannel::Status::NeedMore)
        return false;
    if (next.status == net::LineChannel::Status::TooLong) {
        fail({ErrorCode::LineTooLong, u"a reply line of more than %1 octets"_s.arg(kLineLimit), {}, {}});
        return false;
    }
    if (next.status != net::LineChannel::Status::Line) {
        fail({ErrorCode::ProtocolViolation, u"a reply with a bare CR, a bare LF or a NUL"_s, {}, {}});
        return false;
    }
    ++m_progress;
    if (m_isInList)
        onListLine(next.line);
    else
        onLine(next.line);
    return true;
}

void Pop3Client::fail(const base::Error &error)
{
    if (!isOver())
        finish(error);
}

Effects Pop3Client::takeEffects()
{
    return std::exchange(m_effects, {});
}

std::chrono::milliseconds Pop3Client::deadline() const
{
    // While only the sink works, the server cannot be late.
    const bool isOurTurn = m_state == State::Choosing || (m_state == State::Fetching && m_pending.empty());
    return isOurTurn ? std::chrono::milliseconds{0} : m_options.deadlines.reply;
}

void Pop3Client::onLine(QByteArrayView line)
{
    if (m_log)
        m_log(true, line.toByteArray());
    if (m_state == State::Greeting)
        return onGreeting(line);
    if (m_state == State::Auth)
        return onAuth(line);
    const base::Result<net::Pop3Status> status = net::parsePop3Status(line);
    if (!status)
        return fail(status.error());
    switch (m_state) {
    case State::Capa:
        // A server of 1999 knows no CAPA. RFC 2449 section 5.
        m_isInList = status->isOk;
        return status->isOk ? void() : onCapa();
    case State::List:
    case State::Uidl:
        if (!status->isOk)
            return refuse(m_state == State::Uidl ? ErrorCode::Unsupported : ErrorCode::ProtocolViolation, *status);
        m_isInList = true;
        return;
    case State::Stls: return onStls(*status);
    case State::Utf8: return login(); // Refused or not: there is mail in ASCII too.
    case State::User:
        if (!status->isOk)
            return refuse(codeOf(*status, ErrorCode::AuthenticationFailed), *status);
        m_state = State::Pass;
        return sendSecretLine("PASS " + m_server.password.view().toByteArray(), "PASS ***"_ba);
    case State::Pass: return onLoggedIn(*status);
    case State::Fetching: return onPending(*status);
    case State::Quit:
        // -ERR here means that something was not deleted (RFC 1939 section 6); it is known by its UIDL, and the next session tries again.
        return finish(m_summary);
    case State::Choosing: return fail({ErrorCode::ProtocolViolation, u"a reply to no command"_s, {}, line.toByteArray()});
    case State::Greeting:
    case State::Auth:
    case State::Handshake:
    case State::Over: return;
    }
}

/// Greeting. RFC 1939 section 4.
void Pop3Client::onGreeting(QByteArrayView line)
{
    const base::Result<net::Pop3Status> status = net::parsePop3Status(line);
    if (!status)
        return fail(status.error());
    if (!status->isOk)
        return refuse(codeOf(*status, ErrorCode::PeerBusy), *status);
    m_state = State::Capa;
    sendLine("CAPA"_ba);
}

void Pop3Client::onListLine(QByteArrayView line)
{
    if (line == ".") {
        m_isInList = false;
        switch (m_state) {
        case State::Capa: return onCapa();
        case State::List: return onList();
        default: return onUidl();
        }
    }
    const int most = m_state == State::Capa ? kMaxCapabilities : m_options.maxMessages;
    if (++m_listed > most)
        return fail({ErrorCode::ProtocolViolation, u"a list of more than %1 lines"_s.arg(most), {}, {}});
    if (m_state == State::Capa) {
        m_listLines += line.toByteArray();
        return;
    }
    const base::Status noted = m_state == State::List ? noteSize(line) : noteUid(line);
    if (!noted)
        fail(noted.error());
}

/// Capa. RFC 2449 section 5, RFC 2595 section 4.
void Pop3Client::onCapa()
{
    m_offered = net::parseCapaLines(std::exchange(m_listLines, {}));
    m_listed = 0;
    const bool mayStart = m_channel == Channel::Clear && m_server.tls != net::TlsMode::None;
    if (mayStart && m_offered.hasStls) {
        m_state = State::Stls;
        return sendLine("STLS"_ba);
    }
    if (mayStart && m_server.tls != net::TlsMode::StartTlsIfOffered)
        return fail({ErrorCode::TlsUnavailable, u"the server does not offer STLS"_s, {}, {}});
    sayUtf8();
}

/// Without it a server may keep mail with UTF-8 in its head back. RFC 6856 section 2.1: before the login, after STLS.
void Pop3Client::sayUtf8()
{
    if (!m_offered.hasUtf8)
        return login();
    m_state = State::Utf8;
    sendLine("UTF8"_ba);
}

/// Stls. RFC 2595 section 4.
void Pop3Client::onStls(const net::Pop3Status &status)
{
    if (!status.isOk)
        return refuse(ErrorCode::TlsUnavailable, status);
    m_state = State::Handshake;
    m_effects.startTls = true;
}

void Pop3Client::login()
{
    m_offered.saslMechanisms.removeAll("LOGIN"_ba); // USER and PASS are the same, and a standard.
    base::Result<Sasl> sasl = Sasl::choose(m_offered.saslMechanisms, m_server, m_channel);
    if (sasl) {
        m_sasl = std::move(*sasl);
        const base::Result<QByteArray> initial = m_sasl->initialResponse();
        if (!initial)
            return fail(initial.error());
        m_state = State::Auth;
        return sendSecretLine("AUTH " + m_sasl->mechanism() + ' ' + *initial, "AUTH " + m_sasl->mechanism() + " ***");
    }
    // USER and PASS show the password to whoever listens. RFC 1939 section 13.
    if (m_channel == Channel::Clear && !net::isLoopback(m_server.host))
        return fail(sasl.error());
    if (m_server.password.view().contains('\r') || m_server.password.view().contains('\n') || m_server.user.contains(u'\n') || m_server.user.contains(u'\r'))
        return fail({ErrorCode::InvalidArgument, u"a line end in the name or the password"_s, {}, {}});
    m_state = State::User;
    sendLine("USER " + m_server.user.toUtf8());
}

/// Auth. RFC 5034 section 4.
void Pop3Client::onAuth(QByteArrayView line)
{
    if (const std::optional<QByteArray> challenge = net::parsePop3Challenge(line)) {
        const base::Result<QByteArray> answer = m_sasl->answer(*challenge);
        return answer ? sendSecretLine(*answer, "***"_ba) : fail(answer.error());
    }
    const base::Result<net::Pop3Status> status = net::parsePop3Status(line);
    if (!status)
        return fail(status.error());
    if (status->isOk) {
        if (const base::Status proved = m_sasl->finish(); !proved)
            return fail(proved.error());
    }
    onLoggedIn(*status);
}

void Pop3Client::onLoggedIn(const net::Pop3Status &status)
{
    if (!status.isOk)
        return refuse(codeOf(status, ErrorCode::AuthenticationFailed), status);
    m_state = State::List;
    sendLine("LIST"_ba);
}

base::Status Pop3Client::noteSize(QByteArrayView line)
{
    const base::Result<net::Pop3ListEntry> entry = net::parseListLine(line);
    if (!entry)
        return entry.error();
    if (m_sizes.contains(entry->number))
        return {ErrorCode::ProtocolViolation, u"message %1 is listed twice"_s.arg(entry->number)};
    m_sizes.insert(entry->number, entry->sizeOctets);
    return base::Done{};
}

base::Status Pop3Client::noteUid(QByteArrayView line)
{
    const base::Result<net::Pop3UidlEntry> entry = net::parseUidlLine(line);
    if (!entry)
        return entry.error();
    if (!m_sizes.contains(entry->number) || m_uids.contains(entry->number))
        return {ErrorCode::ProtocolViolation, u"LIST and UIDL contradict each other about message %1"_s.arg(entry->number)};
    m_uids.insert(entry->number, entry->uid);
    // Equal UIDLs are allowed only for equal messages (RFC 1939 section 7): one of them is enough.
    if (!m_numbers.contains(entry->uid)) {
        m_numbers.insert(entry->uid, entry->number);
        m_order += entry->uid;
    }
    return base::Done{};
}

void Pop3Client::onList()
{
    m_listed = 0;
    if (m_sizes.isEmpty())
        return quit(); // Nobody looks through all that was ever fetched, which on this computer would be each second.
    m_state = State::Uidl;
    sendLine("UIDL"_ba);
}

void Pop3Client::onUidl()
{
    m_state = State::Choosing;
    m_offer = m_order;
}

std::optional<QList<QByteArray>> Pop3Client::takeOffer()
{
    return std::exchange(m_offer, std::nullopt);
}

void Pop3Client::chosen(const base::Result<QList<QByteArray>> &wanted)
{
    if (m_state != State::Choosing)
        return;
    if (!wanted)
        return fail(wanted.error());
    const QSet<QByteArray> fetch(wanted->cbegin(), wanted->cend());
    for (const QByteArray &uid : std::as_const(m_order)) {
        const int number = m_numbers.value(uid);
        if (!fetch.contains(uid)) {
            ++m_summary.known;
            m_toDelete.push_back(number);
        } else if (m_sizes.value(number) > m_options.maxMessageOctets) {
            ++m_summary.tooLarge;
        } else {
            m_toFetch.push_back(number);
        }
    }
    if (m_options.afterFetch == AfterFetch::Leave)
        m_toDelete.clear();
    m_state = State::Fetching;
    goOn();
}

/// Sends what may be sent now; when nothing is left, QUIT.
void Pop3Client::goOn()
{
    const std::size_t window = m_offered.hasPipelining ? kWindow : 1;
    const auto mayRetrieve = [this] { return m_beingKept < kMaxBeingKept && m_octetsBeingKept < kMaxOctetsBeingKept; };
    while (!isOver() && m_pending.size() < window) {
        if (!m_toDelete.empty()) {
            m_pending.push_back({Expected::Dele, m_toDelete.front()});
            m_toDelete.pop_front();
            sendLine("DELE " + QByteArray::number(m_pending.back().number));
        } else if (!m_toFetch.empty() && mayRetrieve()) {
            m_pending.push_back({Expected::Retr, m_toFetch.front()});
            m_toFetch.pop_front();
            sendLine("RETR " + QByteArray::number(m_pending.back().number));
        } else {
            break;
        }
    }
    if (m_pending.empty() && m_toFetch.empty() && m_toDelete.empty() && m_beingKept == 0 && m_state == State::Fetching)
        quit();
}

/// Fetching: the reply to the oldest command under way. RFC 1939 section 5.
void Pop3Client::onPending(const net::Pop3Status &status)
{
    if (m_pending.empty())
        return fail({ErrorCode::ProtocolViolation, u"a reply to no command"_s, {}, replyOf(status)});
    const Pending pending = m_pending.front();
    if (pending.what == Expected::Retr && status.isOk) {
        m_content.emplace();
        m_octets.clear();
        return;
    }
    m_pending.pop_front();
    // A message that another session deleted meanwhile is no reason to leave the others.
    if (!status.isOk && codeOf(status, ErrorCode::Unknown) != ErrorCode::Unknown)
        return refuse(codeOf(status, ErrorCode::PeerBusy), status);
    goOn();
}

void Pop3Client::takeContent()
{
    const qsizetype taken = m_content->feed(m_lines.unread(), m_octets);
    m_lines.consume(taken);
    m_progress += static_cast<quint64>(taken);
    const qint64 most = std::min(m_options.maxMessageOctets, m_sizes.value(m_pending.front().number)) + kSizeTolerance + m_sizes.value(m_pending.front().number) / 8;
    if (m_octets.size() > most)
        return fail({ErrorCode::MessageTooLarge, u"message %1 is larger than the server said"_s.arg(m_pending.front().number), {}, {}});
    if (m_content->isAtEnd())
        onContent();
}

void Pop3Client::onContent()
{
    const int number = m_pending.front().number;
    m_pending.pop_front();
    m_content.reset();
    const QByteArray uid = m_uids.value(number);
    ++m_beingKept;
    m_octetsBeingKept += m_octets.size();
    m_keptSizes.insert(uid, m_octets.size());
    m_fetched += {uid, std::exchange(m_octets, {})};
    goOn();
}

QList<Fetched> Pop3Client::takeFetched()
{
    return std::exchange(m_fetched, {});
}

void Pop3Client::kept(const QByteArray &uidl, const base::Result<bool> &isNew)
{
    if (isOver() || !m_keptSizes.contains(uidl))
        return;
    --m_beingKept;
    m_octetsBeingKept -= m_keptSizes.take(uidl);
    if (!isNew)
        return fail(isNew.error());
    ++(*isNew ? m_summary.newMessages : m_summary.known);
    if (m_options.afterFetch == AfterFetch::Delete)
        m_toDelete.push_back(m_numbers.value(uidl));
    goOn();
}

void Pop3Client::quit()
{
    m_state = State::Quit;
    sendLine("QUIT"_ba);
}

void Pop3Client::sendLine(const QByteArray &line)
{
    sendSecretLine(line, line);
}

void Pop3Client::sendSecretLine(const QByteArray &line, const QByteArray &shown)
{
    m_effects.send += line + "\r\n";
    if (m_log)
        m_log(false, shown);
}

void Pop3Client::refuse(ErrorCode code, const net::Pop3Status &status)
{
    finish(base::Error{code, {}, {}, replyOf(status)});
}

void Pop3Client::finish(base::Result<FetchSummary> outcome)
{
    m_state = State::Over;
    m_outcome = std::move(outcome);
}

} // namespace transport
