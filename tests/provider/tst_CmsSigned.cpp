// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CmsMessages.h"

#include "provider/OpenSsl.h"
#include "provider/PathPolicy.h"
#include "provider/SmimeCapabilities.h"

#include <QTest>

#include <openssl/cms.h>

using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(KeyType)

class TestCmsSigned : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = makeAuthority();
        m_alice = person(KeyType::Rsa2048, u"alice@example.org"_s);
        m_bob = person(KeyType::EcP256, u"bob@example.org"_s);
        QVERIFY(!m_alice.certificate.isNull() && !m_bob.certificate.isNull());
    }

    void everyKeyTypeSignsAndVerifies_data()
    {
        QTest::addColumn<KeyType>("type");
        QTest::addColumn<RsaSignature>("scheme");
        QTest::addColumn<DigestAlgorithm>("digest");
        QTest::addColumn<QString>("signatureName");
        QTest::addColumn<QString>("digestName");
        QTest::newRow("RSA v1.5 SHA-256") << KeyType::Rsa2048 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"RSA"_s << u"SHA-256"_s;
        QTest::newRow("RSA v1.5 SHA-512") << KeyType::Rsa3072 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha512 << u"RSA"_s << u"SHA-512"_s;
        QTest::newRow("RSA-PSS SHA-256") << KeyType::Rsa2048 << RsaSignature::Pss << DigestAlgorithm::Sha256 << u"RSA-PSS"_s << u"SHA-256"_s;
        QTest::newRow("RSA-PSS SHA-384") << KeyType::Rsa2048 << RsaSignature::Pss << DigestAlgorithm::Sha384 << u"RSA-PSS"_s << u"SHA-384"_s;
        QTest::newRow("P-256") << KeyType::EcP256 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"ECDSA"_s << u"SHA-256"_s;
        QTest::newRow("P-384") << KeyType::EcP384 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"ECDSA"_s << u"SHA-384"_s;
        QTest::newRow("P-521") << KeyType::EcP521 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"ECDSA"_s << u"SHA-512"_s;
        QTest::newRow("Ed25519") << KeyType::Ed25519 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"Ed25519"_s << u"SHA-512"_s;
        QTest::newRow("Ed448") << KeyType::Ed448 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"Ed448"_s << u"SHAKE256"_s;
        QTest::newRow("ML-DSA-44") << KeyType::MlDsa44 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"ML-DSA-44"_s << u"SHA-512"_s;
        QTest::newRow("ML-DSA-65") << KeyType::MlDsa65 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"ML-DSA-65"_s << u"SHA-512"_s;
        QTest::newRow("ML-DSA-87") << KeyType::MlDsa87 << RsaSignature::Pkcs1 << DigestAlgorithm::Sha256 << u"ML-DSA-87"_s << u"SHA-512"_s;
    }

    void everyKeyTypeSignsAndVerifies()
    {
        QFETCH(KeyType, type);
        QFETCH(RsaSignature, scheme);
        QFETCH(DigestAlgorithm, digest);
        const Identity signer = person(type, u"carol@example.org"_s);
        CmsOptions options;
        options.rsaSignature = scheme;
        options.digest = digest;
        const CmsResult opaqueForm = cmsVerify(opaque("The letter\r\n", {signer}, options));
        QVERIFY(opaqueForm.success);
        QCOMPARE(opaqueForm.output, QByteArray("The letter\r\n"));
        const CmsResult result = cmsVerify("The letter\r\n", detached("The letter\r\n", {signer}, options));
        QVERIFY(result.success);
        for (const CmsResult *form : {&opaqueForm, &result}) {
            QCOMPARE(form->facts.signers.size(), 1);
            const CmsSignerFacts &facts = form->facts.signers.first();
            QVERIFY2(facts.integrity == CmsIntegrity::Valid, qPrintable(facts.detail));
            QTEST(facts.signer.signature.name, "signatureName");
            QTEST(facts.signer.digest.name, "digestName");
            QCOMPARE(facts.certificateDer, signer.der());
            QCOMPARE(facts.digestComputed, facts.digestSigned);
            QCOMPARE(facts.keyType, toString(type));
        }
    }

    void algorithmOfAnotherKindOfKeyIsNotBelieved_data()
    {
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("ML-DSA-65") << QByteArray("06096086480165030403120500");
        QTest::newRow("SLH-DSA-SHA2-128s") << QByteArray("06096086480165030403140500");
        QTest::newRow("DSA with SHA-256") << QByteArray("06096086480165030403020500");
    }

    // What else would keep a stranger from writing any other name into it on the way.
    void algorithmOfAnotherKindOfKeyIsNotBelieved()
    {
        QFETCH(QByteArray, named);
        QByteArray message = opaque("text", {m_alice});
        const QByteArray rsa = QByteArray::fromHex("06092a864886f70d0101010500");
        QCOMPARE(named.size(), 2 * rsa.size());
        message.replace(message.lastIndexOf(rsa), rsa.size(), QByteArray::fromHex(named));
        const CmsSignerFacts facts = cmsVerify(message).facts.signers.first();
        QCOMPARE(facts.integrity, CmsIntegrity::Unsupported);
        QCOMPARE(facts.detail, u"The signer's key does not fit the algorithm"_s);
    }

    // As old programs name it. The name of a broken digest, or of another one, makes nothing good.
    void aDigestNamedByASignatureAlgorithmIsRead()
    {
        const auto namedBy = [&](int nid) {
            const auto cms = fromDerBy<CmsPtr>(d2i_CMS_ContentInfo, opaque("text", {m_alice}));
            X509_ALGOR *digest = nullptr;
            CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0), nullptr, nullptr, &digest, nullptr);
            X509_ALGOR_set0(digest, OBJ_nid2obj(nid), V_ASN1_NULL, nullptr);
            return cmsVerify(derBy(i2d_CMS_ContentInfo, cms.get())).facts.signers.first();
        };
        const CmsSignerFacts good = namedBy(NID_sha256WithRSAEncryption);
        QVERIFY2(good.integrity == CmsIntegrity::Valid, qPrintable(good.detail));
        QCOMPARE(good.signer.digest.name, u"SHA-256"_s);
        QCOMPARE(namedBy(NID_md5WithRSAEncryption).integrity, CmsIntegrity::Refused);
        QCOMPARE(namedBy(NID_sha1WithRSAEncryption).integrity, CmsIntegrity::Invalid);
    }

    void alteredContentIsInvalidAndStillReturned()
    {
        const QByteArray signature = detached("Pay 100\r\n", {m_alice});
        const CmsResult result = cmsVerify("Pay 900\r\n", signature);
        QVERIFY(result.success);
        QCOMPARE(result.facts.signers.first().integrity, CmsIntegrity::Invalid);
        QCOMPARE(result.facts.signers.first().defect, CmsDefect::ContentChanged);
        QVERIFY(result.facts.signers.first().digestComputed != result.facts.signers.first().digestSigned);
        QCOMPARE(result.signers.first().identityResult(), QCA::SecureMessageSignature::InvalidSignature);
    }

    void contentInPiecesIsTheSameContent()
    {
        const QByteArray signature = detached("one two three", {m_bob});
        QCA::CMS cms;
        QCA::SecureMessage message(&cms);
        message.startVerify(signature);
        for (const char *piece : {"one", " two", "", " three"})
            message.update(piece);
        const CmsResult result = finished(message);
        QCOMPARE(result.facts.signers.first().integrity, CmsIntegrity::Valid);
    }

    void eachOfSeveralSignersHasItsOwnResult()
    {
        const Identity carol = person(KeyType::Ed25519, u"carol@example.org"_s);
        QByteArray message = opaque("Together", {m_alice, m_bob, carol});
        CmsResult result = cmsVerify(message);
        QCOMPARE(result.facts.signers.size(), 3);
        for (const CmsSignerFacts &signer : std::as_const(result.facts.signers))
            QCOMPARE(signer.integrity, CmsIntegrity::Valid);
        const QByteArray value = result.facts.signers.at(1).signer.value;
        message[message.indexOf(value) + value.size() / 2] ^= 1;
        result = cmsVerify(message);
        QCOMPARE(result.facts.signers.at(0).integrity, CmsIntegrity::Valid);
        QCOMPARE(result.facts.signers.at(1).integrity, CmsIntegrity::Invalid);
        QCOMPARE(result.facts.signers.at(1).defect, CmsDefect::SignatureWrong);
        QCOMPARE(result.facts.signers.at(2).integrity, CmsIntegrity::Valid);
    }

    void signerWithoutCertificateIsUnknownNotBad()
    {
        QCA::CMS cms;
        QCA::SecureMessage message(&cms);
        message.setBundleSignerEnabled(false);
        message.setSMIMEAttributesEnabled(false);
        message.setSigner(messageKey(m_alice));
        message.startSign(QCA::SecureMessage::Detached);
        message.update("text");
        const QByteArray signature = finished(message).signature;
        QCOMPARE(cmsVerify("text", signature).facts.signers.first().integrity, CmsIntegrity::NoCertificate);
        QCOMPARE(cmsVerify("other", signature).facts.signers.first().defect, CmsDefect::ContentChanged);
        QCOMPARE(cmsVerify("text", signature, {m_alice.certificate}).facts.signers.first().integrity, CmsIntegrity::Valid);
    }

    void signedAttributesSayWhatTheOptionsSaid()
    {
        CmsOptions options;
        options.signingTime = testTime();
        options.preferredEncryptionCertificate = m_bob.der();
        options.capabilitiesDer = encodeSmimeCapabilities({{"2.16.840.1.101.3.4.1.46", {}}});
        const CmsResult result = cmsVerify(opaque("text", {m_alice}, options));
        const CmsSignerFacts &facts = result.facts.signers.first();
        QCOMPARE(facts.integrity, CmsIntegrity::Valid);
        QCOMPARE(facts.signer.signingTime, testTime());
        QCOMPARE(result.signers.first().timestamp(), testTime());
        QCOMPARE(facts.capabilitiesDer, options.capabilitiesDer);
        QVERIFY(!facts.preferredEncryptionDer.isEmpty());
        QVERIFY(result.facts.certificates.contains(m_bob.der()));
    }

    void ownCapabilitiesAreReadable()
    {
        const QList<SmimeCapability> own = ownCapabilities(u"RSA-3072"_s);
        QCOMPARE(own.first().oid, QByteArray("2.16.840.1.101.3.4.1.46"));
        const auto read = decodeSmimeCapabilities(encodeSmimeCapabilities(own));
        QVERIFY(read.isOk());
        QCOMPARE(*read, own);
    }

    void checkingEndsWithTheEffortOfTheMessage()
    {
        // 64 signers with keys that are slow on purpose, layer upon layer, would take minutes.
        const QByteArray der = opaque("text", {m_alice, m_bob});
        const auto effort = std::make_shared<PathEffort>();
        const auto check = [&der, &effort] {
            QCA::CMS cms;
            QCA::SecureMessage message(&cms);
            CmsOptions options;
            options.effort = effort;
            setOptions(message, options);
            message.startVerify(QByteArray());
            message.update(der);
            return finished(message).facts.signers;
        };
        for (const CmsSignerFacts &signer : check())
            QCOMPARE(signer.integrity, CmsIntegrity::Valid);
        QVERIFY(effort->spent() > 0 && !effort->isSpent());
        effort->spend(PathEffort::kLimit);
        for (const CmsSignerFacts &signer : check())
            QCOMPARE(signer.integrity, CmsIntegrity::Unsupported);
    }

    void detachedSignatureThatCarriesOtherContentIsInvalid()
    {
        const CmsResult other = cmsVerify("shown text", opaque("signed text", {m_alice}));
        QCOMPARE(other.facts.signers.first().integrity, CmsIntegrity::Invalid);
        QCOMPARE(other.facts.signers.first().defect, CmsDefect::EmbeddedContentDiffers);
        const CmsResult same = cmsVerify("signed text", opaque("signed text", {m_alice}));
        QCOMPARE(same.facts.signers.first().integrity, CmsIntegrity::Valid);
    }

    void detachedSignatureWithoutItsContentIsNoMessage()
    {
        const CmsResult result = cmsVerify(detached("text", {m_alice}));
        QVERIFY(!result.success);
        QCOMPARE(result.facts.fault, CmsFault::WrongType);
    }

    void otherTypesAreNoSignature()
    {
        const QByteArray encrypted = cmsEncrypt("text", {m_bob}).output;
        QCOMPARE(cmsVerify(encrypted).facts.fault, CmsFault::WrongType);
        QCOMPARE(cmsVerify("no CMS at all").facts.fault, CmsFault::Malformed);
        QCOMPARE(cmsVerify("").facts.fault, CmsFault::Malformed);
    }

    void certificateAndKeyMustBelongTogether()
    {
        const CmsResult result = cmsSign("text", {Identity{m_alice.key, m_bob.certificate}}, QCA::SecureMessage::Detached);
        QVERIFY(!result.success);
        QCOMPARE(result.facts.fault, CmsFault::SigningFailed);
    }

    void keysThatCannotSignSaySo()
    {
        const Identity dana = person(KeyType::X25519, u"dana@example.org"_s);
        QCOMPARE(cmsSign("text", {dana}, QCA::SecureMessage::Detached).facts.fault, CmsFault::SigningFailed);
    }

    void asciiFormIsPem()
    {
        QCA::CMS cms;
        QCA::SecureMessage message(&cms);
        message.setFormat(QCA::SecureMessage::Ascii);
        message.setBundleSignerEnabled(true);
        message.setSMIMEAttributesEnabled(true);
        message.setSigner(messageKey(m_bob));
        message.startSign(QCA::SecureMessage::Message);
        message.update("text");
        const QByteArray pem = finished(message).output;
        QVERIFY(pem.startsWith("-----BEGIN CMS-----"));
        message.startVerify();
        message.update(pem);
        const CmsResult result = finished(message);
        QCOMPARE(result.output, QByteArray("text"));
        QCOMPARE(result.facts.signers.first().integrity, CmsIntegrity::Valid);
    }

    void finishedIsSignalledInAnEventLoop()
    {
        QCA::CMS cms;
        QCA::SecureMessage message(&cms);
        message.setBundleSignerEnabled(true);
        message.setSMIMEAttributesEnabled(true);
        message.setSigner(messageKey(m_bob));
        int calls = 0;
        connect(&message, &QCA::SecureMessage::finished, this, [&calls] { ++calls; });
        message.startSign(QCA::SecureMessage::Detached);
        message.update("text");
        message.end();
        QTRY_COMPARE(calls, 1);
        QVERIFY(!message.signature().isEmpty());
    }

    void validityComesFromTheTrustedCertificates()
    {
        const QByteArray message = opaque("text", {m_alice});
        QCA::CMS cms;
        QCA::CertificateCollection trusted;
        trusted.addCertificate(m_authority.certificate);
        cms.setTrustedCertificates(trusted);
        QCA::SecureMessage verifying(&cms);
        verifying.startVerify();
        verifying.update(message);
        const CmsResult result = finished(verifying);
        QVERIFY(verifying.verifySuccess());
        QVERIFY(result.signers.first().keyValidity() != QCA::ErrorValidityUnknown);
        QCOMPARE(cmsVerify(message).signers.first().keyValidity(), QCA::ErrorValidityUnknown);
    }

    void qcasOwnListOfSignersIsAsWished()
    {
        const QByteArray message = opaque("text", {m_alice});
        QCA::CMS cms;
        QCA::SecureMessage verifying(&cms);
        for (const QcaSigners wish : {QcaSigners::WithCertificates, QcaSigners::WithoutCertificates}) {
            CmsOptions options;
            options.qcaSigners = wish;
            setOptions(verifying, options);
            verifying.startVerify();
            verifying.update(message);
            const CmsResult result = finished(verifying);
            QVERIFY(verifying.verifySuccess());
            QCOMPARE(result.signers.first().key().x509CertificateChain().isEmpty(), wish == QcaSigners::WithoutCertificates);
            QCOMPARE(result.facts.signers.first().certificateDer, m_alice.der());
        }
        QCOMPARE(cmsVerify(message).signers.first().key().x509CertificateChain().primary(), m_alice.certificate);
    }

    void publishedMlDsaSignaturesVerify_data()
    {
        QTest::addColumn<QString>("size");
        for (const char *size : {"44", "65", "87"})
            QTest::newRow(size) << QString::fromLatin1(size);
    }

    void publishedMlDsaSignaturesVerify()
    {
        QFETCH(QString, size);
        const QString folder = vectorsFolder();
        if (folder.isEmpty())
            return; // the vectors are not part of the repository
        const QString path = folder + u"lamps-pqc/cms-ml-dsa/"_s;
        const QByteArray pem = fileContent(path + u"mldsa%1-signed-attrs.pem"_s.arg(size));
        const QCA::Certificate signer = QCA::Certificate::fromPEM(QString::fromLatin1(fileContent(path + u"ML-DSA-%1.crt"_s.arg(size))));
        QVERIFY(!signer.isNull());
        QCA::CMS cms;
        QCA::CertificateCollection known;
        known.addCertificate(signer);
        cms.setUntrustedCertificates(known);
        QCA::SecureMessage message(&cms);
        message.setFormat(QCA::SecureMessage::Ascii);
        message.startVerify();
        message.update(pem);
        const CmsResult result = finished(message);
        QVERIFY(result.success);
        QVERIFY2(result.facts.signers.first().integrity == CmsIntegrity::Valid, qPrintable(result.facts.signers.first().detail));
        QVERIFY(result.output.startsWith("ML-DSA-"));
    }

    void publishedExamplesOfRfc4134_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("isDetached");
        QTest::addColumn<int>("valid");
        QTest::newRow("DSS") << u"4.1.bin"_s << false << 1;
        QTest::newRow("RSA") << u"4.2.bin"_s << false << 1;
        QTest::newRow("detached") << u"4.3.bin"_s << true << 1;
        QTest::newRow("fancier") << u"4.4.bin"_s << false << 1;
        QTest::newRow("all RSA") << u"4.5.bin"_s << false << 1;
        QTest::newRow("two signers, one without DSA parameters") << u"4.6.bin"_s << false << 1;
        QTest::newRow("by key identifier") << u"4.7.bin"_s << false << 1;
        QTest::newRow("many attributes") << u"4.10.bin"_s << false << 1;
    }

    void publishedExamplesOfRfc4134()
    {
        QFETCH(QString, file);
        QFETCH(bool, isDetached);
        QFETCH(int, valid);
        const QString folder = vectorsFolder();
        if (folder.isEmpty())
            return;
        const QByteArray content = fileContent(folder + u"rfc4134/ExContent.bin"_s);
        const QByteArray cms = fileContent(folder + u"rfc4134/"_s + file);
        const CmsResult result = isDetached ? cmsVerify(content, cms) : cmsVerify(cms);
        QVERIFY(result.success);
        int count = 0;
        for (const CmsSignerFacts &signer : result.facts.signers)
            count += signer.integrity == CmsIntegrity::Valid ? 1 : 0;
        QVERIFY2(count == valid, qPrintable(result.facts.signers.first().detail));
        if (!isDetached)
            QCOMPARE(result.output, content);
    }

    void certificatesOnlyHasNoSigner()
    {
        const QString folder = vectorsFolder();
        if (folder.isEmpty())
            return;
        const CmsResult result = cmsVerify(fileContent(folder + u"rfc4134/4.11.bin"_s));
        QVERIFY(result.success);
        QVERIFY(result.facts.signers.isEmpty());
        QVERIFY(!result.facts.certificates.isEmpty());
    }

private:
    Identity person(KeyType type, const QString &address) { return issue(m_authority, type, personProfile(address)); }

    WithProvider m_provider;
    Identity m_authority;
    Identity m_alice;
    Identity m_bob;
};

QTEST_GUILESS_MAIN(TestCmsSigned)
#include "tst_CmsSigned.moc"
