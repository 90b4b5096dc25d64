// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace cli {

/// `wax identity create|list|import|export|join|renew|delete`: the keys of a profile (CONTRACT.md).
[[nodiscard]] Exit runIdentity(const Context &context, const QStringList &words);
/// `wax authority init|issue|revoke|crl|list|export`: the authority of the data directory.
[[nodiscard]] Exit runAuthority(const Context &context, const QStringList &words);
/// `wax certificate import|list|show|find`: other people's certificates.
[[nodiscard]] Exit runCertificate(const Context &context, const QStringList &words);
/// `wax trust add|list|remove`: trust anchors for mail.
[[nodiscard]] Exit runTrust(const Context &context, const QStringList &words);

} // namespace cli
