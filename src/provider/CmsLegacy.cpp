// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsLegacy.h"

#include "provider/CmsNames.h"

#include <openssl/provider.h>

namespace provider::cms {
namespace {

using LibraryPtr = Owned<OSSL_LIB_CTX, OSSL_LIB_CTX_free>;

OSSL_LIB_CTX *legacyLibrary()
{
    static const LibraryPtr library = [] {
        LibraryPtr result(OSSL_LIB_CTX_new());
        if (!result || !OSSL_PROVIDER_load(result.get(), "legacy"))
            result.reset();
        return result;
    }();
    return library.get();
}

EVP_CIPHER *fetched(const char *name)
{
    return legacyLibrary() ? EVP_CIPHER_fetch(legacyLibrary(), name, nullptr) : nullptr;
}

/// RC2's effective key bits as rc2ParameterVersion encodes them.
const EVP_CIPHER *rc2For(long version)
{
    static const EvpCipherPtr rc2_128(fetched("RC2-CBC"));
    static const EvpCipherPtr rc2_64(fetched("RC2-64-CBC"));
    static const EvpCipherPtr rc2_40(fetched("RC2-40-CBC"));
    switch (version) {
    case 58:
        return rc2_128.get();
    case 120:
        return rc2_64.get();
    case 160:
        return rc2_40.get();
    default:
        return nullptr;
    }
}

} // namespace

Cipher legacyRc2(const X509_ALGOR *algorithm)
{
    using Rc2Ptr = Owned<Rc2Parameters, Rc2Parameters_free>;
    const auto parameters = fromDerBy<Rc2Ptr>(d2i_Rc2Parameters, parametersOf(algorithm));
    const EVP_CIPHER *evp = parameters ? rc2For(ASN1_INTEGER_get(parameters->version)) : nullptr;
    if (!evp || ASN1_STRING_length(parameters->iv) != EVP_CIPHER_get_iv_length(evp))
        return {};
    Cipher cipher;
    cipher.evp = evp;
    cipher.keyOctets = size_t(EVP_CIPHER_get_key_length(evp));
    cipher.nonce = toBytes(parameters->iv);
    return cipher;
}

} // namespace provider::cms
