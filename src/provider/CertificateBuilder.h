// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: issuing with OpenSSL's objects, for CertificateIssuance and for QCA's contexts.

#include "provider/CertificateIssuance.h"
#include "provider/OpenSsl.h"

namespace provider {

/// A name with this one common name, shortened to the 64 characters of RFC 5280; an empty name for an empty text.
[[nodiscard]] X509NamePtr nameWithCommonName(const QString &commonName);

/// As issueCertificate(); `issuer` is nullptr for a self-signed one. The profile's commonName is not used.
[[nodiscard]] base::Result<X509Ptr> buildCertificate(X509 *issuer, EVP_PKEY *issuerKey, EVP_PKEY *subjectKey,
                                                     const X509_NAME *subject, const CertificateProfile &profile);

/// As makeRequest().
[[nodiscard]] base::Result<X509RequestPtr> buildRequest(EVP_PKEY *key, const X509_NAME *subject, const QStringList &addresses,
                                                        const QStringList &hostNames);

/// As issueCrl().
[[nodiscard]] base::Result<X509CrlPtr> buildCrl(X509 *issuer, EVP_PKEY *issuerKey, const CrlFacts &contents);

/// The subjectAltName that a request asks for; nullptr if none.
[[nodiscard]] GeneralNamesPtr requestedNames(X509_REQ *request);

/// The digest that goes with a signing key; nullptr for the schemes that hash by themselves.
[[nodiscard]] const EVP_MD *digestFor(const EVP_PKEY *key);

} // namespace provider
