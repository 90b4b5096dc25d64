// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: OpenSSL's PBKDF2 behind QCA::PBKDF2.

#include <qcaprovider.h>

namespace provider {

/// QCA's "pbkdf2(sha256)" (RFC 8018 section 5.2 with HMAC-SHA-256). Qt's takes five times as long, at both ends of each login.
class DerivationContext final : public QCA::KDFContext
{
    Q_OBJECT

public:
    explicit DerivationContext(QCA::Provider *provider);

    Context *clone() const override { return new DerivationContext(*this); }
    /// Empty for no rounds, for no octets, and for more of either than OpenSSL counts.
    QCA::SymmetricKey makeKey(const QCA::SecureArray &secret, const QCA::InitializationVector &salt, unsigned int octets,
                              unsigned int rounds) override;
    /// With as many rounds as take about `milliseconds` here; they are told in `rounds`.
    QCA::SymmetricKey makeKey(const QCA::SecureArray &secret, const QCA::InitializationVector &salt, unsigned int octets, int milliseconds,
                              unsigned int *rounds) override;
};

} // namespace provider
