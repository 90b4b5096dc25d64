// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "identity/Limits.h"

#include <QByteArray>
#include <QList>

namespace app {

using identity::kLargestCertificateFile;

/// Every certificate of a file (PEM, DER or certificates-only CMS), DER. NotACertificate, FileEmpty, FileTooLarge.
[[nodiscard]] base::Result<QList<QByteArray>> certificatesIn(const QByteArray &file);

/// The same without those whose file says that they are not trusted for mail (OpenSSL's TRUSTED CERTIFICATE).
[[nodiscard]] base::Result<QList<QByteArray>> mailAnchorsIn(const QByteArray &file);

/// The text form (RFC 7468) of a certificate, or of a revocation list.
[[nodiscard]] QByteArray certificatePem(const QByteArray &der);
[[nodiscard]] QByteArray crlPem(const QByteArray &der);
/// The same of a CMS object.
[[nodiscard]] QByteArray cmsPem(const QByteArray &der);

} // namespace app
