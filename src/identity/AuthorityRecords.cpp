// SPDX-License-Identifier: GPL-3.0-or-later
// The file of an authority, and the names of its values.
#include "identity/AuthorityRecords.h"

#include "identity/ChecksummedJson.h"
#include "provider/CertificateFacts.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

constexpr auto kFormat = "waxwing-authority"_L1;

struct NamedReason {
    RevocationReason reason;
    QLatin1StringView name;
};

constexpr NamedReason kReasons[] = {
    {RevocationReason::Unspecified, "unspecified"_L1},
    {RevocationReason::KeyCompromise, "key-compromise"_L1},
    {RevocationReason::AffiliationChanged, "affiliation-changed"_L1},
    {RevocationReason::Superseded, "superseded"_L1},
    {RevocationReason::CessationOfOperation, "cessation-of-operation"_L1},
};

base::Result<IssuedCertificate> issuedFrom(const QJsonObject &object)
{
    IssuedCertificate issued;
    issued.certificate = bytesOf(object["certificate"_L1]);
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(issued.certificate);
    if (!facts)
        return {ErrorCode::KeystoreDamaged, u"an issued certificate cannot be read"_s};
    issued.serial = facts->serial;
    issued.subject = facts->subject;
    issued.addresses = facts->addresses.isEmpty() ? facts->hostNames : facts->addresses;
    issued.isServer = facts->extendedKeyUsage.contains(provider::kServerAuthOid);
    issued.notBefore = facts->notBefore;
    issued.notAfter = facts->notAfter;
    issued.revokedAt = timeOf(object["revokedAt"_L1]);
    issued.reason = revocationReasonOf(object["reason"_L1].toString()).value_or(RevocationReason::Unspecified);
    return issued;
}

} // namespace

QString nameOf(RevocationReason reason)
{
    for (const NamedReason &entry : kReasons)
        if (entry.reason == reason)
            return entry.name;
    Q_UNREACHABLE_RETURN({});
}

std::optional<RevocationReason> revocationReasonOf(const QString &name)
{
    for (const NamedReason &entry : kReasons)
        if (entry.name == name)
            return entry.reason;
    return std::nullopt;
}

QByteArray Authority::serialise(const Records &records)
{
    QJsonArray issued;
    for (const IssuedCertificate &entry : records.issued) {
        QJsonObject object{{u"certificate"_s, toText(entry.certificate)}};
        if (entry.revokedAt.isValid()) {
            object["revokedAt"_L1] = toText(entry.revokedAt);
            object["reason"_L1] = nameOf(entry.reason);
        }
        issued.append(object);
    }
    return writeChecksummed(kFormat, {{u"certificate"_s, toText(records.certificate)},
                                      {u"privateKey"_s, toText(records.encryptedKey)},
                                      {u"crl"_s, toText(records.crl)},
                                      {u"crlNumber"_s, records.crlNumber},
                                      {u"issued"_s, issued}});
}

base::Result<Authority::Records> Authority::parse(const QByteArray &file)
{
    const base::Result<QJsonObject> object = readChecksummed(kFormat, file);
    if (!object)
        return object.error();
    Records records;
    records.certificate = bytesOf((*object)["certificate"_L1]);
    records.encryptedKey = bytesOf((*object)["privateKey"_L1]);
    records.crl = bytesOf((*object)["crl"_L1]);
    records.crlNumber = (*object)["crlNumber"_L1].toInteger();
    const QJsonArray issued = (*object)["issued"_L1].toArray();
    for (const QJsonValue &value : issued) {
        base::Result<IssuedCertificate> entry = issuedFrom(value.toObject());
        if (!entry)
            return entry.error();
        records.issued.append(std::move(entry).value());
    }
    if (!provider::readCertificateFacts(records.certificate) || records.encryptedKey.isEmpty())
        return {ErrorCode::KeystoreDamaged, u"no certificate or no key"_s};
    return records;
}

} // namespace identity
