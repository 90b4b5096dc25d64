// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Strength.h"

using namespace Qt::StringLiterals;

namespace provider {

KeyStrength strengthOf(const EVP_PKEY *key)
{
    if (!key)
        return {PathStrength::Broken, u"unreadable key"_s};
    const int bits = EVP_PKEY_get_bits(key);
    const auto weak = [key](PathStrength strength) { return KeyStrength{strength, u"%1 key"_s.arg(describeKey(key))}; };
    if (isOfType(key, "EC"))
        return bits < 224 ? weak(PathStrength::Weak) : KeyStrength{};
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
