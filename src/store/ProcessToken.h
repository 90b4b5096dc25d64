// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace store {

/// Names this process on this machine: its id and when it started, since ids are used again.
[[nodiscard]] QString ownProcessToken();
/// False if the process that `token` names has ended.
[[nodiscard]] bool isProcessAlive(const QString &token);

} // namespace store
