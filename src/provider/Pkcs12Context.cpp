// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Pkcs12Context.h"

#include "provider/CertificateContext.h"
#include "provider/KeyContext.h"
#include "provider/Pkcs12.h"

#include <algorithm>

namespace provider {

namespace {

base::Secret toSecret(const QCA::SecureArray &passphrase)
{
    return base::Secret(QByteArrayView(passphrase.constData(), passphrase.size()));
}

/// The leaf, then each issuer that is among the others.
QList<QByteArray> inOrder(const QByteArray &leaf, QList<QByteArray> others)
{
    QList<QByteArray> chain{leaf};
    for (;;) {
        const X509Ptr last = x509FromDer(chain.last());
        const auto issuer = std::find_if(others.begin(), others.end(), [&last](const QByteArray &der) {
            const X509Ptr candidate = x509FromDer(der);
            return last && candidate && X509_check_issued(candidate.get(), last.get()) == X509_V_OK;
        });
        if (issuer == others.end())
            return chain;
        chain.append(*issuer);
        others.erase(issuer);
    }
}

} // namespace

QByteArray Pkcs12Context::toPKCS12(const QString &name, const QList<const QCA::CertContext *> &chain, const QCA::PKeyContext &key,
                                   const QCA::SecureArray &passphrase) const
{
    Pkcs12Content content;
    content.identities.append({toPrivateKey(evpOf(key)), {}, name});
    for (const QCA::CertContext *certificate : chain) {
        if (content.identities.first().certificates.isEmpty())
            content.identities.first().certificates.append(certificate->toDER());
        else
            content.otherCertificates.append(certificate->toDER());
    }
    const base::Result<QByteArray> file = writePkcs12(content, toSecret(passphrase));
    return file ? *file : QByteArray{};
}

QCA::ConvertResult Pkcs12Context::fromPKCS12(const QByteArray &in, const QCA::SecureArray &passphrase, QString *name,
                                             QList<QCA::CertContext *> *chain, QCA::PKeyContext **key) const
{
    const ClearsErrorQueue clears;
    const base::Result<Pkcs12Content> content = readPkcs12(in, toSecret(passphrase));
    if (!content)
        return toConvertResult(content.error().code);
    const auto identity = std::find_if(content->identities.begin(), content->identities.end(),
                                       [](const Pkcs12Identity &each) { return !each.certificates.isEmpty(); });
    if (identity == content->identities.end())
        return QCA::ErrorDecode;
    for (const QByteArray &der : inOrder(identity->certificates.first(), content->otherCertificates)) {
        auto certificate = std::make_unique<CertificateContext>(provider());
        if (certificate->fromDER(der) == QCA::ConvertGood)
            chain->append(certificate.release());
    }
    *name = identity->friendlyName;
    *key = new KeyContext(provider(), toEvp(identity->key), true);
    return QCA::ConvertGood;
}

} // namespace provider
