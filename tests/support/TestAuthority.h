// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Certificates for tests, made on the spot and relative to a fixed time.

#include "provider/CertificateFacts.h"
#include "provider/CertificateIssuance.h"
#include "provider/KeyGeneration.h"
#include "provider/Registration.h"

#include <QDir>
#include <QFile>
#include <QTimeZone>
#include <QtCrypto>

namespace support {

/// QCA with our provider; a member of the test class, so that it lives below the application object.
struct WithProvider {
    WithProvider()
    {
        if (!provider::registerProvider())
            qFatal("QCA refuses the provider");
    }
    QCA::Initializer initializer;
};

/// The "now" of the tests.
inline QDateTime testTime()
{
    return QDateTime(QDate(2026, 6, 1), QTime(12, 0), QTimeZone::UTC);
}

struct Identity {
    QCA::PrivateKey key;
    QCA::Certificate certificate;

    [[nodiscard]] QByteArray der() const { return certificate.toDER(); }
};

/// Keys that are for reading mail alone sign nothing.
inline bool canSign(provider::KeyType type)
{
    const QString name = provider::toString(type);
    return !name.startsWith(u'X') && !name.startsWith(QLatin1StringView("ML-KEM"));
}

inline provider::CertificateFacts factsOf(const QCA::Certificate &certificate)
{
    return *provider::readCertificateFacts(certificate.toDER());
}

inline provider::CertificateProfile personProfile(const QString &address)
{
    provider::CertificateProfile profile;
    profile.commonName = address.section(u'@', 0, 0);
    profile.addresses = {address};
    profile.issuedAt = testTime();
    profile.validUntil = testTime().addYears(1);
    return profile;
}

inline provider::CertificateProfile authorityProfile(const QString &name)
{
    provider::CertificateProfile profile;
    profile.kind = provider::CertificateKind::Authority;
    profile.commonName = name;
    profile.issuedAt = testTime().addYears(-1);
    profile.validUntil = testTime().addYears(9);
    return profile;
}

/// Any certificate with a fresh key; a null issuer makes it self-signed. A null certificate if it cannot be made.
inline Identity issue(const Identity &issuer, provider::KeyType type, const provider::CertificateProfile &profile)
{
    const auto key = provider::generateKey(type);
    if (!key)
        return {};
    const QCA::PrivateKey &signer = issuer.key.isNull() ? *key : issuer.key;
    const auto certificate = provider::issueCertificate(issuer.certificate, signer, key->toPublicKey(), profile);
    return {*key, certificate ? *certificate : QCA::Certificate{}};
}

inline Identity makeAuthority(provider::KeyType type = provider::KeyType::EcP256, const QString &name = QStringLiteral("Test Authority"))
{
    return issue({}, type, authorityProfile(name));
}

inline QByteArray fileContent(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

/// The folder of published vectors with a '/' at its end; empty where it is not at hand.
inline QString vectorsFolder()
{
    const QString folder = qEnvironmentVariable("WAXWING_SHARED_VECTORS");
    return !folder.isEmpty() && QDir(folder).exists() ? folder + u'/' : QString{};
}

} // namespace support
