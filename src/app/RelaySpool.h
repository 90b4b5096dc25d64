// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayService.h"

namespace app {

/// What a window or `wax` does to a relay's spool from outside, whether or not the relay runs: each call opens the
/// spool in `directory`, does one thing and closes it. Slow; call them on a worker. Errors as in RelayService.
namespace relaySpool {

/// Touched after every change of the accounts, so that a running relay looks at them again.
[[nodiscard]] QString accountsFile(const QString &directory);

enum class IfUserExists { Refuse, Replace };
[[nodiscard]] base::Status addUser(const QString &directory, const QString &address, const base::Secret &password, IfUserExists policy);
[[nodiscard]] base::Status removeUser(const QString &directory, const QString &address);
[[nodiscard]] base::Result<QList<RelayMailbox>> listUsers(const QString &directory);
[[nodiscard]] base::Result<QList<RelayMessage>> listMessages(const QString &directory, const QString &mailbox, int limit);
[[nodiscard]] base::Result<QByteArray> getMessage(const QString &directory, qint64 id);
[[nodiscard]] base::Status deleteMessage(const QString &directory, qint64 id);

} // namespace relaySpool

} // namespace app
