// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/KeyMaterial.h"

#include "provider/CertificateSet.h"
#include "provider/EncryptedKey.h"
#include "provider/PemBlocks.h"
#include "provider/Pkcs12.h"

#include <QSet>

#include <openssl/pem.h>

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr qsizetype kMaxOctets = 16 << 20;

/// As OpenSSL has it: a refusal is stronger, and what is trusted for something is trusted for nothing else.
bool isTrustedForMail(X509 *certificate)
{
    const auto isMailAmong = [](const STACK_OF(ASN1_OBJECT) *uses) {
        for (int i = 0; uses && i < sk_ASN1_OBJECT_num(uses); ++i)
            if (const int use = OBJ_obj2nid(sk_ASN1_OBJECT_value(uses, i)); use == NID_email_protect || use == NID_anyExtendedKeyUsage)
                return true;
        return false;
    };
    const STACK_OF(ASN1_OBJECT) *trusted = X509_get0_trust_objects(certificate);
    const bool isTrusted = !trusted || sk_ASN1_OBJECT_num(trusted) == 0 || isMailAmong(trusted);
    return isTrusted && !isMailAmong(X509_get0_reject_objects(certificate));
}

class MaterialReader
{
public:
    explicit MaterialReader(const base::Secret &passphrase) : m_passphrase(passphrase) {}

    base::Status readDer(const QByteArray &der);
    base::Status readPem(const PemBlocks &pem);
    KeyMaterial take() { return std::move(m_material); }

private:
    base::Status readBlock(const PemBlock &block);
    base::Status readTrusted(const QByteArray &der);
    base::Status add(base::Result<EvpKeyPtr> key);
    base::Status readPkcs12File(const QByteArray &der);
    bool readPublicThing(const QByteArray &der);
    void appendOnce(QList<QByteArray> &all, const QByteArray &der);

    base::Secret m_passphrase;
    QSet<QByteArray> m_seen; ///< A file of 16 MiB can hold fifty thousand certificates.
    KeyMaterial m_material;
};

void MaterialReader::appendOnce(QList<QByteArray> &all, const QByteArray &der)
{
    if (m_seen.contains(der))
        return;
    m_seen.insert(der);
    all.append(der);
}

bool MaterialReader::readPublicThing(const QByteArray &der)
{
    if (x509FromDer(der)) {
        appendOnce(m_material.certificates, der);
        return true;
    }
    if (crlFromDer(der)) {
        appendOnce(m_material.crls, der);
        return true;
    }
    if (fromDerBy<X509RequestPtr>(d2i_X509_REQ, der)) {
        appendOnce(m_material.requests, der);
        return true;
    }
    const std::optional<CertificateSet> set = readCertificateSet(der);
    if (!set)
        return false;
    for (const QByteArray &certificate : set->certificates)
        appendOnce(m_material.certificates, certificate);
    for (const QByteArray &crl : set->crls)
        appendOnce(m_material.crls, crl);
    return true;
}

base::Status MaterialReader::add(base::Result<EvpKeyPtr> key)
{
    if (!key)
        return key.error();
    m_material.privateKeys.append(toPrivateKey(std::move(*key)));
    return base::Done{};
}

base::Status MaterialReader::readPkcs12File(const QByteArray &der)
{
    const base::Result<Pkcs12Content> content = readPkcs12(der, m_passphrase);
    if (!content)
        return content.error();
    for (const Pkcs12Identity &identity : content->identities) {
        m_material.privateKeys.append(identity.key);
        for (const QByteArray &certificate : identity.certificates)
            appendOnce(m_material.certificates, certificate);
    }
    for (const QByteArray &certificate : content->otherCertificates)
        appendOnce(m_material.certificates, certificate);
    return base::Done{};
}

base::Status MaterialReader::readDer(const QByteArray &der)
{
    if (readPublicThing(der))
        return base::Done{};
    const base::Status key = add(readPrivateKey(der, m_passphrase.view()));
    if (key || key.error().code != ErrorCode::KeyTypeUnsupported)
        return key;
    const base::Status pkcs12 = readPkcs12File(der);
    if (!pkcs12 && pkcs12.error().code == ErrorCode::NotAPkcs12File)
        return {ErrorCode::NotACertificate, u"neither certificate nor key"_s};
    return pkcs12;
}

base::Status MaterialReader::readTrusted(const QByteArray &der)
{
    const auto certificate = fromDerBy<X509Ptr>(d2i_X509_AUX, der);
    if (!certificate)
        return {ErrorCode::NotACertificate, u"damaged TRUSTED CERTIFICATE"_s};
    const QByteArray plain = toDer(certificate.get());
    appendOnce(m_material.certificates, plain);
    if (!isTrustedForMail(certificate.get()))
        m_material.notForMail.append(plain);
    return base::Done{};
}

