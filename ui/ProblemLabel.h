// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "ui/Theme.h"

#include <QLabel>

namespace ui {

/// What went wrong, in a dialog or a window, below that which did: a sentence in the colour of warnings, the details in its tooltip.
/// Hidden while there is nothing to say.
class ProblemLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ProblemLabel(const QString &objectName, QWidget *parent = nullptr);

    void say(const base::Error &error);
    /// `tone`: Bad for what failed; Good and Neutral for what is worth a word in the same place. Empty hides it.
    void say(const QString &sentence, Tone tone = Tone::Bad, const QString &detail = {});
    /// Of a secret that is typed twice: that the two differ, quietly while the second can still become the first.
    void compare(const QString &secret, const QString &again);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateColour();

    Tone m_tone = Tone::Bad;
};

} // namespace ui
