// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "provider/CertificateFacts.h"
#include "provider/CmsFacts.h"
#include "provider/CmsStructure.h"
#include "provider/PathPolicy.h"
#include "smime/CmsSession.h"
#include "smime/CmsWriting.h"
#include "smime/Open.h"

namespace smime {

/// What verifying one SignedData brought to light; nobody has judged paths or identity yet.
struct VerifiedCms {
    provider::CmsFacts facts;
    QByteArray content;                ///< Of an opaque signature.
    std::optional<base::Error> fault;  ///< The structure could not be processed at all.
};

/// Verifies a detached signature over `content`, in the form in which it was signed. `effort` is what the whole message may cost.
[[nodiscard]] VerifiedCms verifyDetached(CmsSession &session, const QByteArray &der, const Pieces &content, const OpeningMaterial &material,
                                         const std::shared_ptr<provider::PathEffort> &effort);
/// Verifies an opaque signature and takes its content out.
[[nodiscard]] VerifiedCms verifyOpaque(CmsSession &session, QByteArray der, const OpeningMaterial &material,
                                       const std::shared_ptr<provider::PathEffort> &effort);

/// What decrypting brought to light.
struct DecryptedCms {
    provider::CmsFacts facts;
    EncryptionVerdict verdict;
    QByteArray content;
    QByteArray keyCertificate;         ///< DER of our certificate whose key was used; empty if none.
    std::optional<base::Error> fault;  ///< NoDecryptionKey, DecryptionFailed, AlgorithmUnsupported, CmsMalformed, CmsTooLarge.
};

/// Decrypts with whichever own key fits. `structure` is that of `der`.
[[nodiscard]] DecryptedCms decryptCms(CmsSession &session, QByteArray der, const provider::CmsStructure &structure, const OpeningMaterial &material,
                                      const std::shared_ptr<provider::PathEffort> &effort);

/// Undoes CompressedData, bounded. Faults: AlgorithmUnsupported, CmsMalformed, CmsTooLarge.
[[nodiscard]] DecryptedCms decompressCms(CmsSession &session, QByteArray der);

/// Whether a certificate is the one that a CMS names, by issuer and serial number or by key identifier. RFC 5652 sections 5.3 and 6.2.1.
[[nodiscard]] bool isNamedBy(const provider::CertificateFacts &facts, const provider::CmsIdentifier &id);

/// Gives names to recipients that stand in certificates at hand.
void nameRecipients(QList<Recipient> &recipients, const QList<QByteArray> &certificates);

} // namespace smime
