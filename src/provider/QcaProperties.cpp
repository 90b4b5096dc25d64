// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/QcaProperties.h"

#include "base/Clock.h"
#include "provider/CertificateBuilder.h"
#include "provider/CertificateNames.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

struct AttributeRow {
    QCA::CertificateInfoTypeKnown type;
    int nid;
};

constexpr AttributeRow kAttributes[] = {
    {QCA::CommonName, NID_commonName},
    {QCA::EmailLegacy, NID_pkcs9_emailAddress},
    {QCA::Organization, NID_organizationName},
    {QCA::OrganizationalUnit, NID_organizationalUnitName},
    {QCA::Locality, NID_localityName},
    {QCA::State, NID_stateOrProvinceName},
    {QCA::Country, NID_countryName},
};

struct UsageRow {
    QCA::ConstraintTypeKnown type;
    KeyUsage usage;
    const char *name; ///< OpenSSL's
};

constexpr UsageRow kKeyUsages[] = {
    {QCA::DigitalSignature, KeyUsage::DigitalSignature, "digitalSignature"},
    {QCA::NonRepudiation, KeyUsage::NonRepudiation, "nonRepudiation"},
    {QCA::KeyEncipherment, KeyUsage::KeyEncipherment, "keyEncipherment"},
    {QCA::DataEncipherment, KeyUsage::DataEncipherment, "dataEncipherment"},
    {QCA::KeyAgreement, KeyUsage::KeyAgreement, "keyAgreement"},
    {QCA::KeyCertificateSign, KeyUsage::KeyCertSign, "keyCertSign"},
    {QCA::CRLSign, KeyUsage::CrlSign, "cRLSign"},
    {QCA::EncipherOnly, KeyUsage::EncipherOnly, "encipherOnly"},
    {QCA::DecipherOnly, KeyUsage::DecipherOnly, "decipherOnly"},
};

QCA::CertificateInfoOrdered infoOf(const X509_NAME *name)
{
    QCA::CertificateInfoOrdered info;
    for (int i = 0; name && i < X509_NAME_entry_count(name); ++i) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
        const int nid = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
        const QString value = toText(X509_NAME_ENTRY_get_data(entry));
        const auto *row = std::find_if(std::begin(kAttributes), std::end(kAttributes),
                                       [nid](const AttributeRow &known) { return known.nid == nid; });
        if (row != std::end(kAttributes))
            info.append({row->type, value});
        else
            info.append({QCA::CertificateInfoType(QString::fromLatin1(toOid(X509_NAME_ENTRY_get_object(entry))),
                                                  QCA::CertificateInfoType::DN), value});
    }
    return info;
}

void appendNames(QCA::CertificateInfoOrdered &info, const QStringList &addresses, const QStringList &hostNames)
{
    for (const QString &address : addresses)
        info.append({QCA::Email, address});
    for (const QString &host : hostNames)
        info.append({QCA::DNS, host});
}

QCA::BigInteger toBigInteger(const ASN1_INTEGER *number)
{
    const BignumPtr value(number ? ASN1_INTEGER_to_BN(number, nullptr) : nullptr);
    const OpenSslTextPtr decimal(value ? BN_bn2dec(value.get()) : nullptr);
    return decimal ? QCA::BigInteger(QString::fromLatin1(decimal.get())) : QCA::BigInteger(0);
}

QCA::SignatureAlgorithm toQca(int signatureNid)
{
    switch (signatureNid) {
    case NID_md5WithRSAEncryption: return QCA::EMSA3_MD5;
    case NID_sha1WithRSAEncryption: return QCA::EMSA3_SHA1;
    case NID_sha224WithRSAEncryption: return QCA::EMSA3_SHA224;
    case NID_sha256WithRSAEncryption: return QCA::EMSA3_SHA256;
    case NID_sha384WithRSAEncryption: return QCA::EMSA3_SHA384;
    case NID_sha512WithRSAEncryption: return QCA::EMSA3_SHA512;
    case NID_dsaWithSHA1: return QCA::EMSA1_SHA1;
    default: return QCA::SignatureUnknown;
    }
}

