// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFontMetrics;
class QLabel;

namespace ui {

/// At most `limit` characters of `text`; what is cut off leaves an ellipsis.
[[nodiscard]] QString shortened(const QString &text, qsizetype limit);
/// `text` with places inside endless words at which a line may break. It reads the same.
[[nodiscard]] QString breakable(const QString &text);
/// Whatever is written in `label`, it takes the width that it is given and asks for none.
void takeAnyWidth(QLabel *label);

/// Who wrote, in a row that may be too narrow: of an address the end is kept, where the domain stands that it really belongs to.
[[nodiscard]] QString elidedPeople(const QFontMetrics &metrics, const QString &people, int width);

} // namespace ui
