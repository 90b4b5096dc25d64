// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/CmsFacts.h"
#include "provider/PathPolicy.h"

namespace provider {

/// What a time-stamp token says about something. Whether its signer may be believed is for a path to tell (PathPurpose::TimeStamp).
struct TimeStampFacts {
    QDateTime time;                    ///< genTime, UTC.
    QByteArray certificateDer;         ///< Of the time-stamping authority.
    QList<QByteArray> certificates;    ///< DER, all that the token carries.
    QList<QByteArray> crls;            ///< DER

    bool operator==(const TimeStampFacts &) const = default;
};

/// Verifies a token (DER of a ContentInfo) over `stamped`: one signer, an intact signature, and the digest of just these octets.
/// `effort` as in PathPolicy. Any thread. Errors: CmsMalformed, CmsTooLarge; InvalidArgument if the token is good but of something else or not intact. RFC 3161 section 2.4.2.
[[nodiscard]] base::Result<TimeStampFacts> readTimeStamp(const QByteArray &token, QByteArrayView stamped,
                                                         const std::shared_ptr<PathEffort> &effort = {});

/// The token among the unsigned attributes of a signer, which is over its signature value; empty if there is none. RFC 3161 appendix A.
[[nodiscard]] QByteArray timeStampTokenOf(const CmsSigner &signer);

} // namespace provider
