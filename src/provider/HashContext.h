// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: OpenSSL's digests behind QCA::Hash.

#include "provider/CmsDigest.h"
#include "provider/OpenSsl.h"

#include <qcaprovider.h>

namespace provider {

/// Qt's own SHA-256 takes ten times as long as OpenSSL's, which uses what the processor has for it; whole mails are hashed by this one.
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
