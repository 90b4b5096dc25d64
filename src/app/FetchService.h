// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/AccountSettings.h"
#include "base/Clock.h"
#include "store/MailStore.h"
#include "transport/FetchMail.h"
#include "transport/IoThread.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>

namespace app {

/// Brings new mail of one profile by itself: every second from a server on this machine, every minute from others, and when asked.
/// Lives on the GUI thread.
class FetchService : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Waiting, Fetching };

    /// `thread` is not owned and outlives the service.
    FetchService(std::shared_ptr<store::MailStore> mail, transport::IoThread *thread, const base::Clock &clock = base::Clock::system(),
                 QObject *parent = nullptr);
    ~FetchService() override;

    void setServer(const transport::Server &server, transport::AfterFetch afterFetch = transport::AfterFetch::Delete);
    void start();
    void stop();
    /// Fetches now, or at once again after the fetch under way. Works while stopped, too.
    void fetchNow();
    /// Whether somebody calls fetchNow() at each delivery; then the server is asked seldom without a call.
    void setAnnounced(bool isAnnounced);

    [[nodiscard]] State state() const { return m_state; }
    /// The last time the server was asked with success, UTC; invalid if never.
    [[nodiscard]] QDateTime lastChecked() const { return m_lastChecked; }
    /// The last attempt's error; none if it succeeded.
    [[nodiscard]] std::optional<base::Error> lastError() const { return m_lastError; }

    /// The last attempt found a server, whatever it said.
    [[nodiscard]] bool isServerThere() const { return m_isServerThere; }
    /// The server is known to have gone.
    void forgetServer() { m_isServerThere = false; }

    /// One fetch into `mail`, for the command line too: keeps what is new, remembers what is known. Errors of transport::fetchMail and of the store.
    [[nodiscard]] static base::Operation<transport::FetchSummary> fetchOnce(const std::shared_ptr<store::MailStore> &mail, transport::IoThread &thread,
                                                                            const transport::Server &server, transport::AfterFetch afterFetch);

    /// How long a server is left alone after an attempt that ended with `error`, if it announces nothing.
    [[nodiscard]] static std::chrono::milliseconds pauseAfter(const std::optional<base::Error> &error, const QString &host);

Q_SIGNALS:
    void stateChanged(app::FetchService::State state);
    /// New mail was stored in the Inbox: for the desktop notification.
    void newMessages(int count);
    /// A fetch ended: without a value, with success.
    void finished(const std::optional<base::Error> &error);

private:
    void fetch();
    void onFetched(const base::Result<transport::FetchSummary> &summary);
    void setState(State state);
    [[nodiscard]] std::chrono::milliseconds interval() const;

    std::shared_ptr<store::MailStore> m_mail;
    transport::IoThread *m_thread;
    const base::Clock &m_clock;
    transport::Server m_server;
    transport::AfterFetch m_afterFetch = transport::AfterFetch::Delete;
    QTimer m_timer;
    State m_state = State::Stopped;
    bool m_isStarted = false;
    bool m_fetchAgain = false;
    bool m_isServerThere = false;
    bool m_isAnnounced = false;
    QDateTime m_lastChecked;
    std::optional<base::Error> m_lastError;
    std::function<void()> m_cancelFetch;
};

} // namespace app
