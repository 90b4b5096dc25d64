// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The published vectors through smime::open. Without their folder every table is empty and nothing is claimed.

#include "smime/MaterialFiles.h"
#include "smime/SmimeTesting.h"

namespace smimetest {

/// Keys and anchors of one family of vectors; files below the vectors' folder.
struct Family {
    QStringList trust;
    QStringList keys;
    QByteArray passphrase;
};

inline QByteArray vector(const QString &file)
{
    return support::fileContent(support::vectorsFolder() + file);
}

inline smime::OpeningMaterial materialOf(const Family &family)
{
    smime::MaterialFiles files;
    for (const QString &file : family.trust)
        files.trust.append(vector(file));
    for (const QString &file : family.keys)
        files.keys.append(vector(file));
    const auto material = smime::readMaterial(files, [&family]() -> base::Result<base::Secret> { return base::Secret(family.passphrase); });
    if (!material)
        qWarning("material: %s %s", base::nameOf(material.error().code), qPrintable(material.error().detail));
    return material ? *material : smime::OpeningMaterial{};
}

inline smime::OpenedMessage openVector(const QByteArray &message, const smime::OpeningMaterial &material)
{
    return smime::open({message, material, testTime(), {}});
}

} // namespace smimetest
