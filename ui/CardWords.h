// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace ui {

/// The twelve words of a join card, large and numbered, for two people who compare them aloud. A screen reader hears them in one go.
class CardWords : public QLabel
{
    Q_OBJECT

public:
    explicit CardWords(QWidget *parent = nullptr);

    void setWords(const QStringList &words);
};

} // namespace ui
