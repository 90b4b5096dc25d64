// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/CertificateAssessment.h"
#include "app/Enrolling.h"
#include "base/Result.h"
#include "cli/Command.h"

#include <QJsonObject>
#include <span>

namespace cli {

/// Runs the entry of `commands` that `words` begins with; `name` is the command they belong to.
[[nodiscard]] Exit dispatch(const char *name, std::span<const Command> commands, const Context &context, const QStringList &words);

/// The profile that --profile names, or the only one there is. ProfileMissing; InvalidArgument: several, and none was named.
[[nodiscard]] base::Result<identity::Profile> chosenProfile(const Context &context);

/// A passphrase that is to protect something new: from the file, or typed twice after a word on what forgetting means.
[[nodiscard]] base::Result<base::Secret> readNewPassphrase(const QString &file, const QString &prompt);

/// The passphrase from `file`; without a file, the one at hand. For a second passphrase that is usually the same.
[[nodiscard]] base::Result<base::Secret> passphraseOr(const QString &file, const base::Secret &other);

/// The JSON of CONTRACT.md for one certificate.
[[nodiscard]] QJsonObject certificateJson(const app::CertificateInfo &info);
/// The lines of one certificate for people.
[[nodiscard]] QByteArray certificateLines(const app::CertificateInfo &info);

} // namespace cli
