// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/CmsPeople.h"
#include "provider/KeyMaterial.h"
#include "provider/PathPolicy.h"

using namespace interop;
using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

// `openssl cms` shares the library with us, but none of the code in src/provider/Cms*: it judges what we write by OpenSSL's own
// CMS, and writes what that writes.
class TestOpensslCms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = authorityNow(KeyType::EcP256);
        for (const KeyType type : {KeyType::Rsa2048, KeyType::EcP256, KeyType::EcP384, KeyType::EcP521, KeyType::Ed25519, KeyType::MlDsa65}) {
            const Identity person = personNow(m_authority, type, toString(type).toLower());
            m_people.insert(type, person);
            QVERIFY(m_workshop.write(toString(type) + u".pem"_s, person.certificate.toPEM().toLatin1()));
            QVERIFY(m_workshop.write(toString(type) + u".key"_s, person.key.toPEM().toLatin1()));
        }
        QVERIFY(m_workshop.write(u"authority.pem"_s, m_authority.certificate.toPEM().toLatin1()));
        QVERIFY(m_workshop.write(u"letter"_s, kLetter));
    }

    void opensslVerifiesOurSignatures_data()
    {
        QTest::addColumn<KeyType>("type");
        QTest::addColumn<RsaSignature>("scheme");
        QTest::newRow("RSA") << KeyType::Rsa2048 << RsaSignature::Pkcs1;
        QTest::newRow("RSA-PSS") << KeyType::Rsa2048 << RsaSignature::Pss;
        QTest::newRow("P-256") << KeyType::EcP256 << RsaSignature::Pkcs1;
        QTest::newRow("P-384") << KeyType::EcP384 << RsaSignature::Pkcs1;
        QTest::newRow("Ed25519") << KeyType::Ed25519 << RsaSignature::Pkcs1;
        QTest::newRow("ML-DSA-65") << KeyType::MlDsa65 << RsaSignature::Pkcs1;
    }

    void opensslVerifiesOurSignatures()
    {
        QFETCH(KeyType, type);
        QFETCH(RsaSignature, scheme);
        CmsOptions options;
        options.rsaSignature = scheme;
        const QList<Identity> signers{m_people.value(type), m_people.value(KeyType::EcP521)};
        QVERIFY(m_workshop.write(u"opaque.der"_s, opaque(kLetter, signers, options)));
        QVERIFY(m_workshop.write(u"detached.der"_s, detached(kLetter, signers, options)));
        const QStringList common{u"cms"_s, u"-verify"_s, u"-inform"_s, u"DER"_s, u"-binary"_s, u"-CAfile"_s, u"authority.pem"_s};
        RunResult result = m_workshop.run(u"openssl"_s, common + QStringList{u"-in"_s, u"opaque.der"_s});
        QVERIFY2(result.isOk(), result.text());
        QCOMPARE(result.output, kLetter);
        result = m_workshop.run(u"openssl"_s, common + QStringList{u"-in"_s, u"detached.der"_s, u"-content"_s, u"letter"_s});
        QVERIFY2(result.isOk(), result.text());
        QVERIFY(m_workshop.write(u"other"_s, kLetter + "!"));
        QVERIFY(!m_workshop.run(u"openssl"_s, common + QStringList{u"-in"_s, u"detached.der"_s, u"-content"_s, u"other"_s}).isOk());
    }

    void weVerifyOpensslsSignatures_data()
    {
        QTest::addColumn<KeyType>("type");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("name");
        QTest::newRow("RSA") << KeyType::Rsa2048 << QStringList{} << u"RSA"_s;
        QTest::newRow("RSA SHA-1") << KeyType::Rsa2048 << QStringList{u"-md"_s, u"sha1"_s} << u"RSA"_s;
        QTest::newRow("RSA SHA3-256") << KeyType::Rsa2048 << QStringList{u"-md"_s, u"sha3-256"_s} << u"RSA"_s;
        QTest::newRow("RSA SHA-512/224") << KeyType::Rsa2048 << QStringList{u"-md"_s, u"sha512-224"_s} << u"RSA"_s;
        QTest::newRow("RSA RIPEMD-160") << KeyType::Rsa2048 << QStringList{u"-md"_s, u"rmd160"_s} << u"RSA"_s;
        QTest::newRow("RSA-PSS") << KeyType::Rsa2048 << QStringList{u"-keyopt"_s, u"rsa_padding_mode:pss"_s} << u"RSA-PSS"_s;
        QTest::newRow("RSA-PSS long salt")
            << KeyType::Rsa2048
            << QStringList{u"-md"_s, u"sha512"_s, u"-keyopt"_s, u"rsa_padding_mode:pss"_s, u"-keyopt"_s, u"rsa_pss_saltlen:100"_s}
            << u"RSA-PSS"_s;
        QTest::newRow("no attributes") << KeyType::Rsa2048 << QStringList{u"-noattr"_s} << u"RSA"_s;
        QTest::newRow("by key identifier") << KeyType::EcP256 << QStringList{u"-keyid"_s} << u"ECDSA"_s;
        QTest::newRow("P-521 SHA-512") << KeyType::EcP521 << QStringList{u"-md"_s, u"sha512"_s} << u"ECDSA"_s;
        QTest::newRow("streamed BER") << KeyType::EcP384 << QStringList{u"-stream"_s} << u"ECDSA"_s;
        QTest::newRow("CAdES") << KeyType::Rsa2048 << QStringList{u"-cades"_s} << u"RSA"_s;
        QTest::newRow("Ed25519") << KeyType::Ed25519 << QStringList{u"-md"_s, u"sha512"_s} << u"Ed25519"_s;
        QTest::newRow("ML-DSA-65") << KeyType::MlDsa65 << QStringList{u"-md"_s, u"sha512"_s} << u"ML-DSA-65"_s;
    }

    void weVerifyOpensslsSignatures()
    {
        QFETCH(KeyType, type);
        QFETCH(QStringList, options);
        QFETCH(QString, name);
        const QStringList common{u"cms"_s, u"-sign"_s, u"-in"_s, u"letter"_s, u"-binary"_s, u"-outform"_s, u"DER"_s,
                                 u"-signer"_s, toString(type) + u".pem"_s, u"-inkey"_s, toString(type) + u".key"_s};
        RunResult made = m_workshop.run(u"openssl"_s, common + options + QStringList{u"-nodetach"_s});
        QVERIFY2(made.isOk(), made.text());
        CmsResult result = cmsVerify(made.output);
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kLetter);
        QVERIFY2(result.facts.signers.first().integrity == CmsIntegrity::Valid, qPrintable(result.facts.signers.first().detail));
        QCOMPARE(result.facts.signers.first().signer.signature.name, name);
        if (options.contains(u"-stream"_s))
            QVERIFY(readCmsStructure(made.output)->indefiniteLength);
        made = m_workshop.run(u"openssl"_s, common + options);
        QVERIFY2(made.isOk(), made.text());
        QCOMPARE(cmsVerify(kLetter, made.output).facts.signers.first().integrity, CmsIntegrity::Valid);
        QCOMPARE(cmsVerify(kLetter + "!", made.output).facts.signers.first().integrity, CmsIntegrity::Invalid);
    }

    // RFC 9814; we write none.
    void weVerifyHashBasedSignatures_data()
    {
        QTest::addColumn<QString>("algorithm");
        for (const QString &algorithm : {u"SLH-DSA-SHA2-128f"_s, u"SLH-DSA-SHAKE-192f"_s, u"SLH-DSA-SHA2-256f"_s})
            QTest::newRow(qPrintable(algorithm)) << algorithm;
    }

    void weVerifyHashBasedSignatures()
    {
        QFETCH(QString, algorithm);
        RunResult made = m_workshop.run(u"openssl"_s, {u"genpkey"_s, u"-algorithm"_s, algorithm, u"-out"_s, u"hash.key"_s});
        QVERIFY2(made.isOk(), made.text());
        made = m_workshop.run(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-new"_s, u"-key"_s, u"hash.key"_s, u"-subj"_s, u"/CN=Hash"_s, u"-out"_s, u"hash.pem"_s});
        QVERIFY2(made.isOk(), made.text());
        made = m_workshop.run(u"openssl"_s, {u"cms"_s, u"-sign"_s, u"-in"_s, u"letter"_s, u"-binary"_s, u"-outform"_s, u"DER"_s, u"-md"_s, u"sha512"_s,
                                             u"-signer"_s, u"hash.pem"_s, u"-inkey"_s, u"hash.key"_s});
        QVERIFY2(made.isOk(), made.text());
        const CmsSignerFacts signer = cmsVerify(kLetter, made.output).facts.signers.first();
        QVERIFY2(signer.integrity == CmsIntegrity::Valid, qPrintable(signer.detail));
        QCOMPARE(signer.signer.signature.name, algorithm);
        QCOMPARE(cmsVerify(kLetter + "!", made.output).facts.signers.first().integrity, CmsIntegrity::Invalid);
    }

    void rsaPssKeyDecidesItsDigestAndSalt_data()
    {
        QTest::addColumn<QString>("digest");
        QTest::addColumn<int>("salt");
        QTest::newRow("SHA-384") << u"sha384"_s << 48;
        QTest::newRow("SHA-512, short salt") << u"sha512"_s << 20;
        QTest::newRow("SHA-256, long salt") << u"sha256"_s << 100;
    }

    void rsaPssKeyDecidesItsDigestAndSalt()
    {
        QFETCH(QString, digest);
        QFETCH(int, salt);
        RunResult made = m_workshop.run(u"openssl"_s, {u"genpkey"_s, u"-algorithm"_s, u"RSA-PSS"_s, u"-pkeyopt"_s, u"rsa_keygen_bits:2048"_s, u"-pkeyopt"_s,
                                                       u"rsa_pss_keygen_md:"_s + digest, u"-pkeyopt"_s, u"rsa_pss_keygen_mgf1_md:"_s + digest,
                                                       u"-pkeyopt"_s, u"rsa_pss_keygen_saltlen:%1"_s.arg(salt), u"-out"_s, u"pss.key"_s});
        QVERIFY2(made.isOk(), made.text());
        made = m_workshop.run(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-new"_s, u"-key"_s, u"pss.key"_s, u"-subj"_s, u"/CN=Pat"_s, u"-addext"_s,
                                             u"extendedKeyUsage=emailProtection"_s, u"-out"_s, u"pss.pem"_s});
        QVERIFY2(made.isOk(), made.text());
        const auto material = readKeyMaterial(m_workshop.read(u"pss.key"_s) + m_workshop.read(u"pss.pem"_s));
        QVERIFY(material && material->privateKeys.size() == 1);
        const Identity pat{material->privateKeys.first(), QCA::Certificate::fromDER(material->certificates.first())};
        QVERIFY(m_workshop.write(u"pss.der"_s, detached(kLetter, {pat})));
        made = m_workshop.run(u"openssl"_s, {u"cms"_s, u"-verify"_s, u"-inform"_s, u"DER"_s, u"-binary"_s, u"-CAfile"_s, u"pss.pem"_s, u"-in"_s, u"pss.der"_s,
                                             u"-content"_s, u"letter"_s});
        QVERIFY2(made.isOk(), made.text());
        const CmsSignerFacts signer = cmsVerify(kLetter, m_workshop.read(u"pss.der"_s)).facts.signers.first();
        QVERIFY2(signer.integrity == CmsIntegrity::Valid, qPrintable(signer.detail));
        QCOMPARE(signer.signer.digest.name, "SHA-"_L1 + digest.sliced(3));
    }

    void md5IsRefusedEvenIfItFits()
    {
        const RunResult made = m_workshop.run(u"openssl"_s, {u"cms"_s, u"-sign"_s, u"-in"_s, u"letter"_s, u"-binary"_s, u"-outform"_s, u"DER"_s,
                                                             u"-md"_s, u"md5"_s, u"-nodetach"_s, u"-signer"_s, u"RSA-2048.pem"_s,
                                                             u"-inkey"_s, u"RSA-2048.key"_s});
        QVERIFY2(made.isOk(), made.text());
        QCOMPARE(cmsVerify(made.output).facts.signers.first().integrity, CmsIntegrity::Refused);
    }

    void opensslDecryptsOurEnvelopes_data()
    {
        QTest::addColumn<ContentCipher>("cipher");
        QTest::addColumn<RsaKeyTransport>("transport");
        QTest::newRow("GCM, OAEP") << ContentCipher::Aes256Gcm << RsaKeyTransport::OaepSha256;
        QTest::newRow("GCM-128, v1.5") << ContentCipher::Aes128Gcm << RsaKeyTransport::Pkcs1;
        QTest::newRow("CBC, OAEP") << ContentCipher::Aes256Cbc << RsaKeyTransport::OaepSha256;
        QTest::newRow("CBC-128, v1.5") << ContentCipher::Aes128Cbc << RsaKeyTransport::Pkcs1;
    }

    void opensslDecryptsOurEnvelopes()
    {
        QFETCH(ContentCipher, cipher);
        QFETCH(RsaKeyTransport, transport);
        CmsOptions options;
        options.cipher = cipher;
        options.keyTransport = transport;
        const QList<KeyType> types{KeyType::Rsa2048, KeyType::EcP256, KeyType::EcP384, KeyType::EcP521};
        QList<Identity> recipients;
        for (const KeyType type : types)
            recipients.append(m_people.value(type));
        QVERIFY(m_workshop.write(u"sealed.der"_s, cmsEncrypt(kLetter, recipients, options).output));
        for (const KeyType type : types) {
            const RunResult result = m_workshop.run(u"openssl"_s, {u"cms"_s, u"-decrypt"_s, u"-inform"_s, u"DER"_s, u"-in"_s, u"sealed.der"_s,
                                                                   u"-binary"_s, u"-recip"_s, toString(type) + u".pem"_s, u"-inkey"_s,
                                                                   toString(type) + u".key"_s});
            QVERIFY2(result.isOk(), result.text());
            QCOMPARE(result.output, kLetter);
        }
    }

    void weDecryptOpensslsEnvelopes_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<KeyType>("type");
        QTest::addColumn<QString>("cipher");
        const QStringList oaep{u"-keyopt"_s, u"rsa_padding_mode:oaep"_s};
        QTest::newRow("AES-256-CBC, v1.5") << QStringList{u"-aes256"_s} << KeyType::Rsa2048 << u"AES-256-CBC"_s;
        QTest::newRow("AES-192-CBC, OAEP SHA-1") << QStringList{u"-aes192"_s} + oaep << KeyType::Rsa2048 << u"AES-192-CBC"_s;
        QTest::newRow("AES-256-GCM, OAEP SHA-512")
            << QStringList{u"-aes-256-gcm"_s} + oaep + QStringList{u"-keyopt"_s, u"rsa_oaep_md:sha512"_s} << KeyType::Rsa2048 << u"AES-256-GCM"_s;
        QTest::newRow("OAEP with label") << QStringList{u"-aes-128-gcm"_s} + oaep + QStringList{u"-keyopt"_s, u"rsa_oaep_label:77617877696e67"_s}
                                         << KeyType::Rsa2048 << u"AES-128-GCM"_s;
        QTest::newRow("Camellia") << QStringList{u"-camellia256"_s} << KeyType::Rsa2048 << u"Camellia-256-CBC"_s;
        QTest::newRow("3DES") << QStringList{u"-des3"_s} << KeyType::Rsa2048 << u"3DES-CBC"_s;
        const QStringList legacy{u"-provider"_s, u"default"_s, u"-provider"_s, u"legacy"_s};
        QTest::newRow("DES") << legacy + QStringList{u"-des"_s} << KeyType::Rsa2048 << u"DES-CBC"_s;
        QTest::newRow("SEED") << legacy + QStringList{u"-seed"_s} << KeyType::Rsa2048 << u"SEED-CBC"_s;
        QTest::newRow("ARIA") << QStringList{u"-aria-128-gcm"_s} << KeyType::Rsa2048 << u"ARIA-128-GCM"_s;
        QTest::newRow("RC2, 40 bits") << legacy + QStringList{u"-rc2-40"_s} << KeyType::Rsa2048 << u"RC2-CBC"_s;
        QTest::newRow("P-256, KDF SHA-1") << QStringList{u"-aes256"_s} << KeyType::EcP256 << u"AES-256-CBC"_s;
        QTest::newRow("P-384, KDF SHA-256") << QStringList{u"-aes-256-gcm"_s} << KeyType::EcP384 << u"AES-256-GCM"_s;
        QTest::newRow("P-521, streamed BER") << QStringList{u"-aes128"_s, u"-stream"_s} << KeyType::EcP521 << u"AES-128-CBC"_s;
        QTest::newRow("GCM, streamed BER") << QStringList{u"-aes-128-gcm"_s, u"-stream"_s} << KeyType::EcP256 << u"AES-128-GCM"_s;
        QTest::newRow("by key identifier") << QStringList{u"-aes256"_s, u"-keyid"_s} << KeyType::Rsa2048 << u"AES-256-CBC"_s;
    }

    void weDecryptOpensslsEnvelopes()
    {
        QFETCH(QStringList, options);
        QFETCH(KeyType, type);
        QFETCH(QString, cipher);
        QStringList keyOptions;
        QStringList others;
        for (qsizetype i = 0; i < options.size(); ++i)
            (options[i] == "-keyopt"_L1 || (i > 0 && options[i - 1] == "-keyopt"_L1) ? keyOptions : others).append(options[i]);
        const RunResult made = m_workshop.run(
            u"openssl"_s, QStringList{u"cms"_s, u"-encrypt"_s, u"-binary"_s, u"-in"_s, u"letter"_s, u"-outform"_s, u"DER"_s}
                + others + QStringList{u"-recip"_s, toString(type) + u".pem"_s} + keyOptions);
        QVERIFY2(made.isOk(), made.text());
        const CmsResult result = cmsDecrypt(made.output, {m_people.value(type)});
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kLetter);
        QCOMPARE(result.facts.cipher.name, cipher);
        if (others.contains(u"-stream"_s))
            QVERIFY(readCmsStructure(made.output)->indefiniteLength);
    }

    // K-283 has the cofactor 4: with and without it, the secrets differ.
    void weAgreeWithAndWithoutCofactor_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("without") << u"0"_s;
        QTest::newRow("with") << u"1"_s;
    }

    void weAgreeWithAndWithoutCofactor()
    {
        QFETCH(QString, mode);
        RunResult made = m_workshop.run(u"openssl"_s, {u"genpkey"_s, u"-algorithm"_s, u"EC"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:K-283"_s, u"-out"_s, u"k283.key"_s});
        QVERIFY2(made.isOk(), made.text());
        made = m_workshop.run(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-new"_s, u"-key"_s, u"k283.key"_s, u"-subj"_s, u"/CN=Kim"_s, u"-out"_s, u"k283.pem"_s});
        QVERIFY2(made.isOk(), made.text());
        made = m_workshop.run(u"openssl"_s, {u"cms"_s, u"-encrypt"_s, u"-binary"_s, u"-in"_s, u"letter"_s, u"-outform"_s, u"DER"_s, u"-aes128"_s, u"-recip"_s,
                                             u"k283.pem"_s, u"-keyopt"_s, u"ecdh_kdf_md:sha256"_s, u"-keyopt"_s, u"ecdh_cofactor_mode:"_s + mode});
        QVERIFY2(made.isOk(), made.text());
        const auto material = readKeyMaterial(m_workshop.read(u"k283.key"_s) + m_workshop.read(u"k283.pem"_s));
        QVERIFY(material && material->privateKeys.size() == 1);
        const Identity kim{material->privateKeys.first(), QCA::Certificate::fromDER(material->certificates.first())};
        const CmsResult result = cmsDecrypt(made.output, {kim});
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kLetter);
    }

    // RFC 2631, which S/MIME 3.0 demanded; we write none.
    void weAgreeInPrimeFields()
    {
        const QList<QStringList> commands{
            {u"genpkey"_s, u"-algorithm"_s, u"DHX"_s, u"-pkeyopt"_s, u"group:dh_2048_256"_s, u"-out"_s, u"dh.key"_s},
            {u"pkey"_s, u"-in"_s, u"dh.key"_s, u"-pubout"_s, u"-out"_s, u"dh.pub"_s},
            {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-keyout"_s, u"any.key"_s, u"-subj"_s, u"/CN=Any"_s, u"-out"_s, u"any.pem"_s},
            {u"x509"_s, u"-new"_s, u"-force_pubkey"_s, u"dh.pub"_s, u"-subj"_s, u"/CN=Di"_s, u"-CA"_s, u"any.pem"_s, u"-CAkey"_s, u"any.key"_s, u"-out"_s, u"dh.pem"_s}};
        for (const QStringList &command : commands) {
            const RunResult made = m_workshop.run(u"openssl"_s, command);
            QVERIFY2(made.isOk(), made.text());
        }
        const auto material = readKeyMaterial(m_workshop.read(u"dh.key"_s) + m_workshop.read(u"dh.pem"_s));
        QVERIFY(material && material->privateKeys.size() == 1);
        const Identity di{material->privateKeys.first(), QCA::Certificate::fromDER(material->certificates.first())};
        for (const QString &cipher : {u"-aes256"_s, u"-des3"_s}) {
            const RunResult made = m_workshop.run(u"openssl"_s, {u"cms"_s, u"-encrypt"_s, u"-binary"_s, u"-in"_s, u"letter"_s, u"-outform"_s, u"DER"_s, cipher,
                                                                 u"-recip"_s, u"dh.pem"_s});
            QVERIFY2(made.isOk(), made.text());
            const CmsResult result = cmsDecrypt(made.output, {di});
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            QCOMPARE(result.output, kLetter);
            QCOMPARE(result.facts.recipients.first().keyEncryption.name, u"ESDH"_s);
        }
    }

    void weOpenWithPasswordAndSharedKey()
    {
        const QByteArray hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        for (const QString &cipher : {u"-aes256"_s, u"-des3"_s}) {
            const RunResult made = m_workshop.run(
                u"openssl"_s, {u"cms"_s, u"-encrypt"_s, u"-binary"_s, u"-in"_s, u"letter"_s, u"-outform"_s, u"DER"_s, cipher, u"-pwri_password"_s,
                               u"open sesame"_s, u"-secretkey"_s, QString::fromLatin1(hex), u"-secretkeyid"_s, u"c0ffee"_s});
            QVERIFY2(made.isOk(), made.text());
            CmsOptions options;
            QCOMPARE(cmsDecrypt(made.output, {}, options).facts.fault, CmsFault::NoKey);
            options.password = base::Secret("open sesame");
            CmsResult result = cmsDecrypt(made.output, {}, options);
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            QCOMPARE(result.output, kLetter);
            QCOMPARE(result.facts.recipients.at(result.facts.openedRecipient).kind, CmsRecipientKind::Password);
            options.effort = std::make_shared<PathEffort>();
            options.effort->spend(PathEffort::kLimit);
            QCOMPARE(cmsDecrypt(made.output, {}, options).facts.fault, CmsFault::UnsupportedAlgorithm);
            options.effort.reset();
            options.password = base::Secret("open barley");
            QCOMPARE(cmsDecrypt(made.output, {}, options).facts.fault, CmsFault::DecryptionFailed);
            options.password = {};
            options.sharedKeys = {{QByteArray::fromHex("c0ffee"), base::Secret(QByteArray::fromHex(hex))}};
            result = cmsDecrypt(made.output, {}, options);
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            QCOMPARE(result.facts.recipients.at(result.facts.openedRecipient).kind, CmsRecipientKind::Kek);
        }
    }

    void weDecompressWithALimit()
    {
        QVERIFY(m_workshop.write(u"zeros"_s, QByteArray(5'000'000, '0')));
        const RunResult made = m_workshop.run(u"openssl"_s, {u"cms"_s, u"-compress"_s, u"-binary"_s, u"-in"_s, u"zeros"_s, u"-outform"_s, u"DER"_s});
        QVERIFY2(made.isOk(), made.text());
        const CmsResult result = cmsDecrypt(made.output, {});
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QVERIFY(result.output == QByteArray(5'000'000, '0'));
        QCOMPARE(result.facts.type, CmsContentType::CompressedData);
        CmsOptions options;
        options.decompressedLimit = 1'000'000;
        const CmsResult bomb = cmsDecrypt(made.output, {}, options);
        QCOMPARE(bomb.facts.fault, CmsFault::TooLarge);
        QVERIFY(bomb.output.isEmpty());
        for (const qsizetype back : {1, 4}) { // the checksum
            QByteArray damaged = made.output;
            damaged[damaged.size() - back] ^= 0x55;
            QCOMPARE(cmsDecrypt(damaged, {}).facts.fault, CmsFault::Malformed);
        }
        const CmsRange content = readCmsStructure(made.output)->content.first();
        QByteArray early = made.output;
        early.replace(content.offset + 60, content.length - 60, QByteArray(content.length - 60, '\0'));
        QCOMPARE(cmsDecrypt(early, {}).facts.fault, CmsFault::Malformed);
    }

    void otherTypesAreSaidPolitely()
    {
        const RunResult digested = m_workshop.run(u"openssl"_s, {u"cms"_s, u"-digest_create"_s, u"-in"_s, u"letter"_s, u"-outform"_s, u"DER"_s});
        QVERIFY2(digested.isOk(), digested.text());
        QCOMPARE(readCmsStructure(digested.output)->type, CmsContentType::DigestedData);
        QCOMPARE(cmsVerify(digested.output).facts.fault, CmsFault::WrongType);
        QCOMPARE(cmsDecrypt(digested.output, {}).facts.fault, CmsFault::WrongType);
        const RunResult encrypted = m_workshop.run(
            u"openssl"_s, {u"cms"_s, u"-EncryptedData_encrypt"_s, u"-aes256"_s, u"-in"_s, u"letter"_s, u"-outform"_s, u"DER"_s, u"-secretkey"_s,
                           u"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"_s});
        QVERIFY2(encrypted.isOk(), encrypted.text());
        QCOMPARE(readCmsStructure(encrypted.output)->type, CmsContentType::EncryptedData);
        QCOMPARE(cmsDecrypt(encrypted.output, {}).facts.fault, CmsFault::NoKey);
    }

private:
    WithProvider m_provider;
    Workshop m_workshop;
    Identity m_authority;
    QMap<KeyType, Identity> m_people;
};

QTEST_GUILESS_MAIN(TestOpensslCms)
#include "tst_OpensslCms.moc"
