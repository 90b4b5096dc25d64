// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "provider/CertificateFacts.h"
#include "smime/Seal.h"

namespace smime {

/// Somebody to encrypt to, looked at: facts of the certificate and what keeps it from being used.
struct AssessedRecipient {
    QString address;
    RecipientRole role = RecipientRole::To;
    provider::CertificateFacts facts;
    Capabilities capabilities;
    RecipientObstacle obstacle = RecipientObstacle::NoCertificate;
};

/// All recipients of a request, in its order. Pure but for path validation.
[[nodiscard]] QList<AssessedRecipient> assessRecipients(const SealRequest &request);

/// The sender as a reader of the own copy; obstacle NoCertificate if there is no key to encrypt to.
[[nodiscard]] AssessedRecipient assessSelf(const SealRequest &request);

/// What the algorithm policy wants to know of these.
[[nodiscard]] QList<RecipientAbility> abilitiesOf(const QList<AssessedRecipient> &recipients);

/// The fault for the first recipient who cannot be written to, naming everybody concerned; or fine.
[[nodiscard]] base::Status checkObstacles(const QList<AssessedRecipient> &recipients);

} // namespace smime
