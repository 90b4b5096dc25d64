// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Poller.h"

#include <QSocketNotifier>
#include <unistd.h>

namespace relay {

Poller::Poller(QObject *parent) : QObject(parent), m_descriptor(::epoll_create1(EPOLL_CLOEXEC))
{
    if (m_descriptor < 0)
        return; // add() will say so.
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Poller::handOut);
}

Poller::~Poller()
{
    m_notifier.reset();
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

bool Poller::add(int descriptor, Watched *watched)
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = watched;
    return ::epoll_ctl(m_descriptor, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Poller::remove(int descriptor, Watched *watched)
{
    ::epoll_ctl(m_descriptor, EPOLL_CTL_DEL, descriptor, nullptr);
    for (std::size_t i = m_next; i < m_count; ++i)
        if (m_events[i].data.ptr == watched)
            m_events[i].data.ptr = nullptr;
}

/// What is left over comes with the next turn of the loop, after the answers of other threads.
void Poller::handOut()
{
    const int count = ::epoll_wait(m_descriptor, m_events.data(), static_cast<int>(m_events.size()), 0);
    m_count = count < 0 ? 0 : static_cast<std::size_t>(count);
    for (m_next = 0; m_next < m_count;) {
        const epoll_event &event = m_events[m_next++];
        if (event.data.ptr)
            static_cast<Watched *>(event.data.ptr)->onEvents(event.events);
    }
    m_count = 0;
}

} // namespace relay
