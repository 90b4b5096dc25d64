// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsNames.h"

#include "provider/CmsDer.h"
#include "provider/CmsOaep.h"
#include "provider/CmsOids.h"
#include "provider/RecentByDer.h"

using namespace Qt::StringLiterals;

namespace provider::cms {
namespace {

struct NidName {
    int nid;
    const char *name;
};

constexpr NidName kNames[] = {
    {NID_md5, "MD5"}, {NID_md2, "MD2"}, {NID_md4, "MD4"}, {NID_sha1, "SHA-1"}, {NID_ripemd160, "RIPEMD-160"},
    {NID_sha224, "SHA-224"}, {NID_sha256, "SHA-256"}, {NID_sha384, "SHA-384"}, {NID_sha512, "SHA-512"},
    {NID_sha512_224, "SHA-512/224"}, {NID_sha512_256, "SHA-512/256"}, {NID_sha3_224, "SHA3-224"}, {NID_sha3_256, "SHA3-256"}, {NID_sha3_384, "SHA3-384"},
    {NID_sha3_512, "SHA3-512"}, {NID_shake128, "SHAKE128"}, {NID_shake256, "SHAKE256"},
    {NID_rsaEncryption, "RSA"}, {NID_rsassaPss, "RSA-PSS"}, {NID_rsaesOaep, "RSA-OAEP"}, {NID_dsa, "DSA"},
    {NID_dsaWithSHA1, "DSA"}, {NID_dsa_with_SHA384, "DSA"}, {NID_dsa_with_SHA512, "DSA"},
    {NID_sha512_224WithRSAEncryption, "RSA"}, {NID_sha512_256WithRSAEncryption, "RSA"},
    {NID_X9_62_id_ecPublicKey, "ECDSA"}, {NID_ED25519, "Ed25519"}, {NID_ED448, "Ed448"},
    {NID_X25519, "X25519"}, {NID_X448, "X448"}, {NID_id_smime_alg_ESDH, "ESDH"},
    {NID_ML_DSA_44, "ML-DSA-44"}, {NID_ML_DSA_65, "ML-DSA-65"}, {NID_ML_DSA_87, "ML-DSA-87"},
    {NID_ML_KEM_512, "ML-KEM-512"}, {NID_ML_KEM_768, "ML-KEM-768"}, {NID_ML_KEM_1024, "ML-KEM-1024"},
    {NID_aes_128_cbc, "AES-128-CBC"}, {NID_aes_192_cbc, "AES-192-CBC"}, {NID_aes_256_cbc, "AES-256-CBC"},
    {NID_aes_128_gcm, "AES-128-GCM"}, {NID_aes_192_gcm, "AES-192-GCM"}, {NID_aes_256_gcm, "AES-256-GCM"},
    {NID_aes_128_ccm, "AES-128-CCM"}, {NID_aes_192_ccm, "AES-192-CCM"}, {NID_aes_256_ccm, "AES-256-CCM"},
    {NID_camellia_128_cbc, "Camellia-128-CBC"}, {NID_camellia_192_cbc, "Camellia-192-CBC"}, {NID_camellia_256_cbc, "Camellia-256-CBC"},
    {NID_aria_128_cbc, "ARIA-128-CBC"}, {NID_aria_192_cbc, "ARIA-192-CBC"}, {NID_aria_256_cbc, "ARIA-256-CBC"},
    {NID_aria_128_gcm, "ARIA-128-GCM"}, {NID_aria_192_gcm, "ARIA-192-GCM"}, {NID_aria_256_gcm, "ARIA-256-GCM"}, {NID_seed_cbc, "SEED-CBC"},
    {NID_des_ede3_cbc, "3DES-CBC"}, {NID_rc2_cbc, "RC2-CBC"}, {NID_des_cbc, "DES-CBC"},
    {NID_id_aes128_wrap, "AES-128-WRAP"}, {NID_id_aes192_wrap, "AES-192-WRAP"}, {NID_id_aes256_wrap, "AES-256-WRAP"},
    {NID_id_smime_alg_CMS3DESwrap, "3DES-WRAP"}, {NID_id_smime_alg_CMSRC2wrap, "RC2-WRAP"},
    {NID_id_alg_PWRI_KEK, "PWRI-KEK"}, {NID_id_pbkdf2, "PBKDF2"}, {NID_zlib_compression, "zlib"},
    {NID_hmacWithSHA256, "HMAC-SHA-256"},
};

struct OidName {
    const char *oid;
    const char *name;
};

// What OpenSSL 3.5 has no number for.
constexpr OidName kOidNames[] = {
    {kOidChaCha20Poly1305, "ChaCha20-Poly1305"},
    {kOidShake256Length, "SHAKE256"},
    {kOidHkdfSha256, "HKDF-SHA-256"},
    {kOidHkdfSha384, "HKDF-SHA-384"},
    {kOidHkdfSha512, "HKDF-SHA-512"},
};

constexpr OidName kAgreementKdfs[] = {
    {kOidStdDhSha1, "X9.63 KDF SHA-1"},
    {kOidStdDhSha224, "X9.63 KDF SHA-224"},
    {kOidStdDhSha256, "X9.63 KDF SHA-256"},
    {kOidStdDhSha384, "X9.63 KDF SHA-384"},
    {kOidStdDhSha512, "X9.63 KDF SHA-512"},
    {kOidCofactorDhSha1, "X9.63 KDF SHA-1"},
    {kOidCofactorDhSha224, "X9.63 KDF SHA-224"},
    {kOidCofactorDhSha256, "X9.63 KDF SHA-256"},
    {kOidCofactorDhSha384, "X9.63 KDF SHA-384"},
    {kOidCofactorDhSha512, "X9.63 KDF SHA-512"},
    {kOidStdDhHkdfSha256, "HKDF-SHA-256"},
    {kOidStdDhHkdfSha384, "HKDF-SHA-384"},
    {kOidStdDhHkdfSha512, "HKDF-SHA-512"},
};

template <typename Table>
QString lookUp(const Table &table, const QByteArray &oid)
{
    for (const OidName &row : table)
        if (oid == row.oid)
            return QString::fromLatin1(row.name);
    return {};
}

/// Names of authorities are few, and come again in each message. Empty for what is no name.
QString textOf(const QByteArray &der)
{
    static RecentByDer<QString> recent;
    if (const auto known = recent.find(der))
        return *known;
    const QString text = toText(fromDerBy<X509NamePtr>(d2i_X509_NAME, der).get());
    recent.keep(der, text);
    return text;
}

/// OpenSSL only fills a cache inside the certificate.
const ASN1_OCTET_STRING *keyIdOf(const X509 *certificate)
{
    return X509_get0_subject_key_id(const_cast<X509 *>(certificate));
}

bool hasKeyId(const X509 *certificate, const ASN1_OCTET_STRING *keyId)
{
    const ASN1_OCTET_STRING *own = keyIdOf(certificate);
    return own && ASN1_OCTET_STRING_cmp(own, keyId) == 0;
}

CmsIdentifier identifierOf(const IssuerAndSerial &value)
{
    CmsIdentifier result;
    result.issuerDer = toBytes(value.issuer);
    result.issuer = textOf(result.issuerDer);
    result.serialHex = toHex(value.serial);
    return result;
}

void nameKey(const KeyIdentifier &value, CmsRecipient &out)
{
    out.id.subjectKeyId = toBytes(value.id);
    out.keyDate = toDateTime(value.date);
    if (value.other)
        out.keyAttribute = derBy(i2d_OtherKeyAttribute, value.other);
}

void nameKey(const KeyAgreeIdentifier &value, CmsRecipient &out)
{
    if (value.type == KeyAgreeIdentifier::ByIssuer)
        out.id = identifierOf(*value.d.issuerAndSerial);
    else
        nameKey(*value.d.keyId, out);
}

void nameOriginator(const Originator &value, CmsRecipient &out)
{
    if (value.type == Originator::ByIssuer) {
        out.originator = identifierOf(*value.d.issuerAndSerial);
    } else if (value.type == Originator::ByKeyId) {
        out.originator.subjectKeyId = toBytes(value.d.subjectKeyId);
    } else if (value.type == Originator::ByKey) {
        out.originatorAlgorithm = describe(value.d.key->algorithm);
        out.originatorKey = toBytes(value.d.key->publicKey);
    }
}

QString agreementName(const KeyAgreement &info)
{
    if (info.originator->type == Originator::ByKey) {
        const int nid = nidOf(info.originator->d.key->algorithm);
        if (nid == NID_X25519 || nid == NID_X448)
            return nameOfNid(nid);
    }
    return u"ECDH-ES"_s;
}

QList<CmsRecipient> recipientsOf(const KeyAgreement &info)
{
    CmsRecipient common;
    common.kind = CmsRecipientKind::KeyAgreement;
    common.version = info.version;
    common.ukm = toBytes(info.ukm);
    nameOriginator(*info.originator, common);
    common.keyEncryption = describe(info.algorithm);
    common.derivation = lookUp(kAgreementKdfs, common.keyEncryption.oid);
    if (!common.derivation.isEmpty())
        common.keyEncryption.name = agreementName(info);
    const auto wrap = innerAlgorithm(info.algorithm);
    common.keyWrap = describe(wrap.get()).name;
    QList<CmsRecipient> result;
    for (int i = 0; i < sk_EncryptedKey_num(info.keys); ++i) {
        const EncryptedKey *key = sk_EncryptedKey_value(info.keys, i);
        CmsRecipient one = common;
        nameKey(*key->rid, one);
        one.encryptedKeyOctets = ASN1_STRING_length(key->value);
        result.append(one);
    }
    return result;
}

CmsRecipient recipientOf(const KeyTransport &info)
{
    CmsRecipient result;
    result.kind = CmsRecipientKind::KeyTransport;
    result.version = info.version;
    result.id = describe(*info.rid);
    result.keyEncryption = describe(info.algorithm);
    if (nidOf(info.algorithm) == NID_rsaesOaep)
        result.derivation = nameOfNid(oaepParametersOf(info.algorithm).digestNid);
    result.encryptedKeyOctets = ASN1_STRING_length(info.encryptedKey);
    return result;
}

CmsRecipient recipientOf(const OtherRecipient &info)
{
    CmsRecipient result;
    result.keyEncryption.oid = dottedOid(info.type);
    result.keyEncryption.name = QString::fromLatin1(result.keyEncryption.oid);
    if (result.keyEncryption.oid != kOidKemRecipient || info.value->type != V_ASN1_SEQUENCE)
        return result;
    const auto kem = fromDerBy<KemInfoPtr>(d2i_KemInfo, toBytes(info.value->value.sequence));
    if (!kem)
        return result;
    result.kind = CmsRecipientKind::Kem;
    result.version = kem->version;
    result.id = describe(*kem->rid);
    result.keyEncryption = describe(kem->kem);
    result.kemCiphertext = toBytes(kem->ciphertext);
    result.keyDerivation = describe(kem->kdf);
    result.derivation = result.keyDerivation.name;
    result.kekLength = kem->kekLength;
    result.ukm = toBytes(kem->ukm);
    result.kemWrap = describe(kem->wrap);
    result.keyWrap = result.kemWrap.name;
    result.encryptedKeyOctets = ASN1_STRING_length(kem->encryptedKey);
    return result;
}

CmsRecipient recipientOf(const SharedKeyInfo &info)
{
    CmsRecipient result;
    result.kind = CmsRecipientKind::Kek;
    result.version = info.version;
    nameKey(*info.keyId, result);
    result.keyEncryption = describe(info.algorithm);
    result.keyWrap = result.keyEncryption.name;
    result.encryptedKeyOctets = ASN1_STRING_length(info.encryptedKey);
    return result;
}

CmsRecipient recipientOf(const PasswordInfo &info)
{
    CmsRecipient result;
    result.kind = CmsRecipientKind::Password;
    result.version = info.version;
    result.keyEncryption = describe(info.algorithm);
    result.keyDerivation = describe(info.derivation);
    result.derivation = result.keyDerivation.name;
    const auto cipher = innerAlgorithm(info.algorithm);
    result.keyWrap = describe(cipher.get()).name;
    result.encryptedKeyOctets = ASN1_STRING_length(info.encryptedKey);
    return result;
}

std::optional<QDateTime> signingTimeIn(const QList<CmsAttribute> &attributes)
{
    for (const CmsAttribute &attribute : attributes) {
        if (attribute.oid != kOidSigningTime || attribute.values.size() != 1)
            continue;
        const auto time = fromDerBy<Asn1TimePtr>(d2i_ASN1_TIME, attribute.values.first());
        const QDateTime value = time ? toDateTime(time.get()) : QDateTime{};
        if (value.isValid())
            return value;
    }
    return {};
}

} // namespace

QString nameOfNid(int nid)
{
    for (const NidName &row : kNames)
        if (row.nid == nid)
            return QString::fromLatin1(row.name);
    return {};
}

QByteArray dottedOid(const ASN1_OBJECT *object)
{
    return object ? toOid(object) : QByteArray{};
}

int nidOf(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = nullptr;
    if (algorithm)
        X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    return object ? OBJ_obj2nid(object) : NID_undef;
}

bool namesByKeyId(const X509 *certificate, CertificateNaming naming)
{
    return naming == CertificateNaming::SubjectKeyIdentifier && keyIdOf(certificate);
}

bool isNamedBy(const IssuerAndSerial &id, const X509 *certificate)
{
    if (ASN1_INTEGER_cmp(id.serial, X509_get0_serialNumber(certificate)) != 0)
        return false;
    const QByteArray issuer = toBytes(id.issuer);
    if (issuer == derBy(i2d_X509_NAME, X509_get_issuer_name(certificate)))
        return true;
    const auto name = fromDerBy<X509NamePtr>(d2i_X509_NAME, issuer);
    return name && X509_NAME_cmp(name.get(), X509_get_issuer_name(certificate)) == 0;
}

bool isNamedBy(const Identifier &id, const X509 *certificate)
{
    return id.type == Identifier::ByIssuer ? isNamedBy(*id.d.issuerAndSerial, certificate) : hasKeyId(certificate, id.d.subjectKeyId);
}

bool isNamedBy(const KeyAgreeIdentifier &id, const X509 *certificate)
{
    return id.type == KeyAgreeIdentifier::ByIssuer ? isNamedBy(*id.d.issuerAndSerial, certificate) : hasKeyId(certificate, id.d.keyId->id);
}

QByteArray identifierDer(const X509 *certificate, CertificateNaming naming)
{
    if (namesByKeyId(certificate, naming)) {
        const QByteArray id = toBytes(keyIdOf(certificate));
        return derHeader(0, V_ASN1_CONTEXT_SPECIFIC, false, id.size()) + id;
    }
    return derWrap(V_ASN1_SEQUENCE, derBy(i2d_X509_NAME, X509_get_issuer_name(certificate))
                                        + derBy(i2d_ASN1_INTEGER, X509_get0_serialNumber(certificate)));
}

CmsIdentifier describeIdentifier(const X509 *certificate, CertificateNaming naming)
{
    CmsIdentifier result;
    if (namesByKeyId(certificate, naming)) {
        result.subjectKeyId = toBytes(keyIdOf(certificate));
        return result;
    }
    result.issuerDer = derBy(i2d_X509_NAME, X509_get_issuer_name(certificate));
    result.issuer = textOf(result.issuerDer);
    result.serialHex = toHex(X509_get0_serialNumber(certificate));
    return result;
}

QByteArray parametersOf(const X509_ALGOR *algorithm)
{
    return algorithm && algorithm->parameter ? derBy(i2d_ASN1_TYPE, algorithm->parameter) : QByteArray{};
}

AlgorithmPtr innerAlgorithm(const X509_ALGOR *algorithm)
{
    return fromDerBy<AlgorithmPtr>(d2i_X509_ALGOR, parametersOf(algorithm));
}

CmsAlgorithm describe(const X509_ALGOR *algorithm)
{
    if (!algorithm)
        return {};
    CmsAlgorithm result;
    result.oid = dottedOid(algorithm->algorithm);
    result.parameters = parametersOf(algorithm);
    if (result.oid == kOidCekHkdfSha256)
        if (const AlgorithmPtr inner = innerAlgorithm(algorithm); inner && dottedOid(inner->algorithm) != kOidCekHkdfSha256)
            result.name = describe(inner.get()).name;
    if (!result.name.isEmpty())
        return result;
    const int nid = nidOf(algorithm);
    result.name = nameOfNid(nid);
    int digest = NID_undef;
    int key = NID_undef;
    if (result.name.isEmpty() && OBJ_find_sigid_algs(nid, &digest, &key))
        result.name = nameOfNid(key);
    if (result.name.isEmpty())
        result.name = lookUp(kOidNames, result.oid);
    if (result.name.isEmpty())
        result.name = nid != NID_undef ? QString::fromLatin1(OBJ_nid2ln(nid)) : QString::fromLatin1(result.oid);
    return result;
}

CmsIdentifier describe(const Identifier &identifier)
{
    if (identifier.type == Identifier::ByIssuer)
        return identifierOf(*identifier.d.issuerAndSerial);
    CmsIdentifier result;
    result.subjectKeyId = toBytes(identifier.d.subjectKeyId);
    return result;
}

QList<CmsAttribute> describe(const STACK_OF(X509_ATTRIBUTE) * attributes)
{
    QList<CmsAttribute> result;
    for (int i = 0; attributes && i < sk_X509_ATTRIBUTE_num(attributes); ++i) {
        X509_ATTRIBUTE *attribute = sk_X509_ATTRIBUTE_value(attributes, i);
        CmsAttribute one;
        one.oid = dottedOid(X509_ATTRIBUTE_get0_object(attribute));
        for (int k = 0; k < X509_ATTRIBUTE_count(attribute); ++k)
            one.values.append(derBy(i2d_ASN1_TYPE, X509_ATTRIBUTE_get0_type(attribute, k)));
        result.append(one);
    }
    return result;
}

CmsSigner describe(const SignerInfo &info)
{
    CmsSigner result;
    result.version = info.version;
    result.id = describe(*info.sid);
    result.digest = describe(info.digestAlgorithm);
    result.signature = describe(info.signatureAlgorithm);
    result.signedAttributes = describe(info.signedAttributes);
    result.unsignedAttributes = describe(info.unsignedAttributes);
    result.signingTime = signingTimeIn(result.signedAttributes);
    result.value = toBytes(info.signature);
    return result;
}

QList<CmsRecipient> describe(const RecipientInfo &info)
{
    switch (info.type) {
    case RecipientInfo::Transport:
        return {recipientOf(*info.d.transport)};
    case RecipientInfo::Agreement:
        return recipientsOf(*info.d.agreement);
    case RecipientInfo::Shared:
        return {recipientOf(*info.d.shared)};
    case RecipientInfo::Password:
        return {recipientOf(*info.d.password)};
    case RecipientInfo::Other:
        return {recipientOf(*info.d.other)};
    }
    return {};
}

QList<CmsRecipient> describeAll(const STACK_OF(RecipientInfo) * infos)
{
    QList<CmsRecipient> result;
    for (int i = 0; i < sk_RecipientInfo_num(infos); ++i)
        result += describe(*sk_RecipientInfo_value(infos, i));
    return result;
}

QList<QByteArray> sequencesOf(const STACK_OF(ASN1_TYPE) * set)
{
    QList<QByteArray> result;
    for (int i = 0; set && i < sk_ASN1_TYPE_num(set); ++i) {
        const ASN1_TYPE *element = sk_ASN1_TYPE_value(set, i);
        if (element->type == V_ASN1_SEQUENCE)
            result.append(toBytes(element->value.sequence));
    }
    return result;
}

QList<QByteArray> ocspResponsesOf(const STACK_OF(ASN1_TYPE) * set)
{
    constexpr char kOtherTag = '\xa1';
    constexpr char kSequenceTag = '\x30';
    QList<QByteArray> result;
    for (int i = 0; set && i < sk_ASN1_TYPE_num(set); ++i) {
        const ASN1_TYPE *element = sk_ASN1_TYPE_value(set, i);
        if (element->type != V_ASN1_OTHER)
            continue;
        QByteArray der = toBytes(element->value.asn1_string);
        if (!der.startsWith(kOtherTag))
            continue;
        // OtherRevocationInfoFormat is [1] IMPLICIT; as a SEQUENCE it has the form of OtherRecipientInfo.
        der[0] = kSequenceTag;
        const auto other = fromDerBy<Owned<OtherRecipient, OtherRecipient_free>>(d2i_OtherRecipient, der);
        if (other && dottedOid(other->type) == kOidOcspResponse && other->value->type == V_ASN1_SEQUENCE)
            result.append(toBytes(other->value->value.sequence));
    }
    return result;
}

} // namespace provider::cms
