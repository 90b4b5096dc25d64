// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayService.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QTableWidget;

namespace ui {

class ProblemLabel;

/// What lies in the relay, newest first: for each message who sent it to whom, what was found out about it, and the rules of faults that
/// touched it. Deletes and saves.
class RelayMessagesPage : public QWidget
{
    Q_OBJECT

public:
    /// `relay` is not owned and outlives the page.
    explicit RelayMessagesPage(app::RelayService *relay, QWidget *parent = nullptr);

    /// Looks into the spool again.
    void refresh();

Q_SIGNALS:
    /// Another message was chosen, or more is known about the chosen one.
    void messageChosen(const app::RelayMessage &message);
    void nothingChosen();
    void inspectorRequested(qint64 id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void shareWidth();
    [[nodiscard]] QPushButton *makeButton(const QString &objectName, const QString &text);
    void fill(const QList<app::RelayMessage> &messages);
    void fillMessage(int row, const app::RelayMessage &message);
    void announce();
    void filter();
    void save();
    void remove();
    void askToRemoveAll();
    [[nodiscard]] qint64 chosenId() const;

    app::RelayService *m_relay;
    QHash<qint64, app::RelayMessage> m_messagesById;
    qint64 m_newest = 0;
    double m_share = 0;
    QTableWidget *m_table = nullptr;
    QLineEdit *m_filter = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_inspect = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_delete = nullptr;
    QPushButton *m_deleteAll = nullptr;
};

} // namespace ui
