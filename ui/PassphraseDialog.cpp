// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/PassphraseDialog.h"

#include "app/IdentityService.h"
#include "ui/ProblemLabel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

PassphraseDialog::PassphraseDialog(const QString &title, const QString &sentence, Ask ask, Try attempt, QWidget *parent)
    : QDialog(parent), m_attempt(std::move(attempt))
{
    setObjectName(u"passphraseDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto *text = new QLabel(sentence, this);
    text->setWordWrap(true);
    auto *forgotten = new QLabel(app::forgottenPassphraseText(), this);
    forgotten->setWordWrap(true);
    forgotten->setForegroundRole(QPalette::PlaceholderText);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(kAround);
    form->setVerticalSpacing(kBetween);
    if (ask == Ask::OldAndNew)
        m_old = addField(form, u"oldPassphrase"_s, tr("&Present passphrase"));
    m_new = addField(form, u"newPassphrase"_s, tr("&New passphrase"));
    m_again = addField(form, u"newPassphraseAgain"_s, tr("New passphrase &again"));
    m_problem = new ProblemLabel(u"passphraseProblem"_s, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("Continue"));
    connect(buttons, &QDialogButtonBox::accepted, this, &PassphraseDialog::onAccepted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(kBetween);
    column->addWidget(text);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(forgotten);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(440);
    check();
}

QLineEdit *PassphraseDialog::addField(QFormLayout *form, const QString &objectName, const QString &label)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(objectName);
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setEchoMode(QLineEdit::Password);
    form->addRow(label, field);
    connect(field, &QLineEdit::textChanged, this, &PassphraseDialog::check);
    return field;
}

void PassphraseDialog::check()
{
    if (!m_ok)
        return;
    const bool isRepeated = m_new->text() == m_again->text();
    m_ok->setEnabled(isRepeated && !m_new->text().isEmpty() && (!m_old || !m_old->text().isEmpty()));
    m_problem->compare(m_new->text(), m_again->text());
}

void PassphraseDialog::onAccepted()
{
    m_ok->setEnabled(false);
    const base::Secret oldPassphrase = m_old ? base::Secret::fromText(m_old->text()) : base::Secret();
    base::whenReady(this, m_attempt(oldPassphrase, base::Secret::fromText(m_new->text())), [this](const base::Status &status) {
        if (status) {
            accept();
            return;
        }
        m_ok->setEnabled(true);
        m_problem->say(status.error());
    });
}

} // namespace ui
