// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/PlainWire.h"

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace relay {

PlainWire::PlainWire(int descriptor, Poller &poller, Owner &owner) : m_poller(poller), m_owner(owner), m_descriptor(descriptor)
{
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!poller.add(descriptor, this)) {
        ::close(descriptor);
        m_descriptor = -1;
    }
}

PlainWire::~PlainWire()
{
    abort();
}

void PlainWire::onEvents(quint32 events)
{
    if ((events & EPOLLOUT) != 0 && !m_waiting.empty())
        sendWaiting();
    if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) == 0 || m_descriptor < 0)
        return;
    m_isReadable = true;
    m_hasPeerEnded = m_hasPeerEnded || (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    m_owner.wireReadable();
}

qint64 PlainWire::read(char *to, qint64 most)
{
    if (!m_isReadable || m_descriptor < 0)
        return 0;
    ssize_t octets = 0;
    do {
        octets = ::recv(m_descriptor, to, static_cast<std::size_t>(most), 0);
    } while (octets < 0 && errno == EINTR);
    if (octets > 0) {
        // epoll(7): a short read has emptied the socket. But the end that was announced with it has still to be read.
        m_isReadable = octets == most || m_hasPeerEnded;
        return octets;
    }
    m_isReadable = false;
    if (octets == 0)
        m_owner.wireEnded();
    else if (errno != EAGAIN)
        m_owner.wireLost("connection lost");
    return 0;
}

/// How much the system took; a connection that is gone shows when it is read.
qsizetype PlainWire::sendNow(QByteArrayView bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t octets = ::send(m_descriptor, bytes.data() + sent, static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (octets < 0 && errno == EINTR)
            continue;
        if (octets < 0)
            return errno == EAGAIN ? sent : bytes.size();
        sent += octets;
    }
    return sent;
}

void PlainWire::write(QByteArrayView bytes)
{
    if (m_descriptor < 0)
        return;
    const qsizetype sent = m_waiting.empty() ? sendNow(bytes) : 0;
    if (sent == bytes.size())
        return;
    m_unsent += bytes.size() - sent;
    m_waiting.push_back(bytes.sliced(sent).toByteArray());
}

void PlainWire::sendWaiting()
{
    const qint64 before = m_unsent;
    while (!m_waiting.empty()) {
        const QByteArrayView rest = QByteArrayView{m_waiting.front()}.sliced(m_sentOfFirst);
        const qsizetype sent = sendNow(rest);
        m_unsent -= sent;
        m_sentOfFirst += sent;
        if (sent < rest.size())
            break;
        m_waiting.pop_front();
        m_sentOfFirst = 0;
    }
    if (m_waiting.empty() && m_isFinishing)
        ::shutdown(m_descriptor, SHUT_WR);
    if (m_unsent < before)
        m_owner.wireSent();
}

void PlainWire::finish()
{
    m_isFinishing = true;
    if (m_descriptor >= 0 && m_waiting.empty())
        ::shutdown(m_descriptor, SHUT_WR);
}

void PlainWire::abort()
{
    if (m_descriptor < 0)
        return;
    m_poller.remove(m_descriptor, this);
    ::close(std::exchange(m_descriptor, -1));
}

int PlainWire::release()
{
    if (m_descriptor < 0 || !m_waiting.empty())
        return -1;
    m_poller.remove(m_descriptor, this);
    return std::exchange(m_descriptor, -1);
}

} // namespace relay
