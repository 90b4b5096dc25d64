// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "base/Secret.h"

#include <QDialog>
#include <functional>

class QLineEdit;
class QPushButton;

namespace ui {

class KeyTypeField;
class ProblemLabel;

/// Asks for the kind of further keys, and for the authority's passphrase where there is one to sign them.
class NewKeysDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Authority { Elsewhere, Here };
    /// Makes the keys; the value is a request for an authority elsewhere, empty if the keys have their certificates.
    using Make = std::function<base::Operation<QByteArray>(const QString &keyType, const base::Secret &authorityPassphrase)>;

    NewKeysDialog(Authority authority, Make make, QWidget *parent);

Q_SIGNALS:
    /// The keys are there.
    void made(const QByteArray &request);

private:
    void onAccepted();

    Make m_make;
    KeyTypeField *m_keyType = nullptr;
    QLineEdit *m_passphrase = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace ui