base::Status MaterialReader::readBlock(const PemBlock &block)
{
    if (block.label.endsWith("PRIVATE KEY"))
        return add(readKeyBlock(block, m_passphrase.view()));
    if (block.label == PEM_STRING_X509_TRUSTED)
        return readTrusted(block.der);
    if (block.label == "PKCS12")
        return readPkcs12File(block.der);
    if (block.label == PEM_STRING_ECPARAMETERS || block.label == PEM_STRING_DHPARAMS)
        return base::Done{}; // `openssl ecparam -genkey` puts them in front of the key
    return readDer(block.der);
}

base::Status MaterialReader::readPem(const PemBlocks &pem)
{
    for (const PemBlock &block : pem.blocks) {
        if (const base::Status status = readBlock(block); !status)
            return status;
    }
    if (pem.isDamaged)
        return {ErrorCode::NotACertificate, u"damaged PEM block number %1"_s.arg(pem.blocks.size() + 1)};
    return base::Done{};
}

bool isOfKeys(const PemBlock &block)
{
    return block.label.endsWith("KEY") || block.label == "PKCS12";
}

/// Base64 without armour, as some directories give it out.
QByteArray bareBase64(QByteArrayView file)
{
    const QByteArray text = file.toByteArray().simplified().replace(' ', QByteArray{});
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? *decoded : QByteArray{};
}

/// Certificates, and which of them are not for mail.
base::Result<KeyMaterial> readPublicMaterial(QByteArrayView file)
{
    const ClearsErrorQueue clears;
    if (file.isEmpty())
        return ErrorCode::FileEmpty;
    if (file.size() > kMaxOctets)
        return ErrorCode::FileTooLarge;
    MaterialReader reader({});
    PemBlocks pem = file.startsWith('\x30') ? PemBlocks{} : readPemBlocks(file);
    pem.blocks.removeIf(isOfKeys);
    const base::Status status = pem.blocks.isEmpty() && !pem.isDamaged
            ? reader.readDer(file.startsWith('\x30') ? file.toByteArray() : bareBase64(file)) : reader.readPem(pem);
    KeyMaterial material = reader.take();
    // A PKCS#12 without passphrase: who takes it for a file of certificates leaves its keys behind.
    if (!material.privateKeys.isEmpty())
        return {ErrorCode::NotACertificate, u"it holds keys"_s};
    if (!status || material.certificates.isEmpty())
        return {ErrorCode::NotACertificate, status ? u"no certificate in the file"_s : status.error().detail};
    return material;
}

} // namespace

base::Result<KeyMaterial> readKeyMaterial(QByteArrayView file, const base::Secret &passphrase)
{
    const ClearsErrorQueue clears;
    if (file.isEmpty())
        return ErrorCode::FileEmpty;
    if (file.size() > kMaxOctets)
        return ErrorCode::FileTooLarge;
    MaterialReader reader(passphrase);
    const PemBlocks pem = file.startsWith('\x30') ? PemBlocks{} : readPemBlocks(file);
    const bool isPem = !pem.blocks.isEmpty() || pem.isDamaged;
    base::Status status = isPem ? reader.readPem(pem) : reader.readDer(file.toByteArray());
    if (!isPem && !status && !file.startsWith('\x30')) {
        if (const QByteArray decoded = bareBase64(file); !decoded.isEmpty())
            status = reader.readDer(decoded);
    }
    if (!status)
        return status.error();
    return reader.take();
}

base::Result<QList<QByteArray>> readCertificates(QByteArrayView file)
{
    base::Result<KeyMaterial> material = readPublicMaterial(file);
    if (!material)
        return material.error();
    return std::move(material->certificates);
}

bool hasPrivateKeyBlocks(QByteArrayView file)
{
    if (file.startsWith('\x30') || file.size() > kMaxOctets)
        return false;
    const PemBlocks pem = readPemBlocks(file);
    return std::any_of(pem.blocks.cbegin(), pem.blocks.cend(), [](const PemBlock &block) { return isOfKeys(block) && !block.label.endsWith("PUBLIC KEY"); });
}

base::Result<QList<QByteArray>> readMailAnchors(QByteArrayView file)
{
    base::Result<KeyMaterial> material = readPublicMaterial(file);
    if (!material)
        return material.error();
    const QSet<QByteArray> notForMail(material->notForMail.cbegin(), material->notForMail.cend());
    material->certificates.removeIf([&notForMail](const QByteArray &certificate) { return notForMail.contains(certificate); });
    if (material->certificates.isEmpty())
        return {ErrorCode::NotACertificate, u"the file trusts its certificates for other things than mail"_s};
    return std::move(material->certificates);
}

bool isPair(const QCA::PrivateKey &key, const QByteArray &certificate)
{
    const ClearsErrorQueue clears;
    const X509Ptr x509 = rememberedX509(certificate);
    const EvpKeyPtr evp = toEvp(key);
    return x509 && evp && X509_check_private_key(x509.get(), evp.get()) == 1;
}

} // namespace provider
