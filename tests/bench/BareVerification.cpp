// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/BareVerification.h"

#include <openssl/cms.h>
#include <openssl/x509_vfy.h>

namespace bench {

namespace {

bool isGood(const DetachedMail &mail, X509_STORE *store)
{
    const auto *in = reinterpret_cast<const unsigned char *>(mail.signature.constData());
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(nullptr, &in, long(mail.signature.size()));
    BIO *content = BIO_new_mem_buf(mail.content.constData(), int(mail.content.size()));
    const bool isVerified = cms && CMS_verify(cms, nullptr, store, content, nullptr, CMS_BINARY) == 1;
    BIO_free(content);
    CMS_ContentInfo_free(cms);
    return isVerified;
}

} // namespace

int verifyAll(const QList<DetachedMail> &mails, const QByteArray &anchor, const QDateTime &at)
{
    const auto *in = reinterpret_cast<const unsigned char *>(anchor.constData());
    X509 *root = d2i_X509(nullptr, &in, long(anchor.size()));
    X509_STORE *store = X509_STORE_new();
    X509_STORE_add_cert(store, root);
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), time_t(at.toSecsSinceEpoch()));
    int good = 0;
    for (const DetachedMail &mail : mails)
        good += isGood(mail, store);
    X509_STORE_free(store);
    X509_free(root);
    return good;
}

} // namespace bench
