// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/PathSearch.h"

#include <algorithm>

namespace provider {

namespace {

unsigned long nameHash(const X509_NAME *name)
{
    return X509_NAME_hash_ex(name, nullptr, nullptr, nullptr);
}

bool isSamePerson(const X509 *a, const X509 *b)
{
    return a == b || (X509_NAME_cmp(X509_get_subject_name(a), X509_get_subject_name(b)) == 0
                      && EVP_PKEY_eq(X509_get0_pubkey(a), X509_get0_pubkey(b)) == 1);
}

} // namespace

PathSearch::PathSearch(std::vector<X509 *> intermediates, std::vector<X509 *> anchors, int maxDepth)
    : m_anchors(std::move(anchors)), m_maxDepth(maxDepth)
{
    // Anchors first: equal keys of a multimap keep their order.
    for (X509 *anchor : m_anchors)
        m_bySubject.emplace(nameHash(X509_get_subject_name(anchor)), anchor);
    for (X509 *intermediate : intermediates) {
        if (!isAnchor(intermediate))
            m_bySubject.emplace(nameHash(X509_get_subject_name(intermediate)), intermediate);
    }
}

bool PathSearch::isAnchor(const X509 *certificate) const
{
    return std::any_of(m_anchors.begin(), m_anchors.end(),
                       [certificate](const X509 *anchor) { return X509_cmp(anchor, certificate) == 0; });
}

std::vector<X509 *> PathSearch::issuersOf(X509 *certificate) const
{
    std::vector<X509 *> issuers;
    const auto [begin, end] = m_bySubject.equal_range(nameHash(X509_get_issuer_name(certificate)));
    for (auto it = begin; it != end; ++it) {
        const int answer = X509_check_issued(it->second, certificate);
        // A wrong key usage is for the judgement to name; here it would read as "issuer missing".
        if (answer == X509_V_OK || answer == X509_V_ERR_KEYUSAGE_NO_CERTSIGN)
            issuers.push_back(it->second);
    }
    return issuers;
}

bool PathSearch::isSignedBy(X509 *certificate, X509 *issuer)
{
    const auto [it, isNew] = m_signatures.try_emplace({certificate, issuer}, false);
    if (isNew) {
        --m_budget.signatures;
        EVP_PKEY *key = X509_get0_pubkey(issuer);
        it->second = key && X509_verify(certificate, key) == 1;
    }
    return it->second;
}

void PathSearch::noteDeadEnd(DeadEnd reason, const Path &path)
{
    if (m_deadEnd != DeadEnd::None && path.size() < m_deadEndPath.size())
        return;
    if (m_deadEnd == DeadEnd::TooMuchWork)
        return;
    m_deadEnd = reason;
    m_deadEndPath = path;
}

void PathSearch::run(X509 *leaf, const Visitor &visitor)
{
    Path path{leaf};
    descend(path, visitor);
}

bool PathSearch::descend(Path &path, const Visitor &visitor)
{
    --m_budget.steps;
    if (isAnchor(path.back())) {
        --m_budget.paths;
        return visitor(path) && !m_budget.isSpent();
    }
    if (m_budget.isSpent()) {
        noteDeadEnd(DeadEnd::TooMuchWork, path);
        return false;
    }
    if (static_cast<int>(path.size()) > m_maxDepth + 1) {
        noteDeadEnd(DeadEnd::TooLong, path);
        return true;
    }
    return descendToIssuers(path, visitor);
}

bool PathSearch::descendToIssuers(Path &path, const Visitor &visitor)
{
    X509 *const current = path.back();
    bool hasIssuer = false;
    bool hasBadSignature = false;
    const std::vector<X509 *> issuers = issuersOf(current);
    // With one issuer there is nothing to choose, and the judgement verifies the signature anyway.
    const bool isChoice = issuers.size() > 1;
    for (X509 *issuer : issuers) {
        const bool isLoop = std::any_of(path.begin(), path.end(), [issuer](X509 *seen) { return isSamePerson(seen, issuer); });
        if (isLoop)
            continue;
        if (m_budget.isSpent()) {
            noteDeadEnd(DeadEnd::TooMuchWork, path);
            return false;
        }
        if (isChoice && !isSignedBy(current, issuer)) {
            hasBadSignature = true;
            continue;
        }
        hasIssuer = true;
        path.push_back(issuer);
        const bool goesOn = descend(path, visitor);
        path.pop_back();
        if (!goesOn)
            return false;
    }
    if (hasIssuer)
        return true;
    if (X509_self_signed(current, 1) == 1)
        noteDeadEnd(DeadEnd::UnknownRoot, path);
    else
        noteDeadEnd(hasBadSignature ? DeadEnd::BadSignature : DeadEnd::IssuerMissing, path);
    return true;
}

} // namespace provider
