// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageInspection.h"
#include "app/RelayService.h"
#include "cli/Command.h"

#include <QJsonObject>

namespace cli {

// `wax relay list|show|get|delete|transcript|expect`: what is in a relay's spool, whether or not the relay runs.
[[nodiscard]] Exit runRelayList(const Context &context, const QStringList &words);
[[nodiscard]] Exit runRelayShow(const Context &context, const QStringList &words);
[[nodiscard]] Exit runRelayGet(const Context &context, const QStringList &words);
[[nodiscard]] Exit runRelayDelete(const Context &context, const QStringList &words);
[[nodiscard]] Exit runRelayTranscript(const Context &context, const QStringList &words);
[[nodiscard]] Exit runRelayExpect(const Context &context, const QStringList &words);

/// A message in `wax relay list --json`.
[[nodiscard]] QJsonObject toJson(const app::RelayMessage &message);

/// What --key and --passphrase-file give; without keys if there is no --key.
[[nodiscard]] base::Result<smime::OpeningMaterial> keysFromFiles(const Arguments &arguments);

} // namespace cli
