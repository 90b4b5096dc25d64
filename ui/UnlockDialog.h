// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "base/Secret.h"

#include <QDialog>
#include <functional>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace app {
class ProfileSession;
}

namespace ui {

class ProblemLabel;

/// Asks for a passphrase until it fits or the person gives up. Opened, never executed.
class UnlockDialog : public QDialog
{
    Q_OBJECT

public:
    using Try = std::function<base::Operation<base::Done>(const base::Secret &)>;

    /// `attempt` is called with what was typed; the dialog closes when it succeeds.
    UnlockDialog(const QString &title, const QString &sentence, Try attempt, QWidget *parent);
    /// What the button does, if it is more than to unlock.
    void setButtonText(const QString &text);
    /// What is typed, if it is no passphrase.
    void setFieldName(const QString &name);
    /// Shows `lines` below the sentence, however many there are; `name` is for screen readers.
    void setList(const QString &name, const QStringList &lines);

    /// Lets the person choose whether this desktop's keyring keeps the passphrase of `session`, which outlives the dialog. Not of a demonstration.
    void offerToRemember(app::ProfileSession *session);

private:
    void setKeyringThere(bool isThere);
    void keep(const base::Secret &passphrase);
    void onAccepted();
    void onAttempted(const base::Secret &passphrase, const base::Status &status);

    Try m_attempt;
    QLineEdit *m_passphrase = nullptr;
    QCheckBox *m_remember = nullptr; ///< Null where nothing can be remembered.
    app::ProfileSession *m_session = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace ui
