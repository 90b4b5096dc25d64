// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/VerificationContext.h"

#include <algorithm>

namespace provider {

VerificationContext::VerificationContext(const PathSearch::Path &path, const PathPolicy &policy)
    : m_store(X509_STORE_new()), m_untrusted(sk_X509_new_null()), m_context(X509_STORE_CTX_new())
{
    for (X509 *certificate : path)
        X509_add_cert(m_untrusted.get(), certificate, X509_ADD_FLAG_UP_REF);
    X509_STORE_add_cert(m_store.get(), path.back());
    // Must be there before the context is: it takes a copy of the function.
    X509_STORE_set_ex_data(m_store.get(), 0, const_cast<PathSearch::Path *>(&path));
    X509_STORE_set_check_issued(m_store.get(), isIssuedAsOnPath);
    if (X509_STORE_CTX_init(m_context.get(), m_store.get(), path.front(), m_untrusted.get()) != 1) {
        m_context.reset();
        return;
    }
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(m_context.get());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_depth(parameters, policy.maxDepth);
    // A mail certificate's common name is a person, whatever host name it looks like.
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
}

// The path was chosen by PathSearch; what is added for lists must not lead OpenSSL to another one.
int VerificationContext::isIssuedAsOnPath(X509_STORE_CTX *context, X509 *subject, X509 *issuer)
{
    const int answer = X509_check_issued(issuer, subject);
    // An issuer that may not issue is for the judgement to name.
    const bool isLikely = answer == X509_V_OK || answer == X509_V_ERR_KEYUSAGE_NO_CERTSIGN;
    if (!isLikely && !isOtherIdentifier(answer))
        return 0;
    const auto *path = static_cast<const PathSearch::Path *>(X509_STORE_get_ex_data(X509_STORE_CTX_get0_store(context), 0));
    const auto place = std::find_if(path->begin(), path->end(), [subject](const X509 *one) { return X509_cmp(one, subject) == 0; });
    if (place == path->end() || place + 1 == path->end())
        return isLikely ? 1 : 0;
    return X509_cmp(*(place + 1), issuer) == 0 ? 1 : 0;
}

void VerificationContext::addListSigners(const std::vector<X509 *> &certificates)
{
    for (X509 *certificate : certificates)
        X509_add_cert(m_untrusted.get(), certificate, X509_ADD_FLAG_UP_REF | X509_ADD_FLAG_NO_DUP);
}

void VerificationContext::setTime(const QDateTime &at)
{
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(m_context.get());
    if (at.isValid())
        X509_VERIFY_PARAM_set_time(parameters, static_cast<time_t>(at.toSecsSinceEpoch()));
    else
        X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_NO_CHECK_TIME);
}

} // namespace provider
