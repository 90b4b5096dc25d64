// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ProblemLabel.h"

#include "app/ErrorText.h"

#include <QApplication>
#include <QEvent>

namespace ui {

ProblemLabel::ProblemLabel(const QString &objectName, QWidget *parent) : QLabel(parent)
{
    setObjectName(objectName);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void ProblemLabel::say(const base::Error &error)
{
    const app::ErrorText text = app::errorText(error);
    say(text.sentence, Tone::Bad, text.detail);
}

void ProblemLabel::say(const QString &sentence, Tone tone, const QString &detail)
{
    m_tone = tone;
    setText(sentence);
    setToolTip(detail);
    setVisible(!sentence.isEmpty());
    updateColour();
}

void ProblemLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        updateColour();
}

void ProblemLabel::updateColour()
{
    QPalette words = QApplication::palette();
    if (m_tone != Tone::Neutral)
        words.setColor(QPalette::WindowText, toneColor(m_tone, words));
    setPalette(words);
}

} // namespace ui
