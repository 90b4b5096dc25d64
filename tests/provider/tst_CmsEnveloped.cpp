// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CmsMessages.h"

#include <QTest>

using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

namespace {

/// A text that compresses, repeats and ends inside a block.
QByteArray longText(qsizetype octets)
{
    QByteArray text;
    for (int i = 0; text.size() < octets; ++i)
        text += "line " + QByteArray::number(i) + "\r\n";
    text.truncate(octets);
    return text;
}

} // namespace

class TestCmsEnveloped : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = makeAuthority();
        m_alice = person(KeyType::Rsa2048, u"alice@example.org"_s);
        m_bob = person(KeyType::EcP256, u"bob@example.org"_s);
        m_carol = person(KeyType::X25519, u"carol@example.org"_s);
        QVERIFY(!m_carol.certificate.isNull());
    }

    void everyKeyTypeReceives_data()
    {
        QTest::addColumn<KeyType>("type");
        QTest::addColumn<RsaKeyTransport>("transport");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("derivation");
        const auto row = [](const char *label, KeyType type, const QString &name, const QString &derivation) {
            QTest::newRow(label) << type << RsaKeyTransport::OaepSha256 << name << derivation;
        };
        QTest::newRow("RSA v1.5") << KeyType::Rsa2048 << RsaKeyTransport::Pkcs1 << u"RSA"_s << QString();
        row("RSA-OAEP", KeyType::Rsa3072, u"RSA-OAEP"_s, u"SHA-256"_s);
        row("P-256", KeyType::EcP256, u"ECDH-ES"_s, u"X9.63 KDF SHA-256"_s);
        row("P-384", KeyType::EcP384, u"ECDH-ES"_s, u"X9.63 KDF SHA-384"_s);
        row("P-521", KeyType::EcP521, u"ECDH-ES"_s, u"X9.63 KDF SHA-512"_s);
        row("X25519", KeyType::X25519, u"X25519"_s, u"HKDF-SHA-256"_s);
        row("X448", KeyType::X448, u"X448"_s, u"HKDF-SHA-512"_s);
        row("ML-KEM-512", KeyType::MlKem512, u"ML-KEM-512"_s, u"HKDF-SHA-256"_s);
        row("ML-KEM-768", KeyType::MlKem768, u"ML-KEM-768"_s, u"HKDF-SHA-256"_s);
        row("ML-KEM-1024", KeyType::MlKem1024, u"ML-KEM-1024"_s, u"HKDF-SHA-256"_s);
    }

    void everyKeyTypeReceives()
    {
        QFETCH(KeyType, type);
        QFETCH(RsaKeyTransport, transport);
        const Identity dana = person(type, u"dana@example.org"_s);
        for (const ContentCipher cipher : {ContentCipher::Aes256Gcm, ContentCipher::Aes128Cbc}) {
            CmsOptions options;
            options.cipher = cipher;
            options.keyTransport = transport;
            const CmsResult sealed = cmsEncrypt("The letter\r\n", {dana}, options);
            QVERIFY2(sealed.success, qPrintable(sealed.facts.detail));
            const CmsResult result = cmsDecrypt(sealed.output, {dana});
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            QCOMPARE(result.output, QByteArray("The letter\r\n"));
            QTEST(result.facts.recipients.first().keyEncryption.name, "name");
            QTEST(result.facts.recipients.first().derivation, "derivation");
            QCOMPARE(result.facts.recipients, sealed.facts.recipients);
            QCOMPARE(result.facts.openedRecipient, 0);
            QCOMPARE(result.facts.openedKey, 0);
        }
    }

    void everyCipherAndLengthComesBack_data()
    {
        QTest::addColumn<ContentCipher>("cipher");
        QTest::addColumn<QString>("name");
        QTest::addColumn<CmsProtection>("protection");
        QTest::newRow("AES-256-GCM") << ContentCipher::Aes256Gcm << u"AES-256-GCM"_s << CmsProtection::Authenticated;
        QTest::newRow("AES-128-GCM") << ContentCipher::Aes128Gcm << u"AES-128-GCM"_s << CmsProtection::Authenticated;
        QTest::newRow("AES-256-CBC") << ContentCipher::Aes256Cbc << u"AES-256-CBC"_s << CmsProtection::Unauthenticated;
        QTest::newRow("AES-128-CBC") << ContentCipher::Aes128Cbc << u"AES-128-CBC"_s << CmsProtection::Unauthenticated;
    }

    void everyCipherAndLengthComesBack()
    {
        QFETCH(ContentCipher, cipher);
        CmsOptions options;
        options.cipher = cipher;
        for (const qsizetype size : {0, 1, 15, 16, 17, 31, 32, 33, 65536, 1 << 20, (1 << 20) + 1, 3'000'000}) {
            const QByteArray text = longText(size);
            const CmsResult result = cmsDecrypt(cmsEncrypt(text, {m_bob}, options).output, {m_bob});
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            QVERIFY(result.output == text);
            QTEST(result.facts.cipher.name, "name");
            QTEST(result.facts.protection, "protection");
        }
    }

    void everyRecipientOpensWithTheirOwnKey()
    {
        const CmsResult sealed = cmsEncrypt("To all of you", {m_alice, m_bob, m_carol});
        QCOMPARE(sealed.facts.recipients.size(), 3);
        for (const Identity &reader : {m_alice, m_bob, m_carol}) {
            const Identity stranger = person(KeyType::Rsa2048, u"eve@example.org"_s);
            const CmsResult result = cmsDecrypt(sealed.output, {stranger, reader});
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            QCOMPARE(result.output, QByteArray("To all of you"));
            QCOMPARE(result.facts.openedKey, 1);
        }
    }

    void recipientsMayDifferInKeyTransportAndNaming()
    {
        CmsOptions options;
        options.keyTransportOf = {RsaKeyTransport::Pkcs1};
        options.recipientNaming = CertificateNaming::SubjectKeyIdentifier;
        const Identity dana = person(KeyType::Rsa2048, u"dana@example.org"_s);
        const CmsResult sealed = cmsEncrypt("text", {m_alice, dana, m_bob, m_carol}, options);
        for (const Identity &reader : {m_alice, dana, m_bob, m_carol}) {
            const CmsResult result = cmsDecrypt(sealed.output, {reader});
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            const CmsRecipient &own = result.facts.recipients.at(result.facts.openedRecipient);
            QVERIFY(!own.id.subjectKeyId.isEmpty());
        }
        QStringList names;
        for (const CmsRecipient &recipient : sealed.facts.recipients)
            names.append(recipient.keyEncryption.name);
        QCOMPARE(names, (QStringList{u"RSA"_s, u"RSA-OAEP"_s, u"ECDH-ES"_s, u"X25519"_s}));
    }

    void twoMessagesOfTheSameTextShareNothing()
    {
        const QByteArray text = longText(4000);
        for (const ContentCipher cipher : {ContentCipher::Aes256Gcm, ContentCipher::Aes256Cbc}) {
            CmsOptions options;
            options.cipher = cipher;
            QSet<QByteArray> seen;
            for (int i = 0; i < 20; ++i) {
                const CmsResult sealed = cmsEncrypt(text, {m_alice, m_bob}, options);
                QVERIFY(!seen.contains(sealed.facts.nonce));
                seen.insert(sealed.facts.nonce);
                const auto structure = readCmsStructure(sealed.output);
                QVERIFY(structure.isOk());
                const CmsRange content = structure->content.first();
                for (qsizetype at = 0; at + 16 <= content.length; at += 16) {
                    const QByteArray block = sealed.output.sliced(content.offset + at, 16);
                    QVERIFY(!seen.contains(block));
                    seen.insert(block);
                }
            }
        }
    }

    void announcedLengthGivesCiphertextAtOnce()
    {
        const QByteArray text = longText(300'000);
        for (const ContentCipher cipher : {ContentCipher::Aes256Gcm, ContentCipher::Aes128Cbc}) {
            CmsOptions options;
            options.cipher = cipher;
            options.contentOctets = text.size();
            QCA::CMS cms;
            QCA::SecureMessage message(&cms);
            setOptions(message, options);
            message.setRecipient(messageKey(m_bob));
            message.startEncrypt();
            QByteArray out;
            for (qsizetype at = 0; at < text.size(); at += 70'000) {
                message.update(text.sliced(at, qMin<qsizetype>(70'000, text.size() - at)));
                const QByteArray some = message.read();
                QVERIFY(some.size() >= 20'000);
                out += some;
            }
            const CmsResult rest = finished(message);
            QVERIFY2(rest.success, qPrintable(rest.facts.detail));
            QVERIFY(cmsDecrypt(out + rest.output, {m_bob}).output == text);
        }
    }

    void announcingAWrongLengthFails()
    {
        CmsOptions options;
        for (const qint64 announced : {3, 5}) {
            options.contentOctets = announced;
            const CmsResult result = cmsEncrypt("text", {m_bob}, options);
            QVERIFY(!result.success);
            QCOMPARE(result.facts.fault, CmsFault::EncryptionFailed);
        }
    }

    void strangersHaveNoKey()
    {
        const CmsResult sealed = cmsEncrypt("text", {m_alice});
        const CmsResult result = cmsDecrypt(sealed.output, {m_bob});
        QVERIFY(!result.success);
        QCOMPARE(result.facts.fault, CmsFault::NoKey);
        QCOMPARE(result.facts.recipients.size(), 1);
        QCOMPARE(cmsDecrypt(sealed.output, {}).facts.fault, CmsFault::NoKey);
    }

    /// A wrong key, a damaged key, damaged content and a damaged tag must not differ.
    void everyFailureToDecryptLooksTheSame_data()
    {
        QTest::addColumn<KeyType>("type");
        QTest::addColumn<RsaKeyTransport>("transport");
        QTest::newRow("RSA v1.5") << KeyType::Rsa2048 << RsaKeyTransport::Pkcs1;
        QTest::newRow("RSA-OAEP") << KeyType::Rsa2048 << RsaKeyTransport::OaepSha256;
        QTest::newRow("ECDH") << KeyType::EcP256 << RsaKeyTransport::OaepSha256;
        QTest::newRow("X25519") << KeyType::X25519 << RsaKeyTransport::OaepSha256;
        QTest::newRow("ML-KEM") << KeyType::MlKem768 << RsaKeyTransport::OaepSha256;
    }

    void everyFailureToDecryptLooksTheSame()
    {
        QFETCH(KeyType, type);
        QFETCH(RsaKeyTransport, transport);
        const Identity dana = person(type, u"dana@example.org"_s);
        const Identity other = person(type, u"dana@example.org"_s);
        CmsOptions options;
        options.keyTransport = transport;
        const QByteArray sealed = cmsEncrypt(longText(1000), {dana}, options).output;
        const auto structure = readCmsStructure(sealed);
        QVERIFY(structure.isOk());
        const CmsRange content = structure->content.first();
        const auto damagedAt = [&sealed](qsizetype offset) {
            QByteArray damaged = sealed;
            damaged[offset] ^= 1;
            return damaged;
        };
        QList<CmsResult> failures;
        failures << cmsDecrypt(sealed, {Identity{other.key, dana.certificate}});
        failures << cmsDecrypt(damagedAt(content.offset), {dana});
        failures << cmsDecrypt(damagedAt(content.offset + content.length - 1), {dana});
        failures << cmsDecrypt(damagedAt(sealed.size() - 1), {dana}); // the tag
        failures << cmsDecrypt(damagedAt(content.offset - 70), {dana}); // the encrypted key
        for (const CmsResult &failure : std::as_const(failures)) {
            QVERIFY(!failure.success);
            QCOMPARE(failure.facts.fault, CmsFault::DecryptionFailed);
            QCOMPARE(failure.facts.detail, failures.first().facts.detail);
            QCOMPARE(failure.facts.openedRecipient, -1);
            QVERIFY(failure.output.isEmpty());
        }
    }

    /// RFC 3218: with v1.5 and CBC, a made-up key gives garbage or bad padding, never an answer about the key.
    void entryThatFailsDoesNotHideTheNext_data()
    {
        QTest::addColumn<RsaKeyTransport>("transport");
        QTest::newRow("OAEP") << RsaKeyTransport::OaepSha256;
        QTest::newRow("v1.5") << RsaKeyTransport::Pkcs1;
    }
    void entryThatFailsDoesNotHideTheNext()
    {
        QFETCH(RsaKeyTransport, transport);
        CmsOptions options;
        options.keyTransport = transport;
        QByteArray message = cmsEncrypt("The letter\r\n", {m_alice, m_alice}, options).output;
        const QByteArray encryptedKey = QByteArray::fromHex("04820100"); // 256 octets follow
        const auto spoilKeyAt = [&](qsizetype at) {
            QVERIFY(at >= 0);
            message[at + 259] = static_cast<char>(message.at(at + 259) ^ 1);
        };
        const qsizetype first = message.indexOf(encryptedKey);
        spoilKeyAt(first);
        const CmsResult result = cmsDecrypt(message, {m_alice});
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, QByteArray("The letter\r\n"));
        QCOMPARE(result.facts.openedRecipient, 1);
        spoilKeyAt(message.indexOf(encryptedKey, first + 260));
        QCOMPARE(cmsDecrypt(message, {m_alice}).facts.fault, CmsFault::DecryptionFailed);
    }

    void damagedRsaKeyWithCbcNeverGivesTheText()
    {
        CmsOptions options;
        options.cipher = ContentCipher::Aes256Cbc;
        options.keyTransport = RsaKeyTransport::Pkcs1;
        const QByteArray text = longText(500);
        const QByteArray sealed = cmsEncrypt(text, {m_alice}, options).output;
        const qsizetype keyEnd = readCmsStructure(sealed)->content.first().offset - 60;
        for (int i = 0; i < 40; ++i) {
            QByteArray damaged = sealed;
            damaged[keyEnd - i] ^= char(1 + i);
            const CmsResult result = cmsDecrypt(damaged, {m_alice});
            if (result.success)
                QVERIFY(result.output != text && result.facts.protection == CmsProtection::Unauthenticated);
            else
                QCOMPARE(result.facts.fault, CmsFault::DecryptionFailed);
        }
    }

    void keysThatCannotReceiveAreRefused()
    {
        const Identity erin = person(KeyType::Ed25519, u"erin@example.org"_s);
        const CmsResult result = cmsEncrypt("text", {m_alice, erin});
        QVERIFY(!result.success);
        QCOMPARE(result.facts.fault, CmsFault::EncryptionFailed);
        QVERIFY(result.output.isEmpty());
        QCOMPARE(cmsEncrypt("text", {}).facts.fault, CmsFault::EncryptionFailed);
    }

    void signAndEncryptInOneGo()
    {
        QCA::CMS cms;
        QCA::SecureMessage message(&cms);
        message.setBundleSignerEnabled(true);
        message.setSMIMEAttributesEnabled(true);
        message.setSigner(messageKey(m_alice));
        message.setRecipient(messageKey(m_bob));
        message.startSignAndEncrypt();
        message.update("text");
        const CmsResult outer = cmsDecrypt(finished(message).output, {m_bob});
        QCOMPARE(outer.facts.innerTypeOid, QByteArray("1.2.840.113549.1.7.2"));
        const CmsResult inner = cmsVerify(outer.output);
        QCOMPARE(inner.output, QByteArray("text"));
        QCOMPARE(inner.facts.signers.first().integrity, CmsIntegrity::Valid);
    }

    void messageIsDecryptedInPlaceWhenNobodyElseHoldsIt()
    {
        QByteArray sealed = cmsEncrypt(longText(100'000), {m_bob}).output;
        const QByteArray kept = sealed;
        const QByteArray copy(kept.constData(), kept.size());
        QVERIFY(cmsDecrypt(sealed, {m_bob}).output == longText(100'000));
        QVERIFY(kept == copy); // an array that somebody holds is never written to
        sealed = copy;
        sealed.detach();
        const char *begin = sealed.constData();
        const char *end = begin + sealed.size();
        QCA::CMS cms;
        cms.setPrivateKeys({messageKey(m_bob)});
        QCA::SecureMessage message(&cms);
        message.startDecrypt();
        message.update(std::exchange(sealed, {}));
        const CmsResult result = finished(message);
        QVERIFY(result.output == longText(100'000));
        QVERIFY(result.output.constData() > begin && result.output.constData() < end);
    }

    void publishedMlKemMessageOpens()
    {
        const QString folder = vectorsFolder();
        if (folder.isEmpty())
            return; // the vectors are not part of the repository
        const QString path = folder + u"lamps-pqc/cms-ml-kem/"_s;
        const auto text = [&path](const char *name) { return QString::fromLatin1(fileContent(path + QString::fromLatin1(name))); };
        for (const char *form : {"seed", "both", "expanded"}) {
            Identity reader;
            reader.key = QCA::PrivateKey::fromPEM(text(QByteArray("ML-KEM-512-") + form + ".priv"));
            reader.certificate = QCA::Certificate::fromPEM(text("ML-KEM-512.pem"));
            QVERIFY(!reader.key.isNull() && !reader.certificate.isNull());
            QCA::CMS cms;
            cms.setPrivateKeys({messageKey(reader)});
            QCA::SecureMessage message(&cms);
            message.setFormat(QCA::SecureMessage::Ascii);
            message.startDecrypt();
            message.update(fileContent(path + u"ML-KEM-512.cms"_s));
            const CmsResult result = finished(message);
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            QCOMPARE(result.output, fileContent(path + u"plaintext.txt"_s));
            QCOMPARE(result.facts.protection, CmsProtection::Authenticated);
        }
    }

    void publishedOldEnvelopesOpen_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("cipher");
        QTest::newRow("3DES") << u"5.1.bin"_s << u"3DES-CBC"_s;
        QTest::newRow("RC2") << u"5.2.bin"_s << u"RC2-CBC"_s;
    }

    void publishedOldEnvelopesOpen()
    {
        QFETCH(QString, file);
        const QString folder = vectorsFolder();
        if (folder.isEmpty())
            return;
        const QString path = folder + u"rfc4134/"_s;
        Identity bob;
        bob.key = QCA::PrivateKey::fromDER(fileContent(path + u"BobPrivRSAEncrypt.pri"_s));
        bob.certificate = QCA::Certificate::fromDER(fileContent(path + u"BobRSASignByCarl.cer"_s));
        QVERIFY(!bob.key.isNull() && !bob.certificate.isNull());
        const CmsResult result = cmsDecrypt(fileContent(path + file), {bob});
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, fileContent(path + u"ExContent.bin"_s));
        QTEST(result.facts.cipher.name, "cipher");
        QCOMPARE(cmsDecrypt(fileContent(path + u"7.1.bin"_s), {bob}).facts.fault, CmsFault::NoKey);
    }

    void publishedOpenSslEnvelopesOpen_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("person");
        QTest::newRow("OAEP SHA-384") << u"fran-oaep-sha384hash_ossl.env"_s << u"Fran.p12"_s;
        QTest::newRow("OAEP MGF SHA-512") << u"fran-oaep-sha512mgf_ossl.env"_s << u"Fran.p12"_s;
        QTest::newRow("ECDH KDF SHA-224") << u"fran-ec_ossl-aes128-sha224.env"_s << u"Fran-ec.p12"_s;
        QTest::newRow("ECDH KDF SHA-384") << u"fran-ec_ossl-aes192-sha384.env"_s << u"Fran-ec.p12"_s;
    }

    void publishedOpenSslEnvelopesOpen()
    {
        QFETCH(QString, file);
        QFETCH(QString, person);
        const QString folder = vectorsFolder();
        if (folder.isEmpty())
            return;
        const QCA::KeyBundle bundle = QCA::KeyBundle::fromArray(fileContent(folder + u"nss-interop/"_s + person), "nss");
        QVERIFY(!bundle.isNull());
        const Identity fran{bundle.privateKey(), bundle.certificateChain().primary()};
        const CmsResult result = cmsDecrypt(fileContent(folder + u"nss-interop/"_s + file), {fran});
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QVERIFY(result.output.trimmed().endsWith("This is a test message to Fran."));
    }

private:
    Identity person(KeyType type, const QString &address) { return issue(m_authority, type, personProfile(address)); }

    WithProvider m_provider;
    Identity m_authority;
    Identity m_alice;
    Identity m_bob;
    Identity m_carol;
};

QTEST_GUILESS_MAIN(TestCmsEnveloped)
#include "tst_CmsEnveloped.moc"
