// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: OpenSSL's SHA-256 behind QCA::Hash.

#include "provider/CmsDigest.h"
#include "provider/OpenSsl.h"

#include <qcaprovider.h>

namespace provider {

/// Qt's own SHA-256 makes no use of what the processor has for it, and took a third of a scan of mail.
class HashContext final : public QCA::HashContext
{
    Q_OBJECT

public:
    /// QCA's "sha256".
    explicit HashContext(QCA::Provider *provider);
    HashContext(const HashContext &other);

    Context *clone() const override { return new HashContext(*this); }
    void clear() override;
    void update(const QCA::MemoryRegion &octets) override;
    /// Empty if OpenSSL failed at any time since clear().
    QCA::MemoryRegion final() override;

private:
    EvpDigestContextPtr m_state;
    bool m_isGood = false;
};

} // namespace provider
