// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsLegacy.h"

#include "provider/CmsNames.h"

namespace provider::cms {
namespace {

EVP_CIPHER *fetched(const char *name)
{
    return EVP_CIPHER_fetch(libraryWithOldAlgorithms(), name, nullptr);
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

Cipher cipherWith(const EVP_CIPHER *evp, const ASN1_OCTET_STRING *iv)
{
    if (!evp || !iv || ASN1_STRING_length(iv) != EVP_CIPHER_get_iv_length(evp))
        return {};
    Cipher cipher;
    cipher.evp = evp;
    cipher.keyOctets = size_t(EVP_CIPHER_get_key_length(evp));
    cipher.nonce = toBytes(iv);
    return cipher;
}

Cipher rc2Of(const X509_ALGOR *algorithm)
{
    using Rc2Ptr = Owned<Rc2Parameters, Rc2Parameters_free>;
    const auto parameters = fromDerBy<Rc2Ptr>(d2i_Rc2Parameters, parametersOf(algorithm));
    return parameters ? cipherWith(rc2For(ASN1_INTEGER_get(parameters->version)), parameters->iv) : Cipher{};
}

Cipher cipherWithIv(const EvpCipherPtr &evp, const X509_ALGOR *algorithm)
{
    const auto iv = fromDerBy<Asn1OctetStringPtr>(d2i_ASN1_OCTET_STRING, parametersOf(algorithm));
    return cipherWith(evp.get(), iv.get());
}

} // namespace

Cipher legacyCipher(const X509_ALGOR *algorithm)
{
    switch (nidOf(algorithm)) {
    case NID_rc2_cbc:
        return rc2Of(algorithm);
    case NID_des_cbc: {
        static const EvpCipherPtr s_des(fetched("DES-CBC"));
        return cipherWithIv(s_des, algorithm);
    }
    case NID_seed_cbc: { // RFC 4010; OpenSSL keeps it there, though nobody has broken it.
        static const EvpCipherPtr s_seed(fetched("SEED-CBC"));
        return cipherWithIv(s_seed, algorithm);
    }
    default:
        return {};
    }
}

} // namespace provider::cms
