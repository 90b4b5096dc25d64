// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/InspectFields.h"

#include "identity/UsageNames.h"
#include "provider/Asn1Tree.h"
#include "provider/CertificateFacts.h"
#include "provider/Revocation.h"
#include "smime/Verdict.h"

#include <array>
#include <span>

using namespace Qt::StringLiterals;
using provider::CmsContentType;

namespace smime {

namespace {

using Fields = std::vector<InspectedField>;

InspectedField field(const QString &name, const QString &value, const QByteArray &octets = {})
{
    return {name, value, octets, {}};
}

InspectedField group(const QString &name, Fields fields, const QString &value = {}, const QByteArray &octets = {})
{
    return {name, value, octets, std::move(fields)};
}

void add(Fields &fields, const QString &name, const QString &value, const QByteArray &octets = {})
{
    if (!value.isEmpty() || !octets.isEmpty())
        fields.push_back(field(name, value, octets));
}

QString hex(const QByteArray &octets)
{
    return QString::fromLatin1(octets.toHex());
}

QString octetCount(qsizetype octets)
{
    return u"%1 octets"_s.arg(octets);
}

QString time(const QDateTime &at)
{
    return at.toString(Qt::ISODate);
}

InspectedField algorithm(const QString &name, const provider::CmsAlgorithm &algorithm)
{
    const QString oid = QString::fromLatin1(algorithm.oid);
    InspectedField shown = field(name, algorithm.name == oid ? oid : u"%1 (%2)"_s.arg(algorithm.name, oid));
    if (!algorithm.parameters.isEmpty())
        shown.fields.push_back(field(u"parameters"_s, hex(algorithm.parameters), algorithm.parameters));
    return shown;
}

InspectedField identifier(const QString &name, const provider::CmsIdentifier &id)
{
    Fields fields;
    add(fields, u"issuer"_s, id.issuer, id.issuerDer);
    add(fields, u"serialNumber"_s, QString::fromLatin1(id.serialHex));
    add(fields, u"subjectKeyIdentifier"_s, hex(id.subjectKeyId), id.subjectKeyId);
    return group(name, std::move(fields));
}

/// What is inside a value that has no name of its own here: the types stand for the names.
InspectedField asn1Field(const provider::Asn1Element &element, QByteArrayView der)
{
    InspectedField shown = field(element.type, element.value,
                                 element.children.empty() ? der.sliced(element.begin, element.contentEnd() - element.begin).toByteArray() : QByteArray());
    for (const provider::Asn1Element &child : element.children)
        shown.fields.push_back(asn1Field(child, der));
    return shown;
}

struct OidName {
    QByteArrayView oid;
    QLatin1StringView name;
};

/// "name (1.2.3)", or the number alone where the table has no name for it.
QString named(std::span<const OidName> names, const QByteArray &oid)
{
    for (const OidName &known : names)
        if (oid == known.oid)
            return u"%1 (%2)"_s.arg(known.name, QString::fromLatin1(oid));
    return QString::fromLatin1(oid);
}

QString attributeName(const QByteArray &oid)
{
    // RFC 5652 section 11, RFC 8551 section 2.5, RFC 5035, RFC 2634, RFC 3161 appendix A, RFC 6211.
    static constexpr std::array<OidName, 13> kNames{{
        {"1.2.840.113549.1.9.3", "contentType"_L1}, {"1.2.840.113549.1.9.4", "messageDigest"_L1},
        {"1.2.840.113549.1.9.5", "signingTime"_L1}, {"1.2.840.113549.1.9.6", "countersignature"_L1},
        {"1.2.840.113549.1.9.15", "smimeCapabilities"_L1}, {"1.2.840.113549.1.9.16.2.1", "receiptRequest"_L1},
        {"1.2.840.113549.1.9.16.2.2", "securityLabel"_L1}, {"1.2.840.113549.1.9.16.2.11", "smimeEncryptionKeyPreference"_L1},
        {"1.2.840.113549.1.9.16.2.12", "signingCertificate"_L1}, {"1.2.840.113549.1.9.16.2.14", "signatureTimeStampToken"_L1},
        {"1.2.840.113549.1.9.16.2.47", "signingCertificateV2"_L1}, {"1.2.840.113549.1.9.52", "cmsAlgorithmProtection"_L1},
        {"1.3.6.1.4.1.311.16.4", "microsoftRecipientInfo"_L1},
    }};
    return named(kNames, oid);
}

QString contentTypeName(const QByteArray &oid)
{
    // RFC 5652, RFC 5083, RFC 3274, RFC 2634, RFC 3161.
    static constexpr std::array<OidName, 7> kNames{{
        {"1.2.840.113549.1.7.1", "Data"_L1}, {"1.2.840.113549.1.7.2", "SignedData"_L1}, {"1.2.840.113549.1.7.3", "EnvelopedData"_L1},
        {"1.2.840.113549.1.9.16.1.23", "AuthEnvelopedData"_L1}, {"1.2.840.113549.1.9.16.1.9", "CompressedData"_L1},
        {"1.2.840.113549.1.9.16.1.1", "Receipt"_L1}, {"1.2.840.113549.1.9.16.1.4", "TSTInfo"_L1},
    }};
    return named(kNames, oid);
}

QString purposeName(const QByteArray &oid)
{
    const QString number = QString::fromLatin1(oid);
    const QString name = identity::extendedUsageName(oid);
    return name == number ? number : u"%1 (%2)"_s.arg(name, number);
}

void addAttributes(Fields &fields, const QString &name, const QList<provider::CmsAttribute> &attributes)
{
    if (attributes.isEmpty())
        return;
    Fields shown;
    for (const provider::CmsAttribute &attribute : attributes) {
        InspectedField one = field(attributeName(attribute.oid), {});
        for (const QByteArray &value : attribute.values) {
            const base::Result<provider::Asn1Element> tree = provider::readAsn1Tree(value);
            one.fields.push_back(tree ? asn1Field(*tree, value) : field(u"value"_s, hex(value)));
            one.fields.back().octets = value;
        }
        shown.push_back(std::move(one));
    }
    fields.push_back(group(name, std::move(shown)));
}

InspectedField signerInfo(const provider::CmsSigner &signer)
{
    Fields fields;
    add(fields, u"version"_s, QString::number(signer.version));
    fields.push_back(identifier(u"sid"_s, signer.id));
    fields.push_back(algorithm(u"digestAlgorithm"_s, signer.digest));
    addAttributes(fields, u"signedAttrs"_s, signer.signedAttributes);
    fields.push_back(algorithm(u"signatureAlgorithm"_s, signer.signature));
    add(fields, u"signature"_s, hex(signer.value), signer.value);
    addAttributes(fields, u"unsignedAttrs"_s, signer.unsignedAttributes);
    return group(u"SignerInfo"_s, std::move(fields));
}

Fields extensionsOf(const provider::CertificateFacts &facts)
{
    Fields fields;
    add(fields, u"subjectKeyIdentifier"_s, QString::fromLatin1(facts.subjectKeyIdentifier));
    add(fields, u"authorityKeyIdentifier"_s, QString::fromLatin1(facts.authorityKeyIdentifier));
    if (facts.hasKeyUsage)
        fields.push_back(field(u"keyUsage"_s, identity::keyUsageNames(facts.keyUsage).join(u", "_s)));
    if (facts.isCa)
        fields.push_back(field(u"basicConstraints"_s, facts.pathLength ? u"cA, pathLenConstraint %1"_s.arg(*facts.pathLength) : u"cA"_s));
    QStringList usages;
    for (const QByteArray &oid : facts.extendedKeyUsage)
        usages.append(purposeName(oid));
    if (facts.hasExtendedKeyUsage)
        fields.push_back(field(u"extKeyUsage"_s, usages.join(u", "_s)));
    add(fields, u"subjectAltName"_s, (facts.addresses + facts.hostNames).join(u", "_s));
    add(fields, u"cRLDistributionPoints"_s, facts.crlLocations.join(u", "_s));
    add(fields, u"authorityInfoAccess (OCSP)"_s, facts.ocspLocations.join(u", "_s));
    add(fields, u"authorityInfoAccess (caIssuers)"_s, facts.issuerLocations.join(u", "_s));
    return fields;
}

InspectedField pathOf(const InspectedCertificate &certificate)
{
    Fields fields;
    for (const QByteArray &der : certificate.path)
        if (const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der))
            fields.push_back(field(u"issuedBy"_s, facts->subject, der));
    add(fields, u"objection"_s, certificate.detail);
    return group(u"path"_s, std::move(fields), nameOf(certificate.chain));
}

InspectedField certificateField(const InspectedCertificate &certificate)
{
    Fields fields;
    if (const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(certificate.der)) {
        add(fields, u"serialNumber"_s, QString::fromLatin1(facts->serial));
        add(fields, u"signature"_s, facts->signatureAlgorithm);
        add(fields, u"issuer"_s, facts->issuer, facts->issuerDer);
        fields.push_back(group(u"validity"_s, {field(u"notBefore"_s, time(facts->notBefore)), field(u"notAfter"_s, time(facts->notAfter))}));
        add(fields, u"subject"_s, facts->subject, facts->subjectDer);
        add(fields, u"subjectPublicKeyInfo"_s, facts->keyType, facts->publicKeyDer);
        fields.push_back(group(u"extensions"_s, extensionsOf(*facts)));
        add(fields, u"SHA-256"_s, QString::fromLatin1(facts->sha256Fingerprint));
        fields.push_back(pathOf(certificate));
    }
    return group(u"Certificate"_s, std::move(fields), certificate.subject, certificate.der);
}

void addCertificates(Fields &fields, const QString &name, const InspectedCms &inspected)
{
    if (inspected.certificates.isEmpty())
        return;
    Fields shown;
    for (const InspectedCertificate &certificate : inspected.certificates)
        shown.push_back(certificateField(certificate));
    fields.push_back(group(name, std::move(shown)));
}

void addCrls(Fields &fields, const provider::CmsStructure &structure)
{
    Fields shown;
    for (const QByteArray &der : structure.crls) {
        const base::Result<provider::CrlFacts> facts = provider::readCrl(der);
        if (!facts)
            continue;
        Fields one;
        add(one, u"issuer"_s, facts->issuer, facts->issuerDer);
        add(one, u"thisUpdate"_s, time(facts->thisUpdate));
        add(one, u"nextUpdate"_s, time(facts->nextUpdate));
        add(one, u"revokedCertificates"_s, QString::number(facts->revoked.size()));
        shown.push_back(group(u"CertificateList"_s, std::move(one), {}, der));
    }
    if (!shown.empty())
        fields.push_back(group(u"crls"_s, std::move(shown)));
}

QString recipientType(provider::CmsRecipientKind kind)
{
    switch (kind) {
    case provider::CmsRecipientKind::Unknown:
        return u"OtherRecipientInfo"_s;
    case provider::CmsRecipientKind::KeyTransport:
        return u"KeyTransRecipientInfo"_s;
    case provider::CmsRecipientKind::KeyAgreement:
        return u"KeyAgreeRecipientInfo"_s;
    case provider::CmsRecipientKind::Kek:
        return u"KEKRecipientInfo"_s;
    case provider::CmsRecipientKind::Password:
        return u"PasswordRecipientInfo"_s;
    case provider::CmsRecipientKind::Kem:
        return u"KEMRecipientInfo"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// OriginatorIdentifierOrKey: mostly a key that was made for this one message.
InspectedField originator(const provider::CmsRecipient &recipient)
{
    if (recipient.originatorKey.isEmpty())
        return identifier(u"originator"_s, recipient.originator);
    return group(u"originator"_s, {group(u"originatorKey"_s, {algorithm(u"algorithm"_s, recipient.originatorAlgorithm),
                                                              field(u"publicKey"_s, hex(recipient.originatorKey), recipient.originatorKey)})});
}

/// Whose key it is; KEKIdentifier has a name of its own for the octets.
void addRecipientId(Fields &fields, const provider::CmsRecipient &recipient)
{
    if (recipient.kind == provider::CmsRecipientKind::Password)
        return;
    const bool isKek = recipient.kind == provider::CmsRecipientKind::Kek;
    InspectedField id = isKek ? group(u"kekid"_s, {field(u"keyIdentifier"_s, hex(recipient.id.subjectKeyId), recipient.id.subjectKeyId)})
                              : identifier(u"rid"_s, recipient.id);
    add(id.fields, u"date"_s, time(recipient.keyDate));
    add(id.fields, u"other"_s, hex(recipient.keyAttribute), recipient.keyAttribute);
    fields.push_back(std::move(id));
}

/// RFC 9629 section 3.
void addEncapsulation(Fields &fields, const provider::CmsRecipient &recipient)
{
    fields.push_back(algorithm(u"kem"_s, recipient.keyEncryption));
    fields.push_back(field(u"kemct"_s, octetCount(recipient.kemCiphertext.size()), recipient.kemCiphertext));
    fields.push_back(algorithm(u"kdf"_s, recipient.keyDerivation));
    fields.push_back(field(u"kekLength"_s, octetCount(recipient.kekLength)));
    add(fields, u"ukm"_s, hex(recipient.ukm), recipient.ukm);
    fields.push_back(algorithm(u"wrap"_s, recipient.kemWrap));
}

/// What follows from the parameters of keyEncryptionAlgorithm stands after it.
void addKeyEncryption(Fields &fields, const provider::CmsRecipient &recipient)
{
    const bool isPassword = recipient.kind == provider::CmsRecipientKind::Password;
    if (isPassword && !recipient.keyDerivation.oid.isEmpty())
        fields.push_back(algorithm(u"keyDerivationAlgorithm"_s, recipient.keyDerivation));
    fields.push_back(algorithm(u"keyEncryptionAlgorithm"_s, recipient.keyEncryption));
    if (!isPassword)
        add(fields, recipient.kind == provider::CmsRecipientKind::KeyTransport ? u"hashFunc"_s : u"kdf"_s, recipient.derivation);
    add(fields, u"wrap"_s, recipient.keyWrap);
}

InspectedField recipientInfo(const provider::CmsRecipient &recipient, const InspectedRecipient &inspected)
{
    using Kind = provider::CmsRecipientKind;
    if (recipient.kind == Kind::Unknown)
        return group(recipientType(recipient.kind), {field(u"oriType"_s, recipient.keyEncryption.name)});
    Fields fields{field(u"version"_s, QString::number(recipient.version))};
    if (recipient.kind == Kind::KeyAgreement) {
        fields.push_back(originator(recipient));
        add(fields, u"ukm"_s, hex(recipient.ukm), recipient.ukm);
    }
    addRecipientId(fields, recipient);
    if (recipient.kind == Kind::Kem)
        addEncapsulation(fields, recipient);
    else
        addKeyEncryption(fields, recipient);
    add(fields, u"encryptedKey"_s, octetCount(recipient.encryptedKeyOctets));
    add(fields, u"certificate"_s, inspected.name);
    if (inspected.isSelf)
        fields.push_back(field(u"self"_s, u"yes"_s));
    return group(recipientType(recipient.kind), std::move(fields));
}

InspectedField encapsulated(const provider::CmsStructure &structure)
{
    return group(u"encapContentInfo"_s, {field(u"eContentType"_s, contentTypeName(structure.innerTypeOid)),
                                         field(u"eContent"_s, structure.hasContent ? octetCount(structure.contentOctets) : u"absent"_s)});
}

void addSigned(Fields &fields, const provider::CmsStructure &structure, const InspectedCms &inspected)
{
    Fields digests;
    for (const provider::CmsAlgorithm &digest : structure.digestAlgorithms)
        digests.push_back(algorithm(u"DigestAlgorithmIdentifier"_s, digest));
    fields.push_back(group(u"digestAlgorithms"_s, std::move(digests)));
    fields.push_back(encapsulated(structure));
    addCertificates(fields, u"certificates"_s, inspected);
    addCrls(fields, structure);
    Fields signers;
    for (const provider::CmsSigner &signer : structure.signers)
        signers.push_back(signerInfo(signer));
    fields.push_back(group(u"signerInfos"_s, std::move(signers)));
}

void addEncrypted(Fields &fields, const provider::CmsStructure &structure, const InspectedCms &inspected)
{
    Fields originatorInfo;
    addCertificates(originatorInfo, u"certs"_s, inspected);
    addCrls(originatorInfo, structure);
    if (!originatorInfo.empty())
        fields.push_back(group(u"originatorInfo"_s, std::move(originatorInfo)));
    Fields recipients;
    for (qsizetype i = 0; i < structure.recipients.size(); ++i)
        recipients.push_back(recipientInfo(structure.recipients[i], inspected.recipients[i]));
    if (!recipients.empty())
        fields.push_back(group(u"recipientInfos"_s, std::move(recipients)));
    const bool isAuthenticated = structure.type == CmsContentType::AuthEnvelopedData;
    fields.push_back(group(isAuthenticated ? u"authEncryptedContentInfo"_s : u"encryptedContentInfo"_s,
                           {field(u"contentType"_s, contentTypeName(structure.innerTypeOid)),
                            algorithm(u"contentEncryptionAlgorithm"_s, structure.contentEncryption),
                            field(u"encryptedContent"_s, octetCount(structure.contentOctets))}));
    addAttributes(fields, u"authAttrs"_s, structure.authenticatedAttributes);
    add(fields, u"mac"_s, hex(structure.authenticationTag), structure.authenticationTag);
    addAttributes(fields, isAuthenticated ? u"unauthAttrs"_s : u"unprotectedAttrs"_s, structure.unprotectedAttributes);
}

} // namespace

QString typeName(CmsContentType type)
{
    switch (type) {
    case CmsContentType::Unknown:
        return u"unknown"_s;
    case CmsContentType::Data:
        return u"Data"_s;
    case CmsContentType::SignedData:
        return u"SignedData"_s;
    case CmsContentType::EnvelopedData:
        return u"EnvelopedData"_s;
    case CmsContentType::AuthEnvelopedData:
        return u"AuthEnvelopedData"_s;
    case CmsContentType::CompressedData:
        return u"CompressedData"_s;
    case CmsContentType::DigestedData:
        return u"DigestedData"_s;
    case CmsContentType::EncryptedData:
        return u"EncryptedData"_s;
    case CmsContentType::AuthenticatedData:
        return u"AuthenticatedData"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

std::vector<InspectedField> fieldsOf(const provider::CmsStructure &structure, const InspectedCms &inspected)
{
    Fields fields;
    add(fields, u"contentType"_s, u"%1 (%2)"_s.arg(typeName(structure.type), QString::fromLatin1(structure.typeOid)));
    add(fields, u"version"_s, QString::number(structure.version));
    switch (structure.type) {
    case CmsContentType::SignedData:
        addSigned(fields, structure, inspected);
        break;
    case CmsContentType::EnvelopedData:
    case CmsContentType::AuthEnvelopedData:
    case CmsContentType::EncryptedData:
        addEncrypted(fields, structure, inspected);
        break;
    case CmsContentType::CompressedData:
        fields.push_back(algorithm(u"compressionAlgorithm"_s, structure.contentEncryption));
        fields.push_back(encapsulated(structure));
        break;
    case CmsContentType::DigestedData:
        fields.push_back(algorithm(u"digestAlgorithm"_s, structure.contentEncryption));
        fields.push_back(encapsulated(structure));
        add(fields, u"digest"_s, hex(structure.digest), structure.digest);
        break;
    case CmsContentType::Unknown:
    case CmsContentType::Data:
    case CmsContentType::AuthenticatedData:
        break;
    }
    return fields;
}

} // namespace smime
