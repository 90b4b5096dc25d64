// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayMailboxesPage.h"

#include "mime/Address.h"
#include "ui/AttachmentBar.h"
#include "ui/PlainTable.h"
#include "ui/ProblemLabel.h"
#include "ui/RelayAliasesDialog.h"
#include "ui/RelayClassDialog.h"
#include "ui/RelayUserDialog.h"

#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qint64 kMegabyte = 1 << 20; ///< As sizes are shown.
constexpr int kMostMegabytes = 1'000'000;

QString namesText(const app::RelayMailbox &mailbox)
{
    QStringList names;
    for (const QString &alias : mailbox.aliases)
        names += alias.startsWith(u'@') ? RelayMailboxesPage::tr("everything else to %1").arg(alias) : alias;
    return names.join(u", "_s);
}

} // namespace

RelayMailboxesPage::RelayMailboxesPage(app::Workplace *workplace, QWidget *parent) : QWidget(parent), m_workplace(workplace)
{
    m_table = plainTable(u"relayMailboxes"_s, tr("Mailboxes"), {tr("Mailbox"), tr("Other names"), tr("Messages"), tr("Size")}, 1, this);
    m_add = makeButton(u"addMailbox"_s, tr("A&dd\u2026"), &RelayMailboxesPage::add);
    m_addSeveral = makeButton(u"addMailboxes"_s, tr("Add severa&l\u2026"), &RelayMailboxesPage::addSeveral);
    m_password = makeButton(u"changeMailboxPassword"_s, tr("C&hange password\u2026"), &RelayMailboxesPage::changePassword);
    m_aliases = makeButton(u"changeAliases"_s, tr("Other &names\u2026"), &RelayMailboxesPage::changeAliases);
    m_remove = makeButton(u"removeMailbox"_s, tr("Remo&ve\u2026"), &RelayMailboxesPage::askToRemove);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &RelayMailboxesPage::showChoice);
    m_problem = new ProblemLabel(u"mailboxesProblem"_s, this);
    m_problem->setContentsMargins(12, kInsideGroup, 12, kInsideGroup);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(tablePage(m_table, {m_add, m_addSeveral, m_password, m_aliases, m_remove}, makeQuota(), this), 1);
    column->addWidget(m_problem);
    connect(&m_workplace->relay(), &app::RelayService::reloaded, this, &RelayMailboxesPage::refresh);
    showChoice();
}

QWidget *RelayMailboxesPage::makeQuota()
{
    auto *box = new QWidget(this);
    m_quota = new QSpinBox(box);
    m_quota->setObjectName(u"mailboxQuota"_s);
    m_quota->setAccessibleName(tr("Each mailbox may hold"));
    m_quota->setRange(0, kMostMegabytes);
    m_quota->setSuffix(tr(" MB"));
    m_quota->setSpecialValueText(tr("any amount"));
    m_quota->setGroupSeparatorShown(true);
    m_quota->setToolTip(tr("A message that no longer fits is refused. Mail that is there already stays."));
    if (const base::Result<app::RelaySettings> settings = m_workplace->relaySettings())
        m_keptQuota = int((settings->limits.mailboxQuotaOctets + kMegabyte - 1) / kMegabyte);
    m_quota->setValue(m_keptQuota);
    connect(m_quota, &QSpinBox::editingFinished, this, &RelayMailboxesPage::keepQuota);
    auto *label = new QLabel(tr("Each mailbo&x may hold"), box);
    label->setBuddy(m_quota);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(kBetween);
    row->addWidget(label);
    row->addWidget(m_quota);
    return box;
}

void RelayMailboxesPage::keepQuota()
{
    if (m_quota->value() == m_keptQuota)
        return;
    m_problem->say(QString());
    if (const base::Status kept = m_workplace->keepMailboxQuota(quotaOctets()); !kept) {
        m_quota->setValue(m_keptQuota);
        return m_problem->say(kept.error());
    }
    m_keptQuota = m_quota->value();
    refresh();
}

qint64 RelayMailboxesPage::quotaOctets() const { return m_quota->value() * kMegabyte; }

QPushButton *RelayMailboxesPage::makeButton(const QString &objectName, const QString &text, void (RelayMailboxesPage::*pressed)())
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    connect(button, &QPushButton::clicked, this, pressed);
    return button;
}

