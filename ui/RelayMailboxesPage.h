// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Workplace.h"

#include <QWidget>

class QPushButton;
class QSpinBox;
class QTableWidget;

namespace ui {

class ProblemLabel;

/// The mailboxes of the relay with their other names and their fill; makes, changes and removes them.
class RelayMailboxesPage : public QWidget
{
    Q_OBJECT

public:
    /// `workplace` is not owned and outlives the page.
    explicit RelayMailboxesPage(app::Workplace *workplace, QWidget *parent = nullptr);

    void refresh();

private:
    QPushButton *makeButton(const QString &objectName, const QString &text, void (RelayMailboxesPage::*pressed)());
    void fill(const QList<app::RelayMailbox> &mailboxes);
    void showChoice();
    void add();
    void addSeveral();
    void changePassword();
    void changeAliases();
    void askToRemove();
    QWidget *makeQuota();
    void keepQuota();
    [[nodiscard]] qint64 quotaOctets() const;
    [[nodiscard]] app::RelayMailbox chosen() const;

    app::Workplace *m_workplace;
    QList<app::RelayMailbox> m_mailboxes;
    QTableWidget *m_table = nullptr;
    QSpinBox *m_quota = nullptr;
    int m_keptQuota = 0;          ///< In MB, as it stands in the settings.
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_addSeveral = nullptr;
    QPushButton *m_password = nullptr;
    QPushButton *m_aliases = nullptr;
    QPushButton *m_remove = nullptr;
};

} // namespace ui
