// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayCertificate.h"

#include "base/FileAccess.h"
#include "base/Log.h"
#include "identity/CertificateFile.h"

#include <algorithm>
#include <arpa/inet.h>
#include <optional>

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
    if (const base::Status made = base::makePrivateFolder(data.relayFolder()); !made)
        return made;
    // The key first: a crash in between leaves a pair that does not fit, and relayCredentials() makes a new one.
    const base::Status written = base::writePrivateFile(keyFile(data), credentials.privateKeyPem.view());
    return written ? base::writePrivateFile(relayCertificateFile(data), credentials.certificateChainPem) : written;
}

QStringList withLocalHosts(const QStringList &hosts)
{
    QStringList all = kHosts + hosts;
    all.removeDuplicates();
    return all;
}

using StoredCredentials = std::optional<identity::ServerCredentials>;

/// Nothing if there is none, or none that can be used any more. FileNotReadable: it may be a good one, which nobody may replace.
base::Result<StoredCredentials> readStored(const identity::DataDirectory &data, const QDateTime &now)
{
    const base::Result<QByteArray> chain = base::readPrivateFile(relayCertificateFile(data));
    base::Result<QByteArray> key = base::readPrivateFile(keyFile(data));
    for (const base::Error &fault : {chain ? base::Error{} : chain.error(), key ? base::Error{} : key.error()})
        if (fault.code == base::ErrorCode::FileNotReadable)
            return fault;
    if (!chain || !key)
        return StoredCredentials{};
    identity::ServerCredentials stored{*chain, base::Secret::takenFrom(std::move(key).value())};
    return identity::isUsable(stored, now) ? StoredCredentials{std::move(stored)} : StoredCredentials{};
}

/// The octets of an IPv4 or IPv6 address; empty if it is a name. Without QHostAddress: authorities issue certificates in a program without a network.
QByteArray addressOctets(const QString &host)
{
    const QByteArray text = host.toUtf8();
    in6_addr octets;
    for (const auto &[family, size] : {std::pair{AF_INET, sizeof(in_addr)}, std::pair{AF_INET6, sizeof(in6_addr)}})
        if (inet_pton(family, text.constData(), &octets) == 1)
            return {reinterpret_cast<const char *>(&octets), static_cast<qsizetype>(size)};
    return {};
}

/// A name by its letters, an address by its value.
bool names(const identity::ServerCertificate &certificate, const QString &host)
{
    const QByteArray address = addressOctets(host);
    return std::any_of(certificate.hosts.cbegin(), certificate.hosts.cend(), [&](const QString &name) {
        return address.isEmpty() ? name.compare(host, Qt::CaseInsensitive) == 0 : addressOctets(name) == address;
    });
}

/// Names every host, and has more than a third of its time left.
bool isGoodEnough(const identity::ServerCertificate &certificate, const QStringList &hosts, const QDateTime &now)
{
    if (!std::all_of(hosts.cbegin(), hosts.cend(), [&certificate](const QString &host) { return names(certificate, host); }))
        return false;
    const qint64 whole = certificate.notBefore.secsTo(certificate.notAfter);
    return now.secsTo(certificate.notAfter) > whole / 3;
}

/// Asks the authority; nothing if there is none, or if it stays locked. FileNotReadable: it issued some, which nobody may replace.
base::Result<StoredCredentials> issuedByAuthority(const identity::DataDirectory &data, const RelayCertificateWishes &wishes, const base::Clock &clock)
{
    if (wishes.authorityPassphrase.isEmpty() || !identity::Authority::existsIn(data.authorityFolder()))
        return StoredCredentials{};
    base::Result<identity::Authority> authority = identity::Authority::open(data.authorityFolder(), clock);
    base::Status status = authority ? authority->unlock(wishes.authorityPassphrase) : base::Status{authority.error()};
    if (status)
        status = issueRelayCertificate(data, *authority, wishes.hosts);
    if (!status) {
        qCWarning(logRelay, "the authority issued no TLS certificate: %s %s", base::nameOf(status.error().code), qPrintable(status.error().detail));
        return StoredCredentials{};
    }
    return readStored(data, clock.now());
}

} // namespace

QString relayCertificateFile(const identity::DataDirectory &data)
{
    return data.relayFolder() + "/tls-certificate.pem"_L1;
}

base::Result<identity::ServerCredentials> relayCredentials(const identity::DataDirectory &data, const RelayCertificateWishes &wishes,
                                                           const base::Clock &clock)
{
    const QStringList hosts = withLocalHosts(wishes.hosts);
    base::Result<StoredCredentials> read = readStored(data, clock.now());
    if (!read)
        return read.error();
    StoredCredentials &stored = *read;
    const base::Result<identity::ServerCertificate> certificate = identity::readServerCertificate(stored ? stored->certificateChainPem : QByteArray{});
    if (stored && certificate && isGoodEnough(*certificate, hosts, clock.now()))
        return std::move(*stored);
    base::Result<StoredCredentials> issued = issuedByAuthority(data, wishes, clock);
    if (!issued)
        return issued.error();
    if (*issued)
        return std::move(**issued);
    if (stored && certificate && !certificate->isSelfIssued)
        return std::move(*stored);
    base::Result<identity::ServerCredentials> made = identity::selfSignedServer(hosts, clock.now());
    if (!made)
        return made;
    if (const base::Status written = store(data, *made); !written)
        return written.error();
    return made;
}

base::Status issueRelayCertificate(const identity::DataDirectory &data, identity::Authority &authority, const QStringList &hosts)
{
    const base::Result<identity::ServerCredentials> issued = authority.issueServer(withLocalHosts(hosts));
    if (!issued)
        return issued.error();
    return store(data, *issued);
}

base::Result<identity::ServerCredentials> trialCredentials(const identity::DataDirectory &data, const QStringList &hosts, const base::Clock &clock)
{
    base::Result<StoredCredentials> stored = readStored(data, clock.now());
    if (!stored)
        return stored.error();
    if (*stored)
        return std::move(**stored);
    return identity::selfSignedServer(withLocalHosts(hosts), clock.now());
}

QList<QByteArray> relayTlsAnchors(const identity::DataDirectory &data)
{
    const base::Result<QByteArray> chain = base::readPrivateFile(relayCertificateFile(data));
    const QByteArray anchor = chain ? tlsAnchorOf(*chain) : QByteArray{};
    return anchor.isEmpty() ? QList<QByteArray>{} : QList<QByteArray>{anchor};
}

QByteArray tlsAnchorOf(const QByteArray &chainPem)
{
    const base::Result<QList<QByteArray>> certificates = identity::readCertificates(chainPem);
    return certificates && !certificates->isEmpty() ? certificates->last() : QByteArray{};
}

bool isCertifiedFor(const QByteArray &chainPem, const QString &host)
{
    const base::Result<identity::ServerCertificate> certificate = identity::readServerCertificate(chainPem);
    return certificate && names(*certificate, host);
}

} // namespace app
