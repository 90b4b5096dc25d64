// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CertificateContext.h"
#include "provider/RecentByDer.h"

#include <qcaprovider.h>

namespace provider {

inline constexpr const char *kProviderName = "waxwing";

/// The QCA provider: every context that this module offers. Owned by QCA once inserted.
class Provider final : public QCA::Provider
{
public:
    Provider();
    ~Provider() override;

    int qcaVersion() const override;
    QString name() const override;
    QStringList features() const override;
    Context *createContext(const QString &type) override;

    /// The one that QCA owns now; nullptr before registration and after QCA has shut down.
    [[nodiscard]] static Provider *registered();

    /// Lies here and not in a static, because QCA's values must not outlive QCA.
    [[nodiscard]] RecentByDer<KnownCertificate> &recentCertificates() { return m_recentCertificates; }

private:
    RecentByDer<KnownCertificate> m_recentCertificates;
};

} // namespace provider
