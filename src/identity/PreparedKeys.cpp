// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/PreparedKeys.h"

#include "provider/PrivateKeyFile.h"

using base::ErrorCode;

namespace identity {

base::Result<QCA::PrivateKey> PreparedKeys::key(const QByteArray &certificate, const base::Secret &pkcs8)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_keys.constFind(certificate); found != m_keys.constEnd())
        return *found;
    base::Result<QCA::PrivateKey> key = provider::fromPkcs8(pkcs8.view());
    if (key && !certificate.isEmpty())
        m_keys.insert(certificate, *key);
    return key;
}

base::Result<QCA::Certificate> PreparedKeys::certificate(const QByteArray &der)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_certificates.constFind(der); found != m_certificates.constEnd())
        return *found;
    QCA::ConvertResult result = QCA::ErrorDecode;
    const QCA::Certificate certificate = QCA::Certificate::fromDER(der, &result);
    if (result != QCA::ConvertGood || certificate.isNull())
        return ErrorCode::NotACertificate;
    m_certificates.insert(der, certificate);
    return certificate;
}

} // namespace identity
