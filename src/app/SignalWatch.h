// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>
#include <array>
#include <functional>
#include <memory>

namespace app {

/// While it lives, SIGTERM, SIGINT and SIGHUP do not end the process but are calls on the thread that made it. One at a time for each process.
class SignalWatch
{
public:
    /// `onStop` for SIGTERM and SIGINT, `onReload` for SIGHUP.
    SignalWatch(std::function<void()> onStop, std::function<void()> onReload);
    ~SignalWatch();
    Q_DISABLE_COPY_MOVE(SignalWatch)

private:
    static void onSignal(int number);
    void takeSignal();

    static inline std::array<int, 2> s_pipe{-1, -1};
    std::function<void()> m_onStop;
    std::function<void()> m_onReload;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace app
