// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayCertificate.h"

#include "identity/CertificateFile.h"
#include "identity/FileAccess.h"

using namespace Qt::StringLiterals;

namespace app {

namespace {

/// The names under which a relay on this machine is reached.
const QStringList kHosts{u"localhost"_s, u"127.0.0.1"_s, u"::1"_s};

QString keyFile(const identity::DataDirectory &data)
{
    return data.relayFolder() + "/tls-key.pem"_L1;
}

base::Status store(const identity::DataDirectory &data, const identity::ServerCredentials &credentials)
{
    if (const base::Status made = identity::makePrivateFolder(data.relayFolder()); !made)
        return made;
    // The key first: a crash in between leaves a pair that does not fit, and relayCredentials() makes a new one.
    QByteArray key = credentials.privateKeyPem.view().toByteArray();
    const base::Status written = identity::writeFileAtomically(keyFile(data), key);
    key.fill('\0');
    return written ? identity::writeFileAtomically(relayCertificateFile(data), credentials.certificateChainPem) : written;
}

} // namespace

QString relayCertificateFile(const identity::DataDirectory &data)
{
    return data.relayFolder() + "/tls-certificate.pem"_L1;
}

base::Result<identity::ServerCredentials> relayCredentials(const identity::DataDirectory &data, const base::Clock &clock)
{
    base::Result<QByteArray> chain = identity::readWholeFile(relayCertificateFile(data));
    base::Result<QByteArray> key = identity::readWholeFile(keyFile(data));
    if (chain && key) {
        identity::ServerCredentials stored{*chain, base::Secret{*key}};
        key->fill('\0');
        if (identity::isUsable(stored, clock.now()))
            return stored;
    }
    base::Result<identity::ServerCredentials> made = identity::selfSignedServer(kHosts, clock.now());
    if (!made)
        return made;
    if (const base::Status stored = store(data, *made); !stored)
        return stored.error();
    return made;
}

base::Status issueRelayCertificate(const identity::DataDirectory &data, identity::Authority &authority)
{
    const base::Result<identity::ServerCredentials> issued = authority.issueServer(kHosts);
    if (!issued)
        return issued.error();
    return store(data, *issued);
}

QList<QByteArray> relayTlsAnchors(const identity::DataDirectory &data)
{
    const base::Result<QByteArray> chain = identity::readWholeFile(relayCertificateFile(data));
    const base::Result<QList<QByteArray>> certificates = chain ? identity::readCertificates(*chain) : chain.error();
    return certificates ? QList<QByteArray>{certificates->last()} : QList<QByteArray>{};
}

} // namespace app
