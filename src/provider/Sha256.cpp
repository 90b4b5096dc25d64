// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Sha256.h"

#include "provider/CmsDigest.h"

namespace provider {

QByteArray sha256Of(QByteArrayView octets)
{
    return cms::digestOver(cms::digestOfNid(NID_sha256), {octets});
}

} // namespace provider
