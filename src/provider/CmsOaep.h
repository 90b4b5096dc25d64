// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CmsDigest.h"

namespace provider::cms {

/// How a key was wrapped by RSAES-OAEP; the defaults are those of RFC 4055 section 4.1.
struct OaepParameters {
    int digestNid = NID_sha1;
    Digest digest = digestOfNid(NID_sha1);
    Digest mask = digestOfNid(NID_sha1);
    QByteArray label;
    bool isReadable = true; ///< False if they are malformed, or name a digest that we do not have.
};

/// The parameters of an AlgorithmIdentifier whose algorithm is RSAES-OAEP.
[[nodiscard]] OaepParameters oaepParametersOf(const X509_ALGOR *algorithm);

} // namespace provider::cms
