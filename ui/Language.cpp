// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Language.h"

#include "app/Translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
// Qt's own words on our dialogs' buttons, for systems that have Qt without its translations.
[[maybe_unused]] constexpr const char *kButtons[] = {QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"), QT_TRANSLATE_NOOP("QPlatformTheme", "Close")};
} // namespace

void installLanguage()
{
    // The C locale has no times that a person would write.
    if (QLocale().language() == QLocale::C)
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    auto *forQt = new QTranslator(qApp);
    if (forQt->load(QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(forQt);
    else
        delete forQt;
    app::installTranslations(QLocale());
}

} // namespace ui
