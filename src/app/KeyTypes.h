// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace app {

/// One kind of key that a person can choose.
struct KeyTypeChoice {
    QString name;     ///< As on the command line, "rsa:3072".
    QString title;    ///< "RSA, 3072 bits"
    QString sentence; ///< Who can read mail for such a key, in one plain sentence.

    bool operator==(const KeyTypeChoice &) const = default;
};

/// Every kind that `wax identity create` takes, the default first.
[[nodiscard]] QList<KeyTypeChoice> keyTypeChoices();

/// The title for a kind of key by its name; otherwise the name in capitals, such as "X25519" or "ML-KEM-768".
[[nodiscard]] QString keyTypeTitle(const QString &name);

} // namespace app
