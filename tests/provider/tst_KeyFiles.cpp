// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/KeyMaterial.h"
#include "provider/OpenSsl.h"
#include "provider/Pkcs12.h"
#include "provider/PrivateKeyFile.h"
#include "support/ErrorNames.h"
#include "support/TestAuthority.h"

#include <QTest>

#include <openssl/pem.h>

using namespace provider;
using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Secret;
using support::Identity;

class TestKeyFiles : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    Identity m_root = support::makeAuthority();
    Identity m_alice = support::issue(m_root, KeyType::Rsa2048, support::personProfile(u"alice@example.org"_s));
    Identity m_sealing = support::issue(m_root, KeyType::X25519, support::personProfile(u"alice@example.org"_s));
    const Secret m_passphrase = Secret::fromText(u"Schlüssel"_s);

    QByteArray aliceFile()
    {
        Pkcs12Content content;
        content.identities = {{m_alice.key, {m_alice.der()}, u"Älice"_s}, {m_sealing.key, {m_sealing.der()}, u"sealing"_s}};
        content.otherCertificates = {m_root.der()};
        return *writePkcs12(content, m_passphrase, KdfCost::Quick);
    }

private Q_SLOTS:
    void pkcs8ComesBackWithItsPassphrase_data()
    {
        QTest::addColumn<int>("type");
        for (const KeyType type : {KeyType::Rsa2048, KeyType::EcP521, KeyType::X25519, KeyType::Ed448, KeyType::MlDsa44, KeyType::MlKem512})
            QTest::newRow(qPrintable(toString(type))) << static_cast<int>(type);
    }
    void pkcs8ComesBackWithItsPassphrase()
    {
        QFETCH(int, type);
        const QCA::PrivateKey key = *generateKey(static_cast<KeyType>(type));
        const QByteArray der = *toEncryptedPkcs8(key, m_passphrase, KdfCost::Quick);
        QVERIFY(!der.contains(toPkcs8(key).view().last(16)));
        QVERIFY(*fromEncryptedPkcs8(der, m_passphrase) == key);
        QCOMPARE(fromEncryptedPkcs8(der, Secret("wrong")).error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(fromEncryptedPkcs8(der, {}).error().code, ErrorCode::PassphraseMissing);
        QVERIFY(*fromPkcs8(toPkcs8(key).view()) == key);
    }

    void damagedPkcs8IsNamed()
    {
        const QByteArray der = *toEncryptedPkcs8(m_alice.key, m_passphrase, KdfCost::Quick);
        QCOMPARE(fromEncryptedPkcs8({}, m_passphrase).error().code, ErrorCode::KeystoreDamaged);
        QCOMPARE(fromEncryptedPkcs8("text", m_passphrase).error().code, ErrorCode::KeystoreDamaged);
        QCOMPARE(fromEncryptedPkcs8(der.chopped(1), m_passphrase).error().code, ErrorCode::KeystoreDamaged);
        for (qsizetype i = 0; i < der.size(); i += 3) {
            QByteArray altered = der;
            altered[i] = static_cast<char>(altered[i] ^ 1);
            const auto read = fromEncryptedPkcs8(altered, m_passphrase);
            // A flipped bit in the key's own octets may still leave a key, but never the same one.
            QVERIFY(!read || !(*read == m_alice.key) || i < 40);
        }
        QCOMPARE(toEncryptedPkcs8({}, m_passphrase).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(toEncryptedPkcs8(m_alice.key, {}).error().code, ErrorCode::PassphraseMissing);
    }

    void absurdRoundsAreRefusedAtOnce()
    {
        // PBES2 with PBKDF2 and 2^31-1 rounds: hours of work for one file.
        QByteArray der = *toEncryptedPkcs8(m_alice.key, m_passphrase, KdfCost::Quick);
        const QByteArray few = QByteArray::fromHex("020203e8");
        const qsizetype at = der.indexOf(few);
        QVERIFY(at > 0);
        // The number grows by two octets, and so do all the lengths around it.
        QByteArray many = der;
        many.replace(at, 4, QByteArray::fromHex("02047fffffff"));
        for (qsizetype i = 0; i < at; ++i) {
            if (many[i] != '\x30')
                continue;
            const auto length = static_cast<unsigned char>(many[i + 1]);
            if (length == 0x82)
                many[i + 3] = static_cast<char>(many[i + 3] + 2);
            else if (length < 0x80)
                many[i + 1] = static_cast<char>(length + 2);
        }
        QCOMPARE(fromEncryptedPkcs8(many, m_passphrase).error().code, ErrorCode::AlgorithmRefused);
    }

    void pkcs12CarriesSeveralIdentities()
    {
        const auto content = readPkcs12(aliceFile(), m_passphrase);
        QVERIFY(content.isOk());
        QCOMPARE(content->identities.size(), 2);
        QVERIFY(content->identities[0].key == m_alice.key);
        QCOMPARE(content->identities[0].friendlyName, u"Älice"_s);
        QCOMPARE(content->identities[0].certificates, QList<QByteArray>{m_alice.der()});
        QVERIFY(content->identities[1].key == m_sealing.key);
        QCOMPARE(content->identities[1].certificates, QList<QByteArray>{m_sealing.der()});
        QCOMPARE(content->otherCertificates, QList<QByteArray>{m_root.der()});
    }

    void pkcs12SaysWhyNot()
    {
        const QByteArray file = aliceFile();
        QCOMPARE(readPkcs12(file, Secret("wrong")).error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(readPkcs12(file, {}).error().code, ErrorCode::PassphraseMissing);
        QCOMPARE(readPkcs12({}, {}).error().code, ErrorCode::NotAPkcs12File);
        QCOMPARE(readPkcs12("hello", {}).error().code, ErrorCode::NotAPkcs12File);
        QCOMPARE(readPkcs12(m_alice.der(), {}).error().code, ErrorCode::NotAPkcs12File);
        for (qsizetype size = 0; size < file.size(); size += 97)
            QCOMPARE(readPkcs12(file.first(size), m_passphrase).error().code, ErrorCode::NotAPkcs12File);
        for (qsizetype i = 0; i < file.size(); i += 31) {
            QByteArray altered = file;
            altered[i] = static_cast<char>(altered[i] ^ 4);
            QVERIFY2(!readPkcs12(altered, m_passphrase).isOk() || i > file.size() - 120, qPrintable(QString::number(i)));
        }
    }

    void pkcs12WritingRefusesWhatDoesNotBelongTogether()
    {
        QCOMPARE(writePkcs12({}, m_passphrase).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(writePkcs12({{{m_alice.key, {m_root.der()}, {}}}, {}}, m_passphrase).error().code,
                 ErrorCode::CertificateKeyMismatch);
        QCOMPARE(writePkcs12({{{m_alice.key, {}, {}}}, {}}, {}).error().code, ErrorCode::PassphraseMissing);
    }

    void qcaKeyBundlesAreOurs()
    {
        QCA::CertificateChain chain;
        chain.append(m_alice.certificate);
        chain.append(m_root.certificate);
        QCA::KeyBundle bundle;
        bundle.setName(u"Älice"_s);
        bundle.setCertificateChainAndKey(chain, m_alice.key);
        const QByteArray file = bundle.toArray(QCA::SecureArray("pass"));
        QCA::ConvertResult result{};
        const QCA::KeyBundle read = QCA::KeyBundle::fromArray(file, QCA::SecureArray("pass"), &result);
        QCOMPARE(result, QCA::ConvertGood);
        QCOMPARE(read.name(), u"Älice"_s);
        QCOMPARE(read.certificateChain().size(), 2);
        QVERIFY(read.privateKey() == m_alice.key);
        QVERIFY(QCA::KeyBundle::fromArray(file, QCA::SecureArray("no"), &result).isNull());
        QCOMPARE(result, QCA::ErrorPassphrase);
    }

    void materialInAnyOrder()
    {
        const QByteArray protectedKey = toPem(*toEncryptedPkcs8(m_alice.key, m_passphrase, KdfCost::Quick), "ENCRYPTED PRIVATE KEY");
        const QByteArray plainKey = toPem(toPkcs8(m_sealing.key).view(), "PRIVATE KEY");
        CrlFacts contents;
        contents.thisUpdate = support::testTime();
        contents.nextUpdate = support::testTime().addDays(1);
        const QByteArray crl = *issueCrl(m_root.certificate, m_root.key, contents);
        const QByteArray request = *makeRequest(m_alice.key, u"x"_s, {});
        const QByteArray file = "subject=/CN=x\n" + toPem(m_root.der(), "CERTIFICATE") + plainKey + toPem(crl, "X509 CRL")
                + "Bag Attributes\n" + toPem(request, "CERTIFICATE REQUEST") + toPem(m_alice.der(), "CERTIFICATE") + protectedKey
                + toPem(m_alice.der(), "X509 CERTIFICATE");
        const auto material = readKeyMaterial(file, m_passphrase);
        QVERIFY(material.isOk());
        QCOMPARE(material->certificates, (QList<QByteArray>{m_root.der(), m_alice.der()}));
        QCOMPARE(material->crls, QList<QByteArray>{crl});
        QCOMPARE(material->requests, QList<QByteArray>{request});
        QCOMPARE(material->privateKeys.size(), 2);
        QVERIFY(material->privateKeys[0] == m_sealing.key);
        QVERIFY(material->privateKeys[1] == m_alice.key);
        QCOMPARE(readKeyMaterial(file, Secret("no")).error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(readKeyMaterial(file).error().code, ErrorCode::PassphraseMissing);
        QCOMPARE(*readCertificates(file), (QList<QByteArray>{m_root.der(), m_alice.der()}));
    }

    void materialInOneDerObject()
    {
        QCOMPARE(readKeyMaterial(m_alice.der())->certificates, QList<QByteArray>{m_alice.der()});
        QCOMPARE(readKeyMaterial(toPkcs8(m_alice.key).view())->privateKeys.size(), 1);
        QCOMPARE(readKeyMaterial(aliceFile(), m_passphrase)->privateKeys.size(), 2);
        QCOMPARE(readKeyMaterial(m_alice.der().toBase64())->certificates.size(), 1);
        QCOMPARE(readCertificates(m_alice.der())->size(), 1);
    }

    void anchorsAreThoseTrustedForMail()
    {
        const X509Ptr root = x509FromDer(m_root.der());
        const auto file = [&root] {
            const BioPtr out = collectingBio();
            PEM_write_bio_X509_AUX(out.get(), root.get());
            return collected(out.get());
        };
        QCOMPARE(*readMailAnchors(file()), QList<QByteArray>{m_root.der()});
        X509_add1_trust_object(root.get(), OBJ_nid2obj(NID_server_auth));
        QCOMPARE(readMailAnchors(file()).error().code, ErrorCode::NotACertificate);
        QCOMPARE(*readCertificates(file()), QList<QByteArray>{m_root.der()});
        QCOMPARE(*readMailAnchors(file() + toPem(m_alice.der(), "CERTIFICATE")), QList<QByteArray>{m_alice.der()});
        X509_add1_trust_object(root.get(), OBJ_nid2obj(NID_email_protect));
        QCOMPARE(*readMailAnchors(file()), QList<QByteArray>{m_root.der()});
        X509_add1_reject_object(root.get(), OBJ_nid2obj(NID_email_protect));
        QCOMPARE(readMailAnchors(file()).error().code, ErrorCode::NotACertificate);
    }

    void materialSaysWhyNot_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("code");
        QTest::newRow("empty") << QByteArray() << int(ErrorCode::FileEmpty);
        QTest::newRow("text") << QByteArray("Dear Bob") << int(ErrorCode::NotACertificate);
        QTest::newRow("binary") << QByteArray::fromHex("30820101ffff00") << int(ErrorCode::NotACertificate);
        QTest::newRow("truncated DER") << m_alice.der().chopped(3) << int(ErrorCode::NotACertificate);
        const QByteArray pem = toPem(m_alice.der(), "CERTIFICATE");
        QTest::newRow("truncated PEM") << pem.first(pem.size() / 2) << int(ErrorCode::NotACertificate);
        QTest::newRow("one good, one truncated") << pem + pem.first(pem.size() / 2) << int(ErrorCode::NotACertificate);
        QTest::newRow("PEM of nothing known") << toPem("hello", "CERTIFICATE") << int(ErrorCode::NotACertificate);
        QTest::newRow("too large") << QByteArray((16 << 20) + 1, '0') << int(ErrorCode::FileTooLarge);
    }
    void materialSaysWhyNot()
    {
        QFETCH(QByteArray, file);
        QFETCH(int, code);
        QCOMPARE(int(readKeyMaterial(file).error().code), code);
        QCOMPARE(int(readCertificates(file).error().code), code);
    }

    void publishedFilesOpen_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<int>("others");
        QTest::newRow("none at hand") << QString() << QString() << 0;
        const QString folder = support::vectorsFolder();
        if (folder.isEmpty())
            return;
        const auto row = [&folder](const QString &path, const QString &passphrase, int others) {
            QTest::newRow(qPrintable(path)) << QString(folder + path) << passphrase << others;
        };
        row(u"mimekit/smime/rsa/smime.pfx"_s, u"no.secret"_s, 3);
        row(u"mimekit/smime/ec/smime.pfx"_s, u"no.secret"_s, 3);
        row(u"mimekit/smime/certificate-authority.pfx"_s, u"no.secret"_s, 0);
        row(u"nss-interop/Fran.p12"_s, u"nss"_s, 0);
        row(u"nss-interop/Fran-ec.p12"_s, u"nss"_s, 0);
        row(u"protected-headers-draft/bob.p12"_s, u"bob"_s, -1);
        for (const QString &name : {u"alice"_s, u"bob"_s, u"carlos"_s, u"dana"_s})
            row(u"rfc9216/"_s + name + u".p12"_s, name, -1);
        for (const QString &name : {u"Alice"_s, u"Bob"_s, u"Dave"_s, u"Eve"_s, u"Alice-ec"_s})
            row(u"thunderbird/"_s + name + u".p12"_s, u"nss"_s, -1);
    }
    void publishedFilesOpen()
    {
        QFETCH(QString, path);
        QFETCH(QString, passphrase);
        QFETCH(int, others);
        if (path.isEmpty())
            return;
        const QByteArray file = support::fileContent(path);
        const auto content = readPkcs12(file, Secret::fromText(passphrase));
        QVERIFY2(content.isOk(), content ? "" : qPrintable(QLatin1StringView(base::nameOf(content.error().code)) + u": "_s + content.error().detail));
        QCOMPARE(content->identities.size(), path.contains(u"rfc9216"_s) ? 2 : 1); // signing and encryption apart
        for (const Pkcs12Identity &identity : content->identities)
            QCOMPARE(identity.certificates.size(), 1);
        if (others >= 0)
            QCOMPARE(content->otherCertificates.size(), others);
        QCOMPARE(readPkcs12(file, Secret("definitely not")).error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(readPkcs12(file, {}).error().code, ErrorCode::PassphraseMissing);
    }

    void publishedKeysAreRead()
    {
        // Seed, expanded and both forms of ML-KEM; bare PKCS #8 in DER and PEM.
        const QString folder = support::vectorsFolder();
        QStringList files;
        for (const QString &pattern : {u"lamps-pqc/cms-ml-kem/ML-KEM-512-*.priv"_s, u"rfc9216/*.key.pem"_s, u"rfc4134/*Priv*.pri"_s}) {
            const QString sub = pattern.section(u'/', 0, -2) + u'/';
            for (const QString &name : QDir(folder + sub).entryList({pattern.section(u'/', -1)}, QDir::Files))
                files.append(folder + sub + name);
        }
        for (const QString &file : folder.isEmpty() ? QStringList{} : files) {
            const auto material = readKeyMaterial(support::fileContent(file));
            QVERIFY2(material.isOk(), qPrintable(file));
            QCOMPARE(material->privateKeys.size(), 1);
        }
        QVERIFY(folder.isEmpty() || files.size() > 15);
    }

    void oldFilesOpen()
    {
        // RC2-40 and 3DES, as Windows and Java wrote them for twenty years; made once by `openssl pkcs12 -legacy`.
        const auto content = readPkcs12(support::fileContent(QStringLiteral(WAXWING_TEST_DATA "/old-rc2.p12")), Secret("waxwing"));
        QVERIFY2(content.isOk(), content ? "" : qPrintable(content.error().detail));
        QCOMPARE(content->identities.size(), 1);
    }

    void filesWithTheNewMacOpen()
    {
        // PBMAC1 of RFC 9579; made once by `openssl pkcs12 -pbmac1_pbkdf2`.
        const QByteArray file = support::fileContent(QStringLiteral(WAXWING_TEST_DATA "/pbmac1.p12"));
        QCOMPARE(readPkcs12(file, Secret("waxwing"))->identities.size(), 1);
        QCOMPARE(readPkcs12(file, Secret("Waxwing")).error().code, ErrorCode::PassphraseWrong);
    }
};

QTEST_GUILESS_MAIN(TestKeyFiles)
#include "tst_KeyFiles.moc"
