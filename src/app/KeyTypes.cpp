// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/KeyTypes.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace app {

namespace {
struct KeyTypeWords {
    Q_DECLARE_TR_FUNCTIONS(app::KeyTypes)
};
} // namespace

QList<KeyTypeChoice> keyTypeChoices()
{
    const QString everybody = KeyTypeWords::tr("Every mail program that knows S/MIME can read mail for you and check your signature.");
    const QString modern = KeyTypeWords::tr("All mail programs of the last ten years can read it; keys are small and quick.");
    const QString today = KeyTypeWords::tr("Hardly any mail program but this one can read it yet; it is safe from quantum computers, too.");
    return {
        {u"rsa:3072"_s, KeyTypeWords::tr("RSA, 3072 bits"), everybody},
        {u"rsa:2048"_s, KeyTypeWords::tr("RSA, 2048 bits"), KeyTypeWords::tr("Every mail program can read it, very old ones too; it is the weakest that is still good.")},
        {u"rsa:4096"_s, KeyTypeWords::tr("RSA, 4096 bits"), KeyTypeWords::tr("Every mail program can read it; signing and opening take longer.")},
        {u"ec:p256"_s, KeyTypeWords::tr("Elliptic curve P-256"), modern},
        {u"ec:p384"_s, KeyTypeWords::tr("Elliptic curve P-384"), modern},
        {u"ec:p521"_s, KeyTypeWords::tr("Elliptic curve P-521"), KeyTypeWords::tr("Most mail programs of the last ten years can read it; some know only the smaller curves.")},
        {u"ed25519"_s, KeyTypeWords::tr("Ed25519 and X25519"), KeyTypeWords::tr("Only a few recent mail programs can read it; ask those whom you write to.")},
        {u"ml-dsa:44"_s, KeyTypeWords::tr("ML-DSA-44 and ML-KEM-512"), today},
        {u"ml-dsa:65"_s, KeyTypeWords::tr("ML-DSA-65 and ML-KEM-768"), today},
        {u"ml-dsa:87"_s, KeyTypeWords::tr("ML-DSA-87 and ML-KEM-1024"), today},
    };
}

QString keyTypeTitle(const QString &name)
{
    for (const KeyTypeChoice &choice : keyTypeChoices()) {
        // Of a pair, this is one: its own name says more.
        if (choice.name == name && !choice.name.startsWith("ml-"_L1) && choice.name != "ed25519"_L1)
            return choice.title;
    }
    return name.toUpper().replace(u':', u'-');
}

} // namespace app
