// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Workplace.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace ui {

class ProblemLabel;
class RelayFaultsPage;
class RelayMailboxesPage;
class RelayMessagePane;
class RelayMessagesPage;

/// What was said or happened in a session, in one line.
[[nodiscard]] QString dialogueText(const relay::MonitorEvent &event);

/// The relay at work: its sessions line by line as they run; the messages in it, and for each what it sees and what it cannot; its mailboxes
/// and its rules of faults.
class RelayMonitorWindow : public QWidget
{
    Q_OBJECT

public:
    /// `workplace` is not owned and outlives the window.
    explicit RelayMonitorWindow(app::Workplace *workplace, QWidget *parent = nullptr);
    ~RelayMonitorWindow() override;

    /// What stands in the fields of the addresses while the relay does not run.
    void setAddresses(const QString &smtp, const QString &pop3);

Q_SIGNALS:
    /// Start the relay at these addresses, ADDR:PORT each.
    void startRequested(const QString &smtp, const QString &pop3);

protected:
    void changeEvent(QEvent *event) override;

private:
    /// What was said in one session, kept while the window is open.
    struct Session {
        quint64 number = 0;
        relay::Protocol protocol = relay::Protocol::Smtp;
        QString peer;
        bool isOpen = true;
        QList<relay::MonitorEvent> events;
    };

    QWidget *makeHead();
    QWidget *makeSessions();
    QWidget *makeDialogue();
    QWidget *makePages();
    void connectRelay();
    void onEvents(const QList<relay::MonitorEvent> &events);
    void addEvent(const relay::MonitorEvent &event);
    void dropIfEmpty(qsizetype row);
    void showSession(int row);
    void appendLine(const relay::MonitorEvent &event);
    QLineEdit *makeAddressField(const QString &objectName, const QString &name);
    void start();
    void showRelayState();
    void refresh();

    app::Workplace *m_workplace;
    app::RelayService *m_relay;
    QTimer m_settle;                 ///< Thirty profiles look for mail every second: the spool is looked through less often.
    QList<Session> m_sessions;
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
    QTabWidget *m_pages = nullptr;
    RelayMessagesPage *m_messages = nullptr;
    RelayMailboxesPage *m_mailboxes = nullptr;
    RelayFaultsPage *m_faults = nullptr;
    RelayMessagePane *m_message = nullptr;
};

} // namespace ui
