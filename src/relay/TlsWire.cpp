// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/TlsWire.h"

#include <QSslCipher>
#include <QSslConfiguration>
#include <unistd.h>

namespace relay {

namespace {
constexpr qint64 kReadOctets = 64 * 1024;
} // namespace

TlsWire::TlsWire(Owner &owner) : m_owner(owner)
{
    m_socket.setReadBufferSize(kReadOctets);
    connect(&m_socket, &QIODevice::readyRead, this, [this] { m_owner.wireReadable(); });
    // Told later: sending may end in the middle of write().
    connect(&m_socket, &QIODevice::bytesWritten, this, [this] { m_owner.wireSent(); }, Qt::QueuedConnection);
    // The former is said as soon as the octets are encrypted, however many of them still wait for the network.
    connect(&m_socket, &QSslSocket::encryptedBytesWritten, this, [this] { m_owner.wireSent(); }, Qt::QueuedConnection);
    connect(&m_socket, &QAbstractSocket::disconnected, this, [this] { m_owner.wireLost("the peer closed"); });
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError || !m_socket.isEncrypted())
            m_owner.wireLost(m_socket.isEncrypted() ? "connection lost" : "TLS failed");
    });
    connect(&m_socket, &QSslSocket::encrypted, this, [this] {
        const QSslCipher cipher = m_socket.sessionCipher();
        m_owner.wireSecured((cipher.protocolString() + u' ' + cipher.name()).toLatin1());
    });
}

TlsWire::~TlsWire()
{
    m_socket.disconnect(this);
}

bool TlsWire::begin(int descriptor, const QSslConfiguration &configuration)
{
    m_socket.setSslConfiguration(configuration);
    if (!m_socket.setSocketDescriptor(descriptor)) {
        ::close(descriptor);
        return false;
    }
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket.startServerEncryption();
    return true;
}

void TlsWire::write(QByteArrayView bytes)
{
    m_socket.write(bytes.data(), bytes.size());
    // Now, not in the next turn of the loop: the peer waits for it.
    m_socket.flush();
}

void TlsWire::abort()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

} // namespace relay
