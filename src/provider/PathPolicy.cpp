// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/PathPolicy.h"

#include "provider/ListIssuers.h"
#include "provider/ListSelection.h"
#include "provider/PathJudgement.h"
#include "provider/PathSearch.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

constexpr int kMaxCertificates = 4000;
constexpr qsizetype kMaxPoolOctets = 16 << 20;
constexpr int kMaxCrls = 4000;
constexpr std::size_t kMaxCrlsLookedAt = 400;
constexpr qsizetype kMaxCertificateOctets = 1 << 20;
constexpr qsizetype kMaxCrlOctets = 64 << 20;

/// Parsed objects and the raw pointers that the search works with.
template <typename T, typename Pointer>
struct Parsed {
    std::vector<Pointer> owners;
    std::vector<T *> objects;
};

struct Limits {
    int count;
    qsizetype eachOctets;
    qsizetype allOctets;
};

template <typename T, typename Pointer>
Parsed<T, Pointer> parseAll(const QList<QByteArray> &all, Pointer (*parse)(const QByteArray &), const Limits &limits)
{
    Parsed<T, Pointer> parsed;
    qsizetype octets = 0;
    for (const QByteArray &der : all) {
        if (der.size() > limits.eachOctets || static_cast<int>(parsed.objects.size()) >= limits.count || octets + der.size() > limits.allOctets)
            continue;
        Pointer object = parse(der); // Of the same octets the same object.
        if (object && std::find(parsed.objects.begin(), parsed.objects.end(), object.get()) != parsed.objects.end())
            continue;
        octets += der.size();
        if (!object)
            continue;
        parsed.objects.push_back(object.get());
        parsed.owners.push_back(std::move(object));
    }
    return parsed;
}

/// Of many lists those that may matter: whoever keeps the lists of a hundred authorities must not lose the one that revokes.
void selectLists(PathEvidence &evidence, const X509 *leaf, PathEffort &effort)
{
    constexpr std::size_t kFew = 20;
    if (evidence.crls.size() > kFew)
        evidence.crls = listsAbove(leaf, evidence, effort);
    evidence.crls.resize(std::min(evidence.crls.size(), kMaxCrlsLookedAt));
}

constexpr int kSilence = 1;

/// Where nobody speaks of the leaf no path is better than another for what is said about its authorities.
bool isAnythingSaid(const X509 *leaf, const PathEvidence &evidence, const PathPolicy &policy)
{
    const ListIssuers issuers(leaf);
    return !policy.ocspResponses.isEmpty()
        || std::any_of(evidence.crls.begin(), evidence.crls.end(), [&issuers](const X509_CRL *list) { return issuers.haveMade(list); });
}

/// How much there is to object to; 0 for nothing.
int badness(const PathFindings &findings)
{
    return (findings.chain != PathChain::Trusted ? 1000 : 0) + (findings.revocation == PathRevocation::Revoked ? 500 : 0)
            + (findings.usage == PathUsage::Forbidden ? 200 : 0)
            + (findings.time == PathTime::Expired || findings.time == PathTime::NotYetValid ? 100 : 0)
            + (findings.strength == PathStrength::Broken ? 50 : 0) + (findings.strength == PathStrength::Weak ? 20 : 0)
            + (findings.revocation == PathRevocation::Unknown ? 5 : 0) + (findings.revocation == PathRevocation::NotChecked ? kSilence : 0);
}

QList<QByteArray> issuersDer(const PathSearch::Path &path)
{
    QList<QByteArray> all;
    for (std::size_t i = 1; i < path.size(); ++i)
        all.append(toDer(path[i]));
    return all;
}

/// The chain's own state when no anchor was reached.
void applyDeadEnd(PathFindings &findings, DeadEnd deadEnd, const X509 *last)
{
    const QString name = toText(X509_get_subject_name(last));
    QString reason;
    switch (deadEnd) {
    case DeadEnd::UnknownRoot:
        findings.chain = PathChain::Untrusted;
        reason = u"%1: is not trusted"_s.arg(name);
        break;
    case DeadEnd::None:
    case DeadEnd::IssuerMissing:
        findings.chain = PathChain::Incomplete;
        reason = u"%1: the certificate of its issuer %2 is missing"_s.arg(name, toText(X509_get_issuer_name(last)));
        break;
    case DeadEnd::BadSignature:
        findings.chain = PathChain::Invalid;
        reason = u"%1: its issuer's signature does not verify"_s.arg(name);
        break;
    case DeadEnd::TooLong:
        findings.chain = PathChain::Invalid;
        reason = u"the path is too long"_s;
        break;
    case DeadEnd::TooMuchWork:
        findings.chain = PathChain::Invalid;
        reason = u"the certificates ask for too much work"_s;
        break;
    }
    findings.detail = reason;
}

