// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"
#include "smime/CmsReading.h"
#include "smime/Step.h"

namespace smime {

// Steps are written by what was just done, with the values that it had.

void appendReceivedStep(QList<Step> &steps, const QByteArray &message, const mime::Structure &structure);
void appendEncryptionSteps(QList<Step> &steps, const Layer &layer, const provider::CmsStructure &structure,
                           const DecryptedCms &decrypted, qint64 contentOctets);
void appendCompressionStep(QList<Step> &steps, const Layer &layer, const DecryptedCms &inflated, qint64 compressedOctets);
/// One signature and one path step for each signer.
void appendSignatureSteps(QList<Step> &steps, const Layer &layer, const VerifiedCms &verified, qint64 signedOctets);
void appendHeaderStep(QList<Step> &steps, const QList<ShownField> &headers, bool isBound);

} // namespace smime
