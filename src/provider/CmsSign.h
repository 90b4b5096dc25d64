// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CmsOutcome.h"

namespace provider::cms {

enum class SignatureForm { Detached, Opaque };
enum class Bundle { Nothing, Chain };
enum class MailAttributes { Leave, Include };

struct SigningJob {
    Pieces content;
    std::vector<OwnKey> signers;
    SignatureForm form = SignatureForm::Opaque;
    Bundle bundle = Bundle::Chain;
    MailAttributes attributes = MailAttributes::Include;
    CmsOptions options;
};

/// SignedData, RFC 5652 section 5: in `signature` if detached, in `output` if opaque. Faults: SigningFailed.
[[nodiscard]] Outcome sign(const SigningJob &job);

} // namespace provider::cms
