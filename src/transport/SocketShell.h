// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Cancellation.h"
#include "transport/Dialogue.h"

#include <QSslSocket>
#include <QTimer>

namespace transport {

/// Moves bytes between a Dialogue and a QSslSocket, watches the deadlines and the cancellation. Lives on the io thread
/// from begin() until isOver of its dialogue, then deletes itself.
class SocketShell : public QObject
{
    Q_OBJECT

public:
    /// `dialogue` belongs to the deriving class and outlives every call from here.
    SocketShell(Dialogue *dialogue, Server server, Deadlines deadlines, base::Cancellation cancellation, QObject *parent);
    ~SocketShell() override;

    void begin();

protected:
    /// After everything that can have moved the dialogue on, and when octets have left: effects beside the socket's.
    virtual void settle() {}
    /// The dialogue is over: hand out its outcome. Called once.
    virtual void report() = 0;
    /// To be called after the deriving class has moved the dialogue on itself.
    void pump();
    /// TakeAny is for who wants to see the certificates and says nothing that matters.
    enum class CertificateCheck { Strict, TakeAny };
    [[nodiscard]] virtual CertificateCheck certificateCheck() const { return CertificateCheck::Strict; }
    /// DER, leaf first, as the server sent them.
    [[nodiscard]] QList<QByteArray> peerChain() const;
    /// What was given to the socket and has not left it.
    [[nodiscard]] qint64 unsentOctets() const { return m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite(); }

private:
    [[nodiscard]] base::Status prepareTls();
    void onConnected();
    void onEncrypted();
    void onReadyRead();
    void onErrorOccurred(QAbstractSocket::SocketError error);
    void onSslErrors(const QList<QSslError> &errors);
    void onTick();
    void close();

    Dialogue *m_dialogue;
    Server m_server;
    Deadlines m_deadlines;
    base::Cancellation m_cancellation;
    QSslSocket m_socket;
    QTimer m_tick;
    qint64 m_lastProgressAt = 0;
    quint64 m_lastProgress = 0;
    std::chrono::milliseconds m_lastDeadline{0};
    bool m_isConnected = false;
    bool m_isClosed = false;
};

} // namespace transport
