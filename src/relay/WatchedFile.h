// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace relay {

/// Makes or changes a file in a spool's folder that a relay watches, so that it looks again. False if that was not possible. Never through a link, and
/// without waiting for the reader of a pipe: the folder may be one into which others write. Any thread.
[[nodiscard]] bool touchWatchedFile(const QString &path);

} // namespace relay
