// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayFaultsPage.h"

#include "ui/PlainTable.h"
#include "ui/ProblemLabel.h"
#include "ui/RelayFaultDialog.h"

#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

RelayFaultsPage::RelayFaultsPage(app::RelayService *relay, QWidget *parent) : QWidget(parent), m_relay(relay)
{
    m_table = plainTable(u"relayFaults"_s, tr("Fault rules"), {tr("On"), tr("What it does, and when")}, 1, this);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &RelayFaultsPage::showChoice);
    connect(m_table, &QTableWidget::itemChanged, this, &RelayFaultsPage::onChanged);
    connect(m_table, &QTableWidget::itemDoubleClicked, this, &RelayFaultsPage::edit);
    QPushButton *addButton = makeButton(u"addFault"_s, tr("A&dd\u2026"), &RelayFaultsPage::add);
    m_edit = makeButton(u"editFault"_s, tr("&Change\u2026"), &RelayFaultsPage::edit);
    m_remove = makeButton(u"removeFault"_s, tr("Remo&ve"), &RelayFaultsPage::remove);
    m_removeAll = makeButton(u"removeAllFaults"_s, tr("Remove a&ll"), &RelayFaultsPage::removeAll);
    m_problem = new ProblemLabel(u"faultsProblem"_s, this);
    m_problem->setContentsMargins(12, kInsideGroup, 12, kInsideGroup);
    auto *words = new QLabel(tr("The relay breaks mail and connections by these rules, to try what mail programs make of it. A message that a rule touched bears the rule's name."), this);
    words->setWordWrap(true);
    words->setForegroundRole(QPalette::PlaceholderText);
    words->setContentsMargins(12, kBetween, 12, kInsideGroup);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(words);
    column->addWidget(tablePage(m_table, {addButton, m_edit, m_remove, m_removeAll}, nullptr, this), 1);
    column->addWidget(m_problem);
    connect(m_relay, &app::RelayService::faultsChanged, this, &RelayFaultsPage::refresh);
    showChoice();
}

QPushButton *RelayFaultsPage::makeButton(const QString &objectName, const QString &text, void (RelayFaultsPage::*pressed)())
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    connect(button, &QPushButton::clicked, this, pressed);
    return button;
}

void RelayFaultsPage::refresh()
{
    base::whenReady(this, m_relay->faults(), [this](const base::Result<app::FaultPlan> &plan) {
        if (plan)
            return fill(*plan);
        m_problem->say(plan.error());
        m_removeAll->setEnabled(true); // Makes the file anew.
    });
}

void RelayFaultsPage::fill(const app::FaultPlan &plan)
{
    const QVariant chosenRule = chosenKey(m_table);
    m_plan = plan;
    {
        const QSignalBlocker quiet(m_table);
        m_table->setRowCount(int(plan.rules.size()));
        for (int row = 0; row < plan.rules.size(); ++row) {
            const app::FaultRule &rule = plan.rules[row];
            fillRow(m_table, row, rule.name, {QString(), app::faultText(rule)});
            QTableWidgetItem *on = m_table->item(row, 0);
            on->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            on->setCheckState(rule.isEnabled ? Qt::Checked : Qt::Unchecked);
            on->setData(Qt::AccessibleTextRole, rule.isEnabled ? tr("%1 is on").arg(rule.name) : tr("%1 is off").arg(rule.name));
        }
        m_table->clearSelection();
        chooseKey(m_table, chosenRule);
    }
    showChoice();
}

const app::FaultRule *RelayFaultsPage::chosen() const
{
    const QVariant name = chosenKey(m_table);
    const auto found = std::find_if(m_plan.rules.begin(), m_plan.rules.end(), [&name](const app::FaultRule &rule) { return name.isValid() && rule.name == name.toString(); });
    return found == m_plan.rules.end() ? nullptr : &*found;
}

void RelayFaultsPage::showChoice()
{
    m_edit->setEnabled(chosen() != nullptr);
    m_remove->setEnabled(chosen() != nullptr);
    m_removeAll->setEnabled(!m_plan.rules.isEmpty());
}

void RelayFaultsPage::onChanged(const QTableWidgetItem *item)
{
    if (item->column() != 0 || item->row() >= m_plan.rules.size())
        return;
    const auto state = item->checkState() == Qt::Checked ? app::relayFaults::RuleState::On : app::relayFaults::RuleState::Off;
    report(m_relay->setFaultState(m_plan.rules[item->row()].name, state));
}

void RelayFaultsPage::add() { openDialog({}); }

void RelayFaultsPage::edit()
{
    if (const app::FaultRule *rule = chosen())
        openDialog(*rule);
}

void RelayFaultsPage::openDialog(const app::FaultRule &rule)
{
    QStringList taken;
    for (const app::FaultRule &other : std::as_const(m_plan.rules))
        taken += other.name;
    taken.removeAll(rule.name);
    auto *dialog = new RelayFaultDialog(rule, taken, this);
    connect(dialog, &RelayFaultDialog::chosen, this, [this, before = rule.name](const app::FaultRule &changed) {
        report(before.isEmpty() ? m_relay->addFault(changed) : m_relay->changeFault(before, changed));
    });
    dialog->open();
}

void RelayFaultsPage::remove()
{
    if (const app::FaultRule *rule = chosen())
        report(m_relay->removeFault(rule->name));
}

void RelayFaultsPage::removeAll() { report(m_relay->clearFaults()); }

void RelayFaultsPage::report(const base::Operation<base::Done> &change)
{
    m_problem->say(QString());
    base::whenReady(this, change, [this](const base::Status &status) {
        if (status)
            return;
        m_problem->say(status.error());
        refresh();
    });
}

} // namespace ui
