// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateFacts.h"

#include "provider/CertificateNames.h"
#include "provider/OpenSsl.h"
#include "provider/RecentByDer.h"
#include "provider/Sha256.h"

#include <QSet>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

using ExtendedUsagePtr = Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
using AccessPtr = Owned<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;

QStringList withoutRepeats(const QStringList &values)
{
    QSet<QString> seen;
    QStringList unique;
    for (const QString &value : values) {
        if (value.isEmpty() || seen.contains(value))
            continue;
        seen.insert(value);
        unique.append(value);
    }
    return unique;
}

QStringList addressesOf(const X509 *certificate, const GENERAL_NAMES *names)
{
    QStringList addresses = mailAddressesOf(names);
    const X509_NAME *subject = X509_get_subject_name(certificate);
    for (int i = -1; (i = X509_NAME_get_index_by_NID(subject, NID_pkcs9_emailAddress, i)) >= 0;)
        addresses.append(strictAscii(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, i))));
    // Certificates of gateways have a domain there, which is nobody's address.
    addresses.removeIf([](const QString &address) { return !isMailbox(address); });
    return withoutRepeats(addresses);
}

void readNames(const X509 *certificate, CertificateFacts &facts)
{
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const X509_NAME *issuer = X509_get_issuer_name(certificate);
    facts.subject = toText(subject);
    facts.issuer = toText(issuer);
    facts.subjectDer = derBy(i2d_X509_NAME, subject);
    facts.issuerDer = derBy(i2d_X509_NAME, issuer);
    facts.commonName = commonNameOf(subject);
    facts.isSelfIssued = X509_NAME_cmp(subject, issuer) == 0;
    const GeneralNamesPtr names = extensionOf<GeneralNamesPtr>(certificate, NID_subject_alt_name);
    facts.addresses = addressesOf(certificate, names.get());
    facts.hostNames = withoutRepeats(hostNamesOf(names.get()));
}

void readKeyUse(const X509 *certificate, CertificateFacts &facts)
{
    const EVP_PKEY *key = X509_get0_pubkey(certificate);
    facts.keyType = describeKey(key);
    facts.keyBits = key ? EVP_PKEY_get_bits(key) : 0;
    facts.keyCanSign = canSign(key);
    facts.keyCanReceive = canReceive(key);
}

void readKey(const X509 *certificate, CertificateFacts &facts)
{
    readKeyUse(certificate, facts);
    facts.publicKeyDer = derBy(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(certificate));
    const int signature = X509_get_signature_nid(certificate);
    facts.signatureAlgorithm = QString::fromLatin1(OBJ_nid2ln(signature));
}

KeyUsages keyUsageOf(const ASN1_BIT_STRING *bits)
{
    KeyUsages usage;
    for (int bit = 0; bit < 9; ++bit) {
        if (ASN1_BIT_STRING_get_bit(bits, bit))
            usage |= static_cast<KeyUsage>(1 << bit);
    }
    return usage;
}

void readUsage(const X509 *certificate, CertificateFacts &facts)
{
    // A malformed or repeated extension counts as present and permitting nothing.
    facts.hasKeyUsage = X509_get_ext_by_NID(certificate, NID_key_usage, -1) >= 0;
    if (const auto bits = extensionOf<Asn1BitStringPtr>(certificate, NID_key_usage))
        facts.keyUsage = keyUsageOf(bits.get());
    const int index = X509_get_ext_by_NID(certificate, NID_ext_key_usage, -1);
    facts.hasExtendedKeyUsage = index >= 0;
    facts.isExtendedKeyUsageCritical = index >= 0 && X509_EXTENSION_get_critical(X509_get_ext(certificate, index)) == 1;
    const auto extended = extensionOf<ExtendedUsagePtr>(certificate, NID_ext_key_usage);
    for (int i = 0; extended && i < sk_ASN1_OBJECT_num(extended.get()); ++i)
        facts.extendedKeyUsage.append(toOid(sk_ASN1_OBJECT_value(extended.get(), i)));
    const auto constraints = extensionOf<BasicConstraintsPtr>(certificate, NID_basic_constraints);
    facts.isCa = constraints && constraints->ca;
    if (constraints && constraints->pathlen)
        facts.pathLength = static_cast<int>(qBound(0L, ASN1_INTEGER_get(constraints->pathlen), 1000L));
}

