// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "base/Secret.h"

#include <QDialog>
#include <functional>

class QLineEdit;
class QPushButton;

namespace ui {

class ProblemLabel;

/// Asks for the address of a new mailbox and for its password, or for another password of one that is there. Opened, never executed.
class RelayUserDialog : public QDialog
{
    Q_OBJECT

public:
    using Try = std::function<base::Operation<base::Done>(const QString &address, const base::Secret &password)>;

    /// `address`: whose password is changed; empty for a new mailbox. `note` says what there is to know before; may be empty.
    RelayUserDialog(const QString &address, const QString &note, Try attempt, QWidget *parent);
    ~RelayUserDialog() override;

private:
    QLineEdit *makeField(const QString &objectName, const QString &name, bool isSecret);
    void check();
    void onAccepted();

    Try m_attempt;
    QLineEdit *m_address = nullptr;
    QLineEdit *m_password = nullptr;
    QLineEdit *m_again = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace ui
