// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace provider {
struct SmimeCapability;
}

namespace smime {

/// What a correspondent's program says it can read: the object identifiers of its SMIMECapabilities in
/// their order. RFC 8551 section 2.5.2, RFC 4262. Empty means that nothing is known.
struct Capabilities {
    QStringList oids; ///< Dotted decimal.

    [[nodiscard]] bool isKnown() const { return !oids.isEmpty(); }
    [[nodiscard]] bool canAes256Gcm() const;
    [[nodiscard]] bool canOaep() const;

    /// What this program reads, best first.
    static Capabilities ours();
    static Capabilities of(const QList<provider::SmimeCapability> &entries);
    /// From DER of SMIMECapabilities; empty if it is none.
    static Capabilities fromDer(const QByteArray &der);

    bool operator==(const Capabilities &) const = default;
};

/// The newer of what was remembered from signed mail and what the certificate says; what is remembered wins
/// if both are known, because the certificate does not change when the program does.
[[nodiscard]] Capabilities effectiveCapabilities(const Capabilities &remembered, const Capabilities &fromCertificate);

} // namespace smime
