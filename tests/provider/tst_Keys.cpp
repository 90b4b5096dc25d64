// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/KeyGeneration.h"
#include "provider/PrivateKeyFile.h"
#include "support/ErrorNames.h"
#include "support/TestAuthority.h"

#include <QTest>

using namespace provider;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(provider::KeyType)

class TestKeys : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;

    static void everyType()
    {
        QTest::addColumn<KeyType>("type");
        for (const KeyType type : allKeyTypes()) {
            if (type != KeyType::Rsa4096) // the same path, and slow
                QTest::newRow(qPrintable(toString(type))) << type;
        }
    }

private Q_SLOTS:
    void everyTypeSurvivesQcasFiles_data() { everyType(); }
    void everyTypeSurvivesQcasFiles()
    {
        QFETCH(KeyType, type);
        const auto key = generateKey(type);
        QVERIFY(key.isOk());
        QVERIFY(keyTypeOf(*key) == type);

        QCA::ConvertResult result{};
        const QCA::PrivateKey fromDer = QCA::PrivateKey::fromDER(key->toDER(), {}, &result);
        QCOMPARE(result, QCA::ConvertGood);
        QVERIFY(fromDer == *key);
        const QCA::PrivateKey fromPem = QCA::PrivateKey::fromPEM(key->toPEM(), {}, &result);
        QCOMPARE(result, QCA::ConvertGood);
        QVERIFY(fromPem == *key);
        const QCA::PublicKey publicKey = QCA::PublicKey::fromDER(key->toPublicKey().toDER(), &result);
        QCOMPARE(result, QCA::ConvertGood);
        QVERIFY(!publicKey.isPrivate());
        QCOMPARE(publicKeyDer(publicKey), publicKeyDer(*key));
    }

    void signingTypesSignAndOthersRefuse_data() { everyType(); }
    void signingTypesSignAndOthersRefuse()
    {
        QFETCH(KeyType, type);
        QCA::PrivateKey key = *generateKey(type);
        QCA::PublicKey publicKey = key.toPublicKey();
        const QByteArray signature = key.signMessage(QByteArray("letter"), QCA::EMSA3_SHA256);
        QCOMPARE(!signature.isEmpty(), support::canSign(type));
        QCOMPARE(publicKey.verifyMessage(QByteArray("letter"), signature, QCA::EMSA3_SHA256), support::canSign(type));
        QVERIFY(!publicKey.verifyMessage(QByteArray("Letter"), signature, QCA::EMSA3_SHA256));
        QVERIFY(publicKey.verifyMessage(QByteArray("x"), {}, QCA::EMSA3_SHA256) == false);
    }

    void qcaGeneratesRsaThroughUs()
    {
        const QCA::PrivateKey key = QCA::KeyGenerator().createRSA(2048);
        QVERIFY(!key.isNull());
        QCOMPARE(key.provider()->name(), u"waxwing"_s);
        QCOMPARE(describeKey(key), u"RSA-2048"_s);
        const QCA::RSAPrivateKey rsa = key.toRSA();
        QCOMPARE(rsa.e(), QCA::BigInteger(65537));
        const QCA::RSAPrivateKey rebuilt(rsa.n(), rsa.e(), rsa.p(), rsa.q(), rsa.d());
        QCOMPARE(publicKeyDer(rebuilt), publicKeyDer(key));
    }

    void rsaEncryptsAndDecrypts_data()
    {
        QTest::addColumn<QCA::EncryptionAlgorithm>("algorithm");
        QTest::newRow("PKCS #1 v1.5") << QCA::EME_PKCS1v15;
        QTest::newRow("OAEP") << QCA::EME_PKCS1_OAEP;
    }
    void rsaEncryptsAndDecrypts()
    {
        QFETCH(QCA::EncryptionAlgorithm, algorithm);
        QCA::PrivateKey key = *generateKey(KeyType::Rsa2048);
        QCA::PublicKey publicKey = key.toPublicKey();
        const QCA::SecureArray sealed = publicKey.encrypt(QCA::SecureArray("secret"), algorithm);
        QCOMPARE(sealed.size(), 256);
        QCA::SecureArray opened;
        QVERIFY(key.decrypt(sealed, &opened, algorithm));
        QCOMPARE(opened, QCA::SecureArray("secret"));
    }

    void protectedPemNeedsItsPassphrase()
    {
        const QCA::PrivateKey key = *generateKey(KeyType::Ed25519);
        const QString pem = key.toPEM(QCA::SecureArray("geheim"));
        QVERIFY(pem.startsWith(u"-----BEGIN ENCRYPTED PRIVATE KEY-----"_s));
        QCA::ConvertResult result{};
        QVERIFY(QCA::PrivateKey::fromPEM(pem, QCA::SecureArray("wrong"), &result).isNull());
        QCOMPARE(result, QCA::ErrorPassphrase);
        QVERIFY(QCA::PrivateKey::fromPEM(pem, {}, &result).isNull());
        QCOMPARE(result, QCA::ErrorPassphrase);
        QVERIFY(QCA::PrivateKey::fromPEM(pem, QCA::SecureArray("geheim"), &result) == key);
    }

    void nullKeysAreHarmless()
    {
        const QCA::PrivateKey nothing;
        QVERIFY(!keyTypeOf(nothing));
        QVERIFY(describeKey(nothing).isEmpty());
        QVERIFY(publicKeyDer(nothing).isEmpty());
        QVERIFY(toPkcs8(nothing).isEmpty());
    }

    void garbageIsNoPublicKey_data()
    {
        QTest::addColumn<QByteArray>("der");
        const QByteArray good = publicKeyDer(*generateKey(KeyType::EcP256));
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("truncated") << good.chopped(1);
        QTest::newRow("with more behind") << good + 'x';
        QTest::newRow("huge length") << QByteArray::fromHex("3084ffffffff");
    }
    void garbageIsNoPublicKey()
    {
        QFETCH(QByteArray, der);
        QCOMPARE(readPublicKey(der).error().code, base::ErrorCode::KeyTypeUnsupported);
    }
};

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_Keys.moc"