QCA::Constraints constraintsOf(const CertificateFacts &facts)
{
    QCA::Constraints constraints;
    for (const UsageRow &row : kKeyUsages) {
        if (facts.keyUsage.testFlag(row.usage))
            constraints.append(QCA::ConstraintType(row.type));
    }
    for (const QByteArray &oid : facts.extendedKeyUsage)
        constraints.append(QCA::ConstraintType(QString::fromLatin1(oid), QCA::ConstraintType::ExtendedKeyUsage));
    return constraints;
}

QCA::CRLEntry::Reason toQca(RevocationReason reason)
{
    switch (reason) {
    case RevocationReason::NotStated:
    case RevocationReason::Unspecified: return QCA::CRLEntry::Unspecified;
    case RevocationReason::KeyCompromise: return QCA::CRLEntry::KeyCompromise;
    case RevocationReason::CaCompromise: return QCA::CRLEntry::CACompromise;
    case RevocationReason::AffiliationChanged: return QCA::CRLEntry::AffiliationChanged;
    case RevocationReason::Superseded: return QCA::CRLEntry::Superseded;
    case RevocationReason::CessationOfOperation: return QCA::CRLEntry::CessationOfOperation;
    case RevocationReason::CertificateHold: return QCA::CRLEntry::CertificateHold;
    case RevocationReason::RemoveFromCrl: return QCA::CRLEntry::RemoveFromCRL;
    case RevocationReason::PrivilegeWithdrawn: return QCA::CRLEntry::PrivilegeWithdrawn;
    case RevocationReason::AaCompromise: return QCA::CRLEntry::AACompromise;
    }
    Q_UNREACHABLE_RETURN(QCA::CRLEntry::Unspecified);
}

QStringList valuesOf(const QCA::CertificateOptions &options, QCA::CertificateInfoTypeKnown type)
{
    QStringList values;
    for (const QCA::CertificateInfoPair &pair : options.infoOrdered()) {
        if (pair.type() == QCA::CertificateInfoType(type))
            values.append(pair.value());
    }
    return values;
}

} // namespace

QCA::CertContextProps propertiesOf(X509 *certificate)
{
    const base::Result<CertificateFacts> read = readCertificateFacts(toDer(certificate));
    const CertificateFacts facts = read ? *read : CertificateFacts{};
    const ASN1_BIT_STRING *signature = nullptr;
    X509_get0_signature(&signature, nullptr, certificate);

    QCA::CertContextProps properties{};
    properties.version = static_cast<int>(X509_get_version(certificate));
    properties.start = facts.notBefore;
    properties.end = facts.notAfter;
    properties.subject = infoOf(X509_get_subject_name(certificate));
    properties.issuer = infoOf(X509_get_issuer_name(certificate));
    appendNames(properties.subject, facts.addresses, facts.hostNames);
    properties.constraints = constraintsOf(facts);
    properties.crlLocations = facts.crlLocations;
    properties.issuerLocations = facts.issuerLocations;
    properties.ocspLocations = facts.ocspLocations;
    properties.serial = toBigInteger(X509_get0_serialNumber(certificate));
    properties.isCA = facts.isCa;
    properties.isSelfSigned = X509_self_signed(certificate, 0) == 1;
    properties.pathLimit = facts.pathLength.value_or(0);
    properties.sig = toBytes(signature);
    properties.sigalgo = toQca(X509_get_signature_nid(certificate));
    properties.subjectId = QByteArray::fromHex(facts.subjectKeyIdentifier);
    properties.issuerId = QByteArray::fromHex(facts.authorityKeyIdentifier);
    properties.format = QCA::PKCS10;
    return properties;
}

