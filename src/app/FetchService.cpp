// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/FetchService.h"

#include "app/StoreSink.h"
#include "net/Endpoint.h"

namespace app {

namespace {
/// New mail appears within two seconds of its delivery by a server on this machine.
constexpr std::chrono::milliseconds kNearInterval{1000};
constexpr std::chrono::milliseconds kFarInterval{60'000};
/// Many servers lock out whoever brings a wrong password again and again, and one on this machine may be the bridge to such a server. "Get mail"
/// and a new password ask at once.
constexpr std::chrono::milliseconds kAfterRefusal{15 * 60'000};
/// Every delivery is announced: this is for what nobody thought of, and spares a handshake and a login each second.
constexpr std::chrono::milliseconds kAnnouncedInterval{10'000};

bool isFoundBy(const base::Result<transport::FetchSummary> &summary)
{
    using enum base::ErrorCode;
    return summary || !QList{ConnectionRefused, HostNotFound, ConnectionLost, TimedOut, Cancelled}.contains(summary.error().code);
}
} // namespace

FetchService::FetchService(std::shared_ptr<store::MailStore> mail, transport::IoThread *thread, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_mail(std::move(mail)), m_thread(thread), m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FetchService::fetch);
}

FetchService::~FetchService()
{
    if (m_cancelFetch)
        m_cancelFetch();
}

void FetchService::setServer(const transport::Server &server, transport::AfterFetch afterFetch)
{
    m_server = server;
    m_afterFetch = afterFetch;
}

void FetchService::start()
{
    m_isStarted = true;
    fetchNow();
}

void FetchService::stop()
{
    m_isStarted = false;
    m_fetchAgain = false;
    m_timer.stop();
    if (m_cancelFetch)
        m_cancelFetch();
    else
        setState(State::Stopped);
}

void FetchService::fetchNow()
{
    if (m_state == State::Fetching)
        m_fetchAgain = true;
    else
        fetch();
}

void FetchService::fetch()
{
    m_timer.stop();
    setState(State::Fetching);
    const auto operation = fetchOnce(m_mail, *m_thread, m_server, m_afterFetch);
    m_cancelFetch = [operation] { operation.cancel(); };
    base::whenReady(this, operation, [this](const base::Result<transport::FetchSummary> &summary) {
        m_cancelFetch = nullptr;
        onFetched(summary);
    });
}

void FetchService::onFetched(const base::Result<transport::FetchSummary> &summary)
{
    m_lastError = summary ? std::nullopt : std::optional{summary.error()};
    m_isServerThere = isFoundBy(summary);
    if (summary)
        m_lastChecked = m_clock.now();
    setState(m_isStarted ? State::Waiting : State::Stopped);
    if (summary && summary->newMessages > 0)
        Q_EMIT newMessages(summary->newMessages);
    Q_EMIT finished(m_lastError);
    if (std::exchange(m_fetchAgain, false))
        return fetchNow();
    if (m_isStarted && m_state == State::Waiting)
        m_timer.start(interval());
}

std::chrono::milliseconds FetchService::interval() const
{
    return m_isAnnounced ? kAnnouncedInterval : pauseAfter(m_lastError, m_server.host);
}

std::chrono::milliseconds FetchService::pauseAfter(const std::optional<base::Error> &error, const QString &host)
{
    if (error && error->code == base::ErrorCode::AuthenticationFailed)
        return kAfterRefusal;
    return net::isLoopback(host) ? kNearInterval : kFarInterval;
}

void FetchService::setAnnounced(bool isAnnounced)
{
    m_isAnnounced = isAnnounced;
    if (m_timer.isActive())
        m_timer.start(interval());
}

void FetchService::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

base::Operation<transport::FetchSummary> FetchService::fetchOnce(const std::shared_ptr<store::MailStore> &mail, transport::IoThread &thread,
                                                                 const transport::Server &server, transport::AfterFetch afterFetch)
{
    transport::FetchOptions options;
    options.afterFetch = afterFetch;
    return transport::fetchMail(thread, server, std::make_shared<StoreSink>(mail, server), options);
}

} // namespace app