void RelayMailboxesPage::refresh()
{
    base::whenReady(this, m_workplace->relay().listUsers(), [this](const base::Result<QList<app::RelayMailbox>> &mailboxes) {
        if (mailboxes)
            fill(*mailboxes);
    });
}

void RelayMailboxesPage::fill(const QList<app::RelayMailbox> &mailboxes)
{
    const QVariant chosen = chosenKey(m_table);
    m_mailboxes = mailboxes;
    const qint64 quota = quotaOctets();
    {
        const MeasureColumnsAtEnd measure(m_table);
        m_table->setRowCount(int(mailboxes.size()));
        for (int row = 0; row < mailboxes.size(); ++row) {
            const app::RelayMailbox &mailbox = mailboxes[row];
            const QString size = quota > 0 ? tr("%1 of %2").arg(sizeText(mailbox.octets), sizeText(quota)) : sizeText(mailbox.octets);
            fillRow(m_table, row, mailbox.address, {mailbox.address, namesText(mailbox), QLocale().toString(mailbox.messages), size});
        }
    }
    m_table->clearSelection();
    chooseKey(m_table, chosen);
    showChoice();
}

app::RelayMailbox RelayMailboxesPage::chosen() const
{
    const QString address = chosenKey(m_table).toString();
    const auto found = std::find_if(m_mailboxes.begin(), m_mailboxes.end(), [&address](const app::RelayMailbox &one) { return one.address == address; });
    return found == m_mailboxes.end() ? app::RelayMailbox() : *found;
}

void RelayMailboxesPage::showChoice()
{
    const bool isChosen = !chosen().address.isEmpty();
    for (QPushButton *button : {m_password, m_aliases, m_remove})
        button->setEnabled(isChosen);
}

void RelayMailboxesPage::add()
{
    (new RelayUserDialog({}, {}, [this](const QString &address, const base::Secret &password) { return m_workplace->relay().addUser(address, password); }, this))->open();
}

void RelayMailboxesPage::addSeveral()
{
    QStringList present;
    for (const app::RelayMailbox &mailbox : std::as_const(m_mailboxes))
        present += mailbox.address;
    (new RelayClassDialog(present, [this](const QString &address, const base::Secret &password) { return m_workplace->relay().addUser(address, password); }, this))->open();
}

void RelayMailboxesPage::changePassword()
{
    const QString address = chosen().address;
    const QList<identity::Profile> profiles = m_workplace->identities().profiles();
    const bool isOwn = std::any_of(profiles.begin(), profiles.end(), [&address](const identity::Profile &one) { return mime::isSameMailbox(one.address, address); });
    const QString note = isOwn ? tr("Waxwing's own window of %1 logs in with a password that it made itself, and sets it again whenever the keys are unlocked.").arg(address) : QString();
    auto *dialog = new RelayUserDialog(address, note, [this](const QString &whose, const base::Secret &password) { return m_workplace->relay().setUser(whose, password); }, this);
    connect(dialog, &QDialog::accepted, this, [this, address] { m_problem->say(tr("The password of %1 was changed.").arg(address), Tone::Good); });
    dialog->open();
}

void RelayMailboxesPage::changeAliases() { (new RelayAliasesDialog(&m_workplace->relay(), chosen(), this))->open(); }

void RelayMailboxesPage::askToRemove()
{
    const app::RelayMailbox mailbox = chosen();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Remove a mailbox"), tr("Remove the mailbox of %1?").arg(mailbox.address), QMessageBox::Cancel, this);
    box->setObjectName(u"removeMailboxQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("The %n messages in it and its other names go with it.", nullptr, mailbox.messages));
    box->setDefaultButton(QMessageBox::Cancel);
    box->addButton(tr("Remove"), QMessageBox::AcceptRole)->setObjectName(u"removeMailboxConfirmed"_s);
    connect(box, &QMessageBox::accepted, this, [this, address = mailbox.address] {
        base::whenReady(this, m_workplace->relay().removeUser(address), [this](const base::Status &status) {
            m_problem->say(QString());
            if (!status)
                m_problem->say(status.error());
        });
    });
    box->open();
}

} // namespace ui
