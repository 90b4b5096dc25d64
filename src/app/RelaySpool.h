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
/// Makes `alias` another name of the mailbox `address`; "@example.org" catches all of its domain that nobody else has. AddressInvalid, UserUnknown, UserExists.
[[nodiscard]] base::Status setAlias(const QString &directory, const QString &alias, const QString &address);
/// UserUnknown if there is no such alias.
[[nodiscard]] base::Status removeAlias(const QString &directory, const QString &alias);
[[nodiscard]] base::Status removeUser(const QString &directory, const QString &address);
[[nodiscard]] base::Result<QList<RelayMailbox>> listUsers(const QString &directory);
[[nodiscard]] base::Result<QList<RelayMessage>> listMessages(const QString &directory, const QString &mailbox, int limit);
[[nodiscard]] base::Result<QByteArray> getMessage(const QString &directory, qint64 id);
/// With its assessment, if it was assessed.
[[nodiscard]] base::Result<RelayMessage> message(const QString &directory, qint64 id);
[[nodiscard]] base::Status deleteMessage(const QString &directory, qint64 id);
[[nodiscard]] base::Result<int> deleteAllMessages(const QString &directory);
[[nodiscard]] base::Result<QByteArray> transcript(const QString &directory, const QString &session);

/// Assesses those of `messages` that were not, unless a relay runs on this spool: then it is the relay that does it, once. What was
/// found is kept. `dataDirectory`: whose certificates to use.
[[nodiscard]] base::Status assessMissing(const QString &directory, const QString &dataDirectory, QList<RelayMessage> &messages);

/// Whether a relay has been at home there; most of the others make the spool that they do not find.
[[nodiscard]] bool isPresent(const QString &directory);

/// Files that change when a message comes or is assessed.
[[nodiscard]] QStringList watchedFiles(const QString &directory);

} // namespace relaySpool

} // namespace app
