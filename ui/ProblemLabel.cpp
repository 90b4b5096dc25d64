// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ProblemLabel.h"

#include "app/ErrorText.h"
#include "ui/Announcement.h"
#include "ui/PageArea.h"

#include <QApplication>
#include <QDialog>
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
    // Of what is no problem, the same is not said anew: it is said while one types.
    const bool isNews = tone == Tone::Bad || (tone != Tone::Neutral && sentence != text());
    m_tone = tone;
    setText(sentence);
    setToolTip(detail);
    setVisible(!sentence.isEmpty());
    updateColour();
    if (!sentence.isEmpty() && qobject_cast<QDialog *>(window()))
        growToContents(window());
    if (isNews)
        announce(this, sentence, tone);
}

void ProblemLabel::compare(const QString &secret, const QString &again)
{
    const bool isSame = again.isEmpty() || again == secret;
    const QString sentence = isSame ? QString() : tr("The two do not agree yet.");
    const Tone tone = secret.startsWith(again) ? Tone::Neutral : Tone::Bad;
    if (sentence != text() || tone != m_tone)
        say(sentence, tone);
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
