// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "base/Secret.h"

#include <QDialog>
#include <functional>

class QFormLayout;
class QLineEdit;
class QPushButton;

namespace ui {

class ProblemLabel;

/// Asks for a new passphrase, twice, and if wanted for the old one. Says what a forgotten one means before it is chosen.
class PassphraseDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Ask { NewOnly, OldAndNew };
    using Try = std::function<base::Operation<base::Done>(const base::Secret &oldPassphrase, const base::Secret &newPassphrase)>;

    PassphraseDialog(const QString &title, const QString &sentence, Ask ask, Try attempt, QWidget *parent);

private:
    QLineEdit *addField(QFormLayout *form, const QString &objectName, const QString &label);
    void check();
    void onAccepted();

    Try m_attempt;
    QLineEdit *m_old = nullptr;
    QLineEdit *m_new = nullptr;
    QLineEdit *m_again = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace ui
