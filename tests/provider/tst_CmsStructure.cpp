// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CmsMessages.h"
#include "support/ErrorNames.h"
#include "support/Patience.h"

#include <QElapsedTimer>
#include <QTest>

using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kText = "Some text that is long enough to be cut into pieces\r\n";

QByteArray contentInfo(const char *lastArcs, const QByteArray &content)
{
    // 1.2.840.113549.1.7.x or ...1.9.16.1.x, as the caller says in hex; everything of indefinite length
    const QByteArray oid = QByteArray::fromHex(lastArcs);
    return QByteArray::fromHex("3080") + oid + QByteArray::fromHex("a080") + content + QByteArray("\0\0\0\0", 4);
}

} // namespace

class TestCmsStructure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = makeAuthority();
        m_alice = issue(m_authority, KeyType::Rsa2048, personProfile(u"alice@example.org"_s));
        m_bob = issue(m_authority, KeyType::EcP256, personProfile(u"bob@example.org"_s));
    }

    void opaqueSignatureShowsContentAndSigners()
    {
        CmsOptions options;
        options.signingTime = testTime();
        const QByteArray der = opaque(kText, {m_alice, m_bob}, options);
        const auto read = readCmsStructure(der);
        QVERIFY(read.isOk());
        QCOMPARE(read->type, CmsContentType::SignedData);
        QCOMPARE(read->version, 1);
        QCOMPARE(read->digestAlgorithms.size(), 1);
        QCOMPARE(read->digestAlgorithms.first().name, u"SHA-256"_s);
        QVERIFY(read->hasContent && !read->indefiniteLength && !read->isCertificatesOnly());
        QCOMPARE(read->content.size(), 1);
        QCOMPARE(der.sliced(read->content.first().offset, read->content.first().length), kText);
        QCOMPARE(read->contentOctets, kText.size());
        QCOMPARE(read->innerTypeOid, QByteArray("1.2.840.113549.1.7.1"));
        QCOMPARE(read->certificates.size(), 2);
        QCOMPARE(read->signers.size(), 2);
        QStringList names;
        for (const CmsSigner &signer : std::as_const(read->signers)) {
            names.append(signer.signature.name);
            QCOMPARE(signer.digest.name, u"SHA-256"_s);
            QCOMPARE(signer.signingTime, testTime());
            QCOMPARE(signer.id.issuer, u"CN=Test Authority"_s);
            QVERIFY(signer.signedAttributes.size() >= 4);
        }
        names.sort();
        QCOMPARE(names, (QStringList{u"ECDSA"_s, u"RSA"_s}));
    }

    void detachedSignatureHasNoContent()
    {
        const auto read = readCmsStructure(detached(kText, {m_bob}));
        QVERIFY(read.isOk());
        QVERIFY(!read->hasContent);
        QVERIFY(read->content.isEmpty());
        QCOMPARE(read->signers.size(), 1);
    }

    void envelopeShowsRecipientsAndCipher()
    {
        for (const ContentCipher cipher : {ContentCipher::Aes256Gcm, ContentCipher::Aes256Cbc}) {
            CmsOptions options;
            options.cipher = cipher;
            const CmsResult sealed = cmsEncrypt(kText, {m_alice, m_bob}, options);
            const auto read = readCmsStructure(sealed.output);
            QVERIFY(read.isOk());
            const bool isGcm = cipher == ContentCipher::Aes256Gcm;
            QCOMPARE(read->type, isGcm ? CmsContentType::AuthEnvelopedData : CmsContentType::EnvelopedData);
            QCOMPARE(read->contentEncryption.name, isGcm ? u"AES-256-GCM"_s : u"AES-256-CBC"_s);
            QCOMPARE(read->authenticationTag.size(), isGcm ? 16 : 0);
            QCOMPARE(read->recipients.size(), 2);
            QList<CmsRecipientKind> kinds{read->recipients.at(0).kind, read->recipients.at(1).kind};
            QVERIFY(kinds.contains(CmsRecipientKind::KeyTransport) && kinds.contains(CmsRecipientKind::KeyAgreement));
            for (const CmsRecipient &recipient : std::as_const(read->recipients)) {
                QCOMPARE(recipient.id.issuer, u"CN=Test Authority"_s);
                QVERIFY(!recipient.id.serialHex.isEmpty());
                QVERIFY(recipient.encryptedKeyOctets > 0);
            }
        }
    }

    void recipientsShowWhatTheirKeyWasMadeFrom()
    {
        const Identity kem = issue(m_authority, KeyType::MlKem768, personProfile(u"carol@example.org"_s));
        CmsOptions options;
        options.recipientNaming = CertificateNaming::SubjectKeyIdentifier;
        const auto read = readCmsStructure(cmsEncrypt(kText, {m_alice, m_bob, kem}, options).output);
        QVERIFY(read.isOk());
        QCOMPARE(read->recipients.size(), 3);
        for (const CmsRecipient &recipient : std::as_const(read->recipients)) {
            const bool isAgreement = recipient.kind == CmsRecipientKind::KeyAgreement;
            const bool isKem = recipient.kind == CmsRecipientKind::Kem;
            QCOMPARE(recipient.version, isAgreement ? 3 : isKem ? 0 : 2);
            QCOMPARE(recipient.originatorAlgorithm.oid, isAgreement ? QByteArray("1.2.840.10045.2.1") : QByteArray());
            QCOMPARE(recipient.originatorKey.size(), isAgreement ? 65 : 0);
            QCOMPARE(recipient.originator, CmsIdentifier());
            QCOMPARE(recipient.kemCiphertext.size(), isKem ? 1088 : 0);
            QCOMPARE(recipient.kekLength, isKem ? 32 : 0);
            QCOMPARE(recipient.keyDerivation.name, isKem ? u"HKDF-SHA-256"_s : QString());
            QCOMPARE(recipient.kemWrap.name, isKem ? u"AES-256-WRAP"_s : QString());
        }
    }

    void readingCopiesNoContent()
    {
        const QByteArray der = opaque(QByteArray(20'000'000, 'x'), {m_bob});
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 100; ++i)
            QVERIFY(readCmsStructure(der).isOk());
        QVERIFY2(timer.elapsed() < 1000 * support::patience(), qPrintable(QString::number(timer.elapsed())));
    }

    void piecesOfIndefiniteLengthAreFound()
    {
        // data, an OCTET STRING of two pieces: RFC 5652 does not ask for DER here, and NSS and gpgsm write such
        const QByteArray pieces = QByteArray::fromHex("2480") + "\x04\x05Hello" + "\x04\x06, you!" + QByteArray("\0\0", 2);
        const QByteArray der = contentInfo("06092a864886f70d010701", pieces);
        const auto read = readCmsStructure(der);
        QVERIFY(read.isOk());
        QCOMPARE(read->type, CmsContentType::Data);
        QVERIFY(read->indefiniteLength);
        QCOMPARE(read->content.size(), 2);
        QCOMPARE(read->contentOctets, 11);
        QByteArray text;
        for (const CmsRange &range : std::as_const(read->content))
            text += der.sliced(range.offset, range.length);
        QCOMPARE(text, QByteArray("Hello, you!"));
    }

    void unknownTypesAreNamedByTheirOid()
    {
        const auto read = readCmsStructure(contentInfo("06032a0304", QByteArray::fromHex("3000")));
        QVERIFY(read.isOk());
        QCOMPARE(read->type, CmsContentType::Unknown);
        QCOMPARE(read->typeOid, QByteArray("1.2.3.4"));
    }

    void objectIdentifiersOfEveryFormAreRead_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("dotted");
        QTest::newRow("two arcs in one") << QByteArray::fromHex("883703") << QByteArray("2.999.3");
        QTest::newRow("the lowest") << QByteArray::fromHex("00") << QByteArray("0.0");
        QTest::newRow("the last of the first arc") << QByteArray::fromHex("27") << QByteArray("0.39");
        QTest::newRow("the last of the second") << QByteArray::fromHex("4f7f") << QByteArray("1.39.127");
        QTest::newRow("the third begins") << QByteArray::fromHex("508100") << QByteArray("2.0.128");
        QTest::newRow("64 bits") << QByteArray::fromHex("2a81ffffffffffffffff7f") << QByteArray("1.2.18446744073709551615");
        QTest::newRow("65 bits") << QByteArray::fromHex("2a82808080808080808000") << QByteArray("1.2.18446744073709551616");
        QTest::newRow("does not end") << QByteArray::fromHex("2a83") << QByteArray();
        QTest::newRow("padded") << QByteArray::fromHex("2a8003") << QByteArray();
    }
    void objectIdentifiersOfEveryFormAreRead()
    {
        QFETCH(QByteArray, body);
        const QByteArray inside = "\x06" + QByteArray(1, static_cast<char>(body.size())) + body + QByteArray("\xa0\x02\x05\x00", 4);
        const auto read = readCmsStructure("\x30" + QByteArray(1, static_cast<char>(inside.size())) + inside);
        QTEST(read ? read->typeOid : QByteArray(), "dotted");
    }

    void whatIsNoContentInfoSaysWhere()
    {
        const auto text = readCmsStructure("From: alice@example.org");
        QVERIFY(!text.isOk());
        QCOMPARE(text.error().code, base::ErrorCode::CmsMalformed);
        QCOMPARE(text.error().offset, 0);
        const QByteArray der = opaque(kText, {m_bob});
        const auto cut = readCmsStructure(der.first(der.size() - 10));
        QVERIFY(!cut.isOk());
        QVERIFY(cut.error().offset.has_value());
    }

    void publishedExamplesHaveTheirTypes_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<CmsContentType>("type");
        QTest::addColumn<int>("signers");
        QTest::addColumn<int>("recipients");
        QTest::newRow("data BER") << u"3.1.bin"_s << CmsContentType::Data << 0 << 0;
        QTest::newRow("data DER") << u"3.2.bin"_s << CmsContentType::Data << 0 << 0;
        QTest::newRow("signed") << u"4.1.bin"_s << CmsContentType::SignedData << 1 << 0;
        QTest::newRow("two signers") << u"4.6.bin"_s << CmsContentType::SignedData << 2 << 0;
        QTest::newRow("certificates only") << u"4.11.bin"_s << CmsContentType::SignedData << 0 << 0;
        QTest::newRow("enveloped") << u"5.1.bin"_s << CmsContentType::EnvelopedData << 0 << 1;
        QTest::newRow("digested") << u"6.0.bin"_s << CmsContentType::DigestedData << 0 << 0;
        QTest::newRow("encrypted") << u"7.1.bin"_s << CmsContentType::EncryptedData << 0 << 0;
        QTest::newRow("encrypted with attributes") << u"7.2.bin"_s << CmsContentType::EncryptedData << 0 << 0;
    }

    void publishedExamplesHaveTheirTypes()
    {
        QFETCH(QString, file);
        QFETCH(CmsContentType, type);
        QFETCH(int, signers);
        QFETCH(int, recipients);
        const QString folder = vectorsFolder();
        if (folder.isEmpty())
            return; // the vectors are not part of the repository
        const auto read = readCmsStructure(fileContent(folder + u"rfc4134/"_s + file));
        QVERIFY(read.isOk());
        QCOMPARE(read->type, type);
        QCOMPARE(read->signers.size(), signers);
        QCOMPARE(read->recipients.size(), recipients);
        QCOMPARE(read->isCertificatesOnly(), file == u"4.11.bin"_s);
    }

private:
    WithProvider m_provider;
    Identity m_authority;
    Identity m_alice;
    Identity m_bob;
};

QTEST_GUILESS_MAIN(TestCmsStructure)
#include "tst_CmsStructure.moc"
