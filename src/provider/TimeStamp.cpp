// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/TimeStamp.h"

#include "provider/CmsDigest.h"
#include "provider/CmsNames.h"
#include "provider/CmsOids.h"
#include "provider/CmsVerify.h"
#include "provider/Strength.h"

#include <openssl/ts.h>

#include <algorithm>
#include <cstdint>
#include <limits>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

using TimeStampInfoPtr = Owned<TS_TST_INFO, TS_TST_INFO_free>;

base::Error refused(const QString &reason)
{
    return {ErrorCode::InvalidArgument, u"time stamp: "_s + reason, {}, {}};
}

bool isOver(TS_TST_INFO *info, QByteArrayView stamped)
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    if (digestStrength(cms::nidOf(TS_MSG_IMPRINT_get_algo(imprint))) != PathStrength::Strong)
        return false;
    const QByteArray digest = cms::digestOver(cms::digestOf(TS_MSG_IMPRINT_get_algo(imprint)), {stamped});
    return !digest.isEmpty() && digest == toBytes(TS_MSG_IMPRINT_get_msg(imprint));
}

/// RFC 3161 section 2.4.2: version 1, the time in UTC with seconds, and no critical extension, for none is known here.
bool isInOrder(TS_TST_INFO *info)
{
    constexpr qsizetype kFewestOctets = 15; // YYYYMMDDHHMMSSZ
    const QByteArray time = toBytes(TS_TST_INFO_get_time(info));
    return TS_TST_INFO_get_version(info) == 1 && time.size() >= kFewestOctets && time.endsWith('Z') && TS_TST_INFO_get_ext_by_critical(info, 1, -1) < 0;
}

/// RFC 3161 section 2.4.2: the accuracy added to the time tells when the token was made at the latest. Invalid if it cannot be told.
QDateTime latestTime(TS_TST_INFO *info)
{
    const TS_ACCURACY *accuracy = TS_TST_INFO_get_accuracy(info);
    const ASN1_INTEGER *within = accuracy ? TS_ACCURACY_get_seconds(accuracy) : nullptr;
    std::int64_t seconds = 0;
    const bool isTold = !within || ASN1_INTEGER_get_int64(&seconds, within) == 1;
    const bool isMeant = seconds >= 0 && seconds <= std::numeric_limits<std::int32_t>::max();
    return isTold && isMeant ? toDateTime(TS_TST_INFO_get_time(info)).addSecs(seconds) : QDateTime();
}

/// RFC 3161 section 2.4.2 and RFC 5816: or anybody could put another certificate of the same key in its place.
bool namesItsCertificate(const CmsSigner &signer)
{
    return std::any_of(signer.signedAttributes.begin(), signer.signedAttributes.end(), [](const CmsAttribute &attribute) {
        return attribute.oid == cms::kOidSigningCertificate || attribute.oid == cms::kOidSigningCertificateV2;
    });
}

} // namespace

base::Result<TimeStampFacts> readTimeStamp(const QByteArray &token, QByteArrayView stamped, const QList<QByteArray> &helpers,
                                           const std::shared_ptr<PathEffort> &effort)
{
    const ClearsErrorQueue clears;
    cms::VerifyingJob job;
    job.message = token;
    job.effort = effort;
    constexpr qsizetype kMostHelpers = 16; // each token reads them again
    for (const QByteArray &der : helpers.first(qMin(kMostHelpers, helpers.size())))
        if (X509Ptr certificate = rememberedX509(der))
            job.certificates.push_back(std::move(certificate));
    const cms::Outcome outcome = cms::verify(std::move(job));
    if (outcome.facts.fault != CmsFault::None) {
        const bool isTooLarge = outcome.facts.fault == CmsFault::TooLarge;
        return {isTooLarge ? ErrorCode::CmsTooLarge : ErrorCode::CmsMalformed, outcome.facts.detail};
    }
    if (outcome.facts.innerTypeOid != cms::kOidTimeStampInfo || outcome.facts.signers.size() != 1)
        return refused(u"not a token of one signer"_s);
    const CmsSignerFacts &signer = outcome.facts.signers.first();
    if (signer.integrity != CmsIntegrity::Valid)
        return refused(signer.detail);
    if (!namesItsCertificate(signer.signer))
        return refused(u"it does not name its authority's certificate"_s);
    const auto info = fromDerBy<TimeStampInfoPtr>(d2i_TS_TST_INFO, outcome.output);
    if (!info || !isOver(info.get(), stamped))
        return refused(u"it is about something else"_s);
    if (!isInOrder(info.get()))
        return refused(u"it is of a form that nobody knows"_s);
    TimeStampFacts facts;
    facts.time = latestTime(info.get());
    facts.digests = {signer.signer.digest.name, signer.signatureDigest};
    facts.certificateDer = signer.certificateDer;
    facts.certificates = outcome.facts.certificates;
    facts.crls = outcome.facts.crls;
    facts.ocspResponses = outcome.facts.ocspResponses;
    if (!facts.time.isValid())
        return refused(u"it names no time"_s);
    return facts;
}

QList<QByteArray> timeStampTokensOf(const CmsSigner &signer)
{
    constexpr qsizetype kMost = 4;
    QList<QByteArray> tokens;
    for (const CmsAttribute &attribute : signer.unsignedAttributes)
        if (attribute.oid == cms::kOidTimeStampToken)
            tokens.append(attribute.values);
    return tokens.first(qMin(kMost, tokens.size()));
}

} // namespace provider
