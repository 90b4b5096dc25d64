// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/CmsFacts.h"
#include "provider/PathPolicy.h"
#include "smime/Open.h"

namespace smime {

/// Everything about one signer but whether it is the sender: integrity, path, usage, time, revocation, strength.
/// `brought`: certificates and CRLs that came with the message; they complete paths and are never trusted. `effort`: one for the
/// whole message, so that many signers with hostile certificates cost no more than one.
[[nodiscard]] Signer assessSigner(const provider::CmsSignerFacts &facts, const provider::CmsFacts &brought, const OpenRequest &request,
                                  const std::shared_ptr<provider::PathEffort> &effort);

/// The same axis in the verdict's words.
[[nodiscard]] Chain chainOf(provider::PathChain chain);

/// Match if every sender's mailbox is one of the signer's; NotChecked if there is no sender, or if it depends on
/// which of those who were certified for the same key it was (Signer::others). RFC 8550 section 3.
[[nodiscard]] Identity assessIdentity(const Signer &signer, const QStringList &senders);

/// Whether the signer's word binds an address: intact, trusted, permitted, valid, not revoked. RFC 9788 section 4.4.
[[nodiscard]] bool isBinding(const SignatureAxes &axes);

} // namespace smime
