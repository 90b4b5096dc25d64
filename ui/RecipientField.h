// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Address.h"

#include <QLineEdit>
#include <functional>

class QStringListModel;

namespace ui {

/// Several addresses separated by commas, with completion of the one that is being typed.
class RecipientField : public QLineEdit
{
    Q_OBJECT

public:
    using Completions = std::function<QStringList(const QString &begin)>;

    RecipientField(const QString &objectName, const QString &accessibleName, QWidget *parent = nullptr);

    /// Asked on the GUI thread while one types; answers addresses as they shall stand in the field.
    void setCompletions(Completions completions) { m_completions = std::move(completions); }
    void setAddresses(const QList<mime::Address> &addresses);
    [[nodiscard]] QList<mime::Address> addresses() const;
    /// What stands in the field and names no mailbox.
    [[nodiscard]] QStringList notAddresses() const;

private:
    void onTextEdited();

    Completions m_completions;
    QStringListModel *m_model = nullptr;
};

} // namespace ui
