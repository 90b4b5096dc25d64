// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"

#include <QHash>
#include <QtCrypto>
#include <mutex>

namespace identity {

/// Keys and certificates of one unlocked KeySet as objects, made from their bytes when they are first needed: making an RSA
/// key ready costs more than using it once. Lives and dies with the set, so locking forgets them. Thread-safe; what it
/// answers may be used by several threads at once, only for reading.
class PreparedKeys
{
public:
    /// KeyTypeUnsupported, KeystoreDamaged: as provider::fromPkcs8.
    [[nodiscard]] base::Result<QCA::PrivateKey> key(const QByteArray &certificate, const base::Secret &pkcs8);
    /// NotACertificate.
    [[nodiscard]] base::Result<QCA::Certificate> certificate(const QByteArray &der);

private:
    std::mutex m_mutex;
    QHash<QByteArray, QCA::PrivateKey> m_keys;   ///< By the certificate's DER.
    QHash<QByteArray, QCA::Certificate> m_certificates;
};

} // namespace identity
