// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: one signature value over some octets, apart from everything CMS says around it.

#include "provider/CmsAsn1.h"
#include "provider/CmsDigest.h"

namespace provider::cms {

/// How a signature value is to be checked, as signatureAlgorithm and digestAlgorithm say together.
struct SignatureMethod {
    enum class State { Unsupported, Refused, Ready };
    State state = State::Unsupported;
    int keyNid = NID_undef;         ///< the kind of key that the algorithm is for
    int digestNid = NID_undef;      ///< undefined for keys that hash by themselves
    Digest digest;
    bool isPss = false;
    Digest maskDigest;              ///< MGF1, with isPss
    int saltOctets = 0;             ///< with isPss
};

/// RFC 5652 section 5.3, RFC 3370 section 3, RFC 4056, RFC 5753 section 2.1, RFC 8419, RFC 9882.
[[nodiscard]] SignatureMethod signatureMethodOf(const X509_ALGOR *signature, const X509_ALGOR *digest);

enum class SignatureCheck { Wrong, Right, KeyUnsupported };
/// By the key in `certificate`.
[[nodiscard]] SignatureCheck checkSignature(const SignatureMethod &method, X509 *certificate, QByteArrayView octets, QByteArrayView value);

} // namespace provider::cms
