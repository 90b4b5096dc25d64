// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: CRLs behind QCA::CRL.

#include "provider/OpenSsl.h"

#include <qcaprovider.h>

namespace provider {

class RevocationContext final : public QCA::CRLContext
{
    Q_OBJECT

public:
    explicit RevocationContext(QCA::Provider *provider) : QCA::CRLContext(provider) {}
    RevocationContext(const RevocationContext &other);

    Context *clone() const override { return new RevocationContext(*this); }
    QByteArray toDER() const override { return m_der; }
    QString toPEM() const override;
    QCA::ConvertResult fromDER(const QByteArray &der) override;
    QCA::ConvertResult fromPEM(const QString &pem) override;
    const QCA::CRLContextProps *props() const override { return &m_properties; }
    bool compare(const QCA::CRLContext *other) const override { return other && other->toDER() == m_der; }

private:
    QByteArray m_der;
    QCA::CRLContextProps m_properties{};
};

} // namespace provider
