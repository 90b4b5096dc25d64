// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayService.h"

#include <QHash>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;
class QTextBrowser;

namespace ui {

class ProblemLabel;

/// The relay at work: its sessions line by line as they run, and for each message what it sees and what it cannot.
class RelayMonitorWindow : public QWidget
{
    Q_OBJECT

public:
    /// `relay` is not owned and outlives the window.
    explicit RelayMonitorWindow(app::RelayService *relay, QWidget *parent = nullptr);
    ~RelayMonitorWindow() override;

    /// What stands in the fields of the addresses while the relay does not run.
    void setAddresses(const QString &smtp, const QString &pop3);

Q_SIGNALS:
    /// Start the relay at these addresses, ADDR:PORT each.
    void startRequested(const QString &smtp, const QString &pop3);

private:
    /// What was said in one session, kept while the window is open.
    struct Session {
        quint64 number = 0;
        relay::Protocol protocol = relay::Protocol::Smtp;
        QString peer;
        QString state;
        QList<relay::MonitorEvent> events;
    };

    QWidget *makeHead();
    QWidget *makeSessions();
    QWidget *makeDialogue();
    QWidget *makeSight();
    QWidget *makeQueue();
    void onEvents(const QList<relay::MonitorEvent> &events);
    void addEvent(const relay::MonitorEvent &event);
    void dropIfEmpty(qsizetype row);
    void showSession(int row);
    void appendLine(const relay::MonitorEvent &event);
    QLineEdit *makeAddressField(const QString &objectName, const QString &name);
    void start();
    void showRelayState();
    void refreshQueue();
    void fillMessages(const QList<app::RelayMessage> &messages);
    void fillMailboxes(const QList<app::RelayMailbox> &mailboxes);
    void showMessage(qint64 id);

    app::RelayService *m_relay;
    QList<Session> m_sessions;
    QHash<qint64, app::RelayMessage> m_messagesById;
    quint64 m_shown = 0;
    QLabel *m_sign = nullptr;
    QLabel *m_state = nullptr;
    ProblemLabel *m_problem = nullptr;
    QLineEdit *m_smtp = nullptr;
    QLineEdit *m_pop3 = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_stop = nullptr;
    QListWidget *m_list = nullptr;
    QCheckBox *m_all = nullptr;
    QPlainTextEdit *m_dialogue = nullptr;
    QTableWidget *m_messages = nullptr;
    QTableWidget *m_mailboxes = nullptr;
    QTextBrowser *m_sees = nullptr;
};

} // namespace ui
