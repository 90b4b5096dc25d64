// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Authority.h"

namespace identity {

/// The file as values. Private to Authority.
struct Authority::Records {
    QByteArray certificate;  ///< DER.
    QByteArray encryptedKey; ///< DER of an EncryptedPrivateKeyInfo.
    QByteArray crl;          ///< DER of the last one.
    qint64 crlNumber = 0;    ///< Of the last one, RFC 5280 section 5.2.3.
    QList<IssuedCertificate> issued;
};

} // namespace identity
