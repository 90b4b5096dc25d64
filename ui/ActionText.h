// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAction;

namespace ui {

/// For buttons and menus: `name` as it is, in which an ampersand makes no mnemonic.
[[nodiscard]] QString literalText(const QString &name);
/// "Search (Ctrl+K)": `text` with the shortcut of `action`, if it has one.
[[nodiscard]] QString withShortcut(const QString &text, const QAction *action);
/// Gives an action, whose shortcut is set, its text for menus and the same for its tooltip: without mnemonic and ellipsis, with the shortcut.
void nameAction(QAction *action, const QString &text);

} // namespace ui
