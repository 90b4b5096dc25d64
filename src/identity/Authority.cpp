// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Authority.h"

#include "base/FileAccess.h"
#include "identity/AuthorityRecords.h"
#include "identity/CertificateFile.h"
#include "identity/FileLock.h"
#include "identity/KeyTypeName.h"
#include "identity/Mailbox.h"
#include "identity/RequestFile.h"
#include "provider/CertificateIssuance.h"
#include "provider/PemBlocks.h"
#include "provider/PrivateKeyFile.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Secret;
using provider::KdfCost;

namespace identity {

namespace {

constexpr int kAuthorityYears = 20;
/// A root that is locked cannot renew its list every night; the list is renewed whenever the root signs anything.
constexpr int kCrlDays = 180;

provider::RevocationReason toProvider(RevocationReason reason)
{
    return static_cast<provider::RevocationReason>(static_cast<int>(reason));
}

QByteArray evenHex(qint64 number)
{
    const QByteArray hex = QByteArray::number(number, 16);
    return hex.size() % 2 == 0 ? hex : '0' + hex;
}

base::Result<provider::CertificateProfile> profileFor(const RequestFile &request, const RequestedKey &subject, const IssueOptions &options,
                                                      const QDateTime &now)
{
    const QString address = options.address.isEmpty() ? request.address : options.address;
    if (!isMailbox(address))
        return {ErrorCode::AddressInvalid, address.isEmpty() ? u"the request names no mail address"_s : address};
    provider::CertificateProfile profile;
    profile.mailUse = subject.use;
    profile.commonName = !options.name.isEmpty() ? options.name : request.name.isEmpty() ? address : request.name;
    profile.addresses = {address};
    profile.issuedAt = now;
    profile.validUntil = now.addDays(options.validDays);
    if (request.wantsCapabilities && subject.use != provider::MailUse::Sign)
        profile.smimeCapabilities = provider::ownCapabilities(subject.keyType);
    return profile;
}

base::Result<QByteArray> sign(const QByteArray &issuer, const Secret &issuerKey, const QCA::PublicKey &subject,
                              const provider::CertificateProfile &profile)
{
    const base::Result<QCA::PrivateKey> key = provider::fromPkcs8(issuerKey.view());
    if (!key)
        return key.error();
    const base::Result<QCA::Certificate> certificate = provider::issueCertificate(QCA::Certificate::fromDER(issuer), *key, subject, profile);
    if (!certificate)
        return certificate.error();
    return certificate->toDER();
}

IssuedCertificate recordOf(const QByteArray &certificate)
{
    IssuedCertificate record;
    record.certificate = certificate;
    if (const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(certificate))
        record.serial = facts->serial;
    return record;
}

base::Result<QCA::PrivateKey> generateRootKey(const QString &keyType)
{
    const base::Result<KeyPlan> plan = keyPlanOf(keyType);
    if (!plan)
        return plan.error();
    return provider::generateKey(plan->signing);
}

base::Result<QByteArray> selfSign(const QCA::PrivateKey &key, const QString &name, const QDateTime &now)
{
    provider::CertificateProfile profile;
    profile.kind = provider::CertificateKind::Authority;
    profile.commonName = name;
    profile.issuedAt = now;
    profile.validUntil = now.addYears(kAuthorityYears);
    profile.pathLength = 0;
    const base::Result<QCA::PublicKey> publicKey = provider::readPublicKey(provider::publicKeyDer(key));
    if (!publicKey)
        return publicKey.error();
    const base::Result<QCA::Certificate> root = provider::issueCertificate({}, key, *publicKey, profile);
    if (!root)
        return root.error();
    return root->toDER();
}

} // namespace

/// A change of the file: holds the lock and starts from what is on the disk now.
class Authority::Change
{
public:
    explicit Change(const Authority &authority) : m_authority(authority), m_lock(authority.file()) {}

    [[nodiscard]] base::Status begin()
    {
        if (!m_authority.isUnlocked())
            return ErrorCode::KeystoreLocked;
        if (const base::Status taken = m_lock.take(); !taken)
            return taken;
        base::Result<Records> read = m_authority.read();
        if (!read)
            return read.error();
        records = std::move(read).value();
        return base::Done{};
    }

    [[nodiscard]] base::Status commit()
    {
        // Since the key is at hand, the list gets a fresh date on the way.
        if (const base::Status crl = m_authority.signCrl(records); !crl)
            return crl;
        return base::writePrivateFile(m_authority.file(), serialise(records));
    }

