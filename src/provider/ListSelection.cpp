// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/ListSelection.h"

#include "provider/ListIssuers.h"

#include <algorithm>
#include <iterator>
#include <list>

namespace provider {

namespace {

/// Names of those who publish lists.
class PublisherNames
{
public:
    void addFrom(const X509 *certificate);
    /// Those of everybody who bears one of the names, until there are no more.
    void addAbove(const std::vector<X509 *> &certificates, PathEffort &effort);

    [[nodiscard]] bool contains(const X509_NAME *name) const
    {
        return std::any_of(m_names.begin(), m_names.end(), [name](const X509_NAME *one) { return X509_NAME_cmp(one, name) == 0; });
    }

private:
    std::vector<const X509_NAME *> m_names;
    std::list<ListIssuers> m_issuers; ///< They hold the names.
};

void PublisherNames::addFrom(const X509 *certificate)
{
    const ListIssuers &issuers = m_issuers.emplace_back(certificate);
    for (const X509_NAME *name : issuers.names())
        if (!contains(name))
            m_names.push_back(name);
}

void PublisherNames::addAbove(const std::vector<X509 *> &certificates, PathEffort &effort)
{
    constexpr std::size_t kComparisonsForOnePoint = 20;
    for (std::size_t i = 0; i < m_names.size() && !effort.isSpent(); ++i) {
        effort.spend(static_cast<qint64>((certificates.size() + m_names.size()) / kComparisonsForOnePoint));
        for (const X509 *certificate : certificates)
            if (X509_NAME_cmp(X509_get_subject_name(certificate), m_names[i]) == 0)
                addFrom(certificate);
    }
}

} // namespace

std::vector<X509_CRL *> listsAbove(const X509 *leaf, const PathEvidence &evidence, PathEffort &effort)
{
    PublisherNames names;
    names.addFrom(leaf);
    names.addAbove(evidence.certificates, effort);
    std::vector<X509_CRL *> lists;
    std::copy_if(evidence.crls.begin(), evidence.crls.end(), std::back_inserter(lists),
                 [&names](const X509_CRL *list) { return names.contains(X509_CRL_get_issuer(list)); });
    return lists;
}

} // namespace provider
