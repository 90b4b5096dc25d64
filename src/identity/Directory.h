// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace identity {

/// A public certificate and the certificates of its issuers, DER, issuer first.
struct CertificateWithChain {
    QByteArray certificate;
    QList<QByteArray> chain;

    bool operator==(const CertificateWithChain &) const = default;
};

/// Where the certificates of other people can be looked up by address. A port: the data directory today,
/// LDAP and others beside it. What it answers is not vouched for; every certificate is assessed before use.
class Directory
{
public:
    virtual ~Directory() = default;
    /// All certificates that name `address`, newest first; none is not an error. FileNotReadable.
    [[nodiscard]] virtual base::Result<QList<CertificateWithChain>> find(const QString &address) const = 0;
};

/// The members of one data directory find each other: DATA/directory holds the public certificates that
/// profiles and the authority publish there, and no private part. Any thread, several processes.
class MemberDirectory : public Directory
{
public:
    explicit MemberDirectory(const QString &folder);

    [[nodiscard]] base::Result<QList<CertificateWithChain>> find(const QString &address) const override;
    /// Everything that is published, newest first.
    [[nodiscard]] QList<CertificateWithChain> all() const;
    /// NotACertificate, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status publish(const CertificateWithChain &entry) const;
    /// Withdraws it; that it was not there is no error.
    [[nodiscard]] base::Status withdraw(const QByteArray &certificate) const;

private:
    QString m_folder;
};

} // namespace identity
