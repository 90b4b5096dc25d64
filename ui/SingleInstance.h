// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <chrono>
#include <memory>

namespace ui {

/// All windows of one data directory live in one process: the first start takes the directory and listens,
/// a later one hands its words over and ends. They meet at a socket inside the directory, and nowhere else: another account could take a
/// place that all share. Nothing here waits; the outcome comes as exactly one signal, at the latest when the patience ends.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    /// `dataDirectory` exists already.
    explicit SingleInstance(const QString &dataDirectory, std::chrono::milliseconds patience = std::chrono::seconds{10});
    ~SingleInstance() override;

    /// Takes the directory, or hands `words` to the process that has it.
    void claim(const QStringList &words);

Q_SIGNALS:
    /// This process has the directory now.
    void claimed();
    /// Another process has it and took the words.
    void handedOver();
    /// Neither; the sentence says why, and what to do.
    void failed(const QString &sentence);
    /// A later start handed these words over.
    void wordsReceived(const QStringList &words);

private:
    void attempt();
    void listen();
    void connectToFirst();
    void onConnected();
    void onReply();
    void onConnectionFailed();
    void onPatienceEnded();
    void fail(const QString &sentence);
    void onNewConnection();
    void readWords(QLocalSocket *socket);

    int m_folder;
    QString m_socketName;
    QLockFile m_lock;
    QLocalServer m_server;
    std::unique_ptr<QLocalSocket> m_socket;
    QStringList m_words;
    QTimer m_patience; ///< Runs until the outcome is told.
};

} // namespace ui
