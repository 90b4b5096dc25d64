// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: what X509_verify_cert and the rules of S/MIME say about one path.

#include "provider/PathPolicy.h"
#include "provider/PathSearch.h"

namespace provider {

struct PathEvidence {
    std::vector<X509 *> certificates; ///< Everything at hand that could have signed a CRL.
    std::vector<X509_CRL *> crls;
    std::vector<X509 *> anchors = {}; ///< All that are trusted.
    PathSearch::Path aboveAnchor = {}; ///< From the path's anchor to another one, whose authorities may have revoked it; empty if there is none.
};

/// Judges a path whose last certificate is taken for an anchor. Every axis but the anchor's trust is filled in:
/// `chain` is Trusted or Invalid.
[[nodiscard]] PathFindings judgePath(const PathSearch::Path &path, const PathEvidence &evidence, const PathPolicy &policy);

} // namespace provider
