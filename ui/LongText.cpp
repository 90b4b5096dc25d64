// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/LongText.h"

#include <QFontMetrics>
#include <QLabel>

namespace ui {

namespace {

constexpr qsizetype kLongWord = 48;
constexpr QChar kMayBreak{0x200B};

// Where a line breaks by itself: at spaces other than the three that glue, and between ideographs.
bool breaksByItself(QChar c)
{
    const bool glues = c == QChar{0x00A0} || c == QChar{0x2007} || c == QChar{0x202F};
    return (c.isSpace() && !glues) || (c >= QChar{0x2E80} && c < QChar{0xD800});
}

} // namespace

QString shortened(const QString &text, qsizetype limit)
{
    if (text.size() <= limit)
        return text;
    const qsizetype end = limit > 0 && text[limit - 1].isHighSurrogate() ? limit - 1 : limit;
    return text.left(end) + QChar{0x2026};
}

QString breakable(const QString &text)
{
    QString broken;
    broken.reserve(text.size());
    qsizetype run = 0;
    for (const QChar c : text) {
        run = breaksByItself(c) ? 0 : run + 1;
        if (run > kLongWord && !c.isLowSurrogate()) {
            broken += kMayBreak;
            run = 1;
        }
        broken += c;
    }
    return broken;
}

void takeAnyWidth(QLabel *label)
{
    label->setWordWrap(true);
    label->setMinimumWidth(1);
}

QString elidedPeople(const QFontMetrics &metrics, const QString &people, int width)
{
    return metrics.elidedText(people, people.contains(u'@') ? Qt::ElideMiddle : Qt::ElideRight, width);
}

} // namespace ui
