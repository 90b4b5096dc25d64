// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/SingleInstance.h"

#include "app/ErrorText.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr qint64 kMostWordsOctets = 1 << 20;

// A folder that was there before need not be this account's alone, so that another one's socket may lie in it.
bool isOfThisAccount(const QLocalSocket &socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

} // namespace

// The socket is named by way of the open folder, since a socket's address takes 107 octets and a path may have more.
SingleInstance::SingleInstance(const QString &dataDirectory, std::chrono::milliseconds patience)
    : m_folder(::open(QFile::encodeName(dataDirectory).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC)),
      m_socketName(u"/proc/self/fd/%1/windows.socket"_s.arg(m_folder)), m_lock(dataDirectory + u"/windows.lock"_s)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &SingleInstance::onPatienceEnded);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onNewConnection);
}

SingleInstance::~SingleInstance()
{
    m_server.close();
    ::close(m_folder);
}

void SingleInstance::claim(const QStringList &words)
{
    m_words = words;
    m_patience.start();
    attempt();
}

void SingleInstance::attempt()
{
    // A lock that a killed process left behind is recognised by its process being gone.
    if (m_lock.tryLock(0ms))
        QTimer::singleShot(0ms, this, &SingleInstance::listen);
    else if (m_lock.error() == QLockFile::LockFailedError)
        connectToFirst();
    else
        fail(app::errorText({m_lock.error() == QLockFile::PermissionError ? base::ErrorCode::ReadOnly : base::ErrorCode::DiskFull, {}, {}, {}}).sentence);
}

void SingleInstance::listen()
{
    // Whoever holds the lock owns the name; what lies there is from a process that was killed.
    QLocalServer::removeServer(m_socketName);
    if (!m_server.listen(m_socketName))
        qWarning("no socket for later starts: %s", qUtf8Printable(m_server.errorString()));
    m_patience.stop();
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
    if (!isOfThisAccount(*m_socket))
        return fail(tr("Another account of this computer answers in this data directory. Let nobody else write there, or choose another directory; then start again."));
    m_socket->write(QJsonDocument{QJsonArray::fromStringList(m_words)}.toJson(QJsonDocument::Compact) + '\n');
}

void SingleInstance::onReply()
{
    if (!m_patience.isActive() || !m_socket->canReadLine())
        return;
    m_patience.stop();
    Q_EMIT handedOver();
}

// The first process may hold the lock and not listen yet, or end at this moment.
void SingleInstance::onConnectionFailed()
{
    QTimer::singleShot(100ms, this, [this] {
        if (m_patience.isActive())
            attempt();
    });
}

void SingleInstance::onPatienceEnded()
{
    fail(tr("Another Waxwing has this data directory open and does not answer. Wait a moment, or end it; then start again."));
}

void SingleInstance::fail(const QString &sentence)
{
    m_patience.stop();
    Q_EMIT failed(sentence);
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
