// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: which chains could there be? X509_verify_cert judges one chain that it picks greedily; where
// several authorities share a name, the one it picks may be the wrong one.

#include "provider/OpenSsl.h"

#include <chrono>
#include <functional>
#include <map>
#include <vector>

namespace provider {

/// What one search may cost, so that hostile certificates cannot keep us busy.
struct PathBudget {
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(600);
    int signatures = 400;
    int paths = 30;
    int steps = 5'000;

    [[nodiscard]] bool isSpent() const
    {
        return signatures <= 0 || paths <= 0 || steps <= 0 || std::chrono::steady_clock::now() > deadline;
    }
};

/// How the search ended where it did not reach an anchor.
enum class DeadEnd { None, UnknownRoot, IssuerMissing, BadSignature, TooLong, TooMuchWork };

class PathSearch
{
public:
    /// From the leaf to the anchor; all certificates outlive the search.
    using Path = std::vector<X509 *>;
    /// Says whether to look for another one.
    using Visitor = std::function<bool(const Path &)>;

    PathSearch(std::vector<X509 *> intermediates, std::vector<X509 *> anchors, int maxDepth);

    /// Offers the paths that names and key identifiers allow, the likeliest first. Signatures are verified only where
    /// there is a choice.
    void run(X509 *leaf, const Visitor &visitor);

    /// The best reason why there was none, and how far it went; meaningful if the visitor was never called.
    [[nodiscard]] DeadEnd deadEnd() const { return m_deadEnd; }
    [[nodiscard]] const Path &deadEndPath() const { return m_deadEndPath; }
    [[nodiscard]] PathBudget &budget() { return m_budget; }

private:
    [[nodiscard]] bool isAnchor(const X509 *certificate) const;
    [[nodiscard]] std::vector<X509 *> issuersOf(X509 *certificate) const;
    [[nodiscard]] bool isSignedBy(X509 *certificate, X509 *issuer);
    bool descend(Path &path, const Visitor &visitor);
    bool descendToIssuers(Path &path, const Visitor &visitor);
    void noteDeadEnd(DeadEnd reason, const Path &path);

    std::vector<X509 *> m_anchors;
    std::multimap<unsigned long, X509 *> m_bySubject;
    std::map<std::pair<X509 *, X509 *>, bool> m_signatures;
    int m_maxDepth;
    PathBudget m_budget;
    DeadEnd m_deadEnd = DeadEnd::None;
    Path m_deadEndPath;
};

} // namespace provider
