// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QSet>
#include <QTcpSocket>
#include <memory>

/// Letters that tell who they are, for tests that count what arrives of them.
namespace letters {

inline QByteArray bodyOf(const QByteArray &mark)
{
    // Every tenth comes in pieces and lies in a file of its own.
    const bool isLarge = mark.endsWith('7');
    return "X-Mark: " + mark + "\r\n\r\n" + ("text of " + mark + "\r\n").repeated(isLarge ? 20'000 : 30) + "end " + mark + "\r\n";
}

inline QByteArray markOf(const QByteArray &octets)
{
    const qsizetype at = octets.indexOf("X-Mark: ") + 8;
    return octets.sliced(at, octets.indexOf('\r', at) - at);
}

/// Sends without end, one letter after the other; one that was not acknowledged goes again over the next connection.
class Sender : public QObject
{
public:
    explicit Sender(QByteArray name, QByteArray recipient = "bob@example.org") : m_name(std::move(name)), m_recipient(std::move(recipient)) {}

    void connectTo(quint16 port)
    {
        m_socket = std::make_unique<QTcpSocket>();
        connect(m_socket.get(), &QTcpSocket::readyRead, this, &Sender::onReadyRead);
        m_socket->connectToHost(QHostAddress::LocalHost, port);
    }
    void finish() { m_isFinishing = true; }
    [[nodiscard]] bool hasNothingLeft() const { return m_mark.isEmpty(); }
    QSet<QByteArray> acknowledged;

private:
    void onReadyRead()
    {
        while (m_socket->canReadLine()) {
            const QByteArray line = m_socket->readLine();
            if (line.startsWith("250-"))
                continue;
            if (line.startsWith("250 2.0.0"))
                acknowledged.insert(std::exchange(m_mark, {}));
            if (line.startsWith("220"))
                m_socket->write("EHLO c\r\n");
            else if (line.startsWith("354"))
                m_socket->write(bodyOf(m_mark) + ".\r\n");
            else if (line.startsWith("250 2.0.0") || line.startsWith("250 AUTH"))
                next();
        }
    }
    void next()
    {
        if (m_mark.isEmpty() && m_isFinishing)
            return;
        if (m_mark.isEmpty())
            m_mark = m_name + '.' + QByteArray::number(++m_count);
        m_socket->write("MAIL FROM:<a@example.org>\r\nRCPT TO:<" + m_recipient + ">\r\nDATA\r\n");
    }

    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_name;
    QByteArray m_recipient;
    QByteArray m_mark; ///< On its way.
    int m_count = 0;
    bool m_isFinishing = false;
};

/// Of what `wax relay --json` says that it listens on.
inline quint16 portOf(const QJsonObject &endpoints, QLatin1StringView name)
{
    return static_cast<quint16>(endpoints.value(name).toString().section(u':', -1).toUInt());
}

} // namespace letters
