// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsDigest.h"

#include "provider/CmsDer.h"
#include "provider/CmsNames.h"
#include "provider/CmsOids.h"

#include <array>

namespace provider::cms {
namespace {

struct Known {
    int nid;
    const char *name;
    size_t xofOctets;
};

constexpr std::array kKnown = {
    Known{NID_sha256, "SHA256", 0},     Known{NID_sha384, "SHA384", 0},     Known{NID_sha512, "SHA512", 0},
    Known{NID_sha1, "SHA1", 0},         Known{NID_sha224, "SHA224", 0},     Known{NID_sha512_256, "SHA512-256", 0},
    Known{NID_sha3_224, "SHA3-224", 0}, Known{NID_sha3_256, "SHA3-256", 0}, Known{NID_sha3_384, "SHA3-384", 0},
    Known{NID_sha3_512, "SHA3-512", 0}, Known{NID_shake128, "SHAKE128", 32}, Known{NID_shake256, "SHAKE256", 64},
    Known{NID_sha512_224, "SHA512-224", 0}, Known{NID_ripemd160, "RIPEMD160", 0},
};

using Fetched = std::array<EvpDigestPtr, kKnown.size()>;

/// Fetching costs as much as hashing a short mail, so it is done once.
const Fetched &fetched()
{
    static const Fetched all = [] {
        Fetched result;
        for (size_t i = 0; i < kKnown.size(); ++i)
            result[i].reset(EVP_MD_fetch(nullptr, kKnown[i].name, nullptr));
        return result;
    }();
    return all;
}

} // namespace

Digest digestOfNid(int nid)
{
    for (size_t i = 0; i < kKnown.size(); ++i) {
        if (kKnown[i].nid != nid)
            continue;
        const EVP_MD *md = fetched()[i].get();
        return {md, !md ? 0 : kKnown[i].xofOctets ? kKnown[i].xofOctets : size_t(EVP_MD_get_size(md))};
    }
    return {};
}

Digest digestOf(const X509_ALGOR *algorithm)
{
    const int nid = nidOf(algorithm);
    if (nid == NID_undef && describe(algorithm).oid == kOidShake256Length) {
        // RFC 8419 section 3.1: the length in bits, and only 512 is allowed.
        return parametersOf(algorithm) == derInteger(512) ? digestOfNid(NID_shake256) : Digest{};
    }
    return digestOfNid(nid);
}

bool isRefusedDigest(int nid)
{
    return nid == NID_md5 || nid == NID_md4 || nid == NID_md2 || nid == NID_sha || nid == NID_mdc2;
}

QByteArray digestOver(const Digest &digest, const QList<QByteArrayView> &pieces)
{
    const EvpDigestContextPtr context(EVP_MD_CTX_new());
    if (!digest || EVP_DigestInit_ex2(context.get(), digest.md, nullptr) != 1)
        return {};
    for (const QByteArrayView piece : pieces)
        if (EVP_DigestUpdate(context.get(), piece.data(), size_t(piece.size())) != 1)
            return {};
    QByteArray value(qsizetype(digest.octets), Qt::Uninitialized);
    const bool isXof = (EVP_MD_get_flags(digest.md) & EVP_MD_FLAG_XOF) != 0;
    const int ok = isXof ? EVP_DigestFinalXOF(context.get(), octets(value), digest.octets)
                         : EVP_DigestFinal_ex(context.get(), octets(value), nullptr);
    return ok == 1 ? value : QByteArray{};
}

QList<QByteArrayView> viewsOf(const Pieces &pieces)
{
    return {pieces.begin(), pieces.end()};
}

} // namespace provider::cms
