// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/TextZoom.h"

#include <QFontInfo>
#include <QSettings>
#include <QTextEdit>
#include <QWheelEvent>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::array kZoomSteps{50, 67, 80, 90, 100, 110, 120, 133, 150, 170, 200, 240, 300};
constexpr int kOneNotch = 120; // QWheelEvent::angleDelta

QString zoomKey() { return u"reader/percent"_s; }

} // namespace

TextZoom::TextZoom(const QList<QTextEdit *> &texts, QObject *parent) : QObject(parent), m_texts(texts)
{
    // A text that is only read would take the wheel itself, and nobody would remember.
    for (const QTextEdit *text : texts)
        text->viewport()->installEventFilter(this);
}

void TextZoom::setPercent(int percent)
{
    const int wanted = qBound(kZoomSteps.front(), percent, kZoomSteps.back());
    if (wanted == m_percent)
        return;
    m_percent = wanted;
    for (QTextEdit *text : std::as_const(m_texts)) {
        QFont font;
        if (m_percent != 100)
            font.setPointSizeF(QFontInfo(text->parentWidget()->font()).pointSizeF() * m_percent / 100);
        text->setFont(font);
    }
    if (!m_file.isEmpty())
        QSettings{m_file, QSettings::IniFormat}.setValue(zoomKey(), m_percent);
    Q_EMIT changed();
}

void TextZoom::enlarge()
{
    const auto next = std::upper_bound(kZoomSteps.cbegin(), kZoomSteps.cend(), m_percent);
    setPercent(next == kZoomSteps.cend() ? kZoomSteps.back() : *next);
}

void TextZoom::reduce()
{
    const auto here = std::lower_bound(kZoomSteps.cbegin(), kZoomSteps.cend(), m_percent);
    setPercent(here == kZoomSteps.cbegin() ? kZoomSteps.front() : *(here - 1));
}

void TextZoom::rememberIn(const QString &file)
{
    m_file = file;
    setPercent(QSettings{file, QSettings::IniFormat}.value(zoomKey(), 100).toInt());
}

bool TextZoom::eventFilter(QObject *watched, QEvent *event)
{
    const auto *wheel = event->type() == QEvent::Wheel ? static_cast<const QWheelEvent *>(event) : nullptr;
    if (!wheel || !wheel->modifiers().testFlag(Qt::ControlModifier))
        return QObject::eventFilter(watched, event);
    m_turned += wheel->angleDelta().y();
    if (m_turned >= kOneNotch)
        enlarge();
    else if (m_turned <= -kOneNotch)
        reduce();
    else
        return true;
    m_turned = 0;
    return true;
}

} // namespace ui
