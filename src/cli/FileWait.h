// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <chrono>
#include <functional>

namespace cli {

/// Sleeps until one of `paths` (files or folders) changes, asks `isDone`, and so on: true as soon as it says so, false when
/// `within` has gone. Asks once at the beginning and once at the end. Runs the event loop: for the main thread of a command.
[[nodiscard]] bool waitForFiles(const QStringList &paths, std::chrono::milliseconds within, const std::function<bool()> &isDone);

} // namespace cli
