// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Poller.h"
#include "relay/Wire.h"

#include <deque>

namespace relay {

/// A TCP socket in the clear. Straight to the system: a QTcpSocket costs several times as much for each line that is said.
class PlainWire final : public Wire, private Poller::Watched
{
public:
    /// Takes over `descriptor`, a connected socket that does not block; `poller` and `owner` outlive the wire.
    PlainWire(int descriptor, Poller &poller, Owner &owner);
    ~PlainWire();

    /// False: the system cannot watch it.
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] qint64 read(char *to, qint64 most) override;
    void write(QByteArrayView bytes) override;
    [[nodiscard]] qint64 unsentOctets() const override { return m_unsent; }
    void finish() override;
    void abort() override;
    [[nodiscard]] int release() override;

private:
    void onEvents(quint32 events) override;
    [[nodiscard]] qsizetype sendNow(QByteArrayView bytes);
    void sendWaiting();

    Poller &m_poller;
    Owner &m_owner;
    int m_descriptor;
    bool m_isReadable = false; ///< Something came since the last time that nothing was left.
    bool m_hasPeerEnded = false;
    bool m_isFinishing = false;
    std::deque<QByteArray> m_waiting;
    qsizetype m_sentOfFirst = 0;
    qint64 m_unsent = 0;
};

} // namespace relay
