// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayService.h"

#include <QWidget>

class QPushButton;
class QTableWidget;
class QTableWidgetItem;

namespace ui {

class ProblemLabel;

/// The rules of faults of the relay in their order: what breaks, when, and whether it is switched on.
class RelayFaultsPage : public QWidget
{
    Q_OBJECT

public:
    /// `relay` is not owned and outlives the page.
    explicit RelayFaultsPage(app::RelayService *relay, QWidget *parent = nullptr);

    void refresh();

private:
    QPushButton *makeButton(const QString &objectName, const QString &text, void (RelayFaultsPage::*pressed)());
    void fill(const app::FaultPlan &plan);
    void showChoice();
    void onChanged(const QTableWidgetItem *item);
    void add();
    void edit();
    void remove();
    void removeAll();
    void openDialog(const app::FaultRule &rule);
    void report(const base::Operation<base::Done> &change);
    [[nodiscard]] const app::FaultRule *chosen() const;

    app::RelayService *m_relay;
    app::FaultPlan m_plan;
    QTableWidget *m_table = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_removeAll = nullptr;
};

} // namespace ui
