// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/ServerCredentials.h"

#include "identity/CertificateFile.h"
#include "provider/CertificateIssuance.h"
#include "provider/KeyGeneration.h"
#include "provider/PemBlocks.h"
#include "provider/PrivateKeyFile.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

provider::CertificateProfile serverProfile(const QStringList &hosts, const QDateTime &now)
{
    constexpr int kServerDays = 825;
    provider::CertificateProfile profile;
    profile.kind = provider::CertificateKind::TlsServer;
    profile.commonName = hosts.first();
    profile.hostNames = hosts;
    profile.issuedAt = now;
    profile.validUntil = now.addDays(kServerDays);
    return profile;
}

/// `issuer` and `issuerKey` are null for a server that signs for itself. EC, since QSslKey cannot load Ed25519.
base::Result<ServerCredentials> issueTo(const QStringList &hosts, const QDateTime &now, const QCA::Certificate &issuer,
                                        const QCA::PrivateKey &issuerKey)
{
    if (hosts.isEmpty())
        return {ErrorCode::InvalidArgument, u"a server needs a name"_s};
    const base::Result<QCA::PrivateKey> key = provider::generateKey(provider::KeyType::EcP256);
    if (!key)
        return key.error();
    const base::Result<QCA::PublicKey> publicKey = provider::readPublicKey(provider::publicKeyDer(*key));
    if (!publicKey)
        return publicKey.error();
    const base::Result<QCA::Certificate> certificate =
        provider::issueCertificate(issuer, issuerKey.isNull() ? *key : issuerKey, *publicKey, serverProfile(hosts, now));
    if (!certificate)
        return certificate.error();
    QByteArray chain = toPem(certificate->toDER(), "CERTIFICATE");
    if (!issuer.isNull())
        chain += toPem(issuer.toDER(), "CERTIFICATE");
    return ServerCredentials{chain, base::Secret::takenFrom(provider::toPem(provider::toPkcs8(*key).view(), "PRIVATE KEY"))};
}

} // namespace

base::Result<ServerCredentials> serverSignedBy(const QByteArray &authority, const base::Secret &authorityKey, const QStringList &hosts,
                                               const QDateTime &now)
{
    const base::Result<QCA::PrivateKey> key = provider::fromPkcs8(authorityKey.view());
    if (!key)
        return key.error();
    return issueTo(hosts, now, QCA::Certificate::fromDER(authority), *key);
}

base::Result<ServerCredentials> selfSignedServer(const QStringList &hosts, const QDateTime &now)
{
    return issueTo(hosts, now, {}, {});
}

bool isUsable(const ServerCredentials &credentials, const QDateTime &now)
{
    const base::Result<provider::CertificateFacts> leaf =
        provider::readCertificateFacts(provider::firstPemBlock(credentials.certificateChainPem, "CERTIFICATE"));
    const base::Result<QCA::PrivateKey> key =
        provider::fromPkcs8(provider::firstPemBlock(credentials.privateKeyPem.view(), "PRIVATE KEY"));
    return leaf && key && leaf->notAfter > now && provider::publicKeyDer(*key) == leaf->publicKeyDer;
}

base::Result<ServerCertificate> readServerCertificate(const QByteArray &chainPem)
{
    const base::Result<provider::CertificateFacts> leaf = provider::readCertificateFacts(provider::firstPemBlock(chainPem, "CERTIFICATE"));
    if (!leaf)
        return leaf.error();
    return ServerCertificate{leaf->hostNames, leaf->notBefore, leaf->notAfter, leaf->isSelfIssued};
}

} // namespace identity