    Records records;

private:
    const Authority &m_authority;
    FileLock m_lock;
};

QString Authority::file() const
{
    return m_folder + "/authority.json"_L1;
}

bool Authority::existsIn(const QString &folder)
{
    return QFileInfo::exists(folder + "/authority.json"_L1);
}

base::Result<Authority> Authority::create(const QString &folder, const QString &name, const QString &keyType, const Secret &passphrase,
                                          const base::Clock &clock)
{
    if (existsIn(folder))
        return {ErrorCode::AuthorityExists, folder};
    if (name.trimmed().isEmpty())
        return {ErrorCode::InvalidArgument, u"an authority needs a name"_s};
    if (const base::Status fit = checkNewPassphrase(passphrase); !fit)
        return fit.error();
    const base::Result<QCA::PrivateKey> key = generateRootKey(keyType);
    if (!key)
        return key.error();
    const base::Result<QByteArray> root = selfSign(*key, name.trimmed(), clock.now());
    if (!root)
        return root.error();
    const base::Result<QByteArray> encrypted = provider::toEncryptedPkcs8(*key, passphrase, costOf(passphrase));
    if (!encrypted)
        return encrypted.error();
    Authority authority;
    authority.m_folder = folder;
    authority.m_clock = &clock;
    authority.m_certificate = *root;
    authority.m_key = provider::toPkcs8(*key);
    Records records{*root, *encrypted, {}, 0, {}};
    if (const base::Status crl = authority.signCrl(records); !crl)
        return crl.error();
    if (const base::Status made = base::makePrivateFolder(folder); !made)
        return made.error();
    FileLock lock{authority.file()};
    if (const base::Status taken = lock.take(); !taken)
        return taken.error();
    if (existsIn(folder)) // Another program was quicker.
        return {ErrorCode::AuthorityExists, folder};
    if (const base::Status written = base::writePrivateFile(authority.file(), serialise(records)); !written)
        return written.error();
    return authority;
}

base::Result<Authority> Authority::open(const QString &folder, const base::Clock &clock)
{
    if (!existsIn(folder))
        return {ErrorCode::AuthorityMissing, folder};
    Authority authority;
    authority.m_folder = folder;
    authority.m_clock = &clock;
    const base::Result<Records> records = authority.read();
    if (!records)
        return records.error();
    authority.m_certificate = records->certificate;
    return authority;
}

base::Result<Authority::Records> Authority::read() const
{
    constexpr qint64 kLargestRecords = 256 * 1024 * 1024;
    const base::Result<QByteArray> bytes = base::readFile(file(), kLargestRecords);
    if (!bytes)
        return bytes.error();
    return parse(*bytes);
}

base::Status Authority::unlock(const Secret &passphrase)
{
    if (passphrase.isEmpty())
        return ErrorCode::PassphraseMissing;
    const base::Result<Records> records = read();
    if (!records)
        return records.error();
    const base::Result<QCA::PrivateKey> key = provider::fromEncryptedPkcs8(records->encryptedKey, passphrase);
    if (!key)
        return key.error();
    m_key = provider::toPkcs8(*key);
    return base::Done{};
}

QByteArray Authority::certificatePem() const
{
    return toPem(m_certificate, "CERTIFICATE");
}

QString Authority::name() const
{
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(m_certificate);
    return facts ? facts->commonName : QString{};
}

base::Result<QList<QByteArray>> Authority::issue(const QByteArray &requestFile, const IssueOptions &options)
{
    const base::Result<RequestFile> request = readRequestFile(requestFile);
    if (!request)
        return request.error();
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun.error();
    QList<QByteArray> certificates;
    for (const RequestedKey &subject : request->keys) {
        const base::Result<provider::CertificateProfile> profile = profileFor(*request, subject, options, m_clock->now());
        if (!profile)
            return profile.error();
        const base::Result<QByteArray> certificate = sign(m_certificate, m_key, subject.key, *profile);
        if (!certificate)
            return certificate.error();
        certificates.append(*certificate);
        change.records.issued.append(recordOf(*certificate));
    }
    if (const base::Status written = change.commit(); !written)
        return written.error();
    return certificates;
}

base::Result<ServerCredentials> Authority::issueServer(const QStringList &hosts)
{
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun.error();
    base::Result<ServerCredentials> server = serverSignedBy(m_certificate, m_key, hosts, m_clock->now());
    if (!server)
        return server;
    change.records.issued.append(recordOf(provider::firstPemBlock(server->certificateChainPem, "CERTIFICATE")));
    if (const base::Status written = change.commit(); !written)
        return written.error();
    return server;
}

base::Status Authority::revoke(const QByteArray &serial, RevocationReason reason)
{
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun;
    const QByteArray wanted = QByteArray{serial}.replace(":", "").toLower();
    for (IssuedCertificate &issued : change.records.issued) {
        if (issued.serial != wanted)
            continue;
        if (issued.revokedAt.isValid())
            return {ErrorCode::CertificateRevoked, u"already, on %1"_s.arg(issued.revokedAt.toString(Qt::ISODate))};
        issued.revokedAt = m_clock->now();
        issued.reason = reason;
        return change.commit();
    }
    return {ErrorCode::SerialUnknown, QString::fromLatin1(serial)};
}

base::Status Authority::signCrl(Records &records) const
{
    const base::Result<QCA::PrivateKey> key = provider::fromPkcs8(m_key.view());
    if (!key)
        return key.error();
    provider::CrlFacts contents;
    contents.number = evenHex(++records.crlNumber);
    contents.thisUpdate = m_clock->now().addDuration(-base::kClockTolerance); // As the provider dates certificates back.
    contents.nextUpdate = m_clock->now().addDays(kCrlDays);
    for (const IssuedCertificate &issued : records.issued)
        if (issued.revokedAt.isValid())
            contents.revoked.append({issued.serial, issued.revokedAt, toProvider(issued.reason)});
    base::Result<QByteArray> crl = provider::issueCrl(QCA::Certificate::fromDER(records.certificate), *key, contents);
    if (!crl)
        return crl.error();
    records.crl = std::move(crl).value();
    return base::Done{};
}

base::Result<QByteArray> Authority::renewCrl()
{
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun.error();
    if (const base::Status written = change.commit(); !written)
        return written.error();
    return change.records.crl;
}

base::Result<QByteArray> Authority::crl() const
{
    const base::Result<Records> records = read();
    if (!records)
        return records.error();
    return records->crl;
}

base::Result<QList<IssuedCertificate>> Authority::issued() const
{
    base::Result<Records> records = read();
    if (!records)
        return records.error();
    return std::move(records->issued);
}

} // namespace identity
