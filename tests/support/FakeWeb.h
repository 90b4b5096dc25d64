// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace support {

/// A web server on a free port of loopback that answers each path as it was told and remembers what it was asked. Needs an event loop.
class FakeWeb : public QTcpServer
{
public:
    struct Answer {
        QByteArray status = "200 OK";
        QByteArray body;
        QByteArray fields;   ///< With CRLF.
        bool isEndless = false; ///< Sends the body again and again, and never says how long it is.
        bool isSilent = false;  ///< Never answers.
    };
    using Responder = std::function<Answer(const QByteArray &body)>;

    FakeWeb()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port");
    }

    void answer(const QByteArray &path, const Answer &answer)
    {
        m_responders[path] = [answer](const QByteArray &) { return answer; };
    }
    void answerWith(const QByteArray &path, const Responder &responder) { m_responders[path] = responder; }

    [[nodiscard]] QString url(const QString &path) const { return QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path); }
    /// "GET /list.crl"
    [[nodiscard]] QList<QByteArray> asked() const { return m_asked; }
    void forget() { m_asked.clear(); }

private:
    void onReadyRead(QTcpSocket *socket)
    {
        QByteArray &request = m_requests[socket];
        request += socket->readAll();
        const qsizetype end = request.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const qsizetype field = request.toLower().indexOf("content-length:");
        const qsizetype wanted = field < 0 || field > end ? 0 : request.sliced(field + 15, request.indexOf('\r', field) - field - 15).trimmed().toLongLong();
        if (request.size() < end + 4 + wanted)
            return;
        const QList<QByteArray> words = request.first(request.indexOf('\r')).split(' ');
        m_asked.append(words[0] + ' ' + words[1]);
        reply(socket, m_responders.contains(words[1]) ? m_responders[words[1]](request.sliced(end + 4)) : Answer{"404 Not Found", {}, {}});
        m_requests.remove(socket);
    }

    void reply(QTcpSocket *socket, const Answer &answer)
    {
        if (answer.isSilent)
            return;
        socket->write("HTTP/1.1 " + answer.status + "\r\n" + answer.fields);
        if (answer.isEndless) {
            socket->write("\r\n");
            connect(socket, &QTcpSocket::bytesWritten, this, [socket, answer] { socket->write(answer.body); });
            socket->write(answer.body);
            return;
        }
        socket->write("Content-Length: " + QByteArray::number(answer.body.size()) + "\r\nConnection: close\r\n\r\n" + answer.body);
        socket->disconnectFromHost();
    }

    QHash<QByteArray, Responder> m_responders;
    QHash<QTcpSocket *, QByteArray> m_requests;
    QList<QByteArray> m_asked;
};

} // namespace support
