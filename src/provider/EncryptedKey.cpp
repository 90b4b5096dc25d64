// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/EncryptedKey.h"

#include <openssl/pem.h>
#include <openssl/rand.h>

#include <cstring>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr qint64 kMaxRounds = 10'000'000;      // a few seconds; the usual is below a million
constexpr qint64 kMaxScryptOctets = 32 << 20; // what OpenSSL is willing to spend

using Pbes2Ptr = Owned<PBE2PARAM, PBE2PARAM_free>;
using ScryptPtr = Owned<SCRYPT_PARAMS, SCRYPT_PARAMS_free>;
using PbePtr = Owned<PBEPARAM, PBEPARAM_free>;

/// The parameters of an algorithm identifier as a structure; nullptr if they are something else.
template <typename Pointer>
Pointer parametersOf(const X509_ALGOR *algorithm, const ASN1_ITEM *item)
{
    using T = typename Pointer::element_type;
    return Pointer(static_cast<T *>(ASN1_TYPE_unpack_sequence(item, algorithm->parameter)));
}

int nidOf(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = nullptr;
    X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    return OBJ_obj2nid(object);
}

/// -1 for numbers that are negative or do not fit.
qint64 smallNumber(const ASN1_INTEGER *number)
{
    int64_t value = -1;
    return number && ASN1_INTEGER_get_int64(&value, number) == 1 ? value : -1;
}

base::Result<ProtectionFacts> judgeRounds(qint64 rounds, bool isOld)
{
    if (rounds <= 0 || rounds > kMaxRounds)
        return {ErrorCode::AlgorithmRefused, u"key derivation asks for an absurd number of rounds"_s};
    return ProtectionFacts{rounds, isOld};
}

base::Result<ProtectionFacts> judgeScrypt(const SCRYPT_PARAMS &scrypt, bool isOld)
{
    const qint64 n = smallNumber(scrypt.costParameter);
    const qint64 r = smallNumber(scrypt.blockSize);
    const qint64 p = smallNumber(scrypt.parallelizationParameter);
    if (n <= 1 || r <= 0 || p <= 0 || n > kMaxScryptOctets || r > 1024 || p > 64 || 128 * n * r + 128 * r * p > kMaxScryptOctets)
        return {ErrorCode::AlgorithmRefused, u"scrypt asks for more than 32 MiB"_s};
    return ProtectionFacts{n * p, isOld};
}

base::Result<ProtectionFacts> judgePbes2(const X509_ALGOR *algorithm)
{
    const auto pbes2 = parametersOf<Pbes2Ptr>(algorithm, ASN1_ITEM_rptr(PBE2PARAM));
    if (!pbes2)
        return {ErrorCode::AlgorithmUnsupported, u"malformed PBES2 parameters"_s};
    const int cipher = nidOf(pbes2->encryption);
    const bool isOld = cipher == NID_des_cbc || cipher == NID_des_ede3_cbc || cipher == NID_rc2_cbc;
    if (nidOf(pbes2->keyfunc) == NID_id_scrypt) {
        const auto scrypt = parametersOf<ScryptPtr>(pbes2->keyfunc, ASN1_ITEM_rptr(SCRYPT_PARAMS));
        return scrypt ? judgeScrypt(*scrypt, isOld)
                      : base::Result<ProtectionFacts>{ErrorCode::AlgorithmUnsupported, u"malformed scrypt parameters"_s};
    }
    const auto pbkdf2 = parametersOf<Pbkdf2Ptr>(pbes2->keyfunc, ASN1_ITEM_rptr(PBKDF2PARAM));
    if (nidOf(pbes2->keyfunc) != NID_id_pbkdf2 || !pbkdf2)
        return {ErrorCode::AlgorithmUnsupported, u"unknown key derivation in PBES2"_s};
    return judgeRounds(smallNumber(pbkdf2->iter), isOld);
}

int passwordFrom(char *buffer, int size, int, void *passphrase)
{
    const auto *view = static_cast<const QByteArrayView *>(passphrase);
    if (view->size() > size)
        return -1;
    std::memcpy(buffer, view->data(), static_cast<std::size_t>(view->size()));
    return static_cast<int>(view->size());
}

base::Result<EvpKeyPtr> readOldPemKey(PemBlock block, QByteArrayView passphrase)
{
    EVP_CIPHER_INFO cipher{};
    if (PEM_get_EVP_CIPHER_INFO(block.header.data(), &cipher) != 1)
        return {ErrorCode::AlgorithmUnsupported, u"unknown encryption of an old PEM key"_s};
    if (cipher.cipher && passphrase.isEmpty())
        return ErrorCode::PassphraseMissing;
    long size = block.der.size();
    if (PEM_do_header(&cipher, reinterpret_cast<unsigned char *>(block.der.data()), &size, passwordFrom, &passphrase) != 1)
        return {ErrorCode::PassphraseWrong, takeErrorText()};
    block.der.truncate(size);
    auto key = readPrivateKey(block.der, {});
    OPENSSL_cleanse(block.der.data(), static_cast<std::size_t>(block.der.size()));
    if (!key && cipher.cipher)
        return ErrorCode::PassphraseWrong;
    return key;
}

} // namespace

int roundsFor(KdfCost cost)
{
    return cost == KdfCost::Full ? 600'000 : 1'000;
}

X509_ALGOR *newProtection(KdfCost cost)
{
    // OpenSSL makes salt and IV itself when given none.
    return PKCS5_pbe2_set_iv_ex(EVP_aes_256_cbc(), roundsFor(cost), nullptr, 16, nullptr, NID_hmacWithSHA256, nullptr);
}

