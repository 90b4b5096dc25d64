// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayService.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace ui {

class ProblemLabel;

/// The other names of one mailbox, and whether it gets what nobody else of its domain has. Each change holds at once.
class RelayAliasesDialog : public QDialog
{
    Q_OBJECT

public:
    /// `relay` is not owned and outlives the dialog.
    RelayAliasesDialog(app::RelayService *relay, const app::RelayMailbox &mailbox, QWidget *parent);

private:
    QWidget *makeNames();
    void refresh();
    void fill(const QStringList &aliases);
    void add();
    void removeChosen();
    void switchCatchAll(bool isOn);
    void apply(const base::Operation<base::Done> &change);
    [[nodiscard]] QString catchAll() const { return m_address.sliced(m_address.lastIndexOf(u'@')); }

    app::RelayService *m_relay;
    QString m_address;
    QListWidget *m_names = nullptr;
    QLineEdit *m_name = nullptr;
    QPushButton *m_remove = nullptr;
    QCheckBox *m_catchAll = nullptr;
    ProblemLabel *m_problem = nullptr;
};

} // namespace ui
