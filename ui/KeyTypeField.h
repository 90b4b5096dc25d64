// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace ui {

/// The choice of a kind of key, and below it who can read mail for such a key.
class KeyTypeField : public QWidget
{
    Q_OBJECT

public:
    explicit KeyTypeField(QWidget *parent = nullptr);

    /// The name on the command line, "rsa:3072".
    [[nodiscard]] QString keyType() const;

private:
    void onChosen(int index);

    QComboBox *m_box = nullptr;
    QLabel *m_sentence = nullptr;
};

} // namespace ui
