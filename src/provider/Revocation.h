// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QDateTime>
#include <QList>

namespace provider {

/// RFC 5280 section 5.3.1, with the numbers of CRLReason; NotStated stands for an absent extension.
enum class RevocationReason {
    NotStated = -1,
    Unspecified = 0,
    KeyCompromise = 1,
    CaCompromise = 2,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
    CertificateHold = 6,
    RemoveFromCrl = 8,
    PrivilegeWithdrawn = 9,
    AaCompromise = 10,
};

struct RevokedCertificate {
    QByteArray serial; ///< Lower-case hex.
    QDateTime revokedAt; ///< UTC.
    RevocationReason reason = RevocationReason::NotStated;

    bool operator==(const RevokedCertificate &) const = default;
};

/// What a CRL says. Nothing in it is verified.
struct CrlFacts {
    QString issuer; ///< RFC 4514; ignored when issuing.
    QByteArray issuerDer;
    QByteArray authorityKeyIdentifier; ///< Lower-case hex; ignored when issuing.
    QByteArray number;                 ///< Lower-case hex; empty if absent.
    QDateTime thisUpdate; ///< UTC.
    QDateTime nextUpdate; ///< Invalid if absent.
    QList<RevokedCertificate> revoked;
    QByteArray scope; ///< What tells lists of one issuer apart: DER of issuingDistributionPoint, and whether it is a delta; ignored when issuing.

    bool operator==(const CrlFacts &) const = default;
};

/// NotACrl if it is not DER of a CRL or bytes follow it.
[[nodiscard]] base::Result<CrlFacts> readCrl(QByteArrayView der);

/// True if the CRL `crlDer` is issued in the name of one of the certificates `issuers` (DER) and signed with its key. False for malformed input, too.
[[nodiscard]] bool isCrlSignedBy(QByteArrayView crlDer, const QList<QByteArray> &issuers);

} // namespace provider
