// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: the bag of certificates that a SignedData can be.

#include <QByteArray>
#include <QList>
#include <optional>

namespace provider {

struct CertificateSet {
    QList<QByteArray> certificates; ///< DER
    QList<QByteArray> crls;         ///< DER
};

/// What a SignedData in DER or BER carries along, signed or not; nothing if it is no SignedData. RFC 5652 section 5.
[[nodiscard]] std::optional<CertificateSet> readCertificateSet(QByteArrayView der);

/// A SignedData without signers (RFC 8551 section 3.8); empty if one of them cannot be read.
[[nodiscard]] QByteArray certificatesOnlyCms(const QList<QByteArray> &certificates, const QList<QByteArray> &crls);

} // namespace provider
