// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: an envelope that was read once serves both who looks at it and who opens it.

#include "provider/CmsAsn1.h"
#include "provider/CmsSplit.h"

namespace provider::cms {

/// EnvelopedData or AuthEnvelopedData as templates; one of the two is set.
struct ReadEnvelope {
    Parts parts;
    EnvelopedDataPtr enveloped;
    AuthEnvelopedDataPtr authEnveloped;

    /// True for the very array that was read: while it lives, nothing else can lie there.
    [[nodiscard]] bool isOf(const QByteArray &octets) const
    {
        return parts.message.data() == octets.constData() && parts.message.size() == octets.size();
    }
};

} // namespace provider::cms
