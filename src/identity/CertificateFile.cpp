// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/CertificateFile.h"

#include "identity/Limits.h"
#include "provider/KeyMaterial.h"

#include <QCryptographicHash>

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

QByteArray toPem(const QByteArray &der, const QByteArray &label)
{
    return provider::toPem(der, label);
}

QList<QByteArray> pemBlocks(const QByteArray &file, const QByteArray &label)
{
    const QByteArray begin = "-----BEGIN " + label + "-----";
    const QByteArray end = "-----END " + label + "-----";
    QList<QByteArray> blocks;
    for (qsizetype from = file.indexOf(begin); from >= 0; from = file.indexOf(begin, from)) {
        from += begin.size();
        const qsizetype to = file.indexOf(end, from);
        if (to < 0)
            break;
        blocks.append(QByteArray::fromBase64(file.sliced(from, to - from)));
        from = to;
    }
    return blocks;
}

QByteArray fingerprintOf(const QByteArray &der)
{
    return QCryptographicHash::hash(der, QCryptographicHash::Sha256).toHex();
}

} // namespace identity
