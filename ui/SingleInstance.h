// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QObject>
#include <QStringList>
#include <memory>

namespace ui {

/// All windows of one data directory live in one process: the first start takes the directory and listens,
/// a later one hands its words over and ends. Nothing here waits; the outcome comes as exactly one signal.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    /// `dataDirectory` exists already.
    explicit SingleInstance(const QString &dataDirectory, QObject *parent = nullptr);

    /// Takes the directory, or hands `words` to the process that has it.
    void claim(const QStringList &words);

Q_SIGNALS:
    /// This process has the directory now.
    void claimed();
    /// Another process has it and took the words.
    void handedOver();
    /// Another process has it and does not answer.
    void failed();
    /// A later start handed these words over.
    void wordsReceived(const QStringList &words);

private:
    void listen();
    void connectToFirst();
    void onConnected();
    void onReply();
    void onConnectionFailed();
    void onNewConnection();
    void readWords(QLocalSocket *socket);

    QString m_socketName;
    QLockFile m_lock;
    QLocalServer m_server;
    std::unique_ptr<QLocalSocket> m_socket;
    QStringList m_words;
    int m_attemptsLeft = 20;
};

} // namespace ui
