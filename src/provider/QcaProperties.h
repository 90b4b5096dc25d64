// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: between OpenSSL's structures and QCA's property records.

#include "provider/CertificateIssuance.h"
#include "provider/OpenSsl.h"

#include <qcaprovider.h>

namespace provider {

[[nodiscard]] QCA::CertContextProps propertiesOf(X509 *certificate);
[[nodiscard]] QCA::CertContextProps propertiesOf(X509_REQ *request);
[[nodiscard]] QCA::CRLContextProps propertiesOf(const X509_CRL *crl);

/// The subject that QCA's options ask for.
[[nodiscard]] X509NamePtr subjectFrom(const QCA::CertificateOptions &options);
/// Everything else in them.
[[nodiscard]] CertificateProfile profileFrom(const QCA::CertificateOptions &options);
[[nodiscard]] QStringList addressesFrom(const QCA::CertificateOptions &options);
[[nodiscard]] QStringList hostNamesFrom(const QCA::CertificateOptions &options);

} // namespace provider
