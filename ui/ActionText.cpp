// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ActionText.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace ui {

QString literalText(const QString &name) { return QString(name).replace(u'&', u"&&"_s); }

QString withShortcut(const QString &text, const QAction *action)
{
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? text : u"%1 (%2)"_s.arg(text, keys);
}

void nameAction(QAction *action, const QString &text)
{
    action->setText(text);
    action->setToolTip(withShortcut(QString(text).remove(u'&').remove(u'\u2026'), action));
}

} // namespace ui
