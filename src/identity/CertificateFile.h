// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>

namespace identity {

/// All certificates of a file, DER, in the file's order: PEM (any number, other blocks passed over), DER, or a
/// certificates-only CMS (RFC 8551 section 3.8) in either. NotACertificate (with what was found instead), FileEmpty, FileTooLarge.
[[nodiscard]] base::Result<QList<QByteArray>> readCertificates(const QByteArray &file);

/// The same without those whose file says that they are not trusted for mail (OpenSSL's TRUSTED CERTIFICATE).
[[nodiscard]] base::Result<QList<QByteArray>> readMailAnchors(const QByteArray &file);

/// All revocation lists of a file, DER: PEM (any number, other blocks passed over) or one in DER. Empty if there is none.
[[nodiscard]] QList<QByteArray> readRevocationLists(const QByteArray &file);

/// RFC 7468 text of one object, such as label "CERTIFICATE".
[[nodiscard]] QByteArray toPem(const QByteArray &der, const QByteArray &label);

/// Lower-case hex of SHA-256 over the DER.
[[nodiscard]] QByteArray fingerprintOf(const QByteArray &der);

} // namespace identity
