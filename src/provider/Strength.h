// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: what keys and digests are worth.

#include "provider/OpenSsl.h"
#include "provider/PathPolicy.h"

namespace provider {

struct KeyStrength {
    PathStrength strength = PathStrength::Strong;
    QString reason;
};
/// Weak: RSA, DSA and DH under 2048 bits, EC under 224. Broken: RSA, DSA and DH under 1024 bits, RSA whose exponent is 1 or even, EC at infinity,
/// Ed25519 and Ed448 of small order.
[[nodiscard]] KeyStrength strengthOf(const EVP_PKEY *key);
/// By the NID of a digest: SHA-1 and RIPEMD-160 weak, MD5 and older broken.
[[nodiscard]] PathStrength digestStrength(int digestNid);
/// By the NID of a signature algorithm: whether its digest is so broken that others can make what fits a signature.
[[nodiscard]] bool provesNothing(int signatureNid);

} // namespace provider
