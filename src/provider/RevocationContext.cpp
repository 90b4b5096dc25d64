// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/RevocationContext.h"

#include "provider/PemBlocks.h"
#include "provider/QcaProperties.h"

namespace provider {

RevocationContext::RevocationContext(const RevocationContext &other)
    : QCA::CRLContext(other.provider()), m_der(other.m_der), m_properties(other.m_properties)
{
}

QString RevocationContext::toPEM() const
{
    return QString::fromLatin1(toPem(m_der, "X509 CRL"));
}

QCA::ConvertResult RevocationContext::fromDER(const QByteArray &der)
{
    const ClearsErrorQueue clears;
    const X509CrlPtr crl = crlFromDer(der);
    if (!crl)
        return QCA::ErrorDecode;
    m_der = der;
    m_properties = propertiesOf(crl.get());
    return QCA::ConvertGood;
}

QCA::ConvertResult RevocationContext::fromPEM(const QString &pem)
{
    return fromDER(firstPemBlock(pem.toLatin1(), "X509 CRL"));
}

} // namespace provider
