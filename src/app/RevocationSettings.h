// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "smime/Verdict.h"

#include <QJsonObject>
#include <QString>

namespace app {

/// How a profile learns whether signers' certificates were revoked: two switches in `account.json` of the profile's folder. Apart from the servers, since
/// who only opens a file needs none.
struct RevocationSettings {
    /// Whether the network may be asked if a signer's certificate was revoked; who is asked learns that such a mail is being read.
    enum class RevocationUse { AtHand, Fetch } revocation = RevocationUse::AtHand;
    /// Required: without word from a list or a responder no signature counts as verified.
    smime::RevocationDemand demand = smime::RevocationDemand::WhereAtHand;

    /// Those of `profileFolder`, or the defaults if it has no file. ConfigurationInvalid (detail says which field), FileNotReadable, FileTooLarge.
    /// Any thread.
    [[nodiscard]] static base::Result<RevocationSettings> keptIn(const QString &profileFolder);
    /// The same from what the file at `path` holds. ConfigurationInvalid.
    [[nodiscard]] static base::Result<RevocationSettings> from(const QJsonObject &account, const QString &path);

    /// Changes this one setting in the file and leaves all others as they are. Errors of keptIn(), FileNotWritable, DiskFull.
    [[nodiscard]] static base::Status keepRevocation(const QString &profileFolder, RevocationUse use);
    /// The same for `demand`.
    [[nodiscard]] static base::Status keepDemand(const QString &profileFolder, smime::RevocationDemand demand);

    /// Puts them beside what `account` holds.
    void writeTo(QJsonObject &account) const;
};

/// `account.json` of a profile.
[[nodiscard]] QString accountFile(const QString &profileFolder);

} // namespace app
