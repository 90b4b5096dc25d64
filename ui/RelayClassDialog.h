// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MailboxList.h"
#include "base/Operation.h"
#include "base/Secret.h"

#include <QDialog>
#include <functional>

class QDialogButtonBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace ui {

class ProblemLabel;

/// Makes the mailboxes of a whole class from a list of its people, and shows their passwords once, to be printed or saved. Opened, never executed.
class RelayClassDialog : public QDialog
{
    Q_OBJECT

public:
    using Make = std::function<base::Operation<base::Done>(const QString &address, const base::Secret &password)>;

    /// `present`: the addresses that have mailboxes already.
    RelayClassDialog(const QStringList &present, Make make, QWidget *parent);

    /// What goes on paper: who, which address, which password.
    [[nodiscard]] QString printedList() const;
    /// The same for a spreadsheet, which this dialog reads again.
    [[nodiscard]] QString savedList() const;

    void reject() override;

private:
    QWidget *makeInput();
    QDialogButtonBox *makeButtons();
    void read();
    void begin();
    void makeNext();
    void finish();
    void showRow(qsizetype row, const QString &state);
    void print();
    void save();
    [[nodiscard]] static QString stateText(app::ListedMailbox::State state);
    [[nodiscard]] QList<app::ListedMailbox> made() const;

    QStringList m_present;
    Make m_make;
    QList<app::ListedMailbox> m_list;
    QList<qsizetype> m_waiting; ///< Rows of those that are still to be made.
    QList<qsizetype> m_made;
    bool m_isMaking = false;
    bool m_isKept = true; ///< Printed or saved; or nothing is lost by closing.
    QWidget *m_input = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QLineEdit *m_domain = nullptr;
    QTableWidget *m_table = nullptr;
    ProblemLabel *m_summary = nullptr;
    QPushButton *m_begin = nullptr;
    QPushButton *m_print = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace ui
