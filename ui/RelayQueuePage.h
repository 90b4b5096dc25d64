// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayQueue.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace ui {

class ProblemLabel;

/// What the relay still owes to recipients elsewhere, and what a person can do about it: a page of the relay's monitor. Looks at the queue
/// only while it is shown.
class RelayQueuePage : public QWidget
{
    Q_OBJECT

public:
    /// `relay` is not owned and outlives the page.
    explicit RelayQueuePage(app::RelayService *relay, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeTable();
    QWidget *makeButtons();
    QPushButton *makeButton(const QString &objectName, const QString &text, const QString &tip);
    void fill();
    void showChoice();
    void obey(app::relayQueue::Command command, const QList<qint64> &ids);
    void askToDelete();
    [[nodiscard]] QList<qint64> chosen() const;
    [[nodiscard]] QString summary() const;

    app::RelayQueueService m_queue;
    QTreeWidget *m_table = nullptr;
    QLabel *m_summary = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_flush = nullptr;
    QPushButton *m_hold = nullptr;
    QPushButton *m_delete = nullptr;
};

} // namespace ui
