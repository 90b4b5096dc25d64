// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: the structures of RFC 5652 and its kin, declared with OpenSSL's ASN.1 templates.
// Content octets are never in them: CmsSplit cuts them out before reading and CmsDer splices them in when writing.

#include "provider/OpenSsl.h"

#include <openssl/asn1t.h>

namespace provider::cms {

struct IssuerAndSerial {
    ASN1_STRING *issuer;     // DER of the name: taking names apart is half the cost of reading a short envelope
    ASN1_INTEGER *serial;
};
DECLARE_ASN1_FUNCTIONS(IssuerAndSerial)

/// SignerIdentifier and RecipientIdentifier (RFC 5652 sections 5.3 and 6.2.1) are one and the same.
struct Identifier {
    enum Type { ByIssuer, ByKeyId };
    int type;
    union {
        IssuerAndSerial *issuerAndSerial;
        ASN1_OCTET_STRING *subjectKeyId;
    } d;
};
DECLARE_ASN1_FUNCTIONS(Identifier)

struct SignerInfo {
    int32_t version;
    Identifier *sid;
    X509_ALGOR *digestAlgorithm;
    STACK_OF(X509_ATTRIBUTE) * signedAttributes;
    X509_ALGOR *signatureAlgorithm;
    ASN1_OCTET_STRING *signature;
    STACK_OF(X509_ATTRIBUTE) * unsignedAttributes;
};
DECLARE_ASN1_FUNCTIONS(SignerInfo)
DEFINE_STACK_OF(SignerInfo)

/// EncapsulatedContentInfo without its content.
struct ContentHead {
    ASN1_OBJECT *type;
};
DECLARE_ASN1_FUNCTIONS(ContentHead)

struct SignedData {
    int32_t version;
    STACK_OF(X509_ALGOR) * digestAlgorithms;
    ContentHead *content;
    STACK_OF(ASN1_TYPE) * certificates;
    STACK_OF(ASN1_TYPE) * crls;
    STACK_OF(SignerInfo) * signers;
};
DECLARE_ASN1_FUNCTIONS(SignedData)

struct OriginatorInfo {
    STACK_OF(ASN1_TYPE) * certificates;
    STACK_OF(ASN1_TYPE) * crls;
};
DECLARE_ASN1_FUNCTIONS(OriginatorInfo)

struct KeyTransport {
    int32_t version;
    Identifier *rid;
    X509_ALGOR *algorithm;
    ASN1_OCTET_STRING *encryptedKey;
};
DECLARE_ASN1_FUNCTIONS(KeyTransport)

struct OtherKeyAttribute {
    ASN1_OBJECT *id;
    ASN1_TYPE *value;
};
DECLARE_ASN1_FUNCTIONS(OtherKeyAttribute)

/// RecipientKeyIdentifier and KEKIdentifier have the same form.
struct KeyIdentifier {
    ASN1_OCTET_STRING *id;
    ASN1_GENERALIZEDTIME *date;
    OtherKeyAttribute *other;
};
DECLARE_ASN1_FUNCTIONS(KeyIdentifier)

struct KeyAgreeIdentifier {
    enum Type { ByIssuer, ByKeyId };
    int type;
    union {
        IssuerAndSerial *issuerAndSerial;
        KeyIdentifier *keyId;
    } d;
};
DECLARE_ASN1_FUNCTIONS(KeyAgreeIdentifier)

struct EncryptedKey {
    KeyAgreeIdentifier *rid;
    ASN1_OCTET_STRING *value;
};
DECLARE_ASN1_FUNCTIONS(EncryptedKey)
DEFINE_STACK_OF(EncryptedKey)

struct OriginatorKey {
    X509_ALGOR *algorithm;
    ASN1_BIT_STRING *publicKey;
};
DECLARE_ASN1_FUNCTIONS(OriginatorKey)

struct Originator {
    enum Type { ByIssuer, ByKeyId, ByKey };
    int type;
    union {
        IssuerAndSerial *issuerAndSerial;
        ASN1_OCTET_STRING *subjectKeyId;
        OriginatorKey *key;
    } d;
};
DECLARE_ASN1_FUNCTIONS(Originator)

struct KeyAgreement {
    int32_t version;
    Originator *originator;
    ASN1_OCTET_STRING *ukm;
    X509_ALGOR *algorithm;
    STACK_OF(EncryptedKey) * keys;
};
DECLARE_ASN1_FUNCTIONS(KeyAgreement)

struct SharedKeyInfo {
    int32_t version;
    KeyIdentifier *keyId;
    X509_ALGOR *algorithm;
    ASN1_OCTET_STRING *encryptedKey;
};
DECLARE_ASN1_FUNCTIONS(SharedKeyInfo)

struct PasswordInfo {
    int32_t version;
    X509_ALGOR *derivation;
    X509_ALGOR *algorithm;
    ASN1_OCTET_STRING *encryptedKey;
};
DECLARE_ASN1_FUNCTIONS(PasswordInfo)

struct OtherRecipient {
    ASN1_OBJECT *type;
    ASN1_TYPE *value;
};
DECLARE_ASN1_FUNCTIONS(OtherRecipient)

/// KEMRecipientInfo, RFC 9629 section 3.
struct KemInfo {
    int32_t version;
    Identifier *rid;
    X509_ALGOR *kem;
    ASN1_OCTET_STRING *ciphertext;
    X509_ALGOR *kdf;
    int32_t kekLength;
    ASN1_OCTET_STRING *ukm;
    X509_ALGOR *wrap;
    ASN1_OCTET_STRING *encryptedKey;
};
DECLARE_ASN1_FUNCTIONS(KemInfo)

struct RecipientInfo {
    enum Type { Transport, Agreement, Shared, Password, Other };
    int type;
    union {
        KeyTransport *transport;
        KeyAgreement *agreement;
        SharedKeyInfo *shared;
        PasswordInfo *password;
        OtherRecipient *other;
    } d;
};
DECLARE_ASN1_FUNCTIONS(RecipientInfo)
DEFINE_STACK_OF(RecipientInfo)

/// EncryptedContentInfo without its content.
struct EncryptedHead {
    ASN1_OBJECT *type;
    X509_ALGOR *algorithm;
};
DECLARE_ASN1_FUNCTIONS(EncryptedHead)

struct EnvelopedData {
    int32_t version;
    OriginatorInfo *originator;
    STACK_OF(RecipientInfo) * recipients;
    EncryptedHead *content;
    STACK_OF(X509_ATTRIBUTE) * unprotectedAttributes;
};
DECLARE_ASN1_FUNCTIONS(EnvelopedData)

struct AuthEnvelopedData {
    int32_t version;
    OriginatorInfo *originator;
    STACK_OF(RecipientInfo) * recipients;
    EncryptedHead *content;
    STACK_OF(X509_ATTRIBUTE) * authenticatedAttributes;
    ASN1_OCTET_STRING *mac;
    STACK_OF(X509_ATTRIBUTE) * unauthenticatedAttributes;
};
DECLARE_ASN1_FUNCTIONS(AuthEnvelopedData)

struct EncryptedData {
    int32_t version;
    EncryptedHead *content;
    STACK_OF(X509_ATTRIBUTE) * unprotectedAttributes;
};
DECLARE_ASN1_FUNCTIONS(EncryptedData)

struct CompressedData {
    int32_t version;
    X509_ALGOR *algorithm;
    ContentHead *content;
};
DECLARE_ASN1_FUNCTIONS(CompressedData)

struct DigestedData {
    int32_t version;
    X509_ALGOR *algorithm;
    ContentHead *content;
    ASN1_OCTET_STRING *digest;
};
DECLARE_ASN1_FUNCTIONS(DigestedData)

/// GCMParameters and CCMParameters, RFC 5084 section 3. The tag length is 12 if absent.
struct AeadParameters {
    ASN1_OCTET_STRING *nonce;
    ASN1_INTEGER *tagOctets;
};
DECLARE_ASN1_FUNCTIONS(AeadParameters)

/// RC2-CBC-Parameter, RFC 3370 section 5.2.
struct Rc2Parameters {
    ASN1_INTEGER *version;
    ASN1_OCTET_STRING *iv;
};
DECLARE_ASN1_FUNCTIONS(Rc2Parameters)

/// ESSCertID (without hashAlgorithm) and ESSCertIDv2, RFC 5035 sections 3 and 4.
struct EssCertificateId {
    X509_ALGOR *digest;
    ASN1_OCTET_STRING *hash;
    ASN1_STRING *issuerSerial;
};
DECLARE_ASN1_FUNCTIONS(EssCertificateId)
DEFINE_STACK_OF(EssCertificateId)

struct EssSigningCertificate {
    STACK_OF(EssCertificateId) * certificates;
    ASN1_STRING *policies;
};
DECLARE_ASN1_FUNCTIONS(EssSigningCertificate)

/// CMSAlgorithmProtection, RFC 6211 section 2.
struct AlgorithmProtection {
    X509_ALGOR *digest;
    X509_ALGOR *signature;
    X509_ALGOR *mac;
};
DECLARE_ASN1_FUNCTIONS(AlgorithmProtection)

/// Attributes with the universal SET tag as they are hashed: in the order of the message, and in DER's order.
DECLARE_ASN1_ITEM(AttributesAsReceived)
DECLARE_ASN1_ITEM(AttributesSorted)
enum class AttributeOrder { AsReceived, Sorted };
/// As they are signed (RFC 5652 section 5.4) and authenticated (RFC 5083 section 2.2), DER; empty if there are none.
[[nodiscard]] QByteArray attributeSet(const STACK_OF(X509_ATTRIBUTE) * attributes, AttributeOrder order);

using IdentifierPtr = Owned<Identifier, Identifier_free>;
using SignedDataPtr = Owned<SignedData, SignedData_free>;
using RecipientInfoPtr = Owned<RecipientInfo, RecipientInfo_free>;
using EnvelopedDataPtr = Owned<EnvelopedData, EnvelopedData_free>;
using AuthEnvelopedDataPtr = Owned<AuthEnvelopedData, AuthEnvelopedData_free>;
using EncryptedDataPtr = Owned<EncryptedData, EncryptedData_free>;
using CompressedDataPtr = Owned<CompressedData, CompressedData_free>;
using DigestedDataPtr = Owned<DigestedData, DigestedData_free>;
using KemInfoPtr = Owned<KemInfo, KemInfo_free>;
using AeadParametersPtr = Owned<AeadParameters, AeadParameters_free>;

} // namespace provider::cms
