// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/TlsPolicy.h"

#include <QSslCertificate>
#include <QSslCipher>
#include <QSslKey>
#include <QSslSocket>

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorCode;

namespace net {

namespace {

/// Suites with forward secrecy and an authenticated cipher: RFC 9325 section 4.2, and all of TLS 1.3.
QList<QSslCipher> strongCiphers()
{
    QList<QSslCipher> ciphers;
    for (const QSslCipher &cipher : QSslConfiguration::supportedCiphers()) {
        const QString name = cipher.name();
        const bool isTls13 = name.startsWith("TLS_"_L1);
        const bool isAead = name.contains("GCM"_L1) || name.contains("CHACHA20"_L1);
        const bool isForwardSecret = name.startsWith("ECDHE-"_L1) || name.startsWith("DHE-"_L1);
        if (isTls13 || (isAead && isForwardSecret && !name.contains("PSK"_L1) && !name.contains("ARIA"_L1)))
            ciphers.append(cipher);
    }
    return ciphers;
}

/// Built once: listing ciphers costs milliseconds.
const QSslConfiguration &basis()
{
    static const QSslConfiguration configuration = [] {
        QSslConfiguration c = QSslConfiguration::defaultConfiguration();
        c.setProtocol(QSsl::TlsV1_2OrLater);
        c.setSslOption(QSsl::SslOptionDisableCompression, true);
        c.setSslOption(QSsl::SslOptionDisableLegacyRenegotiation, true);
        c.setCiphers(strongCiphers());
        return c;
    }();
    return configuration;
}

QSslKey readKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec}) {
        const QSslKey key{pem, algorithm, QSsl::Pem, QSsl::PrivateKey};
        if (!key.isNull())
            return key;
    }
    return {};
}

/// Both forms of a private key that Qt writes, PKCS#1 and SEC 1, hold the public one: 32 octets out of the middle of it (of the modulus, or of
/// the point's second coordinate) are found there and in no other key.
bool belongTogether(const QSslKey &publicKey, const QSslKey &privateKey)
{
    const qsizetype octets = publicKey.length() / 8;
    if (publicKey.algorithm() != privateKey.algorithm() || publicKey.length() != privateKey.length() || octets < 32)
        return false;
    return privateKey.toDer().contains(publicKey.toDer().last(octets).first(32));
}

} // namespace

base::Result<QSslConfiguration> clientTls(const QList<QByteArray> &anchorsDer, SystemAnchors system)
{
    if (!QSslSocket::supportsSsl())
        return {ErrorCode::TlsUnavailable, u"Qt has no TLS backend here"_s};
    QList<QSslCertificate> anchors;
    for (const QByteArray &der : anchorsDer) {
        const QSslCertificate certificate{der, QSsl::Der};
        if (certificate.isNull())
            return {ErrorCode::NotACertificate, u"a trust anchor for servers"_s};
        anchors.append(certificate);
    }
    QSslConfiguration configuration = basis();
    if (system == SystemAnchors::Use)
        anchors += QSslConfiguration::systemCaCertificates();
    configuration.setCaCertificates(anchors);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return configuration;
}

base::Result<QSslConfiguration> serverTls(const QByteArray &chainPem, const QByteArray &keyPem)
{
    if (!QSslSocket::supportsSsl())
        return {ErrorCode::TlsUnavailable, u"Qt has no TLS backend here"_s};
    const QList<QSslCertificate> chain = QSslCertificate::fromData(chainPem, QSsl::Pem);
    if (chain.isEmpty())
        return {ErrorCode::NotACertificate, u"the TLS certificate"_s};
    const QSslKey key = readKey(keyPem);
    if (key.isNull())
        return {ErrorCode::KeyTypeUnsupported, u"the TLS key is neither RSA nor EC in PEM without passphrase"_s};
    if (!belongTogether(chain.first().publicKey(), key))
        return {ErrorCode::CertificateKeyMismatch, u"the TLS certificate and key"_s};
    QSslConfiguration configuration = basis();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setCaCertificates({});
    return configuration;
}

const base::Result<QSslConfiguration> &ServerTls::configuration()
{
    if (!m_made)
        m_made = serverTls(m_chainPem, m_keyPem.view().toByteArray());
    return *m_made;
}

base::Status checkTlsMode(TlsMode mode, const QString &host)
{
    const bool allowsClear = mode == TlsMode::None || mode == TlsMode::StartTlsIfOffered;
    if (allowsClear && !isLoopback(host))
        return {ErrorCode::TlsUnavailable, u"a connection in the clear is for this computer only"_s};
    return base::Done{};
}

base::Error tlsError(const QList<QSslError> &errors)
{
    QStringList details;
    bool isUntrusted = false;
    for (const QSslError &error : errors) {
        details.append(error.errorString());
        isUntrusted = isUntrusted || error.error() != QSslError::NoError;
    }
    return {isUntrusted ? ErrorCode::TlsCertificateUntrusted : ErrorCode::TlsFailed, details.join(u"; "_s), {}, {}};
}

} // namespace net
