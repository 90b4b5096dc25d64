// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace provider {

/// SHA-256 (FIPS 180-4), 32 octets. Qt's own makes no use of what the processor has for it, and QCA::Hash copies what it is given: both
/// are felt in a scan of a thousand mails. Any thread.
[[nodiscard]] QByteArray sha256Of(QByteArrayView octets);

} // namespace provider
