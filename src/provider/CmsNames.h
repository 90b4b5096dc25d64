// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: the structures of CmsAsn1.h as values for people.

#include "provider/CmsAsn1.h"
#include "provider/CmsOptions.h"
#include "provider/CmsStructure.h"

namespace provider::cms {

/// Any algorithm by its own name; a signature algorithm by its key's ("RSA", "ECDSA"), RFC 8551 section 2.
[[nodiscard]] CmsAlgorithm describe(const X509_ALGOR *algorithm);
/// "SHA-256" by OpenSSL's number, empty for one without a name here.
[[nodiscard]] QString nameOfNid(int nid);
[[nodiscard]] QByteArray dottedOid(const ASN1_OBJECT *object);
[[nodiscard]] int nidOf(const X509_ALGOR *algorithm);
/// DER of the parameters, empty if absent.
[[nodiscard]] QByteArray parametersOf(const X509_ALGOR *algorithm);
/// The AlgorithmIdentifier inside the parameters (a key wrap in a key agreement), nullptr if there is none.
[[nodiscard]] AlgorithmPtr innerAlgorithm(const X509_ALGOR *algorithm);

/// True if `certificate` is named by its key identifier, which it must have.
[[nodiscard]] bool namesByKeyId(const X509 *certificate, CertificateNaming naming);

/// Whether `certificate` is the one that `id` names; an issuer that is written in another form is the same if OpenSSL finds so.
[[nodiscard]] bool isNamedBy(const IssuerAndSerial &id, const X509 *certificate);
[[nodiscard]] bool isNamedBy(const Identifier &id, const X509 *certificate);
[[nodiscard]] bool isNamedBy(const KeyAgreeIdentifier &id, const X509 *certificate);
/// DER of the SignerIdentifier or RecipientIdentifier that names `certificate`.
[[nodiscard]] QByteArray identifierDer(const X509 *certificate, CertificateNaming naming);
/// What describe() makes of that.
[[nodiscard]] CmsIdentifier describeIdentifier(const X509 *certificate, CertificateNaming naming);

[[nodiscard]] CmsIdentifier describe(const Identifier &identifier);
[[nodiscard]] QList<CmsAttribute> describe(const STACK_OF(X509_ATTRIBUTE) * attributes);
[[nodiscard]] CmsSigner describe(const SignerInfo &info);
/// One entry for each key that `info` carries.
[[nodiscard]] QList<CmsRecipient> describe(const RecipientInfo &info);
[[nodiscard]] QList<CmsRecipient> describeAll(const STACK_OF(RecipientInfo) * infos);

/// DER of the plain certificates of a CertificateSet, or of the CRLs of a RevocationInfoChoices; other choices are left out.
[[nodiscard]] QList<QByteArray> sequencesOf(const STACK_OF(ASN1_TYPE) * set);
/// DER of the OCSP responses among RevocationInfoChoices, RFC 5940 section 2.1.
[[nodiscard]] QList<QByteArray> ocspResponsesOf(const STACK_OF(ASN1_TYPE) * set);

} // namespace provider::cms
