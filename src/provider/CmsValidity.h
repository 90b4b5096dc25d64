// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: what QCA wants to hear about a signer.

#include "provider/CmsFacts.h"

#include <QtCrypto>

namespace provider::cms {

/// The signer in QCA's words. The path is checked only if there are trusted certificates; else its validity is unknown.
[[nodiscard]] QCA::SecureMessageSignature toQcaSignature(const CmsSignerFacts &signer, const CmsFacts &facts,
                                                         const QCA::CertificateCollection &trusted);

/// The result and the time alone.
[[nodiscard]] QCA::SecureMessageSignature toBareSignature(const CmsSignerFacts &signer);

} // namespace provider::cms
