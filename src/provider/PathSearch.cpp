// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/PathSearch.h"

#include "provider/RecentByCertificates.h"

#include <algorithm>
#include <iterator>
#include <openssl/core_names.h>

namespace provider {

namespace {

bool isSamePerson(const X509 *a, const X509 *b)
{
    return a == b || (X509_NAME_cmp(X509_get_subject_name(a), X509_get_subject_name(b)) == 0
                      && EVP_PKEY_eq(X509_get0_pubkey(a), X509_get0_pubkey(b)) == 1);
}

// Comparing two names, or finding out by names and key identifiers whether one may have issued the other.
constexpr qint64 kIssuerPoints = 4;
constexpr qint64 kNamePairsOfOnePoint = 5;
constexpr qint64 kJudgingPoints = 200;

qint64 exponentBits(const EVP_PKEY *key)
{
    BIGNUM *exponent = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) != 1)
        return 0;
    const int bits = BN_num_bits(exponent);
    BN_free(exponent);
    return bits;
}

qint64 pointsOfKey(const EVP_PKEY *key)
{
    if (!key)
        return kIssuerPoints; // Nothing can be verified with it.
    const qint64 bits = EVP_PKEY_get_bits(key);
    const auto squared = [bits](qint64 unit) { return bits * bits / (unit * unit); };
    // An exponent of 17 bits is usual, but one as long as the key is allowed below 3072 bits.
    if (isOfType(key, "RSA") || isOfType(key, "RSA-PSS"))
        return (25 + 100 * bits * bits / (2048 * 2048)) * std::max<qint64>(1, exponentBits(key) / 17);
    if (isOfType(key, "EC"))
        return 400 + 400 * squared(256);
    if (isOfType(key, "DSA"))
        return 400 + 1600 * squared(2048);
    const bool isQuick = isOfType(key, "ED25519") || isOfType(key, "ED448") || QByteArrayView(EVP_PKEY_get0_type_name(key)).startsWith("ML-DSA");
    return isQuick ? 1000 : 10'000;
}

} // namespace

qint64 verificationPoints(X509 *certificate)
{
    static auto *const s_recent = new RecentByCertificates<qint64>; // never destroyed: OpenSSL may have cleaned up before it
    if (const std::optional<qint64> known = s_recent->find({certificate}, 0))
        return *known;
    const qint64 points = pointsOfKey(X509_get0_pubkey(certificate));
    s_recent->keep({certificate}, 0, points);
    return points;
}

PathSearch::PathSearch(std::vector<X509 *> intermediates, std::vector<X509 *> anchors, const PathPolicy &policy)
    : m_intermediates(std::move(intermediates)), m_anchors(std::move(anchors)), m_maxDepth(policy.maxDepth), m_at(policy.at), m_effort(*policy.effort)
{
}

bool PathSearch::isAnchor(const X509 *certificate) const
{
    return std::any_of(m_anchors.begin(), m_anchors.end(), [certificate](const X509 *anchor) {
        return X509_cmp(anchor, certificate) == 0;
    });
}

// Anchors first. Compared with every name there is, once for each certificate that a path reaches: an index would have to read all of a book's
// names for one mail whose path is two certificates long.
const std::vector<X509 *> &PathSearch::namedAsIssuerOf(const X509 *certificate)
{
    const auto [it, isNew] = m_named.try_emplace(certificate);
    if (!isNew)
        return it->second;
    const X509_NAME *name = X509_get_issuer_name(certificate);
    const auto isNamed = [name](const X509 *one) { return X509_NAME_cmp(X509_get_subject_name(one), name) == 0; };
    const auto spendOnPairs = [this](std::size_t pairs) { m_effort.spend(static_cast<qint64>(pairs) / kNamePairsOfOnePoint); };
    spendOnPairs(m_anchors.size() + m_intermediates.size());
    std::copy_if(m_anchors.begin(), m_anchors.end(), std::back_inserter(it->second), isNamed);
    std::copy_if(m_intermediates.begin(), m_intermediates.end(), std::back_inserter(it->second), [&](const X509 *one) {
        if (!isNamed(one))
            return false;
        spendOnPairs(m_anchors.size());
        return !isAnchor(one);
    });
    return it->second;
}

bool isOtherIdentifier(int answer)
{
    return answer == X509_V_ERR_AKID_SKID_MISMATCH || answer == X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH;
}

// Of many renewals no more than some are looked at.
void PathSearch::putValidFirst(std::vector<X509 *> &certificates) const
{
    if (certificates.size() < 2 || !m_at.isValid())
        return;
    auto at = static_cast<time_t>(m_at.toSecsSinceEpoch());
    std::stable_partition(certificates.begin(), certificates.end(), [&at](const X509 *one) {
        return X509_cmp_time(X509_get0_notBefore(one), &at) < 0 && X509_cmp_time(X509_get0_notAfter(one), &at) > 0;
    });
}

