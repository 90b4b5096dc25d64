// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Translations.h"

#include <QCoreApplication>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace app {

void installTranslations(const QLocale &locale)
{
    const auto install = [](const QLocale &language) {
        auto *translator = new QTranslator(QCoreApplication::instance());
        if (translator->load(language, u"waxwing"_s, u"_"_s, u":/i18n"_s))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    install(QLocale(QLocale::English));
    if (locale.language() != QLocale::English && locale.language() != QLocale::C)
        install(locale);
}

} // namespace app
