// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: name constraints (RFC 5280 section 4.2.1.10) where X509_verify_cert says too much or too little.

#include "provider/PathPolicy.h"
#include "provider/PathSearch.h"

namespace provider {

/// What is wrong with the names of a certificate; nullptr if nothing is.
struct NameObjection {
    QString reason;
    const X509 *certificate = nullptr;
};

/// Whether the names of a certificate of the path, which OpenSSL finds not permitted, are.
[[nodiscard]] bool isPermittedByALabels(const PathSearch::Path &path, std::size_t depth);
/// The first objection to the mailboxes of the path's leaf. Asked after OpenSSL, which bounds names times constraints.
[[nodiscard]] NameObjection objectionToMailboxes(const PathSearch::Path &path);
/// The first objection to directory names that are excluded. Spends effort.
[[nodiscard]] NameObjection objectionToDirectoryNames(const PathSearch::Path &path, PathEffort &effort);

} // namespace provider