void readIdentifiers(X509 *certificate, CertificateFacts &facts)
{
    facts.serial = toHex(X509_get0_serialNumber(certificate));
    facts.subjectKeyIdentifier = toBytes(X509_get0_subject_key_id(certificate)).toHex();
    facts.authorityKeyIdentifier = toBytes(X509_get0_authority_key_id(certificate)).toHex();
    facts.sha256Fingerprint = sha256Of(facts.der).toHex();
}

void readCapabilities(const X509 *certificate, CertificateFacts &facts)
{
    const int index = X509_get_ext_by_NID(certificate, NID_SMIMECapabilities, -1);
    if (index < 0)
        return;
    auto capabilities = decodeSmimeCapabilities(toBytes(X509_EXTENSION_get_data(X509_get_ext(certificate, index))));
    facts.hasSmimeCapabilities = capabilities.isOk();
    if (capabilities)
        facts.smimeCapabilities = *capabilities;
}

void readLocations(const X509 *certificate, CertificateFacts &facts)
{
    const auto points = extensionOf<DistributionPointsPtr>(certificate, NID_crl_distribution_points);
    for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT *point = sk_DIST_POINT_value(points.get(), i);
        if (point->distpoint && point->distpoint->type == 0)
            facts.crlLocations.append(locationsOf(point->distpoint->name.fullname));
    }
    const auto access = extensionOf<AccessPtr>(certificate, NID_info_access);
    for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
        const ACCESS_DESCRIPTION *description = sk_ACCESS_DESCRIPTION_value(access.get(), i);
        if (description->location->type != GEN_URI)
            continue;
        const QString location = strictAscii(description->location->d.uniformResourceIdentifier);
        const int method = OBJ_obj2nid(description->method);
        if (method == NID_ad_OCSP)
            facts.ocspLocations.append(location);
        else if (method == NID_ad_ca_issuers)
            facts.issuerLocations.append(location);
    }
}

CertificateFacts allFactsOf(X509 *certificate)
{
    CertificateFacts facts;
    facts.der = toDer(certificate);
    facts.notBefore = toDateTime(X509_get0_notBefore(certificate));
    facts.notAfter = toDateTime(X509_get0_notAfter(certificate));
    readNames(certificate, facts);
    readKey(certificate, facts);
    readUsage(certificate, facts);
    readIdentifiers(certificate, facts);
    readCapabilities(certificate, facts);
    readLocations(certificate, facts);
    return facts;
}

} // namespace

bool CertificateFacts::maySign() const
{
    return keyCanSign && (!hasKeyUsage || (keyUsage & (KeyUsages(KeyUsage::DigitalSignature) | KeyUsage::NonRepudiation)));
}

bool CertificateFacts::mayReceive() const
{
    const bool agrees = keyType.startsWith(u"EC-"_s) || keyType.startsWith(u'X');
    return keyCanReceive && (!hasKeyUsage || keyUsage.testFlag(agrees ? KeyUsage::KeyAgreement : KeyUsage::KeyEncipherment));
}

bool CertificateFacts::mayProtectMail() const
{
    return !hasExtendedKeyUsage || extendedKeyUsage.contains(QByteArray(kEmailProtectionOid))
            || extendedKeyUsage.contains(QByteArray(kAnyExtendedKeyUsageOid));
}

CertificateFacts usageFactsOf(const X509 *certificate)
{
    CertificateFacts facts;
    readKeyUse(certificate, facts);
    readUsage(certificate, facts);
    return facts;
}

base::Result<CertificateFacts> readCertificateFacts(QByteArrayView der)
{
    static RecentByDer<CertificateFacts> recent;
    if (const auto known = recent.find(der))
        return *known;
    const ClearsErrorQueue clears;
    const X509Ptr x509 = x509FromDer(der);
    if (!x509)
        return {ErrorCode::NotACertificate, takeErrorText()};
    const CertificateFacts facts = allFactsOf(x509.get());
    recent.keep(der, facts);
    return facts;
}

} // namespace provider