/// The path from an anchor that somebody else certified to another anchor, and on to the last; empty if there is none, or if nothing is said of anybody.
PathSearch::Path pathAbove(X509 *anchor, const std::vector<X509 *> &pool, const std::vector<X509 *> &anchors, const PathEvidence &evidence,
                           const PathPolicy &policy)
{
    const bool isRoot = (X509_get_extension_flags(anchor) & EXFLAG_SS) != 0;
    if (isRoot || (evidence.crls.empty() && policy.ocspResponses.isEmpty()))
        return {};
    std::vector<X509 *> others;
    std::copy_if(anchors.begin(), anchors.end(), std::back_inserter(others), [anchor](const X509 *one) { return X509_cmp(one, anchor) != 0; });
    if (others.empty())
        return {};
    const PathEvidence below{evidence.certificates, evidence.crls, evidence.anchors};
    PathPolicy forAnything = policy;
    forAnything.purpose = PathPurpose::Any;
    PathSearch::Path best;
    int least = 0;
    PathSearch search(pool, others, policy);
    search.offer(anchor, [&](const PathSearch::Path &path) {
        const PathFindings findings = judgePath(path, below, forAnything);
        if (findings.chain == PathChain::Trusted && (best.empty() || badness(findings) < least)) {
            best = path;
            least = badness(findings);
        }
        return best.empty() || least > kSilence;
    });
    if (best.empty())
        return {};
    const PathSearch::Path further = pathAbove(best.back(), pool, others, evidence, policy);
    best.insert(best.end(), further.empty() ? further.end() : further.begin() + 1, further.end());
    return best;
}

/// How far the path went is judged all the same, unless that alone would be too much.
PathFindings findingsWithoutAnchor(PathSearch &search, X509 *leaf, const PathEvidence &evidence, const PathPolicy &policy)
{
    PathSearch::Path path = search.deadEndPath();
    DeadEnd deadEnd = search.deadEnd();
    if (path.empty() || deadEnd == DeadEnd::TooMuchWork || !search.affords(path)) {
        path.assign(1, leaf);
        deadEnd = DeadEnd::TooMuchWork;
    }
    PathFindings findings = judgePath(path, evidence, policy);
    findings.path = issuersDer(path);
    if (findings.chain == PathChain::Trusted)
        applyDeadEnd(findings, deadEnd, path.back());
    return findings;
}

} // namespace

PathFindings validatePath(const QByteArray &leaf, const QList<QByteArray> &intermediates, const QList<QByteArray> &anchors,
                          const QList<QByteArray> &crls, const PathPolicy &wanted)
{
    PathPolicy policy = wanted;
    if (!policy.effort)
        policy.effort = std::make_shared<PathEffort>();
    const ClearsErrorQueue clears;
    const X509Ptr leafX509 = leaf.size() <= kMaxCertificateOctets ? rememberedX509(leaf) : nullptr;
    if (!leafX509) {
        PathFindings findings;
        findings.chain = PathChain::Invalid;
        findings.detail = u"not a certificate: "_s + takeErrorText();
        return findings;
    }
    if (policy.effort->isSpent()) {
        PathFindings findings;
        applyDeadEnd(findings, DeadEnd::TooMuchWork, leafX509.get());
        return findings;
    }
    const auto pool = parseAll<X509>(intermediates, rememberedX509, Limits{kMaxCertificates, kMaxCertificateOctets, kMaxPoolOctets});
    const auto roots = parseAll<X509>(anchors, rememberedX509, Limits{kMaxCertificates, kMaxCertificateOctets, kMaxPoolOctets});
    const auto lists = parseAll<X509_CRL>(crls, rememberedCrl, Limits{kMaxCrls, kMaxCrlOctets, kMaxCrlOctets});
    PathEvidence evidence{pool.objects, lists.objects, roots.objects};
    evidence.certificates.insert(evidence.certificates.end(), roots.objects.begin(), roots.objects.end());
    // They are read anew for each signer of a message: not all of so many are remembered.
    constexpr qint64 kReadingPoints = 20;
    policy.effort->spend(static_cast<qint64>(evidence.certificates.size()) * kReadingPoints);
    selectLists(evidence, leafX509.get(), *policy.effort);

    const int unavoidable = isAnythingSaid(leafX509.get(), evidence, policy) ? 0 : kSilence;
    PathSearch search(pool.objects, roots.objects, policy);
    std::optional<PathFindings> best;
    search.run(leafX509.get(), [&](const PathSearch::Path &path) {
        evidence.aboveAnchor = pathAbove(path.back(), pool.objects, roots.objects, evidence, policy);
        PathFindings findings = judgePath(path, evidence, policy);
        // What was not looked at any more might have been a revocation.
        if (policy.effort->isSpent() && findings.chain == PathChain::Trusted)
            applyDeadEnd(findings, DeadEnd::TooMuchWork, path.back());
        findings.path = issuersDer(path);
        if (!best || badness(findings) < badness(*best))
            best = std::move(findings);
        return badness(*best) > unavoidable;
    });
    if (best)
        return *best;
    return findingsWithoutAnchor(search, leafX509.get(), evidence, policy);
}

} // namespace provider
