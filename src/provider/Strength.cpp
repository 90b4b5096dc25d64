// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Strength.h"

#include <openssl/core_names.h>

#include <array>

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

/// SEC 1 section 3.2.2.1: a point of the curve, and not the one at infinity, under which everybody makes signatures.
bool hasUsablePoint(const EVP_PKEY *ec)
{
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, const_cast<EVP_PKEY *>(ec), nullptr));
    return context && EVP_PKEY_public_check_quick(context.get()) == 1;
}

QByteArray hexOf(char octet, int times)
{
    return QByteArray(times, octet).toHex();
}

/// The y of the points of small order of edwards25519 and edwards448 (RFC 8032 sections 5.1 and 5.2), and other spellings of two of them.
const QByteArrayList &pointsOfSmallOrder()
{
    static const QByteArrayList points{
        hexOf(0, 32), "01" + hexOf(0, 31), "ec" + hexOf(-1, 30) + "7f", "ed" + hexOf(-1, 30) + "7f", "ee" + hexOf(-1, 30) + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        hexOf(0, 57), "01" + hexOf(0, 56), "fe" + hexOf(-1, 27) + "fe" + hexOf(-1, 27) + "00", hexOf(-1, 28) + "fe" + hexOf(-1, 27) + "00",
        hexOf(0, 28) + hexOf(-1, 28) + "00"};
    return points;
}

/// A signature of zeros fits every text, or every fourth or eighth, and verifiers need not refuse them.
bool isOfSmallOrder(const EVP_PKEY *edwards)
{
    std::array<unsigned char, 57> point{};
    size_t size = point.size();
    if (EVP_PKEY_get_raw_public_key(edwards, point.data(), &size) != 1 || size == 0)
        return true;
    point.at(size - 1) &= 0x7FU; // without the sign of x
    return pointsOfSmallOrder().contains(QByteArray(reinterpret_cast<const char *>(point.data()), static_cast<qsizetype>(size)).toHex());
}

} // namespace

KeyStrength strengthOf(const EVP_PKEY *key)
{
    if (!key)
        return {PathStrength::Broken, u"unreadable key"_s};
    const int bits = EVP_PKEY_get_bits(key);
    const auto weak = [key](PathStrength strength) { return KeyStrength{strength, u"%1 key"_s.arg(describeKey(key))}; };
    if (isOfType(key, "EC") && !hasUsablePoint(key))
        return {PathStrength::Broken, u"EC key by which anybody can sign"_s};
    if (isOfType(key, "EC"))
        return bits < 224 ? weak(PathStrength::Weak) : KeyStrength{};
    if ((isOfType(key, "RSA") || isOfType(key, "RSA-PSS")) && !hasUsableExponent(key))
        return {PathStrength::Broken, u"RSA key with a useless exponent"_s};
    if (isOfType(key, "ED25519") && isOfSmallOrder(key))
        return {PathStrength::Broken, u"Ed25519 key by which anybody can sign"_s};
    if (isOfType(key, "ED448") && isOfSmallOrder(key))
        return {PathStrength::Broken, u"Ed448 key by which anybody can sign"_s};
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
