// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/TrustStore.h"

#include "base/FileAccess.h"
#include "base/Log.h"
#include "identity/Authority.h"
#include "identity/CertificateFile.h"
#include "identity/Limits.h"
#include "provider/CertificateFacts.h"
#include "provider/Revocation.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

/// A name that the first digits of a fingerprint may stand for.
constexpr qsizetype kShortestFingerprint = 8;

QList<QByteArray> readFolder(const QString &folder, const QString &pattern, qint64 limitOctets)
{
    QList<QByteArray> contents;
    const QDir dir{folder};
    const QStringList names = dir.entryList({pattern}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        base::Result<QByteArray> bytes = base::readPrivateFile(dir.filePath(name), limitOctets);
        if (bytes)
            contents.append(std::move(bytes).value());
        else
            qCWarning(logIdentity) << "passed over" << dir.filePath(name) << nameOf(bytes.error().code);
    }
    return contents;
}

QList<Anchor> addedIn(const QString &folder, const QString &profile)
{
    QList<Anchor> anchors;
    const QList<QByteArray> certificates = readFolder(folder + "/anchors"_L1, u"*.cer"_s, kLargestCertificateFile);
    for (const QByteArray &der : certificates)
        anchors.append({der, AnchorOrigin::Added, fingerprintOf(der), profile});
    return anchors;
}

/// One file for each issuer and scope: a newer list takes the place of the older one, a partition or a delta list of no other one.
QString crlFile(const QString &folder, const provider::CrlFacts &facts)
{
    const QByteArray issuer = facts.issuerDer + facts.authorityKeyIdentifier + facts.scope;
    return folder + "/crls/"_L1 + QString::fromLatin1(QCryptographicHash::hash(issuer, QCryptographicHash::Sha256).toHex()) + ".crl"_L1;
}

QString anchorFile(const QString &folder, const QByteArray &fingerprint)
{
    return folder + "/anchors/"_L1 + QString::fromLatin1(fingerprint) + ".cer"_L1;
}

} // namespace

TrustStore::TrustStore(const DataDirectory &data, const std::optional<Profile> &profile) : m_data(data), m_profile(profile) {}

QString TrustStore::ownFolder() const
{
    return m_profile ? m_profile->folder + "/trust"_L1 : m_data.trustFolder();
}

QList<Anchor> TrustStore::anchors() const
{
    QList<Anchor> anchors;
    if (Authority::existsIn(m_data.authorityFolder())) {
        if (const base::Result<Authority> authority = Authority::open(m_data.authorityFolder()))
            anchors.append({authority->certificate(), AnchorOrigin::Authority, fingerprintOf(authority->certificate()), {}});
        else
            qCWarning(logIdentity) << "the authority cannot be read:" << nameOf(authority.error().code) << authority.error().detail;
    }
    anchors += addedIn(m_data.trustFolder(), {});
    if (m_profile)
        anchors += addedIn(ownFolder(), m_profile->address);
    return anchors;
}

TrustMaterial TrustStore::material() const
{
    TrustMaterial material;
    const QList<Anchor> all = anchors();
    for (const Anchor &anchor : all)
        material.anchors.append(anchor.certificate);
    material.crls = crls();
    return material;
}

base::Result<Anchor> TrustStore::addAnchor(const QByteArray &certificate)
{
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(certificate);
    if (!facts)
        return facts.error();
    if (!facts->isCa && !facts->isSelfIssued)
        return {ErrorCode::InvalidArgument, u"%1 is neither an authority nor issued by itself"_s.arg(facts->subject)};
    const Anchor anchor{certificate, AnchorOrigin::Added, fingerprintOf(certificate), m_profile ? m_profile->address : QString{}};
    const QList<Anchor> present = anchors();
    for (const Anchor &other : present)
        if (other.certificate == certificate)
            return {ErrorCode::CertificateAlreadyPresent, facts->subject};
    if (const base::Status made = base::makePrivateFolder(ownFolder() + "/anchors"_L1); !made)
        return made.error();
    if (const base::Status written = base::writePrivateFile(anchorFile(ownFolder(), anchor.fingerprint), certificate); !written)
        return written.error();
    return anchor;
}

base::Status TrustStore::removeAnchor(const QByteArray &fingerprint)
{
    const QByteArray wanted = QByteArray{fingerprint}.replace(":", "").toLower();
    if (wanted.size() < kShortestFingerprint)
        return {ErrorCode::InvalidArgument, u"at least %1 digits of the fingerprint"_s.arg(kShortestFingerprint)};
    QList<Anchor> fitting = anchors();
    fitting.removeIf([&wanted](const Anchor &anchor) { return !anchor.fingerprint.startsWith(wanted); });
    if (fitting.isEmpty())
        return {ErrorCode::CertificateNotFound, QString::fromLatin1(fingerprint)};
    if (fitting.size() > 1)
        return {ErrorCode::InvalidArgument, u"several certificates begin with %1"_s.arg(QString::fromLatin1(wanted))};
    const Anchor &anchor = fitting.first();
    if (anchor.origin == AnchorOrigin::Authority)
        return {ErrorCode::InvalidArgument, u"this is the authority of the data directory itself"_s};
    const QString folder = anchor.profile.isEmpty() ? m_data.trustFolder() : ownFolder();
    if (!QFile::remove(anchorFile(folder, anchor.fingerprint)))
        return {ErrorCode::FileNotWritable, anchorFile(folder, anchor.fingerprint)};
    return base::Done{};
}

base::Status TrustStore::addCrl(const QByteArray &crl, const QList<QByteArray> &issuers)
{
    if (crl.size() > kLargestRevocationList)
        return {ErrorCode::FileTooLarge, u"a revocation list of %1 octets"_s.arg(crl.size())};
    const base::Result<provider::CrlFacts> facts = provider::readCrl(crl);
    if (!facts)
        return facts.error();
    const QString file = crlFile(ownFolder(), *facts);
    const base::Result<QByteArray> present = base::readPrivateFile(file, kLargestRevocationList);
    if (present && *present == crl)
        return base::Done{};
    QList<QByteArray> signers = issuers;
    const QList<Anchor> trusted = anchors();
    for (const Anchor &anchor : trusted)
        signers.append(anchor.certificate);
    if (!provider::isCrlSignedBy(crl, signers))
        return {ErrorCode::CertificateUntrusted, u"the list of %1 is signed by nobody who is known"_s.arg(facts->issuer)};
    if (present) {
        const base::Result<provider::CrlFacts> older = provider::readCrl(*present);
        if (older && older->thisUpdate > facts->thisUpdate)
            return base::Done{};
    }
    if (const base::Status made = base::makePrivateFolder(ownFolder() + "/crls"_L1); !made)
        return made;
    return base::writePrivateFile(file, crl);
}

QList<QByteArray> TrustStore::crls() const
{
    QList<QByteArray> lists;
    if (const base::Result<Authority> authority = Authority::open(m_data.authorityFolder())) {
        if (base::Result<QByteArray> crl = authority->crl())
            lists.append(std::move(crl).value());
        else
            qCWarning(logIdentity) << "the authority's list cannot be read:" << nameOf(crl.error().code) << crl.error().detail;
    }
    lists += readFolder(m_data.trustFolder() + "/crls"_L1, u"*.crl"_s, kLargestRevocationList);
    if (m_profile)
        lists += readFolder(ownFolder() + "/crls"_L1, u"*.crl"_s, kLargestRevocationList);
    return lists;
}

} // namespace identity
