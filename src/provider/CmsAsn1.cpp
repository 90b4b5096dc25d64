// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsAsn1.h"

// Declarations only, in the order and with the tags of the modules of RFC 5652, 5083, 3274, 5753, 5084, 9629 and 5035.

namespace provider::cms {

ASN1_SEQUENCE(IssuerAndSerial) = {
    ASN1_SIMPLE(IssuerAndSerial, issuer, ASN1_SEQUENCE),
    ASN1_SIMPLE(IssuerAndSerial, serial, ASN1_INTEGER),
} ASN1_SEQUENCE_END(IssuerAndSerial)

ASN1_CHOICE(Identifier) = {
    ASN1_SIMPLE(Identifier, d.issuerAndSerial, IssuerAndSerial),
    ASN1_IMP(Identifier, d.subjectKeyId, ASN1_OCTET_STRING, 0),
} ASN1_CHOICE_END(Identifier)

ASN1_SEQUENCE(SignerInfo) = {
    ASN1_EMBED(SignerInfo, version, INT32),
    ASN1_SIMPLE(SignerInfo, sid, Identifier),
    ASN1_SIMPLE(SignerInfo, digestAlgorithm, X509_ALGOR),
    ASN1_IMP_SET_OF_OPT(SignerInfo, signedAttributes, X509_ATTRIBUTE, 0),
    ASN1_SIMPLE(SignerInfo, signatureAlgorithm, X509_ALGOR),
    ASN1_SIMPLE(SignerInfo, signature, ASN1_OCTET_STRING),
    ASN1_IMP_SET_OF_OPT(SignerInfo, unsignedAttributes, X509_ATTRIBUTE, 1),
} ASN1_SEQUENCE_END(SignerInfo)

ASN1_SEQUENCE(ContentHead) = {
    ASN1_SIMPLE(ContentHead, type, ASN1_OBJECT),
} ASN1_SEQUENCE_END(ContentHead)

ASN1_SEQUENCE(SignedData) = {
    ASN1_EMBED(SignedData, version, INT32),
    ASN1_SET_OF(SignedData, digestAlgorithms, X509_ALGOR),
    ASN1_SIMPLE(SignedData, content, ContentHead),
    ASN1_IMP_SET_OF_OPT(SignedData, certificates, ASN1_ANY, 0),
    ASN1_IMP_SET_OF_OPT(SignedData, crls, ASN1_ANY, 1),
    ASN1_SET_OF(SignedData, signers, SignerInfo),
} ASN1_SEQUENCE_END(SignedData)

ASN1_SEQUENCE(OriginatorInfo) = {
    ASN1_IMP_SET_OF_OPT(OriginatorInfo, certificates, ASN1_ANY, 0),
    ASN1_IMP_SET_OF_OPT(OriginatorInfo, crls, ASN1_ANY, 1),
} ASN1_SEQUENCE_END(OriginatorInfo)

ASN1_SEQUENCE(KeyTransport) = {
    ASN1_EMBED(KeyTransport, version, INT32),
    ASN1_SIMPLE(KeyTransport, rid, Identifier),
    ASN1_SIMPLE(KeyTransport, algorithm, X509_ALGOR),
    ASN1_SIMPLE(KeyTransport, encryptedKey, ASN1_OCTET_STRING),
} ASN1_SEQUENCE_END(KeyTransport)

ASN1_SEQUENCE(OtherKeyAttribute) = {
    ASN1_SIMPLE(OtherKeyAttribute, id, ASN1_OBJECT),
    ASN1_OPT(OtherKeyAttribute, value, ASN1_ANY),
} ASN1_SEQUENCE_END(OtherKeyAttribute)

ASN1_SEQUENCE(KeyIdentifier) = {
    ASN1_SIMPLE(KeyIdentifier, id, ASN1_OCTET_STRING),
    ASN1_OPT(KeyIdentifier, date, ASN1_GENERALIZEDTIME),
    ASN1_OPT(KeyIdentifier, other, OtherKeyAttribute),
} ASN1_SEQUENCE_END(KeyIdentifier)

ASN1_CHOICE(KeyAgreeIdentifier) = {
    ASN1_SIMPLE(KeyAgreeIdentifier, d.issuerAndSerial, IssuerAndSerial),
    ASN1_IMP(KeyAgreeIdentifier, d.keyId, KeyIdentifier, 0),
} ASN1_CHOICE_END(KeyAgreeIdentifier)

ASN1_SEQUENCE(EncryptedKey) = {
    ASN1_SIMPLE(EncryptedKey, rid, KeyAgreeIdentifier),
    ASN1_SIMPLE(EncryptedKey, value, ASN1_OCTET_STRING),
} ASN1_SEQUENCE_END(EncryptedKey)

ASN1_SEQUENCE(OriginatorKey) = {
    ASN1_SIMPLE(OriginatorKey, algorithm, X509_ALGOR),
    ASN1_SIMPLE(OriginatorKey, publicKey, ASN1_BIT_STRING),
} ASN1_SEQUENCE_END(OriginatorKey)

ASN1_CHOICE(Originator) = {
    ASN1_SIMPLE(Originator, d.issuerAndSerial, IssuerAndSerial),
    ASN1_IMP(Originator, d.subjectKeyId, ASN1_OCTET_STRING, 0),
    ASN1_IMP(Originator, d.key, OriginatorKey, 1),
} ASN1_CHOICE_END(Originator)

ASN1_SEQUENCE(KeyAgreement) = {
    ASN1_EMBED(KeyAgreement, version, INT32),
    ASN1_EXP(KeyAgreement, originator, Originator, 0),
    ASN1_EXP_OPT(KeyAgreement, ukm, ASN1_OCTET_STRING, 1),
    ASN1_SIMPLE(KeyAgreement, algorithm, X509_ALGOR),
    ASN1_SEQUENCE_OF(KeyAgreement, keys, EncryptedKey),
} ASN1_SEQUENCE_END(KeyAgreement)

ASN1_SEQUENCE(SharedKeyInfo) = {
    ASN1_EMBED(SharedKeyInfo, version, INT32),
    ASN1_SIMPLE(SharedKeyInfo, keyId, KeyIdentifier),
    ASN1_SIMPLE(SharedKeyInfo, algorithm, X509_ALGOR),
    ASN1_SIMPLE(SharedKeyInfo, encryptedKey, ASN1_OCTET_STRING),
} ASN1_SEQUENCE_END(SharedKeyInfo)

ASN1_SEQUENCE(PasswordInfo) = {
    ASN1_EMBED(PasswordInfo, version, INT32),
    ASN1_IMP_OPT(PasswordInfo, derivation, X509_ALGOR, 0),
    ASN1_SIMPLE(PasswordInfo, algorithm, X509_ALGOR),
    ASN1_SIMPLE(PasswordInfo, encryptedKey, ASN1_OCTET_STRING),
} ASN1_SEQUENCE_END(PasswordInfo)

ASN1_SEQUENCE(OtherRecipient) = {
    ASN1_SIMPLE(OtherRecipient, type, ASN1_OBJECT),
    ASN1_SIMPLE(OtherRecipient, value, ASN1_ANY),
} ASN1_SEQUENCE_END(OtherRecipient)

ASN1_SEQUENCE(KemInfo) = {
    ASN1_EMBED(KemInfo, version, INT32),
    ASN1_SIMPLE(KemInfo, rid, Identifier),
    ASN1_SIMPLE(KemInfo, kem, X509_ALGOR),
    ASN1_SIMPLE(KemInfo, ciphertext, ASN1_OCTET_STRING),
    ASN1_SIMPLE(KemInfo, kdf, X509_ALGOR),
    ASN1_EMBED(KemInfo, kekLength, INT32),
    ASN1_EXP_OPT(KemInfo, ukm, ASN1_OCTET_STRING, 0),
    ASN1_SIMPLE(KemInfo, wrap, X509_ALGOR),
    ASN1_SIMPLE(KemInfo, encryptedKey, ASN1_OCTET_STRING),
} ASN1_SEQUENCE_END(KemInfo)

ASN1_CHOICE(RecipientInfo) = {
    ASN1_SIMPLE(RecipientInfo, d.transport, KeyTransport),
    ASN1_IMP(RecipientInfo, d.agreement, KeyAgreement, 1),
    ASN1_IMP(RecipientInfo, d.shared, SharedKeyInfo, 2),
    ASN1_IMP(RecipientInfo, d.password, PasswordInfo, 3),
    ASN1_IMP(RecipientInfo, d.other, OtherRecipient, 4),
} ASN1_CHOICE_END(RecipientInfo)

ASN1_SEQUENCE(EncryptedHead) = {
    ASN1_SIMPLE(EncryptedHead, type, ASN1_OBJECT),
    ASN1_SIMPLE(EncryptedHead, algorithm, X509_ALGOR),
} ASN1_SEQUENCE_END(EncryptedHead)

ASN1_SEQUENCE(EnvelopedData) = {
    ASN1_EMBED(EnvelopedData, version, INT32),
    ASN1_IMP_OPT(EnvelopedData, originator, OriginatorInfo, 0),
    ASN1_SET_OF(EnvelopedData, recipients, RecipientInfo),
    ASN1_SIMPLE(EnvelopedData, content, EncryptedHead),
    ASN1_IMP_SET_OF_OPT(EnvelopedData, unprotectedAttributes, X509_ATTRIBUTE, 1),
} ASN1_SEQUENCE_END(EnvelopedData)

ASN1_SEQUENCE(AuthEnvelopedData) = {
    ASN1_EMBED(AuthEnvelopedData, version, INT32),
    ASN1_IMP_OPT(AuthEnvelopedData, originator, OriginatorInfo, 0),
    ASN1_SET_OF(AuthEnvelopedData, recipients, RecipientInfo),
    ASN1_SIMPLE(AuthEnvelopedData, content, EncryptedHead),
    ASN1_IMP_SET_OF_OPT(AuthEnvelopedData, authenticatedAttributes, X509_ATTRIBUTE, 1),
    ASN1_SIMPLE(AuthEnvelopedData, mac, ASN1_OCTET_STRING),
    ASN1_IMP_SET_OF_OPT(AuthEnvelopedData, unauthenticatedAttributes, X509_ATTRIBUTE, 2),
} ASN1_SEQUENCE_END(AuthEnvelopedData)

ASN1_SEQUENCE(EncryptedData) = {
    ASN1_EMBED(EncryptedData, version, INT32),
    ASN1_SIMPLE(EncryptedData, content, EncryptedHead),
    ASN1_IMP_SET_OF_OPT(EncryptedData, unprotectedAttributes, X509_ATTRIBUTE, 1),
} ASN1_SEQUENCE_END(EncryptedData)

ASN1_SEQUENCE(CompressedData) = {
    ASN1_EMBED(CompressedData, version, INT32),
    ASN1_SIMPLE(CompressedData, algorithm, X509_ALGOR),
    ASN1_SIMPLE(CompressedData, content, ContentHead),
} ASN1_SEQUENCE_END(CompressedData)

ASN1_SEQUENCE(DigestedData) = {
    ASN1_EMBED(DigestedData, version, INT32),
    ASN1_SIMPLE(DigestedData, algorithm, X509_ALGOR),
    ASN1_SIMPLE(DigestedData, content, ContentHead),
    ASN1_SIMPLE(DigestedData, digest, ASN1_OCTET_STRING),
} ASN1_SEQUENCE_END(DigestedData)

ASN1_SEQUENCE(AeadParameters) = {
    ASN1_SIMPLE(AeadParameters, nonce, ASN1_OCTET_STRING),
    ASN1_OPT(AeadParameters, tagOctets, ASN1_INTEGER),
} ASN1_SEQUENCE_END(AeadParameters)

ASN1_SEQUENCE(Rc2Parameters) = {
    ASN1_SIMPLE(Rc2Parameters, version, ASN1_INTEGER),
    ASN1_SIMPLE(Rc2Parameters, iv, ASN1_OCTET_STRING),
} ASN1_SEQUENCE_END(Rc2Parameters)

ASN1_SEQUENCE(EssCertificateId) = {
    ASN1_OPT(EssCertificateId, digest, X509_ALGOR),
    ASN1_SIMPLE(EssCertificateId, hash, ASN1_OCTET_STRING),
    ASN1_OPT(EssCertificateId, issuerSerial, ASN1_SEQUENCE),
} ASN1_SEQUENCE_END(EssCertificateId)

ASN1_SEQUENCE(EssSigningCertificate) = {
    ASN1_SEQUENCE_OF(EssSigningCertificate, certificates, EssCertificateId),
    ASN1_OPT(EssSigningCertificate, policies, ASN1_SEQUENCE),
} ASN1_SEQUENCE_END(EssSigningCertificate)

ASN1_SEQUENCE(AlgorithmProtection) = {
    ASN1_SIMPLE(AlgorithmProtection, digest, X509_ALGOR),
    ASN1_IMP_OPT(AlgorithmProtection, signature, X509_ALGOR, 1),
    ASN1_IMP_OPT(AlgorithmProtection, mac, X509_ALGOR, 2),
} ASN1_SEQUENCE_END(AlgorithmProtection)

ASN1_ITEM_TEMPLATE(AttributesAsReceived) =
    ASN1_EX_TEMPLATE_TYPE(ASN1_TFLG_SEQUENCE_OF | ASN1_TFLG_IMPTAG | ASN1_TFLG_UNIVERSAL,
                          V_ASN1_SET, AttributesAsReceived, X509_ATTRIBUTE)
ASN1_ITEM_TEMPLATE_END(AttributesAsReceived)

ASN1_ITEM_TEMPLATE(AttributesSorted) = ASN1_EX_TEMPLATE_TYPE(ASN1_TFLG_SET_OF, 0, AttributesSorted, X509_ATTRIBUTE)
ASN1_ITEM_TEMPLATE_END(AttributesSorted)

IMPLEMENT_ASN1_FUNCTIONS(IssuerAndSerial)
IMPLEMENT_ASN1_FUNCTIONS(Identifier)
IMPLEMENT_ASN1_FUNCTIONS(SignerInfo)
IMPLEMENT_ASN1_FUNCTIONS(ContentHead)
IMPLEMENT_ASN1_FUNCTIONS(SignedData)
IMPLEMENT_ASN1_FUNCTIONS(OriginatorInfo)
IMPLEMENT_ASN1_FUNCTIONS(KeyTransport)
IMPLEMENT_ASN1_FUNCTIONS(OtherKeyAttribute)
IMPLEMENT_ASN1_FUNCTIONS(KeyIdentifier)
IMPLEMENT_ASN1_FUNCTIONS(KeyAgreeIdentifier)
IMPLEMENT_ASN1_FUNCTIONS(EncryptedKey)
IMPLEMENT_ASN1_FUNCTIONS(OriginatorKey)
IMPLEMENT_ASN1_FUNCTIONS(Originator)
IMPLEMENT_ASN1_FUNCTIONS(KeyAgreement)
IMPLEMENT_ASN1_FUNCTIONS(SharedKeyInfo)
IMPLEMENT_ASN1_FUNCTIONS(PasswordInfo)
IMPLEMENT_ASN1_FUNCTIONS(OtherRecipient)
IMPLEMENT_ASN1_FUNCTIONS(KemInfo)
IMPLEMENT_ASN1_FUNCTIONS(RecipientInfo)
IMPLEMENT_ASN1_FUNCTIONS(EncryptedHead)
IMPLEMENT_ASN1_FUNCTIONS(EnvelopedData)
IMPLEMENT_ASN1_FUNCTIONS(AuthEnvelopedData)
IMPLEMENT_ASN1_FUNCTIONS(EncryptedData)
IMPLEMENT_ASN1_FUNCTIONS(CompressedData)
IMPLEMENT_ASN1_FUNCTIONS(DigestedData)
IMPLEMENT_ASN1_FUNCTIONS(AeadParameters)
IMPLEMENT_ASN1_FUNCTIONS(Rc2Parameters)
IMPLEMENT_ASN1_FUNCTIONS(EssCertificateId)
IMPLEMENT_ASN1_FUNCTIONS(EssSigningCertificate)
IMPLEMENT_ASN1_FUNCTIONS(AlgorithmProtection)

QByteArray attributeSet(const STACK_OF(X509_ATTRIBUTE) * attributes, AttributeOrder order)
{
    if (!attributes)
        return {};
    unsigned char *encoded = nullptr;
    const ASN1_ITEM *item = order == AttributeOrder::Sorted ? ASN1_ITEM_rptr(AttributesSorted) : ASN1_ITEM_rptr(AttributesAsReceived);
    const int size = ASN1_item_i2d(reinterpret_cast<const ASN1_VALUE *>(attributes), &encoded, item);
    const OpenSslBytesPtr owner(encoded);
    return size > 0 ? QByteArray(reinterpret_cast<const char *>(encoded), size) : QByteArray{};
}

} // namespace provider::cms
