// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/CertificateFile.h"

#include "identity/Limits.h"
#include "provider/KeyMaterial.h"
#include "provider/Sha256.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

base::Status checkSize(const QByteArray &file)
{
    if (file.isEmpty())
        return ErrorCode::FileEmpty;
    if (file.size() > kLargestCertificateFile)
        return {ErrorCode::FileTooLarge, u"%1 octets; certificate files are at most %2"_s.arg(file.size()).arg(kLargestCertificateFile)};
    return base::Done{};
}

} // namespace

base::Result<QList<QByteArray>> readCertificates(const QByteArray &file)
{
    if (const base::Status size = checkSize(file); !size)
        return size.error();
    return provider::readCertificates(file);
}

base::Result<QList<QByteArray>> readMailAnchors(const QByteArray &file)
{
    if (const base::Status size = checkSize(file); !size)
        return size.error();
    return provider::readMailAnchors(file);
}

QList<QByteArray> readRevocationLists(const QByteArray &file)
{
    const base::Result<provider::KeyMaterial> found = provider::readKeyMaterial(file);
    return found ? found->crls : QList<QByteArray>();
}

QByteArray toPem(const QByteArray &der, const QByteArray &label)
{
    return provider::toPem(der, label);
}

QByteArray fingerprintOf(const QByteArray &der)
{
    return provider::sha256Of(der).toHex();
}

} // namespace identity
