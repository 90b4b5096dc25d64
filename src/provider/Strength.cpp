// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Strength.h"

#include <openssl/core_names.h>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

/// RFC 8017 section 3.1: odd, and from 3 on. With 1 anybody makes signatures, with an even one nobody.
bool hasUsableExponent(const EVP_PKEY *key)
{
    BIGNUM *number = nullptr;
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &number);
    const BignumPtr exponent(number);
    return exponent && BN_is_odd(exponent.get()) && !BN_is_one(exponent.get());
}

} // namespace

KeyStrength strengthOf(const EVP_PKEY *key)
{
    if (!key)
        return {PathStrength::Broken, u"unreadable key"_s};
    const int bits = EVP_PKEY_get_bits(key);
    const auto weak = [key](PathStrength strength) { return KeyStrength{strength, u"%1 key"_s.arg(describeKey(key))}; };
    if (isOfType(key, "EC"))
        return bits < 224 ? weak(PathStrength::Weak) : KeyStrength{};
    if ((isOfType(key, "RSA") || isOfType(key, "RSA-PSS")) && !hasUsableExponent(key))
        return {PathStrength::Broken, u"RSA key with a useless exponent"_s};
    for (const char *name : {"RSA", "RSA-PSS", "DSA", "DH", "DHX"}) {
        if (isOfType(key, name) && bits < 2048)
            return weak(bits < 1024 ? PathStrength::Broken : PathStrength::Weak);
    }
    return {};
}

PathStrength digestStrength(int digestNid)
{
    switch (digestNid) {
    case NID_md2:
    case NID_md4:
    case NID_md5:
    case NID_mdc2: return PathStrength::Broken;
    case NID_sha1:
    case NID_md5_sha1:
    case NID_ripemd160: return PathStrength::Weak;
    default: return PathStrength::Strong;
    }
}

bool provesNothing(int signatureNid)
{
    int digest = NID_undef;
    return OBJ_find_sigid_algs(signatureNid, &digest, nullptr) == 1 && digestStrength(digest) == PathStrength::Broken;
}

} // namespace provider
