// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/CmsWriting.h"

#include "provider/CmsFacts.h"
#include "provider/CmsOptions.h"
#include "provider/KeyGeneration.h"
#include "provider/SmimeCapabilities.h"

#include <QtCrypto>

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace smime {

namespace {

base::Result<QCA::Certificate> certificateOf(const QByteArray &der)
{
    QCA::ConvertResult result = QCA::ErrorDecode;
    QCA::Certificate certificate = QCA::Certificate::fromDER(der, &result);
    if (result != QCA::ConvertGood || certificate.isNull())
        return {ErrorCode::NotACertificate, u"a certificate that is needed for sealing cannot be read"_s};
    return certificate;
}

base::Result<QCA::SecureMessageKey> signingKeyOf(const identity::KeyMaterial &material, identity::PreparedKeys &prepared)
{
    const base::Result<QCA::PrivateKey> key = prepared.key(material.certificate, material.pkcs8);
    if (!key)
        return key.error();
    QCA::CertificateChain chain;
    for (const QByteArray &der : QList<QByteArray>{material.certificate} + material.chain) {
        base::Result<QCA::Certificate> certificate = prepared.certificate(der);
        if (!certificate)
            return certificate.error();
        chain.append(*certificate);
    }
    QCA::SecureMessageKey result;
    result.setX509CertificateChain(chain);
    result.setX509PrivateKey(*key);
    return result;
}

// RFC 8419 and RFC 9882 fix the digest of keys that hash by themselves; the provider raises that of large EC keys.
QByteArray micalgOf(const QCA::PrivateKey &key)
{
    if (key.isRSA())
        return "sha-256";
    switch (provider::keyTypeOf(key).value_or(provider::KeyType::Rsa2048)) {
    case provider::KeyType::EcP384:
        return "sha-384";
    case provider::KeyType::EcP521:
    case provider::KeyType::Ed25519:
    case provider::KeyType::Ed448:
    case provider::KeyType::MlDsa44:
    case provider::KeyType::MlDsa65:
    case provider::KeyType::MlDsa87:
        return "sha-512";
    case provider::KeyType::Rsa2048:
    case provider::KeyType::Rsa3072:
    case provider::KeyType::Rsa4096:
    case provider::KeyType::EcP256:
    case provider::KeyType::X25519:
    case provider::KeyType::X448:
    case provider::KeyType::MlKem512:
    case provider::KeyType::MlKem768:
    case provider::KeyType::MlKem1024:
        return "sha-256";
    }
    Q_UNREACHABLE_RETURN("sha-256");
}

provider::ContentCipher cipherOf(ContentCipher cipher)
{
    switch (cipher) {
    case ContentCipher::Aes256Cbc:
        return provider::ContentCipher::Aes256Cbc;
    case ContentCipher::Aes128Cbc:
        return provider::ContentCipher::Aes128Cbc;
    case ContentCipher::Aes256Gcm:
        return provider::ContentCipher::Aes256Gcm;
    case ContentCipher::Aes128Gcm:
        return provider::ContentCipher::Aes128Gcm;
    }
    Q_UNREACHABLE_RETURN(provider::ContentCipher::Aes256Cbc);
}

QString causeOf(const QCA::SecureMessage &message)
{
    const provider::CmsFacts *facts = provider::factsOf(message);
    return facts && !facts->detail.isEmpty() ? facts->detail : message.diagnosticText();
}

/// The same octets cut into pieces that stay in the processor's cache; what is small anyway in one.
Pieces inPasses(const Pieces &content)
{
    constexpr qsizetype kPassOctets = 32 * 1024;
    if (sizeOf(content) <= kPassOctets)
        return {content.join()};
    Pieces passes;
    for (const QByteArray &piece : content)
        for (qsizetype at = 0; at < piece.size(); at += kPassOctets)
            passes.append(QByteArray::fromRawData(piece.constData() + at, std::min(kPassOctets, piece.size() - at)));
    return passes;
}

void feed(QCA::SecureMessage &message, const Pieces &content)
{
    for (const QByteArray &piece : content)
        message.update(piece);
    message.end();
    message.waitForFinished(-1);
}

/// DER of what the signer's program reads if mail is encrypted to the key that goes with the signature.
QByteArray announcedCapabilities(const SigningInput &input)
{
    const QByteArray &receiving = input.encryptionCertificate.isEmpty() ? input.key->certificate : input.encryptionCertificate;
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(receiving);
    return provider::encodeSmimeCapabilities(provider::ownCapabilities(facts ? facts->keyType : QString{}));
}

provider::CmsOptions encryptionOptions(const AlgorithmChoice &algorithms)
{
    provider::CmsOptions options;
    options.cipher = cipherOf(algorithms.cipher);
    for (KeyTransport transport : algorithms.keyTransports)
        options.keyTransportOf.append(transport == KeyTransport::RsaPkcs1 ? provider::RsaKeyTransport::Pkcs1
                                                                          : provider::RsaKeyTransport::OaepSha256);
    return options;
}

} // namespace

qint64 sizeOf(const Pieces &pieces)
{
    qint64 size = 0;
    for (const QByteArray &piece : pieces)
        size += piece.size();
    return size;
}

base::Result<MadeSignature> signPieces(CmsSession &session, const Pieces &content, const SigningInput &input)
{
    const base::Result<QCA::SecureMessageKey> key = signingKeyOf(*input.key, *input.prepared);
    if (!key)
        return key.error();
    QCA::SecureMessage &message = session.message();
    provider::CmsOptions options;
    options.signingTime = input.at;
    options.capabilitiesDer = announcedCapabilities(input);
    options.preferredEncryptionCertificate = input.encryptionCertificate;
    if (!provider::setOptions(message, options))
        return {ErrorCode::SigningFailed, u"the provider is not registered"_s};
    const bool isDetached = input.form == SignatureForm::Detached;
    message.setSigner(*key);
    message.setSMIMEAttributesEnabled(true);
    message.startSign(isDetached ? QCA::SecureMessage::Detached : QCA::SecureMessage::Message);
    feed(message, content);
    if (!message.success())
        return {ErrorCode::SigningFailed, causeOf(message)};
    return MadeSignature{isDetached ? message.signature() : message.read(), micalgOf(key->x509PrivateKey())};
}

base::Status encryptPieces(CmsSession &session, const Pieces &content, const QList<provider::CertificateFacts> &readers, const AlgorithmChoice &algorithms,
                           const std::function<void(QByteArrayView)> &take)
{
    QCA::SecureMessageKeyList keys;
    for (const provider::CertificateFacts &reader : readers) {
        const base::Result<QCA::Certificate> certificate = certificateOf(reader.der);
        if (!certificate)
            return certificate.error();
        QCA::SecureMessageKey key;
        key.setX509CertificateChain(QCA::CertificateChain(*certificate));
        keys.append(key);
    }
    QCA::SecureMessage &message = session.message();
    provider::CmsOptions options = encryptionOptions(algorithms);
    options.contentOctets = sizeOf(content);
    if (!provider::setOptions(message, options))
        return {ErrorCode::EncryptionFailed, u"the provider is not registered"_s};
    message.setRecipients(keys);
    message.setSMIMEAttributesEnabled(true);
    message.startEncrypt();
    for (const QByteArray &piece : inPasses(content)) {
        message.update(piece);
        take(message.read());
    }
    message.end();
    message.waitForFinished(-1);
    take(message.read());
    if (message.success())
        return base::Done{};
    const provider::CmsFacts *facts = provider::factsOf(message);
    const bool isUnsupported = facts && facts->fault == provider::CmsFault::UnsupportedAlgorithm;
    return {isUnsupported ? ErrorCode::AlgorithmUnsupported : ErrorCode::EncryptionFailed, causeOf(message)};
}

} // namespace smime
