// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/PrivateKeyFile.h"

#include "provider/EncryptedKey.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

base::Result<QByteArray> toEncryptedPkcs8(const QCA::PrivateKey &key, const base::Secret &passphrase, KdfCost cost)
{
    const ClearsErrorQueue clears;
    if (passphrase.isEmpty())
        return ErrorCode::PassphraseMissing;
    const EvpKeyPtr evp = toEvp(key);
    const QByteArray der = evp ? encryptedPkcs8Of(evp.get(), passphrase.view(), cost) : QByteArray{};
    if (der.isEmpty())
        return {ErrorCode::InvalidArgument, evp ? takeErrorText() : u"null key"_s};
    return der;
}

base::Result<QCA::PrivateKey> fromEncryptedPkcs8(QByteArrayView der, const base::Secret &passphrase)
{
    const ClearsErrorQueue clears;
    const auto encrypted = fromDerBy<X509SigPtr>(d2i_X509_SIG, der);
    if (!encrypted)
        return {ErrorCode::KeystoreDamaged, u"not an EncryptedPrivateKeyInfo: "_s + takeErrorText()};
    if (passphrase.isEmpty())
        return ErrorCode::PassphraseMissing;
    base::Result<EvpKeyPtr> key = decryptPkcs8(encrypted.get(), passphrase.view());
    if (!key)
        return key.error();
    return toPrivateKey(std::move(*key));
}

base::Secret toPkcs8(const QCA::PrivateKey &key)
{
    const ClearsErrorQueue clears;
    return pkcs8Of(toEvp(key).get());
}

base::Result<QCA::PrivateKey> fromPkcs8(QByteArrayView der)
{
    const ClearsErrorQueue clears;
    base::Result<EvpKeyPtr> key = readPrivateKey(der, {});
    if (!key)
        return {ErrorCode::KeyTypeUnsupported, key.error().detail};
    return toPrivateKey(std::move(*key));
}

} // namespace provider
