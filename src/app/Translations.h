// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>

namespace app {

/// Installs the program's own sentences in the language of `locale` above the English ones, which bring the plurals.
/// Once, on the main thread, after the application object; a language without translation stays English.
void installTranslations(const QLocale &locale);

} // namespace app
