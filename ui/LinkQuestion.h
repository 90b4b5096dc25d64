// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QUrl;
class QWidget;

namespace ui {

/// Shows where `link`, of a letter, really leads, and opens it in the browser only if that is wanted. Belongs to `parent`.
void askToOpenLink(QWidget *parent, const QUrl &link);

} // namespace ui