const PathSearch::Issuers &PathSearch::issuersOf(X509 *certificate)
{
    const auto [it, isNew] = m_issuers.try_emplace(certificate);
    Issuers &issuers = it->second;
    if (!isNew)
        return issuers;
    std::vector<X509 *> unlikely;
    for (X509 *candidate : namedAsIssuerOf(certificate)) {
        if (m_effort.isSpent())
            break;
        m_effort.spend(kIssuerPoints);
        const int answer = X509_check_issued(candidate, certificate);
        // A wrong key usage and malformed extensions are for the judgement to name; here they would read as "issuer missing".
        if (answer == X509_V_OK || answer == X509_V_ERR_KEYUSAGE_NO_CERTSIGN || answer == X509_V_ERR_UNSPECIFIED)
            issuers.all.push_back(candidate);
        else if (isOtherIdentifier(answer))
            unlikely.push_back(candidate);
    }
    putValidFirst(issuers.all);
    putValidFirst(unlikely);
    issuers.likely = issuers.all.size();
    issuers.isChoice = std::any_of(issuers.all.begin(), issuers.all.end(), [&issuers](const X509 *one) {
        return one != issuers.all.front() && EVP_PKEY_eq(X509_get0_pubkey(one), X509_get0_pubkey(issuers.all.front())) != 1;
    });
    issuers.all.insert(issuers.all.end(), unlikely.begin(), unlikely.end());
    return issuers;
}

PathSearch::Burden PathSearch::weigh(X509 *certificate)
{
    Burden burden;
    const auto names = extensionOf<GeneralNamesPtr>(certificate, NID_subject_alt_name);
    burden.names = X509_NAME_entry_count(X509_get_subject_name(certificate)) + (names ? sk_GENERAL_NAME_num(names.get()) : 0);
    const auto constraints = extensionOf<NameConstraintsPtr>(certificate, NID_name_constraints);
    for (const STACK_OF(GENERAL_SUBTREE) * trees : {constraints ? constraints->permittedSubtrees : nullptr, constraints ? constraints->excludedSubtrees : nullptr})
        burden.constraints += trees ? sk_GENERAL_SUBTREE_num(trees) : 0;
    burden.points = verificationPoints(certificate);
    return burden;
}

// Weighing a certificate costs as much as verifying with its key. What is too large to be remembered for long is for one search.
const PathSearch::Burden &PathSearch::burdenOf(X509 *certificate)
{
    static auto *const s_recent = new RecentByCertificates<Burden>; // never destroyed: OpenSSL may have cleaned up before it
    const auto [it, isNew] = m_burdens.try_emplace(certificate);
    if (!isNew)
        return it->second;
    if (const std::optional<Burden> known = s_recent->find({certificate}, 0))
        return it->second = *known;
    it->second = weigh(certificate);
    s_recent->keep({certificate}, 0, it->second);
    return it->second;
}

// Every signature on the path is verified, every name compared with every constraint above it.
qint64 PathSearch::judgingPoints(const Path &path)
{
    qint64 points = kJudgingPoints;
    qint64 constraintsAbove = 0;
    for (auto it = path.rbegin(); it != path.rend(); ++it) {
        const Burden &burden = burdenOf(*it);
        points += burden.points + burden.names * constraintsAbove / kNamePairsOfOnePoint;
        constraintsAbove += burden.constraints;
    }
    return points;
}

bool PathSearch::affords(const Path &path)
{
    m_effort.spend(judgingPoints(path));
    return !m_effort.isSpent();
}

bool PathSearch::isSignedBy(X509 *certificate, X509 *issuer)
{
    const auto [it, isNew] = m_signatures.try_emplace({certificate, issuer}, false);
    if (isNew) {
        EVP_PKEY *key = X509_get0_pubkey(issuer);
        m_effort.spend(verificationPoints(issuer));
        it->second = key && X509_verify(certificate, key) == 1;
    }
    return it->second;
}

void PathSearch::noteDeadEnd(DeadEnd reason, const Path &path)
{
    const bool isFurther = m_deadEnd == DeadEnd::None || path.size() >= m_deadEndPath.size();
    if (m_deadEnd == DeadEnd::TooMuchWork || (reason != DeadEnd::TooMuchWork && !isFurther))
        return;
    m_deadEnd = reason;
    m_deadEndPath = path;
}

// An issuer that is an anchor is the very object of the set; only the leaf came from elsewhere.
bool PathSearch::isEnd(const X509 *certificate, bool isLeaf) const
{
    return isLeaf ? isAnchor(certificate) : std::find(m_anchors.begin(), m_anchors.end(), certificate) != m_anchors.end();
}

