// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/FileName.h"

#include "mime/EncodedWord.h"

using namespace Qt::StringLiterals;

namespace mime {

QString safeFileName(const QString &received)
{
    if (received.isEmpty())
        return {}; // as of almost every part
    QString name = withoutControls(received);
    name = name.mid(qMax(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\')) + 1);
    constexpr QStringView kForbidden{u":*?\"<>|"};
    for (QChar &c : name) {
        if (kForbidden.contains(c) || c.category() == QChar::Other_Format || c.category() == QChar::Other_PrivateUse)
            c = u'_';
    }
    name = name.simplified();
    while (name.startsWith(u'.') || name.startsWith(u' '))
        name.remove(0, 1);
    while (name.endsWith(u'.') || name.endsWith(u' ')) // Windows drops them, and the extension becomes another
        name.chop(1);
    const QString stem = name.left(name.indexOf(u'.')).toUpper();
    const bool isDevice = stem == "CON"_L1 || stem == "PRN"_L1 || stem == "AUX"_L1 || stem == "NUL"_L1
        || (stem.size() == 4 && (stem.startsWith("COM"_L1) || stem.startsWith("LPT"_L1)) && stem[3].isDigit());
    if (isDevice)
        name.prepend(u'_');
    constexpr qsizetype kLongest = 200;
    if (name.size() > 2 * kLongest) // the end has the extension; and what follows stays linear
        name = name.first(kLongest) + name.last(kLongest);
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString extension = dot > 0 && name.size() - dot <= 20 ? name.mid(dot) : QString();
    QString base = name.chopped(extension.size());
    while (!base.isEmpty() && (base + extension).toUtf8().size() > kLongest) {
        base.chop(1);
        if (!base.isEmpty() && base.back().isHighSurrogate())
            base.chop(1);
    }
    return base + extension;
}

bool isSealedFileName(QStringView name)
{
    return name.endsWith(".p7m"_L1, Qt::CaseInsensitive) || name.endsWith(".p7z"_L1, Qt::CaseInsensitive);
}

bool isLetterFileName(QStringView name)
{
    return isSealedFileName(name) || name.endsWith(".eml"_L1, Qt::CaseInsensitive);
}

} // namespace mime
