// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/QuitSignals.h"

#include <QCoreApplication>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace ui {

namespace {

constexpr std::array kSignals{SIGTERM, SIGINT, SIGHUP};
std::array<int, 2> g_pipe{-1, -1};

// All that a signal handler may do: one octet into a pipe that the event loop reads.
void onSignal(int)
{
    const char octet = 1;
    [[maybe_unused]] const ssize_t written = ::write(g_pipe[1], &octet, 1);
}

} // namespace

QuitSignals::QuitSignals()
{
    if (::pipe2(g_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(g_pipe[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, qApp, [] { QCoreApplication::quit(); });
    for (const int number : kSignals)
        std::signal(number, onSignal);
}

QuitSignals::~QuitSignals()
{
    for (const int number : kSignals)
        std::signal(number, SIG_DFL);
    m_notifier.reset();
    for (int &end : g_pipe) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

} // namespace ui
