// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <array>
#include <memory>
#include <sys/epoll.h>

class QSocketNotifier;

namespace relay {

/// Watches any number of descriptors behind one that Qt's event loop watches. Qt looks at every socket in each turn of its loop, which costs
/// an honest client dearly when thousands of others sit still; here a turn costs what happened in it. Edge-triggered. On the relay's thread.
class Poller : public QObject
{
public:
    class Watched
    {
    public:
        /// `events` as of epoll(7).
        virtual void onEvents(quint32 events) = 0;

    protected:
        ~Watched() = default;
    };

    explicit Poller(QObject *parent = nullptr);
    ~Poller() override;

    /// Reading, writing and the peer's end. False: the system refuses; errno says why. `watched` must be removed before it dies.
    [[nodiscard]] bool add(int descriptor, Watched *watched);
    /// Before `descriptor` is closed. No event follows.
    void remove(int descriptor, Watched *watched);

private:
    void handOut();

    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::array<epoll_event, 256> m_events{};
    std::size_t m_next = 0;
    std::size_t m_count = 0;
};

} // namespace relay
