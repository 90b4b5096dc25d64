// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/CardWords.h"

#include "ui/Theme.h"

#include <QFontDatabase>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kColumns = 4;
constexpr int kColumnWidth = 13; ///< "12 elephant" and a gap, in characters.

} // namespace

CardWords::CardWords(QWidget *parent) : QLabel(parent)
{
    setObjectName(u"cardWords"_s);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::StrongFocus);
    // Of one width, so that the columns stand below each other in any language's letters.
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF() * 1.2);
    setFont(fixed);
    setContentsMargins(kAround, kBetween, kAround, kBetween);
}

void CardWords::setWords(const QStringList &words)
{
    QString text;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString numbered = u"%1 %2"_s.arg(i + 1, 2).arg(words[i]);
        const bool isLast = i % kColumns == kColumns - 1 || i == words.size() - 1;
        text += isLast ? numbered + (i == words.size() - 1 ? u""_s : u"\n"_s) : numbered.leftJustified(kColumnWidth);
    }
    setText(text);
    setAccessibleDescription(words.join(u", "_s));
    setVisible(!words.isEmpty());
}

} // namespace ui
