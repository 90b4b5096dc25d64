// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Keystore.h"
#include "provider/CertificateFacts.h"

#include <QByteArray>
#include <QList>
#include <optional>

namespace identity {

/// The certificates of `pool` that lead from the issuer of `leaf` upwards, by names and key identifiers; no signature is
/// verified here (provider/PathPolicy.h does). DER. Ends where an issuer is missing; a cycle ends it too.
[[nodiscard]] QList<QByteArray> chainOf(const QByteArray &leaf, const QList<QByteArray> &pool);

/// True if `issuer` names itself as the issuer of `subject` says.
[[nodiscard]] bool isIssuerOf(const provider::CertificateFacts &issuer, const provider::CertificateFacts &subject);

/// What a person's certificate allows its key to do; nothing if it is not for mail, neither way.
[[nodiscard]] std::optional<KeyUse> keyUseOf(const provider::CertificateFacts &facts);

} // namespace identity
