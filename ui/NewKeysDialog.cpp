// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/NewKeysDialog.h"

#include "ui/KeyTypeField.h"
#include "ui/ProblemLabel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

NewKeysDialog::NewKeysDialog(Authority authority, Make make, QWidget *parent) : QDialog(parent), m_make(std::move(make))
{
    setObjectName(u"newKeysDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New keys"));
    auto *text = new QLabel(authority == Authority::Here
                                ? tr("The new keys are used from now on. The old ones stay, so that old mail can be opened.")
                                : tr("Waxwing makes the keys and a request file for whoever runs your authority. They are used when the certificate comes back."), this);
    text->setWordWrap(true);
    m_keyType = new KeyTypeField(this);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(kAround);
    form->setVerticalSpacing(kBetween);
    form->addRow(tr("&Kind of key"), m_keyType);
    if (authority == Authority::Here) {
        m_passphrase = new QLineEdit(this);
        m_passphrase->setObjectName(u"authorityPassphraseField"_s);
        m_passphrase->setAccessibleName(tr("The authority's passphrase"));
        m_passphrase->setEchoMode(QLineEdit::Password);
        form->addRow(tr("The authority's &passphrase"), m_passphrase);
    }
    m_problem = new ProblemLabel(u"newKeysProblem"_s, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("Make the keys"));
    if (m_passphrase) {
        m_ok->setEnabled(false);
        connect(m_passphrase, &QLineEdit::textChanged, m_ok, [this](const QString &typed) { m_ok->setEnabled(!typed.isEmpty()); });
        m_passphrase->setFocus();
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &NewKeysDialog::onAccepted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(12);
    column->addWidget(text);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(480);
}

void NewKeysDialog::onAccepted()
{
    m_ok->setEnabled(false);
    const base::Secret passphrase = m_passphrase ? base::Secret::fromText(m_passphrase->text()) : base::Secret();
    base::whenReady(this, m_make(m_keyType->keyType(), passphrase), [this](const base::Result<QByteArray> &request) {
        if (request) {
            Q_EMIT made(*request);
            accept();
            return;
        }
        m_problem->say(request.error());
        m_ok->setEnabled(true);
    });
}

} // namespace ui
