// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/KeyMaterial.h"

#include "provider/CertificateSet.h"
#include "provider/EncryptedKey.h"
#include "provider/PemBlocks.h"
#include "provider/Pkcs12.h"

#include <QSet>

#include <openssl/pem.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr qsizetype kMaxOctets = 16 << 20;

class MaterialReader
{
public:
    explicit MaterialReader(const base::Secret &passphrase) : m_passphrase(passphrase) {}

    base::Status readDer(const QByteArray &der);
    base::Status readPem(const PemBlocks &pem);
    KeyMaterial take() { return std::move(m_material); }

private:
    base::Status readBlock(const PemBlock &block);
    base::Status readKey(const QByteArray &der);
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

base::Status MaterialReader::readKey(const QByteArray &der)
{
    base::Result<EvpKeyPtr> key = readPrivateKey(der, m_passphrase.view());
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
    const base::Status key = readKey(der);
    if (key || key.error().code != ErrorCode::KeyTypeUnsupported)
        return key;
    const base::Status pkcs12 = readPkcs12File(der);
    if (!pkcs12 && pkcs12.error().code == ErrorCode::NotAPkcs12File)
        return {ErrorCode::NotACertificate, u"neither certificate nor key"_s};
    return pkcs12;
}

base::Status MaterialReader::readBlock(const PemBlock &block)
{
    if (block.label.endsWith("PRIVATE KEY") && !block.header.isEmpty()) {
        base::Result<EvpKeyPtr> key = readOldPemKey(block, m_passphrase.view());
        if (!key)
            return key.error();
        m_material.privateKeys.append(toPrivateKey(std::move(*key)));
        return base::Done{};
    }
    if (block.label.endsWith("PRIVATE KEY"))
        return readKey(block.der);
    if (block.label == PEM_STRING_X509_TRUSTED) {
        const auto *in = reinterpret_cast<const unsigned char *>(block.der.constData());
        const X509Ptr certificate(d2i_X509(nullptr, &in, block.der.size()));
        if (!certificate)
            return {ErrorCode::NotACertificate, u"damaged TRUSTED CERTIFICATE"_s};
        appendOnce(m_material.certificates, toDer(certificate.get()));
        return base::Done{};
    }
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

/// Base64 without armour, as some directories give it out.
QByteArray bareBase64(QByteArrayView file)
{
    const QByteArray text = file.toByteArray().simplified().replace(' ', QByteArray{});
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? *decoded : QByteArray{};
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
    const ClearsErrorQueue clears;
    if (file.isEmpty())
        return ErrorCode::FileEmpty;
    if (file.size() > kMaxOctets)
        return ErrorCode::FileTooLarge;
    MaterialReader reader({});
    PemBlocks pem = file.startsWith('\x30') ? PemBlocks{} : readPemBlocks(file);
    pem.blocks.removeIf([](const PemBlock &block) { return block.label.endsWith("KEY") || block.label == "PKCS12"; });
    const base::Status status = pem.blocks.isEmpty() && !pem.isDamaged
            ? reader.readDer(file.startsWith('\x30') ? file.toByteArray() : bareBase64(file)) : reader.readPem(pem);
    KeyMaterial material = reader.take();
    if (!status || material.certificates.isEmpty())
        return {ErrorCode::NotACertificate, status ? u"no certificate in the file"_s : status.error().detail};
    return material.certificates;
}

bool isPair(const QCA::PrivateKey &key, const QByteArray &certificate)
{
    const ClearsErrorQueue clears;
    const X509Ptr x509 = rememberedX509(certificate);
    const EvpKeyPtr evp = toEvp(key);
    return x509 && evp && X509_check_private_key(x509.get(), evp.get()) == 1;
}

} // namespace provider
