// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsOptions.h"

#include "provider/CmsDer.h"
#include "provider/SmimeCapabilities.h"

namespace provider {

QByteArray ownCapabilities()
{
    // RSAES-OAEP-params with SHA-256 twice, RFC 4055 section 4.1.
    static const QByteArray oaepSha256 = QByteArray::fromHex(
        "302fa00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500");
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
