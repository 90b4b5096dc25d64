// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SignalWatch.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace app {

namespace {
constexpr std::array kSignals{SIGTERM, SIGINT, SIGHUP};
}

SignalWatch::SignalWatch(std::function<void()> onStop, std::function<void()> onReload) : m_onStop(std::move(onStop)), m_onReload(std::move(onReload))
{
    if (::pipe2(s_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(s_pipe[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { takeSignal(); });
    struct sigaction action {};
    action.sa_handler = &SignalWatch::onSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : kSignals)
        ::sigaction(number, &action, nullptr);
}

SignalWatch::~SignalWatch()
{
    for (const int number : kSignals)
        std::signal(number, SIG_DFL);
    m_notifier.reset();
    for (int &end : s_pipe)
        ::close(std::exchange(end, -1));
}

// All that a signal handler may do: one octet into a pipe that the event loop reads.
void SignalWatch::onSignal(int number)
{
    const int errorBefore = errno; // Of what is interrupted here.
    const char byte = number == SIGHUP ? 'H' : 'T';
    [[maybe_unused]] const auto octets = ::write(s_pipe[1], &byte, 1);
    errno = errorBefore;
}

void SignalWatch::takeSignal()
{
    char byte = 0;
    if (::read(s_pipe[0], &byte, 1) != 1)
        return;
    if (byte == 'H')
        m_onReload();
    else
        m_onStop();
}

} // namespace app
