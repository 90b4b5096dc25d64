// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayFaults.h"

#include <QDialog>
#include <QHash>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace ui {

class ProblemLabel;

/// One rule of faults: chosen from the catalogue, with the conditions under which it applies and what its kind needs. Says in one
/// sentence what the rule will do.
class RelayFaultDialog : public QDialog
{
    Q_OBJECT

public:
    /// `rule`: what stands there at first; one without a name is new. `takenNames` belong to other rules.
    RelayFaultDialog(const app::FaultRule &rule, const QStringList &takenNames, QWidget *parent);

Q_SIGNALS:
    /// The rule is complete and makes sense.
    void chosen(const app::FaultRule &rule);

private:
    QComboBox *makeKinds();
    QWidget *makeOccasions();
    QWidget *makeTimes();
    void makeConditions(QFormLayout *form);
    void makeValues(QFormLayout *form);
    QLineEdit *makeField(const QString &objectName, const QString &name);
    QSpinBox *makeNumber(const QString &member, const QString &name, const QString &suffix, const QString &ifNone = {});
    QWidget *makeFile(const QString &member, const QString &name);
    void take(const app::FaultRule &rule);
    void onKindChosen();
    void fillPoints();
    void showValues();
    void check();
    void onAccepted();
    [[nodiscard]] app::FaultKind kind() const;
    [[nodiscard]] QJsonObject object() const;
    [[nodiscard]] QString freeName(const QString &wanted) const;

    QStringList m_taken;
    bool m_isNew;
    bool m_isEnabled;
    QFormLayout *m_form = nullptr;
    QComboBox *m_kind = nullptr;
    QLineEdit *m_name = nullptr;
    QComboBox *m_point = nullptr;
    QLineEdit *m_from = nullptr;
    QLineEdit *m_to = nullptr;
    QComboBox *m_occasion = nullptr;
    QSpinBox *m_number = nullptr;
    QSpinBox *m_percent = nullptr;
    QLineEdit *m_code = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QHash<QString, QSpinBox *> m_numbers;  ///< By the member of the rule that they set.
    QHash<QString, QLineEdit *> m_files;
    QLabel *m_sentence = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace ui
