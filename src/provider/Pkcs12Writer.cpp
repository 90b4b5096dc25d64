// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/EncryptedKey.h"
#include "provider/Pkcs12.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

/// Windows' importer refuses more than 300,000 for one derivation and 1,000,000 for a file.
int rounds(KdfCost cost)
{
    return cost == KdfCost::Full ? 200'000 : 1'000;
}

class Pkcs12Writer
{
public:
    Pkcs12Writer(const base::Secret &passphrase, KdfCost cost)
        : m_passphrase(passphrase), m_view(passphrase.view()), m_rounds(rounds(cost)) {}

    base::Status addIdentity(const Pkcs12Identity &identity);
    base::Status addCertificate(QByteArrayView der);
    base::Result<QByteArray> finish();

private:
    /// SHA-1 of the certificate joins key and certificate (RFC 7292 section 4.2.2 leaves the value free).
    bool addKey(EVP_PKEY *key, const QString &name, const QByteArray &localKeyId);
    bool addCertificateBag(X509 *certificate, const QString &name, const QByteArray &localKeyId);
    bool push(BagStackPtr &bags, PKCS12_SAFEBAG *bag, const QString &name, const QByteArray &localKeyId);

    base::Secret m_passphrase;
    QByteArrayView m_view;
    int m_rounds;
    BagStackPtr m_keyBags{sk_PKCS12_SAFEBAG_new_null()};
    BagStackPtr m_certificateBags{sk_PKCS12_SAFEBAG_new_null()};
};

bool Pkcs12Writer::push(BagStackPtr &bags, PKCS12_SAFEBAG *bag, const QString &name, const QByteArray &localKeyId)
{
    if (!bag || sk_PKCS12_SAFEBAG_push(bags.get(), bag) <= 0) {
        PKCS12_SAFEBAG_free(bag);
        return false;
    }
    QByteArray id = localKeyId;
    const QByteArray utf8 = name.toUtf8();
    return (id.isEmpty()
            || PKCS12_add_localkeyid(bag, reinterpret_cast<unsigned char *>(id.data()), static_cast<int>(id.size())) == 1)
            && (utf8.isEmpty() || PKCS12_add_friendlyname_utf8(bag, utf8.constData(), static_cast<int>(utf8.size())) == 1);
}

bool Pkcs12Writer::addKey(EVP_PKEY *key, const QString &name, const QByteArray &localKeyId)
{
    Pkcs8Ptr plain(EVP_PKEY2PKCS8(key));
    // A cipher where an old PBE could stand asks for PBES2 with PBKDF2-HMAC-SHA256.
    return plain
            && push(m_keyBags,
                    PKCS12_SAFEBAG_create_pkcs8_encrypt_ex(NID_aes_256_cbc, m_view.data(), static_cast<int>(m_view.size()),
                                                           nullptr, 0, m_rounds, plain.get(), nullptr, nullptr),
                    name, localKeyId);
}

bool Pkcs12Writer::addCertificateBag(X509 *certificate, const QString &name, const QByteArray &localKeyId)
{
    return push(m_certificateBags, PKCS12_SAFEBAG_create_cert(certificate), name, localKeyId);
}

base::Status Pkcs12Writer::addCertificate(QByteArrayView der)
{
    const X509Ptr certificate = x509FromDer(der);
    if (!certificate || !addCertificateBag(certificate.get(), {}, {}))
        return {ErrorCode::InvalidArgument, u"a certificate cannot be read"_s};
    return base::Done{};
}

base::Status Pkcs12Writer::addIdentity(const Pkcs12Identity &identity)
{
    const EvpKeyPtr key = toEvp(identity.key);
    if (!key)
        return {ErrorCode::InvalidArgument, u"null key"_s};
    QByteArray localKeyId;
    for (const QByteArray &der : identity.certificates) {
        const X509Ptr certificate = x509FromDer(der);
        if (!certificate || X509_check_private_key(certificate.get(), key.get()) != 1)
            return ErrorCode::CertificateKeyMismatch;
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        X509_digest(certificate.get(), EVP_sha1(), digest, &size);
        const QByteArray id(reinterpret_cast<char *>(digest), size);
        if (localKeyId.isEmpty())
            localKeyId = id;
        if (!addCertificateBag(certificate.get(), identity.friendlyName, id))
            return {ErrorCode::InvalidArgument, takeErrorText()};
    }
    if (!addKey(key.get(), identity.friendlyName, localKeyId))
        return {ErrorCode::InvalidArgument, takeErrorText()};
    return base::Done{};
}

base::Result<QByteArray> Pkcs12Writer::finish()
{
    // PKCS12_add_safe wants a C string.
    QByteArray passphrase = m_view.toByteArray();
    STACK_OF(PKCS7) *raw = nullptr;
    const bool hasCertificates = sk_PKCS12_SAFEBAG_num(m_certificateBags.get()) > 0;
    const bool isPacked =
            (!hasCertificates || PKCS12_add_safe_ex(&raw, m_certificateBags.get(), NID_aes_256_cbc, m_rounds,
                                                    passphrase.constData(), nullptr, nullptr) == 1)
            && PKCS12_add_safe_ex(&raw, m_keyBags.get(), -1, 0, nullptr, nullptr, nullptr) == 1;
    const SafeStackPtr safes(raw);
    const Pkcs12Ptr file(isPacked ? PKCS12_add_safes_ex(safes.get(), 0, nullptr, nullptr) : nullptr);
    const bool isDone = file && PKCS12_set_mac(file.get(), passphrase.constData(), static_cast<int>(passphrase.size()), nullptr, 16,
                                               m_rounds, EVP_sha256()) == 1;
    OPENSSL_cleanse(passphrase.data(), static_cast<std::size_t>(passphrase.size()));
    if (!isDone)
        return {ErrorCode::InvalidArgument, takeErrorText()};
    return derBy(i2d_PKCS12, file.get());
}

} // namespace

base::Result<QByteArray> writePkcs12(const Pkcs12Content &content, const base::Secret &passphrase, KdfCost cost)
{
    const ClearsErrorQueue clears;
    if (passphrase.isEmpty())
        return ErrorCode::PassphraseMissing;
    if (content.identities.isEmpty())
        return {ErrorCode::InvalidArgument, u"no key"_s};
    Pkcs12Writer writer(passphrase, cost);
    for (const Pkcs12Identity &identity : content.identities) {
        if (const base::Status status = writer.addIdentity(identity); !status)
            return status.error();
    }
    for (const QByteArray &der : content.otherCertificates) {
        if (const base::Status status = writer.addCertificate(der); !status)
            return status.error();
    }
    return writer.finish();
}

} // namespace provider
