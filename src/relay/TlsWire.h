// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Wire.h"

#include <QSslSocket>

namespace relay {

/// A TCP socket under TLS, the server's side.
class TlsWire final : public QObject, public Wire
{
    Q_OBJECT

public:
    /// `owner` outlives the wire.
    explicit TlsWire(Owner &owner);
    /// Says nothing more: an owner that goes away with its session open hears of no loss.
    ~TlsWire() override;

    /// Takes over `descriptor`, a connected socket, and begins the handshake. wireSecured() or wireLost() follows. False: the system refuses.
    [[nodiscard]] bool begin(int descriptor, const QSslConfiguration &configuration);
    [[nodiscard]] qint64 read(char *to, qint64 most) override { return m_socket.read(to, most); }
    void write(QByteArrayView bytes) override;
    [[nodiscard]] qint64 unsentOctets() const override { return m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite(); }
    void finish() override { m_socket.disconnectFromHost(); }
    void abort() override;
    [[nodiscard]] int release() override { return -1; }

private:
    Owner &m_owner;
    QSslSocket m_socket;
};

} // namespace relay
