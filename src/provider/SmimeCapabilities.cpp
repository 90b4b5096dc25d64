// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/SmimeCapabilities.h"

#include "provider/CmsDer.h"
#include "provider/CmsOids.h"
#include "provider/RecentByDer.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr int kMaxCapabilities = 256;

using AlgorithmsPtr = Owned<X509_ALGORS, [](X509_ALGORS *all) { sk_X509_ALGOR_pop_free(all, X509_ALGOR_free); }>;

} // namespace

QByteArray encodeSmimeCapabilities(const QList<SmimeCapability> &capabilities)
{
    const ClearsErrorQueue clears;
    QByteArray entries;
    for (const SmimeCapability &capability : capabilities) {
        const auto algorithm = cms::makeAlgorithm(capability.oid.constData(), capability.parameters);
        if (!algorithm)
            return {};
        entries += derBy(i2d_X509_ALGOR, algorithm.get());
    }
    return cms::derWrap(V_ASN1_SEQUENCE, entries);
}

base::Result<QList<SmimeCapability>> decodeSmimeCapabilities(QByteArrayView der)
{
    // Everybody who uses the same program announces the same.
    static RecentByDer<QList<SmimeCapability>> recent;
    if (const auto known = recent.find(der))
        return *known;
    const ClearsErrorQueue clears;
    const AlgorithmsPtr all = fromDerBy<AlgorithmsPtr>(d2i_X509_ALGORS, der);
    if (!all || sk_X509_ALGOR_num(all.get()) > kMaxCapabilities)
        return {ErrorCode::InvalidArgument, u"malformed SMIMECapabilities"_s};
    QList<SmimeCapability> capabilities;
    for (int i = 0; i < sk_X509_ALGOR_num(all.get()); ++i) {
        const X509_ALGOR *algorithm = sk_X509_ALGOR_value(all.get(), i);
        SmimeCapability capability{toOid(algorithm->algorithm), {}};
        if (algorithm->parameter)
            capability.parameters = derBy(i2d_ASN1_TYPE, algorithm->parameter);
        capabilities.append(capability);
    }
    recent.keep(der, capabilities);
    return capabilities;
}

QList<SmimeCapability> ownCapabilities(const QString &keyType)
{
    // DER of AlgorithmIdentifier { id-aes256-wrap }, RFC 3565: how keys agreed upon are wrapped.
    static const QByteArray s_aes256Wrap = QByteArray::fromHex("300b060960864801650304012d");
    // DER of RSAES-OAEP-params with SHA-256 twice, RFC 4055 section 4.1.
    static const QByteArray s_oaepSha256 = QByteArray::fromHex("302fa00f300d06096086480165030402010500"
                                                               "a11c301a06092a864886f70d010108300d06096086480165030402010500");
    QList<SmimeCapability> capabilities{
        {"2.16.840.1.101.3.4.1.46", {}}, // AES-256-GCM
        {"2.16.840.1.101.3.4.1.6", {}},  // AES-128-GCM
        {"2.16.840.1.101.3.4.1.42", {}}, // AES-256-CBC
        {"2.16.840.1.101.3.4.1.2", {}},  // AES-128-CBC
        {cms::kOidChaCha20Poly1305, {}}, // ChaCha20-Poly1305, RFC 8103
    };
    if (keyType.startsWith("RSA"_L1))
        capabilities.append({cms::kOidRsaesOaep, s_oaepSha256});
    if (keyType.startsWith("EC-"_L1))
        capabilities.append({cms::kOidStdDhSha256, s_aes256Wrap}); // dhSinglePass-stdDH-sha256kdf-scheme, RFC 5753 section 7.2
    if (keyType == "X25519"_L1)
        capabilities.append({cms::kOidStdDhHkdfSha256, s_aes256Wrap}); // stdDH-hkdf-sha256-scheme, RFC 8418 section 2.3
    return capabilities;
}

} // namespace provider
