// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <memory>

namespace provider {

// The axes of a path, named like those of smime::Verdict; the first value is the safe one to forget.
enum class PathChain { NotChecked, Trusted, Untrusted, Incomplete, Invalid };
enum class PathUsage { NotChecked, Permitted, Forbidden };
enum class PathTime { NotChecked, Valid, Expired, NotYetValid };
enum class PathRevocation { NotChecked, Good, Revoked, Unknown };
enum class PathStrength { NotChecked, Strong, Weak, Broken };

/// What the leaf is to be used for.
enum class PathPurpose { SmimeSign, SmimeEncrypt, TlsServer, TimeStamp, Any };

/// The work that certificates may cause, counted and not timed, so that a verdict does not depend on how busy the machine is: 100
/// points are about one RSA-2048 verification. One for all signers of a message; not thread-safe.
class PathEffort
{
public:
    static constexpr qint64 kLimit = 1'000'000;

    void spend(qint64 points) { m_spent += points; }
    [[nodiscard]] qint64 spent() const { return m_spent; }
    [[nodiscard]] bool isSpent() const { return m_spent >= kLimit; }

private:
    qint64 m_spent = 0;
};

struct PathPolicy {
    PathPurpose purpose = PathPurpose::SmimeSign;
    QDateTime at;    ///< The time that counts, never assumed: an invalid one leaves time NotChecked.
    int maxDepth = 10; ///< Certificates between leaf and anchor.
    std::shared_ptr<PathEffort> effort; ///< Null: each validation has its own.
    QList<QByteArray> ocspResponses; ///< DER of OCSPResponse (RFC 6960), from the message or a cache; may be hostile.
};

/// What was found out about a certificate and its path: findings, never faults.
struct PathFindings {
    /// Trusted: every link verifies up to an anchor, validity periods apart. Untrusted: it ends in a root that
    /// is no anchor. Incomplete: an issuer is missing. Invalid: a link is broken (signature, not a CA,
    /// path length, name constraints, a critical extension nobody knows, malformed, too much work).
    PathChain chain = PathChain::NotChecked;
    /// Of the leaf for the purpose: key usage, extended key usage (RFC 8550 section 4.4), also of the issuers' EKU.
    PathUsage usage = PathUsage::NotChecked;
    /// The worst along the path.
    PathTime time = PathTime::NotChecked;
    /// Good: for each certificate but the anchor a current CRL or OCSP response is at hand and does not revoke it.
    /// Revoked wins. Unknown: there are CRLs of an issuer or a responder's answer, but none usable at that time. NotChecked: there is none.
    PathRevocation revocation = PathRevocation::NotChecked;
    /// The worst key and signature along the path, the anchor's own signature apart.
    PathStrength strength = PathStrength::NotChecked;
    QDateTime revokedAt;      ///< UTC, if revoked; may be later than the time that counts.
    /// UTC: since when the leaf is revoked, if nothing else on the path is and its lists and responders say that its key was not lost. What it signed
    /// before stands where a trusted clock says when (RFC 3161 section 4 speaks so of clocks). Else invalid.
    QDateTime retiredAt;
    /// DER from the leaf's issuer to the anchor, as far as it was found; empty for a self-signed leaf.
    QList<QByteArray> path;
    QDateTime validFrom;  ///< Of the leaf, UTC.
    QDateTime validUntil; ///< Of the leaf, UTC.
    /// The exact cause of the worst finding in English; empty if there is nothing to object.
    QString detail;

    bool operator==(const PathFindings &) const = default;
};

/// Builds and checks the path of a certificate (RFC 5280, RFC 8550 section 4.4). All certificates in DER;
/// intermediates and CRLs may be hostile: unreadable ones are skipped, and the work is bounded. Thread-safe.
[[nodiscard]] PathFindings validatePath(const QByteArray &leaf, const QList<QByteArray> &intermediates,
                                        const QList<QByteArray> &anchors, const QList<QByteArray> &crls,
                                        const PathPolicy &policy);

} // namespace provider
