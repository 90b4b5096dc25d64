// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: which chains could there be? X509_verify_cert judges one chain that it picks greedily; where
// several authorities share a name, the one it picks may be the wrong one.

#include "provider/OpenSsl.h"
#include "provider/PathPolicy.h"

#include <functional>
#include <map>
#include <vector>

namespace provider {

/// About what a verification with this certificate's key costs, in points of PathEffort. Remembered: to read the exponent of an RSA key takes
/// a tenth of a verification.
[[nodiscard]] qint64 verificationPoints(X509 *certificate);

/// Whether X509_check_issued() objects to nothing but the authority key identifier, which helps to find a path and proves nothing (RFC 5280 section
/// 4.2.1.1): it may name an authority's earlier certificate, or the one that another authority gave it.
[[nodiscard]] bool isOtherIdentifier(int answer);

/// How the search ended where it did not reach an anchor.
enum class DeadEnd { None, UnknownRoot, IssuerMissing, BadSignature, TooLong, TooMuchWork };

class PathSearch
{
public:
    /// From the leaf to the anchor; all certificates outlive the search.
    using Path = std::vector<X509 *>;
    /// Says whether to look for another one.
    using Visitor = std::function<bool(const Path &)>;

    /// The policy's effort, which must not be null, outlives the search.
    PathSearch(std::vector<X509 *> intermediates, std::vector<X509 *> anchors, const PathPolicy &policy);

    /// Offers the paths that names and key identifiers allow, the shortest first, of these the likeliest: through those who are valid at the time
    /// that counts. Signatures are verified only where there is a choice of keys. False if the visitor or the effort put an end to it.
    bool offer(X509 *leaf, const Visitor &visitor);
    /// The same; if there is none, looks for the reason as well.
    void run(X509 *leaf, const Visitor &visitor);

    /// After run(): the best reason why there was none, and how far it went; meaningful if the visitor was never called.
    [[nodiscard]] DeadEnd deadEnd() const { return m_deadEnd; }
    [[nodiscard]] const Path &deadEndPath() const { return m_deadEndPath; }

    /// Whether the effort that is left suffices to judge `path`; spends it.
    [[nodiscard]] bool affords(const Path &path);

private:
    [[nodiscard]] bool isAnchor(const X509 *certificate) const;
    [[nodiscard]] bool isEnd(const X509 *certificate, bool isLeaf) const;
    void measure(X509 *leaf);
    [[nodiscard]] bool isTooFar(const Path &path);
    [[nodiscard]] const std::vector<X509 *> &namedAsIssuerOf(const X509 *certificate);
    /// Who bears the issuer's name; those whose key identifier is another one come last.
    struct Issuers {
        std::vector<X509 *> all;
        std::size_t likely = 0;
        bool isChoice = false; ///< Whether the likely ones have different keys.
    };
    [[nodiscard]] const Issuers &issuersOf(X509 *certificate);
    void putValidFirst(std::vector<X509 *> &certificates) const;
    [[nodiscard]] qint64 judgingPoints(const Path &path);
    [[nodiscard]] bool isSpent() const { return m_paths <= 0 || m_effort.isSpent(); }
    [[nodiscard]] bool isSignedBy(X509 *certificate, X509 *issuer);
    bool descend(Path &path, const Visitor &visitor);
    bool descendToIssuers(Path &path, const Visitor &visitor);
    void noteDeadEnd(DeadEnd reason, const Path &path);

    /// How many names a certificate has, by how many it constrains others, and what a verification with its key costs.
    struct Burden {
        qint64 names = 0;
        qint64 constraints = 0;
        qint64 points = 0;
    };
    [[nodiscard]] static Burden weigh(X509 *certificate);
    [[nodiscard]] const Burden &burdenOf(X509 *certificate);

    std::vector<X509 *> m_intermediates;
    std::vector<X509 *> m_anchors;
    std::map<const X509 *, std::vector<X509 *>> m_named; ///< Those with the name of a certificate's issuer.
    std::map<const X509 *, Issuers> m_issuers;
    std::map<std::pair<X509 *, X509 *>, bool> m_signatures;
    std::map<const X509 *, Burden> m_burdens;
    int m_maxDepth;
    QDateTime m_at;
    int m_paths = 30;
    std::map<const X509 *, std::size_t> m_distances; ///< To the nearest anchor, at least; who leads to none is not there.
    std::size_t m_length = 0; ///< Of the paths that are offered in this turn; 0: any.
    bool m_hasLonger = false; ///< Whether there are longer ones.
    bool m_isOffered = false; ///< Whether the visitor was called.
    PathEffort &m_effort;
    DeadEnd m_deadEnd = DeadEnd::None;
    Path m_deadEndPath;
};

} // namespace provider
