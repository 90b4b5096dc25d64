// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/CmsFacts.h"
#include "provider/PathPolicy.h"

namespace provider {

/// What a time-stamp token says about something. Whether its signer may be believed is for a path to tell (PathPurpose::TimeStamp).
struct TimeStampFacts {
    QDateTime time;                    ///< When it was there at the latest, UTC: genTime and its accuracy.
    QStringList digests;               ///< Of its content and of its signature.
    QByteArray certificateDer;         ///< Of the time-stamping authority.
    QList<QByteArray> certificates;    ///< DER, all that the token carries.
    QList<QByteArray> crls;            ///< DER
    QList<QByteArray> ocspResponses;   ///< DER

    bool operator==(const TimeStampFacts &) const = default;
};

/// Verifies a token (DER of a ContentInfo) over `stamped`: one signer, an intact signature, and the digest of just these octets.
/// `helpers` are certificates (DER), of which the first few may be its authority's if the token carries none (RFC 3161 section 2.4.1, certReq).
/// `effort` as in PathPolicy. Any thread. Errors: CmsMalformed, CmsTooLarge; InvalidArgument if the token is good but of something else or not intact.
/// RFC 3161 section 2.4.2.
[[nodiscard]] base::Result<TimeStampFacts> readTimeStamp(const QByteArray &token, QByteArrayView stamped, const QList<QByteArray> &helpers = {},
                                                         const std::shared_ptr<PathEffort> &effort = {});

/// The tokens among the unsigned attributes of a signer, which are over its signature value; several authorities may have been asked. No more than
/// four. RFC 3161 appendix A.
[[nodiscard]] QList<QByteArray> timeStampTokensOf(const CmsSigner &signer);

} // namespace provider
