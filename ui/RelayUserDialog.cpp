// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayUserDialog.h"

#include "mime/Address.h"
#include "ui/LongText.h"
#include "ui/ProblemLabel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr qsizetype kLongestAddressSaid = 60;
}

RelayUserDialog::RelayUserDialog(const QString &address, const QString &note, Try attempt, QWidget *parent) : QDialog(parent), m_attempt(std::move(attempt))
{
    setObjectName(u"relayUserDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    const bool isNew = address.isEmpty();
    setWindowTitle(isNew ? tr("New mailbox") : tr("Change the password of %1").arg(address));
    m_address = makeField(u"mailboxAddress"_s, tr("Address"), false);
    m_address->setPlaceholderText(u"name@example.org"_s);
    m_address->setText(address);
    m_address->setReadOnly(!isNew);
    m_password = makeField(u"mailboxPassword"_s, tr("Password"), true);
    m_again = makeField(u"mailboxPasswordAgain"_s, tr("Password again"), true);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(kAround);
    form->setVerticalSpacing(kBetween);
    form->addRow(tr("&Address"), m_address);
    form->addRow(tr("&Password"), m_password);
    form->addRow(tr("Password a&gain"), m_again);
    auto *text = new QLabel(isNew ? tr("Whoever reads this mailbox logs in with the full address and this password. The relay keeps only what it needs to recognise it.") : note, this);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    text->setVisible(!text->text().isEmpty());
    m_problem = new ProblemLabel(u"mailboxProblem"_s, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setObjectName(u"mailboxConfirm"_s);
    m_ok->setText(isNew ? tr("Make the mailbox") : tr("Change the password"));
    connect(buttons, &QDialogButtonBox::accepted, this, &RelayUserDialog::onAccepted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(12);
    column->addLayout(form);
    column->addWidget(text);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(440);
    (isNew ? m_address : m_password)->setFocus();
    check();
}

RelayUserDialog::~RelayUserDialog()
{
    hide(); // What a field says when it loses the focus is said to a dialog that is whole.
}

QLineEdit *RelayUserDialog::makeField(const QString &objectName, const QString &name, bool isSecret)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setEchoMode(isSecret ? QLineEdit::Password : QLineEdit::Normal);
    connect(field, &QLineEdit::textChanged, this, &RelayUserDialog::check);
    connect(field, &QLineEdit::editingFinished, this, &RelayUserDialog::check);
    return field;
}

void RelayUserDialog::check()
{
    if (!m_ok)
        return;
    const QString address = m_address->text().trimmed();
    const bool isAddress = mime::isValidMailbox(address);
    // Not while the address is being typed.
    if (!isAddress && !address.isEmpty() && !m_address->hasFocus())
        m_problem->say(tr("\"%1\" is no mail address. One looks like name@example.org.").arg(shortened(address, kLongestAddressSaid)), Tone::Caution);
    else
        m_problem->compare(m_password->text(), m_again->text());
    m_ok->setEnabled(isAddress && !m_password->text().isEmpty() && m_password->text() == m_again->text());
}

void RelayUserDialog::onAccepted()
{
    m_ok->setEnabled(false);
    base::whenReady(this, m_attempt(m_address->text().trimmed(), base::Secret::fromText(m_password->text())), [this](const base::Status &status) {
        if (status)
            return accept();
        m_ok->setEnabled(true);
        m_problem->say(status.error());
    });
}

} // namespace ui
