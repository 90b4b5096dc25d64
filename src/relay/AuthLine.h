// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace relay {

/// A client's AUTH line as the monitor may show it, "AUTH PLAIN ****": `argument` is what followed the verb. A word that names no mechanism may
/// be a password that lost its place, and is hidden, too.
[[nodiscard]] QByteArray maskedAuth(QByteArrayView argument);

} // namespace relay
