// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/SignerAssessment.h"

#include "base/Clock.h"
#include "base/Mailbox.h"
#include "mime/Address.h"
#include "provider/CertificateFacts.h"
#include "provider/PathPolicy.h"
#include "provider/TimeStamp.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using provider::CmsIntegrity;
using provider::PathFindings;

namespace smime {

namespace {

Integrity integrityOf(CmsIntegrity integrity)
{
    switch (integrity) {
    case CmsIntegrity::Valid:
        return Integrity::Valid;
    case CmsIntegrity::Invalid:
        return Integrity::Invalid;
    case CmsIntegrity::NotChecked:
    case CmsIntegrity::NoCertificate:
    case CmsIntegrity::Unsupported:
    case CmsIntegrity::Refused:
        return Integrity::Unsupported;
    }
    Q_UNREACHABLE_RETURN(Integrity::Unsupported);
}

Usage usageOf(provider::PathUsage usage)
{
    switch (usage) {
    case provider::PathUsage::NotChecked:
        return Usage::NotChecked;
    case provider::PathUsage::Permitted:
        return Usage::Permitted;
    case provider::PathUsage::Forbidden:
        return Usage::Forbidden;
    }
    Q_UNREACHABLE_RETURN(Usage::NotChecked);
}

Time timeOf(provider::PathTime time)
{
    switch (time) {
    case provider::PathTime::NotChecked:
        return Time::NotChecked;
    case provider::PathTime::Valid:
        return Time::Valid;
    case provider::PathTime::Expired:
        return Time::Expired;
    case provider::PathTime::NotYetValid:
        return Time::NotYetValid;
    }
    Q_UNREACHABLE_RETURN(Time::NotChecked);
}

Revocation revocationOf(provider::PathRevocation revocation)
{
    switch (revocation) {
    case provider::PathRevocation::NotChecked:
        return Revocation::NotChecked;
    case provider::PathRevocation::Good:
        return Revocation::Good;
    case provider::PathRevocation::Revoked:
        return Revocation::Revoked;
    case provider::PathRevocation::Unknown:
        return Revocation::Unknown;
    }
    Q_UNREACHABLE_RETURN(Revocation::NotChecked);
}

Strength strengthOf(provider::PathStrength strength)
{
    switch (strength) {
    case provider::PathStrength::NotChecked:
        return Strength::NotChecked;
    case provider::PathStrength::Strong:
        return Strength::Strong;
    case provider::PathStrength::Weak:
        return Strength::Weak;
    case provider::PathStrength::Broken:
        return Strength::Broken;
    }
    Q_UNREACHABLE_RETURN(Strength::NotChecked);
}

// RFC 8551 section 2.2. SHA-1 is read and called weak, and so is RIPEMD-160; MD5 and older are refused.
Strength strengthOfDigest(const QString &digest)
{
    if (digest.startsWith("MD"_L1, Qt::CaseInsensitive))
        return Strength::Broken;
    return digest == "SHA-1"_L1 || digest == "SHA1"_L1 || digest == "RIPEMD-160"_L1 ? Strength::Weak : Strength::Strong;
}

// A signature has two digests, of the content and of the signed attributes. They may differ, and whoever can find a second text
// for either of them has forged a letter.
void assessDigests(Signer &signer, const provider::CmsSignerFacts &facts)
{
    for (const QString &digest : {signer.digest, facts.signatureDigest}) {
        const SignatureAxes weaker{.integrity = {}, .chain = {}, .usage = {}, .time = {}, .revocation = {},
                                   .strength = strengthOfDigest(digest), .identity = {}};
        signer.axes.strength = worst(signer.axes, weaker).strength;
    }
    const bool isHiddenWeakness = strengthOfDigest(signer.digest) == Strength::Strong && strengthOfDigest(facts.signatureDigest) != Strength::Strong;
    if (isHiddenWeakness && signer.detail.isEmpty())
        signer.detail = u"the signed attributes are signed with %1"_s.arg(facts.signatureDigest);
}

constexpr qsizetype kMostAsked = 5; // finding a path takes a while, and a message has room for thousands

/// The paths of one signer with what they are judged by.
class PathAssessment
{
public:
    PathAssessment(const provider::CmsFacts &brought, const OpenRequest &request, const std::shared_ptr<provider::PathEffort> &effort)
        : m_brought(brought), m_request(request), m_effort(effort) {}

