// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"

#include <QByteArray>

namespace provider {

/// A symmetric key that sender and recipient share already, by the name that messages give it (KEKRecipientInfo, RFC 5652 section 6.2.3).
struct SharedKey {
    QByteArray identifier;
    base::Secret key;
};

} // namespace provider
