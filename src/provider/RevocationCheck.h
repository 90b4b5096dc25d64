// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: what lists and responders say about a path.

#include "provider/PathJudgement.h"

namespace provider {

struct RevocationFindings {
    PathRevocation state = PathRevocation::NotChecked;
    QDateTime revokedAt;
    QDateTime retiredAt; ///< As in PathFindings.
    QString detail;
};

/// CRLs of RFC 5280 section 6.3, indirect and delta ones too, and OCSP responses of RFC 6960. Only such whose signature verifies are considered.
[[nodiscard]] RevocationFindings checkRevocation(const PathSearch::Path &path, const PathEvidence &evidence,
                                                 const PathPolicy &policy);

} // namespace provider
