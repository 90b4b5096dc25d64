// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <array>
#include <functional>
#include <memory>

namespace cli {

/// Turns SIGTERM, SIGINT and SIGHUP into calls on the main thread. One at a time for each process.
class SignalWatch
{
public:
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

} // namespace cli
