// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayAliasesDialog.h"

#include "ui/ProblemLabel.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

RelayAliasesDialog::RelayAliasesDialog(app::RelayService *relay, const app::RelayMailbox &mailbox, QWidget *parent) : QDialog(parent), m_relay(relay), m_address(mailbox.address)
{
    setObjectName(u"relayAliasesDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Other names of %1").arg(m_address));
    auto *text = new QLabel(tr("Mail to these addresses lands in the mailbox of %1, and whoever logs in to it may send with them.").arg(m_address), this);
    text->setWordWrap(true);
    m_catchAll = new QCheckBox(tr("Also &everything to %1 that nobody else has").arg(catchAll()), this);
    m_catchAll->setObjectName(u"catchAllSwitch"_s);
    connect(m_catchAll, &QCheckBox::clicked, this, &RelayAliasesDialog::switchCatchAll);
    m_problem = new ProblemLabel(u"aliasesProblem"_s, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    // Return adds a name.
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(12);
    column->addWidget(text);
    column->addWidget(makeNames(), 1);
    column->addWidget(m_catchAll);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    // As they stand, not as they were made.
    setTabOrder(m_remove, m_catchAll);
    setTabOrder(m_catchAll, buttons->button(QDialogButtonBox::Close));
    setMinimumWidth(460);
    fill(mailbox.aliases);
    connect(m_relay, &app::RelayService::usersChanged, this, &RelayAliasesDialog::refresh);
}

QWidget *RelayAliasesDialog::makeNames()
{
    auto *box = new QWidget(this);
    m_names = new QListWidget(box);
    m_names->setObjectName(u"aliasList"_s);
    m_names->setAccessibleName(tr("Other names"));
    m_name = new QLineEdit(box);
    m_name->setObjectName(u"aliasField"_s);
    m_name->setAccessibleName(tr("New name"));
    m_name->setPlaceholderText(u"sales"_s + catchAll());
    auto *addButton = new QPushButton(tr("&Add"), box);
    addButton->setObjectName(u"aliasAdd"_s);
    addButton->setAutoDefault(false);
    m_remove = new QPushButton(tr("&Remove"), box);
    m_remove->setObjectName(u"aliasRemove"_s);
    m_remove->setAutoDefault(false);
    m_remove->setEnabled(false);
    connect(m_names, &QListWidget::itemSelectionChanged, this, [this] { m_remove->setEnabled(!m_names->selectedItems().isEmpty()); });
    connect(m_name, &QLineEdit::returnPressed, this, &RelayAliasesDialog::add);
    connect(addButton, &QPushButton::clicked, this, &RelayAliasesDialog::add);
    connect(m_remove, &QPushButton::clicked, this, &RelayAliasesDialog::removeChosen);
    auto *row = new QHBoxLayout;
    row->setSpacing(kBetween);
    row->addWidget(m_name, 1);
    row->addWidget(addButton);
    row->addWidget(m_remove);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(kBetween);
    column->addWidget(m_names, 1);
    column->addLayout(row);
    return box;
}

void RelayAliasesDialog::refresh()
{
    base::whenReady(this, m_relay->listUsers(), [this](const base::Result<QList<app::RelayMailbox>> &mailboxes) {
        if (!mailboxes)
            return m_problem->say(mailboxes.error());
        for (const app::RelayMailbox &mailbox : *mailboxes)
            if (mailbox.address == m_address)
                fill(mailbox.aliases);
    });
}

void RelayAliasesDialog::fill(const QStringList &aliases)
{
    QStringList names = aliases;
    m_catchAll->setChecked(names.removeAll(catchAll()) > 0);
    m_names->clear();
    m_names->addItems(names);
}

void RelayAliasesDialog::add()
{
    if (m_name->text().trimmed().isEmpty())
        return;
    const auto change = m_relay->setAlias(m_name->text(), m_address);
    apply(change);
    base::whenReady(this, change, [this](const base::Status &status) {
        if (status)
            m_name->clear();
    });
}

void RelayAliasesDialog::removeChosen()
{
    for (const QListWidgetItem *item : m_names->selectedItems())
        apply(m_relay->removeAlias(item->text()));
}

void RelayAliasesDialog::switchCatchAll(bool isOn) { apply(isOn ? m_relay->setAlias(catchAll(), m_address) : m_relay->removeAlias(catchAll())); }

void RelayAliasesDialog::apply(const base::Operation<base::Done> &change)
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
