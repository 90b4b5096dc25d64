// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: which of many revocation lists are worth looking at.

#include "provider/PathJudgement.h"

namespace provider {

/// The lists of those who may publish about a certificate on any way up from `leaf`, or about who signed such a list; by names alone, in the order
/// that they came in.
[[nodiscard]] std::vector<X509_CRL *> listsAbove(const X509 *leaf, const PathEvidence &evidence, PathEffort &effort);

} // namespace provider