    [[nodiscard]] QByteArray certificateOf(const provider::CmsSignerFacts &facts) const;
    void assess(Signer &signer, const provider::CmsSignerFacts &facts) const;

private:
    [[nodiscard]] PathFindings validateAt(const QDateTime &at, const QByteArray &leaf) const;
    [[nodiscard]] bool isVouchedFor(const QByteArray &leaf) const;
    [[nodiscard]] QDateTime stampedTime(const provider::CmsSignerFacts &facts) const;
    [[nodiscard]] QDateTime timeProvenBy(const QByteArray &token, const QByteArray &signature) const;
    [[nodiscard]] bool wasValidBefore(const Signer &signer) const;
    void assessTime(Signer &signer, const PathFindings &path) const;
    void addOthers(Signer &signer, const provider::CmsSignerFacts &facts) const;

    const provider::CmsFacts &m_brought;
    const OpenRequest &m_request;
    const std::shared_ptr<provider::PathEffort> &m_effort;
};

PathFindings PathAssessment::validateAt(const QDateTime &at, const QByteArray &leaf) const
{
    const OpeningMaterial &material = m_request.material;
    provider::PathPolicy policy;
    policy.purpose = provider::PathPurpose::SmimeSign;
    policy.at = at;
    policy.effort = m_effort;
    policy.ocspResponses = material.ocspResponses + m_brought.ocspResponses;
    // The reader's own first: what a stranger sends along must not crowd out whoever signs the lists.
    PathFindings path = provider::validatePath(leaf, material.certificates + m_brought.certificates, material.anchors,
                                               material.crls + m_brought.crls, policy);
    // No certificate is missing where nobody is trusted at all.
    if (path.chain == provider::PathChain::Incomplete && material.anchors.isEmpty())
        path.chain = provider::PathChain::Untrusted;
    return path;
}

bool PathAssessment::isVouchedFor(const QByteArray &leaf) const
{
    const PathFindings path = validateAt(m_request.at, leaf);
    return path.chain == provider::PathChain::Trusted && path.usage == provider::PathUsage::Permitted;
}

// Anybody can certify a key to anybody and send that along: such a certificate hides none of the same key that leads to an anchor.
QByteArray PathAssessment::certificateOf(const provider::CmsSignerFacts &facts) const
{
    if (facts.alsoFitting.isEmpty() || isVouchedFor(facts.certificateDer))
        return facts.certificateDer;
    const QList<QByteArray> others = facts.alsoFitting.first(qMin(kMostAsked, facts.alsoFitting.size()));
    const auto other = std::find_if(others.begin(), others.end(), [this](const QByteArray &der) { return isVouchedFor(der); });
    return other != others.end() ? *other : facts.certificateDer;
}

// RFC 3161 appendix A. Of several tokens the earliest that proves anything counts: one that does not takes nothing from the others.
QDateTime PathAssessment::stampedTime(const provider::CmsSignerFacts &facts) const
{
    QDateTime earliest;
    const QList<QByteArray> tokens = provider::timeStampTokensOf(facts.signer);
    for (const QByteArray &token : tokens) {
        const QDateTime time = timeProvenBy(token, facts.signer.value);
        if (time.isValid() && (!earliest.isValid() || time < earliest))
            earliest = time;
    }
    return earliest;
}

// A token over the signature proves that it was there at that time, if its authority leads to an anchor too.
QDateTime PathAssessment::timeProvenBy(const QByteArray &token, const QByteArray &signature) const
{
    const base::Result<provider::TimeStampFacts> stamp = provider::readTimeStamp(token, signature, m_brought.certificates, m_effort);
    if (!stamp)
        return {};
    const OpeningMaterial &material = m_request.material;
    provider::PathPolicy policy;
    policy.purpose = provider::PathPurpose::TimeStamp;
    policy.at = stamp->time;
    policy.effort = m_effort;
    policy.ocspResponses = material.ocspResponses + stamp->ocspResponses + m_brought.ocspResponses;
    const PathFindings path = provider::validatePath(stamp->certificateDer, material.certificates + stamp->certificates + m_brought.certificates,
                                                     material.anchors, material.crls + stamp->crls + m_brought.crls, policy);
    // What is too weak for a letter is too weak for the proof of its age.
    const bool isStrong = std::all_of(stamp->digests.begin(), stamp->digests.end(),
                                      [](const QString &digest) { return strengthOfDigest(digest) == Strength::Strong; });
    const bool isStanding = path.revocation != provider::PathRevocation::Revoked || (path.retiredAt.isValid() && stamp->time < path.retiredAt);
    const bool isGood = isStrong && isStanding && path.chain == provider::PathChain::Trusted && path.usage == provider::PathUsage::Permitted
        && path.time == provider::PathTime::Valid && path.strength == provider::PathStrength::Strong;
    return isGood ? stamp->time : QDateTime();
}

bool isTimeWithin(const PathFindings &path, const QDateTime &at)
{
    return path.validUntil.addDuration(base::kClockTolerance) >= at && path.validFrom.addDuration(-base::kClockTolerance) <= at;
}

// An expired certificate counts if a trusted time says that the signature was there before: a time stamp, or the moment at which
// this profile first received the mail. The signer's own claim proves nothing.
bool PathAssessment::wasValidBefore(const Signer &signer) const
{
    for (const QDateTime &trusted : {signer.stampedAt, m_request.firstReceived}) {
        if (!trusted.isValid() || trusted >= m_request.at)
            continue;
        const PathFindings then = validateAt(trusted, signer.certificate);
        if (then.time == provider::PathTime::Valid && chainOf(then.chain) == signer.axes.chain)
            return true;
    }
    return false;
}

void PathAssessment::assessTime(Signer &signer, const PathFindings &path) const
{
    signer.axes.time = timeOf(path.time);
    if (path.time == provider::PathTime::Valid || path.time == provider::PathTime::NotChecked)
        return;
    if (path.time == provider::PathTime::Expired && wasValidBefore(signer)) {
        signer.axes.time = Time::ExpiredSince;
        return;
    }
    if (!isTimeWithin(path, m_request.at))
        return;
    const auto towards = path.time == provider::PathTime::Expired ? -base::kClockTolerance : base::kClockTolerance;
    // The same path: one that is shorter because the effort is spent would have fewer certificates to expire.
    const PathFindings nearby = validateAt(m_request.at.addDuration(towards), signer.certificate);
    if (nearby.time == provider::PathTime::Valid && chainOf(nearby.chain) == signer.axes.chain)
        signer.axes.time = Time::Valid;
}

// Who is named by his key alone may be anybody for whom it was certified: a renewed certificate is nobody else's, but a key that two people have been
// certified for says of neither that it was this one. That the other's certificate has expired or is revoked says nothing of who signed.
void PathAssessment::addOthers(Signer &signer, const provider::CmsSignerFacts &facts) const
{
    bool isTooMuch = facts.alsoFitting.size() == facts.kMostAlsoFitting; // there may be more than these
    qsizetype asked = 0;
    const auto isOfSigner = [&signer](const QString &address) { return base::namesMailbox(signer.addresses, address); };
    for (auto der = facts.alsoFitting.begin(); !isTooMuch && der != facts.alsoFitting.end(); ++der) {
        const base::Result<provider::CertificateFacts> other = provider::readCertificateFacts(*der);
        if (!other || other->addresses.isEmpty() || std::any_of(other->addresses.begin(), other->addresses.end(), isOfSigner))
            continue;
        if (++asked <= kMostAsked && isVouchedFor(*der))
            signer.others.append(other->addresses);
        isTooMuch = asked > kMostAsked || m_effort->isSpent();
    }
    if (isTooMuch) {
        signer.axes.chain = Chain::Invalid;
        signer.detail = u"it is too much work to tell whose key it is"_s;
        return;
    }
    if (!signer.others.isEmpty() && signer.detail.isEmpty())
        signer.detail = u"the same key was certified for %1 as well"_s.arg(signer.others.first().join(u", "_s));
}

void PathAssessment::assess(Signer &signer, const provider::CmsSignerFacts &facts) const
{
    const PathFindings path = validateAt(m_request.at, signer.certificate);
    signer.axes.chain = chainOf(path.chain);
    signer.axes.usage = usageOf(path.usage);
    signer.axes.revocation = revocationOf(path.revocation);
    signer.axes.strength = strengthOf(path.strength);
    const bool wasAsked = m_request.material.inquiry == RevocationInquiry::Unanswered && signer.axes.chain == Chain::Trusted;
    const bool isDemanded = m_request.material.revocation == RevocationDemand::Required;
    if ((wasAsked || isDemanded) && signer.axes.revocation == Revocation::NotChecked)
        signer.axes.revocation = Revocation::Unknown;
    signer.path = path.path;
    signer.revokedAt = path.revokedAt;
    signer.validFrom = path.validFrom;
    signer.validUntil = path.validUntil;
    signer.stampedAt = stampedTime(facts);
    if (!path.path.isEmpty())
        if (const base::Result<provider::CertificateFacts> last = provider::readCertificateFacts(path.path.last()))
            signer.authority = last->commonName.isEmpty() ? last->subject : last->commonName;
    if (signer.detail.isEmpty())
        signer.detail = path.detail;
    assessTime(signer, path);
    addOthers(signer, facts);
}

void describe(Signer &signer, const QByteArray &der)
{
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
    if (!facts)
        return;
    signer.addresses = facts->addresses;
    signer.name = facts->commonName;
    signer.subject = facts->subject;
    signer.issuer = facts->issuer;
    signer.serial = facts->serial;
    signer.authority = facts->issuer;
}

QString signatureAlgorithmName(const provider::CmsSignerFacts &facts)
{
    const QString &name = facts.signer.signature.name;
    if (name == "RSA"_L1 || (name.contains("RSA"_L1) && !name.contains("PSS"_L1)))
        // A key that is for RSA-PSS only verifies nothing else; openssl writes rsaEncryption beside its signatures all the same.
        return facts.keyType.startsWith("RSA-PSS"_L1) ? u"RSA-PSS"_s : u"RSA-PKCS1-v1_5"_s;
    return name;
}

} // namespace

Chain chainOf(provider::PathChain chain)
{
    switch (chain) {
    case provider::PathChain::NotChecked:
        return Chain::NotChecked;
    case provider::PathChain::Trusted:
        return Chain::Trusted;
    case provider::PathChain::Untrusted:
        return Chain::Untrusted;
    case provider::PathChain::Incomplete:
        return Chain::Incomplete;
    case provider::PathChain::Invalid:
        return Chain::Invalid;
    }
    Q_UNREACHABLE_RETURN(Chain::NotChecked);
}

Signer assessSigner(const provider::CmsSignerFacts &facts, const provider::CmsFacts &brought, const OpenRequest &request,
                    const std::shared_ptr<provider::PathEffort> &effort)
{
    Signer signer;
    signer.axes.integrity = integrityOf(facts.integrity);
    signer.issuer = facts.signer.id.issuer;
    signer.serial = facts.signer.id.serialHex;
    signer.certificate = facts.certificateDer;
    signer.digest = facts.signer.digest.name;
    signer.algorithm = signatureAlgorithmName(facts);
    signer.digestComputed = facts.digestComputed;
    signer.digestSigned = facts.digestSigned;
    signer.signingTime = facts.signer.signingTime.value_or(QDateTime());
    signer.detail = facts.detail;
    if (facts.certificateDer.isEmpty()) {
        signer.axes.chain = Chain::Incomplete;
        assessDigests(signer, facts);
        return signer;
    }
    const PathAssessment assessment(brought, request, effort);
    signer.certificate = assessment.certificateOf(facts);
    describe(signer, signer.certificate);
    assessment.assess(signer, facts);
    assessDigests(signer, facts);
    return signer;
}

Identity assessIdentity(const Signer &signer, const QStringList &senders)
{
    if (signer.certificate.isEmpty() || senders.isEmpty())
        return Identity::NotChecked;
    if (signer.addresses.isEmpty())
        return Identity::NoAddress;
    const auto isEverySender = [&senders](const QStringList &addresses) {
        const mime::MailboxSet own(addresses);
        return std::all_of(senders.begin(), senders.end(), [&own](const QString &sender) { return own.contains(sender); });
    };
    const bool isSender = isEverySender(signer.addresses);
    if (std::any_of(signer.others.begin(), signer.others.end(), [&](const QStringList &other) { return isEverySender(other) != isSender; }))
        return Identity::NotChecked;
    return isSender ? Identity::Match : Identity::Mismatch;
}

bool isBinding(const SignatureAxes &axes)
{
    return axes.integrity == Integrity::Valid && axes.chain == Chain::Trusted && axes.usage == Usage::Permitted
        && (axes.time == Time::Valid || axes.time == Time::ExpiredSince) && axes.revocation != Revocation::Revoked
        && axes.strength == Strength::Strong;
}

} // namespace smime
