// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/UnlockDialog.h"

#include "app/ErrorText.h"
#include "app/ProfileSession.h"
#include "ui/PageArea.h"
#include "ui/ProblemLabel.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

UnlockDialog::UnlockDialog(const QString &title, const QString &sentence, Try attempt, QWidget *parent)
    : QDialog(parent), m_attempt(std::move(attempt))
{
    setObjectName(u"unlockDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto *text = new QLabel(sentence, this);
    text->setWordWrap(true);
    m_passphrase = new QLineEdit(this);
    m_passphrase->setObjectName(u"passphraseField"_s);
    setFieldName(tr("Passphrase"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_problem = new ProblemLabel(u"unlockProblem"_s, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("Unlock"));
    m_ok->setEnabled(false);
    connect(m_passphrase, &QLineEdit::textChanged, this, [this](const QString &typed) { m_ok->setEnabled(!typed.isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &UnlockDialog::onAccepted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(12);
    column->addWidget(text);
    column->addWidget(m_passphrase);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(400);
}

void UnlockDialog::setButtonText(const QString &text) { m_ok->setText(text); }

void UnlockDialog::setFieldName(const QString &name)
{
    m_passphrase->setAccessibleName(name);
    m_passphrase->setPlaceholderText(name);
}

void UnlockDialog::setList(const QString &name, const QStringList &lines)
{
    auto *list = new QListWidget(this);
    list->setObjectName(u"unlockList"_s);
    list->setAccessibleName(name);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setWordWrap(true);
    list->addItems(lines);
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(1, list, 1); // Between the sentence and the passphrase.
}

void UnlockDialog::offerToRemember(app::ProfileSession *session)
{
    if (session->profile().isDemonstration)
        return;
    m_session = session;
    m_remember = new QCheckBox(tr("&Remember it in this desktop's keyring"), this);
    m_remember->setObjectName(u"rememberSwitch"_s);
    m_remember->setChecked(session->isPassphraseRemembered());
    m_remember->setEnabled(false);
    auto *column = qobject_cast<QVBoxLayout *>(layout());
    column->insertWidget(column->indexOf(m_passphrase) + 1, m_remember);
    base::whenReady(this, session->probeKeyring(), [this](const base::Status &there) { setKeyringThere(there.isOk()); });
}

void UnlockDialog::setKeyringThere(bool isThere)
{
    m_remember->setEnabled(isThere);
    if (isThere)
        return;
    auto *text = new QLabel(tr("This desktop has no keyring that could remember it."), this);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    m_remember->setAccessibleDescription(text->text());
    auto *column = qobject_cast<QVBoxLayout *>(layout());
    column->insertWidget(column->indexOf(m_remember) + 1, text);
    text->show(); // Else only the next turn of the event loop would, and it took no room yet.
    growToContents(this);
}

// What the keyring does not keep is asked for the next time: nobody is held up by that.
void UnlockDialog::keep(const base::Secret &passphrase)
{
    if (!m_remember || !m_remember->isEnabled())
        return;
    if (m_remember->isChecked())
        (void)m_session->rememberPassphrase(passphrase);
    else if (m_session->isPassphraseRemembered())
        (void)m_session->forgetPassphrase();
}

void UnlockDialog::onAccepted()
{
    m_ok->setEnabled(false);
    m_passphrase->setEnabled(false);
    const base::Secret passphrase = base::Secret::fromText(m_passphrase->text());
    base::whenReady(this, m_attempt(passphrase), [this, passphrase](const base::Status &status) { onAttempted(passphrase, status); });
}

void UnlockDialog::onAttempted(const base::Secret &passphrase, const base::Status &status)
{
    if (status) {
        keep(passphrase);
        m_passphrase->clear();
        accept();
        return;
    }
    m_passphrase->setEnabled(true);
    m_passphrase->setFocus();
    m_passphrase->selectAll();
    m_ok->setEnabled(true);
    if (status.error().code != base::ErrorCode::MessagePasswordMissing)
        return m_problem->say(status.error());
    // It was right: that is no warning, and what comes next is another one.
    m_passphrase->clear();
    m_problem->say(app::errorText(status.error()).sentence, Tone::Good);
}

} // namespace ui
