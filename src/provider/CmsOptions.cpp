// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsOptions.h"

#include "provider/CmsDer.h"
#include "provider/SmimeCapabilities.h"

namespace provider {

QByteArray ownCapabilities()
{
    // Parameters as RFC 3560 section 5 and RFC 8551 section 2.5.2 give them: OAEP with SHA-256 in both places.
    static const QByteArray oaepSha256 = QByteArray::fromHex(
        "302da00f300d06096086480165030402010500a11a301806092a864886f70d010108300b0609608648016503040201");
    static const QByteArray all = encodeSmimeCapabilities({
        {"2.16.840.1.101.3.4.1.46", {}},   // AES-256-GCM
        {"2.16.840.1.101.3.4.1.6", {}},    // AES-128-GCM
        {"2.16.840.1.101.3.4.1.42", {}},   // AES-256-CBC
        {"2.16.840.1.101.3.4.1.2", {}},    // AES-128-CBC
        {"1.2.840.113549.1.9.16.3.18", {}},// ChaCha20-Poly1305
        {"1.2.840.113549.1.1.7", oaepSha256},
    });
    return all;
}

} // namespace provider
