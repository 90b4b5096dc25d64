// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CmsOutcome.h"
#include "provider/PathPolicy.h"

namespace provider::cms {

struct VerifyingJob {
    QByteArray message;             ///< the CMS
    Pieces detachedContent;
    bool isDetached = false;
    std::vector<X509Ptr> certificates;  ///< that may be signers' and are not in the message
    std::shared_ptr<PathEffort> effort;     ///< what checking may cost; null: as much as one message may
};

/// Checks every signer of SignedData for itself, RFC 5652 section 5.6; no paths. Content of an opaque signature is in
/// `output` whatever came out, taken from `job.message` without a copy if nobody else holds it.
/// Faults: Malformed, TooLarge, WrongType. A bad signature is none.
[[nodiscard]] Outcome verify(VerifyingJob job);

} // namespace provider::cms
