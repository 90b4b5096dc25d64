// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/ListIssuers.h"

#include "provider/ListForm.h"

#include <algorithm>

namespace provider {

ListIssuers::ListIssuers(const X509 *certificate)
    : m_points(extensionOf<DistributionPointsPtr>(certificate, NID_crl_distribution_points)), m_names{X509_get_issuer_name(certificate)}
{
    for (int i = 0; m_points && i < sk_DIST_POINT_num(m_points.get()); ++i) {
        const GENERAL_NAMES *named = sk_DIST_POINT_value(m_points.get(), i)->CRLissuer;
        for (int j = 0; named && j < sk_GENERAL_NAME_num(named); ++j) {
            const GENERAL_NAME *name = sk_GENERAL_NAME_value(named, j);
            if (name->type == GEN_DIRNAME)
                m_names.push_back(name->d.directoryName);
        }
    }
}

bool ListIssuers::haveMade(const X509_CRL *list) const
{
    return std::any_of(m_names.begin(), m_names.end(), [list](const X509_NAME *name) { return X509_NAME_cmp(X509_CRL_get_issuer(list), name) == 0; });
}

bool ListIssuers::speakIn(const X509_CRL *list) const
{
    const bool isByIssuer = X509_NAME_cmp(X509_CRL_get_issuer(list), m_names.front()) == 0;
    return (isByIssuer || (isIndirectList(list) && haveMade(list))) && !isListOfAttributes(list);
}

} // namespace provider
