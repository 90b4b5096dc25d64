// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Keystore.h"

namespace identity {

/// One key as it lies in the file.
struct Keystore::Item {
    KeyEntry entry;
    QByteArray encryptedKey; ///< DER of an EncryptedPrivateKeyInfo under the master secret.
};

/// The file as values. Private to Keystore.
struct Keystore::Contents {
    QString address;
    QByteArray encryptedMaster; ///< DER of an EncryptedPrivateKeyInfo under the passphrase.
    QList<Item> items;
    QMap<QString, QByteArray> secrets; ///< Each sealed under the master secret.
};

} // namespace identity