// Upwards from the leaf, each certificate once, and down again from the anchors that were reached. Signatures and loops are left out, so that a way may
// turn out longer than it was measured, never shorter.
void PathSearch::measure(X509 *leaf)
{
    std::map<X509 *, std::vector<X509 *>> below;
    std::vector<X509 *> reached{leaf};
    std::vector<X509 *> measured;
    for (std::size_t i = 0; i < reached.size() && !m_effort.isSpent(); ++i) {
        X509 *const current = reached[i];
        if (isEnd(current, i == 0)) {
            m_distances.emplace(current, 0);
            measured.push_back(current);
            continue;
        }
        for (X509 *issuer : issuersOf(current).all) {
            std::vector<X509 *> &issued = below[issuer];
            if (issued.empty())
                reached.push_back(issuer);
            issued.push_back(current);
        }
    }
    for (std::size_t i = 0; i < measured.size(); ++i) {
        X509 *const current = measured[i];
        for (X509 *one : below[current])
            if (m_distances.try_emplace(one, m_distances.at(current) + 1).second)
                measured.push_back(one);
    }
}

// The shortest first, and nobody is followed who is too far from every anchor: in a mesh of cross certificates the first that is followed as far as it
// leads, among many renewals all paths that are too short, would cost more than there is to spend.
bool PathSearch::offer(X509 *leaf, const Visitor &visitor)
{
    measure(leaf);
    const auto fewest = m_distances.find(leaf);
    const auto longest = static_cast<std::size_t>(m_maxDepth) + 2;
    bool goesOn = true;
    m_hasLonger = fewest != m_distances.end();
    for (m_length = m_hasLonger ? fewest->second + 1 : longest; goesOn && m_hasLonger && m_length <= longest; ++m_length) {
        m_hasLonger = false;
        Path path{leaf};
        goesOn = descend(path, visitor);
    }
    return goesOn;
}

void PathSearch::run(X509 *leaf, const Visitor &visitor)
{
    if (!offer(leaf, visitor) || m_isOffered)
        return;
    m_length = 0;
    Path path{leaf};
    descend(path, visitor);
}

bool PathSearch::isTooFar(const Path &path)
{
    if (m_length == 0)
        return false;
    const auto distance = m_distances.find(path.back());
    const bool leadsToEnd = distance != m_distances.end();
    const bool isWithin = leadsToEnd && path.size() + distance->second <= m_length;
    m_hasLonger = m_hasLonger || (leadsToEnd && !isWithin);
    return !isWithin;
}

bool PathSearch::descend(Path &path, const Visitor &visitor)
{
    m_effort.spend(kIssuerPoints);
    if (isSpent()) {
        noteDeadEnd(DeadEnd::TooMuchWork, path);
        return false;
    }
    if (isEnd(path.back(), path.size() == 1)) {
        if (path.size() < m_length) // offered in an earlier turn
            return true;
        --m_paths;
        m_isOffered = true;
        if (affords(path))
            return visitor(path) && !isSpent();
        noteDeadEnd(DeadEnd::TooMuchWork, path);
        return false;
    }
    if (static_cast<int>(path.size()) > m_maxDepth + 1) {
        noteDeadEnd(DeadEnd::TooLong, path);
        return true;
    }
    return isTooFar(path) || descendToIssuers(path, visitor);
}

bool PathSearch::descendToIssuers(Path &path, const Visitor &visitor)
{
    X509 *const current = path.back();
    bool hasIssuer = false;
    bool hasBadSignature = false;
    const Issuers &issuers = issuersOf(current);
    for (std::size_t i = 0; i < issuers.all.size(); ++i) {
        X509 *const issuer = issuers.all[i];
        // With one likely key there is nothing to choose, and the judgement verifies the signature anyway.
        const bool isLikely = i < issuers.likely;
        const bool isChoice = !isLikely || issuers.isChoice;
        const bool isLoop = std::any_of(path.begin(), path.end(), [issuer](X509 *seen) { return isSamePerson(seen, issuer); });
        if (isLoop)
            continue;
        if (isSpent()) {
            noteDeadEnd(DeadEnd::TooMuchWork, path);
            return false;
        }
        if (isChoice && !isSignedBy(current, issuer)) {
            hasBadSignature = hasBadSignature || isLikely;
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
    m_effort.spend(verificationPoints(current));
    if (X509_self_signed(current, 1) == 1)
        noteDeadEnd(DeadEnd::UnknownRoot, path);
    else
        noteDeadEnd(hasBadSignature ? DeadEnd::BadSignature : DeadEnd::IssuerMissing, path);
    return true;
}

} // namespace provider