base::Result<ProtectionFacts> judgeProtection(const X509_ALGOR *algorithm)
{
    switch (nidOf(algorithm)) {
    case NID_pbes2:
        return judgePbes2(algorithm);
    case NID_pbe_WithSHA1And128BitRC4:
    case NID_pbe_WithSHA1And40BitRC4:
    case NID_pbe_WithSHA1And3_Key_TripleDES_CBC:
    case NID_pbe_WithSHA1And2_Key_TripleDES_CBC:
    case NID_pbe_WithSHA1And128BitRC2_CBC:
    case NID_pbe_WithSHA1And40BitRC2_CBC:
    case NID_pbeWithMD2AndDES_CBC:
    case NID_pbeWithMD5AndDES_CBC:
    case NID_pbeWithMD2AndRC2_CBC:
    case NID_pbeWithMD5AndRC2_CBC:
    case NID_pbeWithSHA1AndDES_CBC:
    case NID_pbeWithSHA1AndRC2_CBC: {
        const auto old = parametersOf<PbePtr>(algorithm, ASN1_ITEM_rptr(PBEPARAM));
        if (old)
            return judgeRounds(smallNumber(old->iter), true);
        break;
    }
    default:
        break;
    }
    return {ErrorCode::AlgorithmUnsupported, u"unknown password-based encryption "_s
                    + QString::fromLatin1(toOid(algorithm->algorithm))};
}

base::Secret pkcs8Of(const EVP_PKEY *key)
{
    const Pkcs8Ptr plain(key ? EVP_PKEY2PKCS8(key) : nullptr);
    return base::Secret::takenFrom(plain ? derBy(i2d_PKCS8_PRIV_KEY_INFO, plain.get()) : QByteArray{});
}

QByteArray encryptedPkcs8Of(const EVP_PKEY *key, QByteArrayView passphrase, KdfCost cost)
{
    const Pkcs8Ptr plain(key ? EVP_PKEY2PKCS8(key) : nullptr);
    X509_ALGOR *protection = plain ? newProtection(cost) : nullptr;
    if (!protection)
        return {};
    const X509SigPtr encrypted(PKCS8_set0_pbe_ex(passphrase.data(), static_cast<int>(passphrase.size()), plain.get(), protection,
                                             nullptr, nullptr));
    if (!encrypted) {
        X509_ALGOR_free(protection);
        return {};
    }
    return derBy(i2d_X509_SIG, encrypted.get());
}

base::Result<EvpKeyPtr> decryptPkcs8(const X509_SIG *encrypted, QByteArrayView passphrase)
{
    const X509_ALGOR *algorithm = nullptr;
    X509_SIG_get0(encrypted, &algorithm, nullptr);
    const auto protection = judgeProtection(algorithm);
    if (!protection)
        return protection.error();
    OSSL_LIB_CTX *library = protection->isOld ? libraryWithOldAlgorithms() : nullptr;
    // data() of an empty view may be nullptr, which PKCS#12 takes for "no password", not for an empty one.
    const char *password = passphrase.isEmpty() ? "" : passphrase.data();
    const Pkcs8Ptr plain(PKCS8_decrypt_ex(encrypted, password, static_cast<int>(passphrase.size()), library, nullptr));
    if (!plain) {
        const bool isUnknown = ERR_GET_REASON(ERR_peek_error()) == EVP_R_UNSUPPORTED_CIPHER
                || ERR_GET_REASON(ERR_peek_error()) == ERR_R_UNSUPPORTED;
        return {isUnknown ? ErrorCode::AlgorithmUnsupported : ErrorCode::PassphraseWrong, takeErrorText()};
    }
    EvpKeyPtr key(EVP_PKCS82PKEY(plain.get()));
    if (!key)
        return {ErrorCode::KeyTypeUnsupported, takeErrorText()};
    return key;
}

base::Result<EvpKeyPtr> readPrivateKey(QByteArrayView der, QByteArrayView passphrase)
{
    if (const X509SigPtr encrypted = fromDerBy<X509SigPtr>(d2i_X509_SIG, der)) {
        if (passphrase.isEmpty())
            return ErrorCode::PassphraseMissing;
        return decryptPkcs8(encrypted.get(), passphrase);
    }
    if (const Pkcs8Ptr plain = fromDerBy<Pkcs8Ptr>(d2i_PKCS8_PRIV_KEY_INFO, der)) {
        EvpKeyPtr key(EVP_PKCS82PKEY(plain.get()));
        if (key)
            return key;
    }
    for (const int type : {EVP_PKEY_RSA, EVP_PKEY_EC}) {
        const auto *in = reinterpret_cast<const unsigned char *>(der.data());
        EvpKeyPtr key(der.isEmpty() || der.size() > 0x7fffffff
                              ? nullptr : d2i_PrivateKey(type, nullptr, &in, static_cast<long>(der.size())));
        if (key)
            return key;
    }
    return {ErrorCode::KeyTypeUnsupported, takeErrorText()};
}

base::Result<EvpKeyPtr> readKeyBlock(const PemBlock &block, QByteArrayView passphrase)
{
    return block.header.isEmpty() ? readPrivateKey(block.der, passphrase) : readOldPemKey(block, passphrase);
}

base::Result<EvpKeyPtr> readPrivateKeyPem(QByteArrayView text, QByteArrayView passphrase)
{
    const PemBlocks pem = readPemBlocks(text);
    for (const PemBlock &block : pem.blocks) {
        if (block.label.endsWith("PRIVATE KEY"))
            return readKeyBlock(block, passphrase);
    }
    return {ErrorCode::KeyTypeUnsupported, u"no private key in the PEM text"_s};
}

} // namespace provider
