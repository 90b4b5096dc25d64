// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "transport/Server.h"

#include <QByteArray>
#include <functional>

namespace transport {

/// A line of the dialogue for a log, secrets masked.
using DialogueLog = std::function<void(bool isFromServer, const QByteArray &line)>;

/// What a client wants done on its connection, in this order.
struct Effects {
    QByteArray send;
    bool startTls = false;   ///< The server agreed; nothing is sent before encrypted() is called.

    bool operator==(const Effects &) const = default;
};

/// One end of a dialogue without its socket: bytes in, effects out. The port between the clients and SocketShell.
class Dialogue
{
public:
    virtual ~Dialogue() = default;
    /// The connection stands; with TLS from the first octet, TLS does.
    virtual void connected() = 0;
    /// The TLS that startTls asked for stands.
    virtual void encrypted() = 0;
    virtual void receive(QByteArrayView bytes) = 0;
    /// The connection is gone or useless; without effect if the dialogue is over.
    virtual void fail(const base::Error &error) = 0;

    [[nodiscard]] virtual Effects takeEffects() = 0;
    [[nodiscard]] virtual bool isOver() const = 0;
    /// Grows whenever the server got on: a whole line, octets of a message. The deadline runs from the last growth.
    [[nodiscard]] virtual quint64 progress() const = 0;
    /// Zero while the server is not to blame for the waiting.
    [[nodiscard]] virtual std::chrono::milliseconds deadline() const = 0;
};

} // namespace transport