QCA::CertContextProps propertiesOf(X509_REQ *request)
{
    const GeneralNamesPtr names = requestedNames(request);
    const ASN1_BIT_STRING *signature = nullptr;
    X509_REQ_get0_signature(request, &signature, nullptr);

    QCA::CertContextProps properties{};
    properties.version = static_cast<int>(X509_REQ_get_version(request));
    properties.subject = infoOf(X509_REQ_get_subject_name(request));
    appendNames(properties.subject, mailAddressesOf(names.get()), hostNamesOf(names.get()));
    properties.sig = toBytes(signature);
    properties.sigalgo = toQca(X509_REQ_get_signature_nid(request));
    properties.format = QCA::PKCS10;
    return properties;
}

QCA::CRLContextProps propertiesOf(const X509_CRL *crl)
{
    const base::Result<CrlFacts> read = readCrl(toDer(crl));
    const CrlFacts facts = read ? *read : CrlFacts{};
    const ASN1_BIT_STRING *signature = nullptr;
    X509_CRL_get0_signature(crl, &signature, nullptr);

    QCA::CRLContextProps properties{};
    properties.issuer = infoOf(X509_CRL_get_issuer(crl));
    properties.number = facts.number.isEmpty() ? -1 : facts.number.right(7).toInt(nullptr, 16);
    properties.thisUpdate = facts.thisUpdate;
    properties.nextUpdate = facts.nextUpdate;
    for (const RevokedCertificate &entry : facts.revoked) {
        const Asn1IntegerPtr serial = integerFromHex(entry.serial);
        properties.revoked.append(QCA::CRLEntry(toBigInteger(serial.get()), entry.revokedAt, toQca(entry.reason)));
    }
    properties.sig = toBytes(signature);
    properties.sigalgo = toQca(X509_CRL_get_signature_nid(crl));
    properties.issuerId = QByteArray::fromHex(facts.authorityKeyIdentifier);
    return properties;
}

X509NamePtr subjectFrom(const QCA::CertificateOptions &options)
{
    X509NamePtr name(X509_NAME_new());
    for (const QCA::CertificateInfoPair &pair : options.infoOrdered()) {
        for (const AttributeRow &row : kAttributes) {
            if (!(pair.type() == QCA::CertificateInfoType(row.type)))
                continue;
            const QByteArray utf8 = pair.value().toUtf8();
            if (X509_NAME_add_entry_by_NID(name.get(), row.nid, MBSTRING_UTF8,
                                           reinterpret_cast<const unsigned char *>(utf8.constData()),
                                           static_cast<int>(utf8.size()), -1, 0) != 1)
                return nullptr;
        }
    }
    return name;
}

QStringList addressesFrom(const QCA::CertificateOptions &options)
{
    return valuesOf(options, QCA::Email);
}

QStringList hostNamesFrom(const QCA::CertificateOptions &options)
{
    return valuesOf(options, QCA::DNS) + valuesOf(options, QCA::IPAddress);
}

CertificateProfile profileFrom(const QCA::CertificateOptions &options)
{
    CertificateProfile profile;
    profile.kind = options.isCA() ? CertificateKind::Authority : CertificateKind::Person;
    profile.addresses = addressesFrom(options);
    profile.hostNames = hostNamesFrom(options);
    // The builder dates back what here is meant exactly.
    profile.issuedAt = options.notValidBefore().toUTC().addDuration(base::kClockTolerance);
    profile.validUntil = options.notValidAfter().toUTC();
    profile.crlLocations = options.crlLocations();
    if (options.isCA())
        profile.pathLength = options.pathLimit();
    QByteArrayList usages{"critical"};
    QByteArrayList extended;
    for (const QCA::ConstraintType &constraint : options.constraints()) {
        const auto *row = std::find_if(std::begin(kKeyUsages), std::end(kKeyUsages), [&constraint](const UsageRow &known) {
            return constraint == QCA::ConstraintType(known.type);
        });
        if (row != std::end(kKeyUsages))
            usages.append(row->name);
        else if (constraint.section() == QCA::ConstraintType::ExtendedKeyUsage)
            extended.append(constraint.id().toLatin1());
    }
    if (usages.size() > 1)
        profile.extensions.append({"keyUsage", usages.join(',')});
    if (!extended.isEmpty())
        profile.extensions.append({"extendedKeyUsage", extended.join(',')});
    return profile;
}

} // namespace provider
