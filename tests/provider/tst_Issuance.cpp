// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateIssuance.h"
#include "support/ErrorNames.h"
#include "support/TestAuthority.h"

#include <QTest>

using namespace provider;
using namespace Qt::StringLiterals;
using base::ErrorCode;
using support::Identity;

class TestIssuance : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    Identity m_authority = support::makeAuthority();

    CertificateFacts factsFor(KeyType type, const CertificateProfile &profile)
    {
        return support::factsOf(support::issue(m_authority, type, profile).certificate);
    }

private Q_SLOTS:
    void aRootSaysWhatItIs()
    {
        const CertificateFacts facts = support::factsOf(m_authority.certificate);
        QVERIFY(facts.isCa);
        QVERIFY(facts.isSelfIssued);
        QCOMPARE(facts.keyUsage, KeyUsages(KeyUsage::KeyCertSign) | KeyUsage::CrlSign);
        QVERIFY(!facts.hasExtendedKeyUsage);
        QVERIFY(!facts.subjectKeyIdentifier.isEmpty());
        QCOMPARE(facts.subject, u"CN=Test Authority"_s);
        QVERIFY(m_authority.certificate.isCA());
        QVERIFY(m_authority.certificate.isSelfSigned());
    }

    void aPersonsCertificateIsForMail()
    {
        const CertificateFacts facts = factsFor(KeyType::Rsa2048, support::personProfile(u"alice@example.org"_s));
        QCOMPARE(facts.addresses, QStringList{u"alice@example.org"_s});
        QCOMPARE(facts.commonName, u"alice"_s);
        QCOMPARE(facts.extendedKeyUsage, QList<QByteArray>{kEmailProtectionOid});
        QCOMPARE(facts.keyUsage, KeyUsages(KeyUsage::DigitalSignature) | KeyUsage::KeyEncipherment);
        QVERIFY(facts.maySign() && facts.mayReceive() && facts.mayProtectMail() && !facts.isCa);
        QCOMPARE(facts.authorityKeyIdentifier, support::factsOf(m_authority.certificate).subjectKeyIdentifier);
        QCOMPARE(facts.serial.size(), 32);
        QCOMPARE(facts.notBefore, support::testTime().addSecs(-300));
        QCOMPARE(facts.notAfter, support::testTime().addYears(1));
        QCOMPARE(facts.sha256Fingerprint.size(), 64);
    }

    void keyUsageFollowsTheKeyType_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("usage");
        const auto row = [](KeyType type, KeyUsages usage) {
            QTest::newRow(qPrintable(toString(type))) << static_cast<int>(type) << usage.toInt();
        };
        row(KeyType::EcP384, KeyUsages(KeyUsage::DigitalSignature) | KeyUsage::KeyAgreement);
        row(KeyType::Ed25519, KeyUsage::DigitalSignature);
        row(KeyType::X25519, KeyUsage::KeyAgreement);
        row(KeyType::X448, KeyUsage::KeyAgreement);
        row(KeyType::Ed448, KeyUsage::DigitalSignature);
        row(KeyType::MlDsa65, KeyUsage::DigitalSignature);
        row(KeyType::MlKem768, KeyUsage::KeyEncipherment);
    }
    void keyUsageFollowsTheKeyType()
    {
        QFETCH(int, type);
        QFETCH(int, usage);
        const CertificateFacts facts = factsFor(static_cast<KeyType>(type), support::personProfile(u"a@example.org"_s));
        QCOMPARE(facts.keyUsage.toInt(), usage);
        const KeyUsages uses = KeyUsages::fromInt(usage);
        QCOMPARE(facts.maySign(), uses.testFlag(KeyUsage::DigitalSignature));
        QCOMPARE(facts.mayReceive(), uses.testAnyFlags(KeyUsages(KeyUsage::KeyEncipherment) | KeyUsage::KeyAgreement));
    }

    void authoritiesOfEverySigningTypeIssue_data()
    {
        QTest::addColumn<int>("type");
        for (const KeyType type : allKeyTypes()) {
            if (support::canSign(type) && type != KeyType::Rsa4096)
                QTest::newRow(qPrintable(toString(type))) << static_cast<int>(type);
        }
    }
    void authoritiesOfEverySigningTypeIssue()
    {
        QFETCH(int, type);
        const Identity authority = support::makeAuthority(static_cast<KeyType>(type));
        const Identity person = support::issue(authority, KeyType::EcP256, support::personProfile(u"a@example.org"_s));
        QVERIFY(!person.certificate.isNull());
        QVERIFY(authority.certificate.isIssuerOf(person.certificate));
    }

    void internationalAddresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("written");
        QTest::newRow("domain as A-label") << u"jörg@bücher.example"_s << u"jörg@xn--bcher-kva.example"_s;
        QTest::newRow("rfc822Name with IDN domain") << u"joerg@bücher.example"_s << u"joerg@xn--bcher-kva.example"_s;
        QTest::newRow("Chinese local part") << u"医生@example.org"_s << u"医生@example.org"_s;
    }
    void internationalAddresses()
    {
        QFETCH(QString, address);
        QTEST(factsFor(KeyType::EcP256, support::personProfile(address)).addresses.value(0), "written");
    }

    void impossibleAddressesAreRefused_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("no at") << u"alice"_s;
        QTest::newRow("no local part") << u"@example.org"_s;
        QTest::newRow("no domain") << u"alice@"_s;
        QTest::newRow("line break") << u"alice\r\n@example.org"_s;
        QTest::newRow("space") << u"al ice@example.org"_s;
        QTest::newRow("NUL") << QString(u"alice@example.org\0.evil.example"_s);
        QTest::newRow("too long") << QString(400, u'a') + u"@example.org"_s;
    }
    void impossibleAddressesAreRefused()
    {
        QFETCH(QString, address);
        const auto key = generateKey(KeyType::EcP256);
        const auto certificate = issueCertificate(m_authority.certificate, m_authority.key, key->toPublicKey(),
                                                  support::personProfile(address));
        QCOMPARE(certificate.error().code, ErrorCode::AddressInvalid);
    }

    void tlsServersAreForTls()
    {
        CertificateProfile profile = support::personProfile(u"x"_s);
        profile.kind = CertificateKind::TlsServer;
        profile.addresses.clear();
        profile.commonName = u"relay"_s;
        profile.hostNames = {u"localhost"_s, u"127.0.0.1"_s, u"::1"_s};
        const CertificateFacts facts = factsFor(KeyType::EcP256, profile);
        QCOMPARE(facts.extendedKeyUsage, QList<QByteArray>{kServerAuthOid});
        QCOMPARE(facts.hostNames, (QStringList{u"localhost"_s, u"127.0.0.1"_s, u"0:0:0:0:0:0:0:1"_s}));
        QVERIFY(!facts.mayProtectMail());
    }

    void capabilitiesAndLocationsAreWritten()
    {
        CertificateProfile profile = support::personProfile(u"a@example.org"_s);
        profile.smimeCapabilities = {{"2.16.840.1.101.3.4.1.46", {}}, {"1.2.840.113549.3.2", QByteArray::fromHex("02020080")}};
        profile.crlLocations = {u"http://localhost/a,b.crl"_s};
        const CertificateFacts facts = factsFor(KeyType::EcP256, profile);
        QCOMPARE(facts.smimeCapabilities, profile.smimeCapabilities);
        QCOMPARE(facts.crlLocations, QStringList{u"http://localhost/a%2Cb.crl"_s});
    }

    void extensionsCanBeReplacedAndRemoved()
    {
        CertificateProfile profile = support::personProfile(u"a@example.org"_s);
        profile.extensions = {{"extendedKeyUsage", "anyExtendedKeyUsage"}, {"keyUsage", {}}};
        const CertificateFacts facts = factsFor(KeyType::EcP256, profile);
        QCOMPARE(facts.extendedKeyUsage, QList<QByteArray>{kAnyExtendedKeyUsageOid});
        QVERIFY(!facts.hasKeyUsage);
        profile.extensions = {{"keyUsage", "makeCoffee"}};
        QVERIFY(support::issue(m_authority, KeyType::EcP256, profile).certificate.isNull());
    }

    void mismatchesAreRefused()
    {
        const QCA::PrivateKey other = *generateKey(KeyType::EcP256);
        const CertificateProfile profile = support::personProfile(u"a@example.org"_s);
        QCOMPARE(issueCertificate(m_authority.certificate, other, other.toPublicKey(), profile).error().code,
                 ErrorCode::CertificateKeyMismatch);
        const QCA::PrivateKey mute = *generateKey(KeyType::X25519);
        QCOMPARE(issueCertificate({}, mute, mute.toPublicKey(), profile).error().code, ErrorCode::KeyTypeUnsupported);
        QCOMPARE(issueCertificate({}, {}, {}, profile).error().code, ErrorCode::InvalidArgument);
        CertificateProfile reversed = profile;
        reversed.validUntil = profile.issuedAt.addDays(-1);
        QCOMPARE(issueCertificate({}, other, other.toPublicKey(), reversed).error().code, ErrorCode::InvalidArgument);
    }

    void namesHaveOneLineAndOneDirection()
    {
        const QCA::PrivateKey key = *generateKey(KeyType::Ed25519);
        const auto der = makeRequest(key, u"M\n"_s + QChar(0x202E) + QChar(0xFDD1) + u"  Alice"_s, {u"m@example.org"_s});
        QVERIFY(der.isOk());
        QCOMPARE(readRequest(*der)->commonName, u"M Alice"_s);
    }

    void requestsProveTheirKey()
    {
        const QCA::PrivateKey key = *generateKey(KeyType::Ed25519);
        const auto der = makeRequest(key, u"Älice"_s, {u"alice@example.org"_s});
        QVERIFY(der.isOk());
        const auto facts = readRequest(*der);
        QVERIFY(facts.isOk());
        QCOMPARE(facts->commonName, u"Älice"_s);
        QCOMPARE(facts->addresses, QStringList{u"alice@example.org"_s});
        QCOMPARE(publicKeyDer(facts->publicKey), publicKeyDer(key));
        QByteArray altered = *der;
        altered.replace("alice@", "bobby@");
        QCOMPARE(readRequest(altered).error().code, ErrorCode::RequestSignatureInvalid);
        QCOMPARE(readRequest("hello").error().code, ErrorCode::NotACertificateRequest);
        QCOMPARE(makeRequest(*generateKey(KeyType::X25519), u"x"_s, {}).error().code, ErrorCode::KeyTypeUnsupported);
    }

    void qcasOwnClassesIssueToo()
    {
        QCA::CertificateOptions options;
        QCA::CertificateInfoOrdered info;
        info.append({QCA::CommonName, u"Bob"_s});
        info.append({QCA::Country, u"DE"_s});
        info.append({QCA::Email, u"bob@example.org"_s});
        options.setInfoOrdered(info);
        options.setValidityPeriod(support::testTime(), support::testTime().addYears(1));
        const QCA::PrivateKey key = *generateKey(KeyType::EcP256);
        const QCA::CertificateRequest request(options, key);
        QVERIFY(!request.isNull());
        QVERIFY(request == QCA::CertificateRequest::fromPEM(request.toPEM()));
        const QCA::CertificateAuthority authority(m_authority.certificate, m_authority.key, QString());
        const QCA::Certificate certificate = authority.signRequest(request, support::testTime().addYears(5));
        QVERIFY(!certificate.isNull());
        QCOMPARE(support::factsOf(certificate).addresses, QStringList{u"bob@example.org"_s});
        QCOMPARE(certificate.commonName(), u"Bob"_s);
        const QCA::Certificate selfSigned(options, key);
        QVERIFY(selfSigned.isSelfSigned());
        QVERIFY(QCA::Certificate::fromPEM(selfSigned.toPEM()) == selfSigned);
        const QCA::CRL crl = authority.createCRL(support::testTime().addYears(5));
        const QCA::CRL updated = authority.updateCRL(crl, {QCA::CRLEntry(certificate, QCA::CRLEntry::RemoveFromCRL)},
                                                     support::testTime().addYears(5));
        QCOMPARE(updated.revoked().size(), 1);
        QCOMPARE(updated.revoked().constFirst().serialNumber(), certificate.serialNumber());
        QCOMPARE(updated.number(), 2);
        QCOMPARE(readCrl(updated.toDER())->revoked.constFirst().reason, RevocationReason::RemoveFromCrl);
    }

    void collectionsGoThroughPkcs7()
    {
        const Identity person = support::issue(m_authority, KeyType::Ed25519, support::personProfile(u"a@example.org"_s));
        QCA::CertificateCollection collection;
        collection.addCertificate(m_authority.certificate);
        collection.addCertificate(person.certificate);
        const QString path = QDir::temp().filePath(u"waxwing-%1.p7b"_s.arg(QCoreApplication::applicationPid()));
        QVERIFY(collection.toPKCS7File(path));
        QCA::ConvertResult result{};
        const QCA::CertificateCollection read = QCA::CertificateCollection::fromPKCS7File(path, &result);
        QFile::remove(path);
        QCOMPARE(result, QCA::ConvertGood);
        QCOMPARE(read.certificates().size(), 2);
    }

    void crlsSayWhatWasRevoked()
    {
        CrlFacts contents;
        contents.number = "0a";
        contents.thisUpdate = support::testTime();
        contents.nextUpdate = support::testTime().addDays(7);
        contents.revoked = {{"0102030405060708090a0b0c0d0e0f1011", support::testTime().addDays(-1), RevocationReason::KeyCompromise},
                            {"7f", support::testTime().addDays(-2), RevocationReason::NotStated}};
        const auto der = issueCrl(m_authority.certificate, m_authority.key, contents);
        QVERIFY(der.isOk());
        const auto facts = readCrl(*der);
        QVERIFY(facts.isOk());
        QCOMPARE(facts->number, QByteArray("0a"));
        QCOMPARE(facts->thisUpdate, contents.thisUpdate);
        QCOMPARE(facts->nextUpdate, contents.nextUpdate);
        QCOMPARE(facts->revoked.size(), 2);
        QVERIFY(facts->revoked.contains(contents.revoked[0]));
        QVERIFY(facts->revoked.contains(contents.revoked[1]));
        QCOMPARE(facts->authorityKeyIdentifier, support::factsOf(m_authority.certificate).subjectKeyIdentifier);
        QVERIFY(isCrlSignedBy(*der, {m_authority.der()}));
        QVERIFY(!isCrlSignedBy(*der, {support::makeAuthority().der()}));
        QCOMPARE(issueCrl(m_authority.certificate, *generateKey(KeyType::EcP256), contents).error().code,
                 ErrorCode::CertificateKeyMismatch);
    }

    void damagedCertificatesAndCrlsAreNamed()
    {
        const QByteArray der = m_authority.der();
        for (qsizetype size = 0; size < der.size(); size += 7)
            QCOMPARE(readCertificateFacts(der.first(size)).error().code, ErrorCode::NotACertificate);
        QCOMPARE(readCertificateFacts(der + 'x').error().code, ErrorCode::NotACertificate);
        QCOMPARE(readCrl(der).error().code, ErrorCode::NotACrl);
        // Any octet may be another one: never a crash, whatever comes out.
        for (qsizetype i = 0; i < der.size(); ++i) {
            QByteArray altered = der;
            altered[i] = static_cast<char>(altered[i] ^ 0x5a);
            (void)readCertificateFacts(altered).isOk();
            (void)QCA::Certificate::fromDER(altered).isNull();
        }
    }

    void distantDatesAndBigSerialsAreKept()
    {
        CertificateProfile profile = support::personProfile(u"a@example.org"_s);
        profile.validUntil = QDateTime(QDate(2066, 1, 2), QTime(3, 4, 5), QTimeZone::UTC);
        profile.serial = "7fffffffffffffffffffffffffffffffffffffff";
        const Identity person = support::issue(m_authority, KeyType::EcP256, profile);
        QCOMPARE(support::factsOf(person.certificate).notAfter, profile.validUntil);
        QCOMPARE(person.certificate.notValidAfter().toUTC(), profile.validUntil);
        QCOMPARE(support::factsOf(person.certificate).serial, profile.serial);
        QCOMPARE(person.certificate.serialNumber().toString(), u"730750818665451459101842416358141509827966271487"_s);
    }
};

QTEST_GUILESS_MAIN(TestIssuance)
#include "tst_Issuance.moc"
