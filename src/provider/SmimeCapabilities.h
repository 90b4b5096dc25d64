// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>

namespace provider {

/// One entry of SMIMECapabilities (RFC 8551 section 2.5.2).
struct SmimeCapability {
    QByteArray oid;        ///< Dotted decimal.
    QByteArray parameters; ///< DER; empty if absent, which is not the same as NULL.

    bool operator==(const SmimeCapability &) const = default;
};

/// DER of SMIMECapabilities, in this order; empty if an OID or a parameter is malformed.
[[nodiscard]] QByteArray encodeSmimeCapabilities(const QList<SmimeCapability> &capabilities);
/// InvalidArgument if it is not DER of SMIMECapabilities or has more than 256 entries.
[[nodiscard]] base::Result<QList<SmimeCapability>> decodeSmimeCapabilities(QByteArrayView der);

/// What this program can read if mail is encrypted to such a key (as describeKey() names it), strongest first: for the SMIMECapabilities of a
/// certificate (RFC 4262) and of a signature (RFC 8551 section 2.5.2).
[[nodiscard]] QList<SmimeCapability> ownCapabilities(const QString &keyType);

} // namespace provider
