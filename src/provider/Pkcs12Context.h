// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: PKCS#12 behind QCA::KeyBundle.

#include <qcaprovider.h>

namespace provider {

class Pkcs12Context final : public QCA::PKCS12Context
{
    Q_OBJECT

public:
    explicit Pkcs12Context(QCA::Provider *provider) : QCA::PKCS12Context(provider) {}

    Context *clone() const override { return new Pkcs12Context(provider()); }
    QByteArray toPKCS12(const QString &name, const QList<const QCA::CertContext *> &chain, const QCA::PKeyContext &key,
                        const QCA::SecureArray &passphrase) const override;
    QCA::ConvertResult fromPKCS12(const QByteArray &in, const QCA::SecureArray &passphrase, QString *name,
                                  QList<QCA::CertContext *> *chain, QCA::PKeyContext **key) const override;
};

} // namespace provider
