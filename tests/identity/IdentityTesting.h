// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Authority.h"
#include "identity/CertificateFile.h"
#include "identity/DataDirectory.h"
#include "identity/Enrolment.h"
#include "identity/Keystore.h"
#include "provider/CertificateIssuance.h"
#include "provider/KeyGeneration.h"
#include "provider/Registration.h"
#include "support/ErrorNames.h"
#include "support/FakeClock.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtCrypto>

/// What every test of this module needs: QCA with our provider, a folder, a clock, and the foreign openssl.
class IdentityTesting
{
public:
    IdentityTesting() { QVERIFY(provider::registerProvider()); }

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Runs openssl in the folder; its standard output.
    QByteArray openssl(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral("openssl"), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(30000) || process.exitCode() != 0)
            qWarning() << arguments << process.readAllStandardError();
        return process.readAllStandardOutput();
    }

    QByteArray read(const QString &name) const
    {
        QFile file{path(name)};
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
    }

    void write(const QString &name, const QByteArray &data) const
    {
        QFile file{path(name)};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(data);
    }

    /// A person's or an authority's certificate made by our issuer, with a key that is thrown away unless kept.
    struct Made {
        QCA::PrivateKey key;
        QCA::Certificate certificate;
        [[nodiscard]] QByteArray der() const { return certificate.toDER(); }
    };

    static Made makeCertificate(const provider::CertificateProfile &profile, const Made *issuer = nullptr,
                                provider::KeyType type = provider::KeyType::EcP256)
    {
        const auto key = provider::generateKey(type);
        Q_ASSERT(key);
        const auto publicKey = provider::readPublicKey(provider::publicKeyDer(*key));
        Q_ASSERT(publicKey);
        const auto certificate = issuer ? provider::issueCertificate(issuer->certificate, issuer->key, *publicKey, profile)
                                        : provider::issueCertificate({}, *key, *publicKey, profile);
        Q_ASSERT(certificate);
        return {*key, *certificate};
    }

    [[nodiscard]] provider::CertificateProfile authorityProfile(const QString &name = QStringLiteral("Root")) const
    {
        provider::CertificateProfile profile;
        profile.kind = provider::CertificateKind::Authority;
        profile.commonName = name;
        profile.issuedAt = clock.now();
        profile.validUntil = clock.now().addYears(10);
        return profile;
    }

    [[nodiscard]] provider::CertificateProfile personProfile(const QString &address) const
    {
        provider::CertificateProfile profile;
        profile.commonName = QStringLiteral("Person");
        profile.addresses = {address};
        profile.issuedAt = clock.now();
        profile.validUntil = clock.now().addYears(1);
        return profile;
    }

    support::FakeClock clock;

private:
    QCA::Initializer m_initializer;
    QTemporaryDir m_folder;
};

#define VERIFY_OK(expression)                                                                                                             \
    do {                                                                                                                                  \
        const auto &outcome_ = (expression);                                                                                              \
        if (!outcome_)                                                                                                                    \
            QFAIL(qPrintable(QLatin1StringView{base::nameOf(outcome_.error().code)} + QStringLiteral(": ") + outcome_.error().detail)); \
    } while (false)
