// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: whose revocation lists are about a certificate.

#include "provider/OpenSsl.h"

#include <vector>

namespace provider {

/// Those who publish lists about a certificate, which outlives this: its issuer, and whom its distribution points name (RFC 5280 section 4.2.1.13).
class ListIssuers
{
public:
    explicit ListIssuers(const X509 *certificate);

    /// The issuer's first; they live as long as this and the certificate.
    [[nodiscard]] const std::vector<const X509_NAME *> &names() const { return m_names; }
    /// By name alone.
    [[nodiscard]] bool haveMade(const X509_CRL *list) const;
    /// RFC 5280 section 6.3.3 (b). An indirect list of somebody whom the certificate does not name has no say about it: anybody certified below the
    /// same anchor can make one.
    [[nodiscard]] bool speakIn(const X509_CRL *list) const;

private:
    DistributionPointsPtr m_points; ///< They hold all names but the first.
    std::vector<const X509_NAME *> m_names;
};

} // namespace provider
