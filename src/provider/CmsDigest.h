// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CmsOutcome.h"

namespace provider::cms {

/// A digest algorithm as an AlgorithmIdentifier names it.
struct Digest {
    const EVP_MD *md = nullptr;     ///< lives as long as the program
    size_t octets = 0;              ///< of its value; for SHAKE as RFC 8702 section 3.1 and RFC 8419 section 3.1 fix it

    [[nodiscard]] explicit operator bool() const { return md != nullptr; }
    bool operator==(const Digest &) const = default;
};

[[nodiscard]] Digest digestOfNid(int nid);
[[nodiscard]] Digest digestOf(const X509_ALGOR *algorithm);
/// MD5 and older, which no longer prove anything.
[[nodiscard]] bool isRefusedDigest(int nid);

/// The digest over all pieces one after the other; empty if OpenSSL refuses.
[[nodiscard]] QByteArray digestOver(const Digest &digest, const QList<QByteArrayView> &pieces);
[[nodiscard]] QList<QByteArrayView> viewsOf(const Pieces &pieces);

} // namespace provider::cms
