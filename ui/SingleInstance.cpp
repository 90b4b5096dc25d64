// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/SingleInstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr qint64 kMostWordsOctets = 1 << 20;

// In the directory itself, so that every way of naming the directory meets at the same socket; a path
// too long for a socket's address (108 octets) is replaced by a digest of it in the temporary folder.
QString socketNameFor(const QString &dataDirectory)
{
    const QString path = QDir{dataDirectory}.canonicalPath();
    const QString inside = path + u"/windows.socket"_s;
    if (inside.toUtf8().size() < 100)
        return inside;
    return QDir::tempPath() + u"/waxwing-"_s
        + QString::fromLatin1(QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(32));
}

} // namespace

SingleInstance::SingleInstance(const QString &dataDirectory, QObject *parent)
    : QObject(parent), m_socketName(socketNameFor(dataDirectory)), m_lock(dataDirectory + u"/windows.lock"_s)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onNewConnection);
}

void SingleInstance::claim(const QStringList &words)
{
    m_words = words;
    // A lock that a killed process left behind is recognised by its process being gone.
    if (m_lock.tryLock(0ms))
        QTimer::singleShot(0ms, this, &SingleInstance::listen);
    else
        connectToFirst();
}

void SingleInstance::listen()
{
    // Whoever holds the lock owns the name; what lies there is from a process that was killed.
    QLocalServer::removeServer(m_socketName);
    if (!m_server.listen(m_socketName))
        qWarning("no socket for later starts: %s", qUtf8Printable(m_server.errorString()));
    Q_EMIT claimed();
}

void SingleInstance::connectToFirst()
{
    m_socket = std::make_unique<QLocalSocket>();
    connect(m_socket.get(), &QLocalSocket::connected, this, &SingleInstance::onConnected);
    connect(m_socket.get(), &QLocalSocket::readyRead, this, &SingleInstance::onReply);
    connect(m_socket.get(), &QLocalSocket::errorOccurred, this, &SingleInstance::onConnectionFailed, Qt::QueuedConnection);
    m_socket->connectToServer(m_socketName);
}

void SingleInstance::onConnected()
{
    m_socket->write(QJsonDocument{QJsonArray::fromStringList(m_words)}.toJson(QJsonDocument::Compact) + '\n');
}

void SingleInstance::onReply()
{
    if (m_socket->canReadLine())
        Q_EMIT handedOver();
}

// The first process may hold the lock and not listen yet, or end at this moment.
void SingleInstance::onConnectionFailed()
{
    if (--m_attemptsLeft == 0) {
        Q_EMIT failed();
        return;
    }
    QTimer::singleShot(100ms, this, [this] { claim(m_words); });
}

void SingleInstance::onNewConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { readWords(socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        readWords(socket);
    }
}

void SingleInstance::readWords(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() > kMostWordsOctets)
            socket->abort();
        return;
    }
    QStringList words;
    const QJsonDocument line = QJsonDocument::fromJson(socket->readLine(kMostWordsOctets));
    for (const QJsonValue &word : line.array())
        words += word.toString();
    socket->write("ok\n");
    socket->disconnectFromServer();
    if (line.isArray())
        Q_EMIT wordsReceived(words);
}

} // namespace ui
