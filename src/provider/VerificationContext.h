// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: OpenSSL's verification, held to one path.

#include "provider/PathSearch.h"

#include <vector>

namespace provider {

/// An X509_STORE_CTX for one path whose last certificate is the anchor; `path` outlives it.
class VerificationContext
{
public:
    VerificationContext(const PathSearch::Path &path, const PathPolicy &policy);
    /// nullptr if memory is short; still owned by this object.
    [[nodiscard]] X509_STORE_CTX *context() const { return m_context.get(); }
    /// The time that certificates and lists are checked against; an invalid one checks none. Needs a context.
    void setTime(const QDateTime &at);
    /// Certificates that may sign lists without being part of the path (RFC 5280 sections 4.2.1.13 and 5). The path stays the one given.
    void addListSigners(const std::vector<X509 *> &certificates);

private:
    static int isIssuedAsOnPath(X509_STORE_CTX *context, X509 *subject, X509 *issuer);

    X509StorePtr m_store;
    X509StackPtr m_untrusted;
    X509StoreContextPtr m_context;
};

} // namespace provider
