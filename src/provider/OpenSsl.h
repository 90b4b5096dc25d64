// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: the one place where OpenSSL's objects get owners.

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QtCrypto>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstring>
#include <memory>

namespace provider {

template <auto Free>
struct FreedBy {
    template <typename T>
    void operator()(T *object) const { Free(object); }
};
template <typename T, auto Free>
using Owned = std::unique_ptr<T, FreedBy<Free>>;

inline void freeX509Stack(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
inline void freeCrlStack(STACK_OF(X509_CRL) * stack) { sk_X509_CRL_pop_free(stack, X509_CRL_free); }
inline void freeExtensionStack(STACK_OF(X509_EXTENSION) * stack) { sk_X509_EXTENSION_pop_free(stack, X509_EXTENSION_free); }
inline void freeBagStack(STACK_OF(PKCS12_SAFEBAG) * stack) { sk_PKCS12_SAFEBAG_pop_free(stack, PKCS12_SAFEBAG_free); }
inline void freeSafeStack(STACK_OF(PKCS7) * stack) { sk_PKCS7_pop_free(stack, PKCS7_free); }
inline void freeOpenSslBytes(unsigned char *bytes) { OPENSSL_free(bytes); }
inline void freeOpenSslText(char *text) { OPENSSL_free(text); }

using EvpKeyPtr = Owned<EVP_PKEY, EVP_PKEY_free>;
using EvpKeyContextPtr = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using EvpDigestContextPtr = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using EvpDigestPtr = Owned<EVP_MD, EVP_MD_free>;
using EvpCipherContextPtr = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using EvpCipherPtr = Owned<EVP_CIPHER, EVP_CIPHER_free>;
using EvpKdfPtr = Owned<EVP_KDF, EVP_KDF_free>;
using EvpKdfContextPtr = Owned<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using X509Ptr = Owned<X509, X509_free>;
using X509CrlPtr = Owned<X509_CRL, X509_CRL_free>;
using X509RequestPtr = Owned<X509_REQ, X509_REQ_free>;
using X509StorePtr = Owned<X509_STORE, X509_STORE_free>;
using X509StoreContextPtr = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;
using X509ExtensionPtr = Owned<X509_EXTENSION, X509_EXTENSION_free>;
using X509NamePtr = Owned<X509_NAME, X509_NAME_free>;
using X509StackPtr = Owned<STACK_OF(X509), freeX509Stack>;
using CrlStackPtr = Owned<STACK_OF(X509_CRL), freeCrlStack>;
using ExtensionStackPtr = Owned<STACK_OF(X509_EXTENSION), freeExtensionStack>;
using BagStackPtr = Owned<STACK_OF(PKCS12_SAFEBAG), freeBagStack>;
using SafeStackPtr = Owned<STACK_OF(PKCS7), freeSafeStack>;
using GeneralNamesPtr = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;
using Pkcs12Ptr = Owned<PKCS12, PKCS12_free>;
using Pkcs8Ptr = Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using CmsPtr = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;
using BioPtr = Owned<BIO, BIO_free_all>;
using BignumPtr = Owned<BIGNUM, BN_free>;
using KeyIdentifierPtr = Owned<AUTHORITY_KEYID, AUTHORITY_KEYID_free>;
using BasicConstraintsPtr = Owned<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>;
using NameConstraintsPtr = Owned<NAME_CONSTRAINTS, NAME_CONSTRAINTS_free>;
using DistributionPointsPtr = Owned<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using AlgorithmPtr = Owned<X509_ALGOR, X509_ALGOR_free>;
using X509SigPtr = Owned<X509_SIG, X509_SIG_free>;
using Pbkdf2Ptr = Owned<PBKDF2PARAM, PBKDF2PARAM_free>;
using Asn1ObjectPtr = Owned<ASN1_OBJECT, ASN1_OBJECT_free>;
using Asn1IntegerPtr = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using Asn1TimePtr = Owned<ASN1_TIME, ASN1_TIME_free>;
using Asn1EnumeratedPtr = Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free>;
using Asn1BitStringPtr = Owned<ASN1_BIT_STRING, ASN1_BIT_STRING_free>;
using Asn1OctetStringPtr = Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using OpenSslBytesPtr = Owned<unsigned char, freeOpenSslBytes>;
using OpenSslTextPtr = Owned<char, freeOpenSslText>;

/// Empties the thread's OpenSSL error queue at both ends of an operation, so that neither old nor
/// new errors are taken for somebody else's.
class ClearsErrorQueue
{
public:
    ClearsErrorQueue() { clear(); }
    ~ClearsErrorQueue() { clear(); }
    Q_DISABLE_COPY_MOVE(ClearsErrorQueue)

private:
    static void clear()
    {
        if (ERR_peek_error() != 0) // OpenSSL would go through all its places for errors
            ERR_clear_error();
    }
};

/// The reasons now in the thread's error queue, oldest first, "; " between; empties it. Contains no secrets.
[[nodiscard]] QString takeErrorText();

/// A BIO that reads `bytes` without copying; they must outlive it.
[[nodiscard]] BioPtr readingBio(QByteArrayView bytes);
/// A BIO that collects in memory, and what it has collected.
[[nodiscard]] BioPtr collectingBio();
[[nodiscard]] QByteArray collected(BIO *bio);

/// The DER form by `i2d(object, &out)`; empty if OpenSSL refuses.
template <typename T, typename Encoder>
[[nodiscard]] QByteArray derBy(Encoder i2d, const T *object)
{
    const int size = i2d(object, nullptr);
    if (size <= 0)
        return {};
    QByteArray der(size, Qt::Uninitialized);
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    return i2d(object, &out) == size ? der : QByteArray{};
}

/// Reads exactly one DER object by `d2i`; nullptr for garbage, truncation or bytes left over.
template <typename Pointer, typename Decoder>
[[nodiscard]] Pointer fromDerBy(Decoder d2i, QByteArrayView der)
{
    const auto *begin = reinterpret_cast<const unsigned char *>(der.data());
    const unsigned char *in = begin;
    if (der.isEmpty() || der.size() > 0x7fffffff)
        return nullptr;
    Pointer object(d2i(nullptr, &in, static_cast<long>(der.size())));
    return object && in == begin + der.size() ? std::move(object) : nullptr;
}

[[nodiscard]] inline X509Ptr x509FromDer(QByteArrayView der) { return fromDerBy<X509Ptr>(d2i_X509, der); }
[[nodiscard]] inline X509CrlPtr crlFromDer(QByteArrayView der) { return fromDerBy<X509CrlPtr>(d2i_X509_CRL, der); }
[[nodiscard]] inline QByteArray toDer(const X509 *certificate) { return derBy(i2d_X509, certificate); }
[[nodiscard]] inline QByteArray toDer(const X509_CRL *crl) { return derBy(i2d_X509_CRL, crl); }

/// An extension as a structure; nullptr for none, several, and one that cannot be read. `criticality` tells of the first two, as X509V3_get_d2i() does.
template <typename Pointer>
[[nodiscard]] Pointer extensionOf(const X509 *certificate, int nid, int *criticality = nullptr)
{
    return Pointer(static_cast<typename Pointer::element_type *>(X509_get_ext_d2i(certificate, nid, criticality, nullptr)));
}
template <typename Pointer>
[[nodiscard]] Pointer extensionOf(const X509_CRL *list, int nid)
{
    return Pointer(static_cast<typename Pointer::element_type *>(X509_CRL_get_ext_d2i(list, nid, nullptr, nullptr)));
}
template <typename Pointer>
[[nodiscard]] Pointer extensionOf(const X509_REVOKED *entry, int nid)
{
    return Pointer(static_cast<typename Pointer::element_type *>(X509_REVOKED_get_ext_d2i(entry, nid, nullptr, nullptr)));
}

/// As x509FromDer(), but a certificate that was read lately is not read again; what OpenSSL worked out about its
/// extensions and its key stays with it. Thread-safe; bounded.
[[nodiscard]] X509Ptr rememberedX509(const QByteArray &der);
/// The same for a revocation list, which may have hundreds of thousands of entries. It is only to be read.
[[nodiscard]] X509CrlPtr rememberedCrl(const QByteArray &der);

/// Another owner of the same object.
[[nodiscard]] EvpKeyPtr shared(EVP_PKEY *key);
[[nodiscard]] X509Ptr shared(X509 *certificate);

class ContextPool;

/// What lies behind QCA's classes; through DER if the object came from another QCA provider.
/// nullptr for a null object or one OpenSSL cannot read.
[[nodiscard]] EvpKeyPtr toEvp(const QCA::PKey &key);
[[nodiscard]] X509Ptr toX509(const QCA::Certificate &certificate);
/// Contexts that stay ready as long as `key` lives; for a key of another QCA provider only as long as the caller keeps them.
[[nodiscard]] std::shared_ptr<ContextPool> contextsOf(const QCA::PKey &key);

/// QCA's classes over OpenSSL's objects; null if the object is. Need the registered provider.
[[nodiscard]] QCA::PrivateKey toPrivateKey(EvpKeyPtr key);
[[nodiscard]] QCA::PublicKey toPublicKey(EvpKeyPtr key);
[[nodiscard]] QCA::Certificate toCertificate(const X509 *certificate);

/// UTC; invalid if absent or malformed.
[[nodiscard]] QDateTime toDateTime(const ASN1_TIME *time);
/// UTCTime until 2049, GeneralizedTime after it (RFC 5280 section 4.1.2.5).
[[nodiscard]] Asn1TimePtr toAsn1Time(const QDateTime &time);
/// Lower-case hex without sign, as the serial number is shown.
[[nodiscard]] QByteArray toHex(const ASN1_INTEGER *number);
/// The reverse; nullptr if it is not hex.
[[nodiscard]] Asn1IntegerPtr integerFromHex(const QByteArray &hex);
[[nodiscard]] inline QByteArray toBytes(const ASN1_STRING *string)
{
    return string ? QByteArray(reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)), ASN1_STRING_length(string))
                  : QByteArray{};
}
[[nodiscard]] QString toText(const ASN1_STRING *string);
/// RFC 4514.
[[nodiscard]] QString toText(const X509_NAME *name);
/// A library context of its own with the default and the legacy algorithms (RC2, RC4, DES, MD5-based PBE), so that
/// reading old files does not make old algorithms available to anything else. Never freed; thread-safe.
/// The default context if the legacy module is not installed.
[[nodiscard]] OSSL_LIB_CTX *libraryWithOldAlgorithms();
/// As EVP_PKEY_is_a() for the name that OpenSSL's own table puts first ("RSA", "RSA-PSS", "EC", "ED25519", "ML-DSA-65"), without its
/// search for other names under a lock, which is asked for a dozen times for each certificate.
[[nodiscard]] inline bool isOfType(const EVP_PKEY *key, const char *type)
{
    const char *name = key ? EVP_PKEY_get0_type_name(key) : nullptr;
    return name && std::strcmp(name, type) == 0;
}
/// "RSA-3072", "EC-P256", "ML-KEM-768", "DSA-1024"; empty for nullptr.
[[nodiscard]] QString describeKey(const EVP_PKEY *key);
/// What the key's mathematics allow. QCA's own canSign() and canEncrypt() know only RSA and DSA.
[[nodiscard]] bool canSign(const EVP_PKEY *key);
/// Mail can be encrypted to such a key: key transport, key agreement or encapsulation.
[[nodiscard]] bool canReceive(const EVP_PKEY *key);
/// True for the schemes that take no digest: EdDSA, ML-DSA.
[[nodiscard]] bool hashesByItself(const EVP_PKEY *key);
/// Dotted decimal.
[[nodiscard]] QByteArray toOid(const ASN1_OBJECT *object);
/// True if no extension comes twice (RFC 5280 sections 4.2 and 5.2). OpenSSL counts those it knows.
[[nodiscard]] bool areDistinct(const STACK_OF(X509_EXTENSION) *extensions);

} // namespace provider
