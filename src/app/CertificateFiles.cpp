// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CertificateFiles.h"

#include "identity/CertificateFile.h"

namespace app {

base::Result<QList<QByteArray>> certificatesIn(const QByteArray &file)
{
    return identity::readCertificates(file);
}

base::Result<QList<QByteArray>> mailAnchorsIn(const QByteArray &file)
{
    return identity::readMailAnchors(file);
}

QByteArray certificatePem(const QByteArray &der)
{
    return identity::toPem(der, "CERTIFICATE");
}

QByteArray crlPem(const QByteArray &der)
{
    return identity::toPem(der, "X509 CRL");
}

QByteArray cmsPem(const QByteArray &der)
{
    return identity::toPem(der, "CMS");
}

} // namespace app
