// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CmsMessages.h"
#include "support/ErrorNames.h"

#include <QRandomGenerator>
#include <QTest>

using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kText = "The letter that nobody may change\r\n";

/// `depth` times `head` around `core`, all of indefinite length.
QByteArray nested(const QByteArray &head, const QByteArray &core, int depth)
{
    QByteArray result;
    for (int i = 0; i < depth; ++i)
        result += head;
    result += core;
    for (int i = 0; i < depth; ++i)
        result += QByteArray("\0\0", 2);
    return result;
}

} // namespace

class TestCmsHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = makeAuthority();
        m_rsa = person(KeyType::Rsa2048);
        m_ec = person(KeyType::EcP256);
        m_x25519 = person(KeyType::X25519);
        m_kem = person(KeyType::MlKem512);
    }

    /// Every bit of a signed message: never a crash, never "valid" for changed content.
    void flippedBitsNeverMakeChangedContentValid()
    {
        const QByteArray message = opaque(kText, {m_ec});
        for (qsizetype at = 0; at < message.size(); ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                QByteArray altered = message;
                altered[at] ^= char(1 << bit);
                const CmsResult result = cmsVerify(altered);
                if (!result.success)
                    continue;
                for (const CmsSignerFacts &signer : result.facts.signers)
                    QVERIFY2(signer.integrity != CmsIntegrity::Valid || result.output == kText, qPrintable(QString::number(at)));
                (void)readCmsStructure(altered);
            }
        }
    }

    void flippedBitsNeverDecryptToSomethingElse_data()
    {
        QTest::addColumn<KeyType>("type");
        QTest::newRow("RSA") << KeyType::Rsa2048;
        QTest::newRow("P-256") << KeyType::EcP256;
        QTest::newRow("X25519") << KeyType::X25519;
        QTest::newRow("ML-KEM-512") << KeyType::MlKem512;
    }

    void flippedBitsNeverDecryptToSomethingElse()
    {
        QFETCH(KeyType, type);
        const Identity reader = readerOf(type);
        const QByteArray message = cmsEncrypt(kText, {reader}).output;
        const int bits = type == KeyType::Rsa2048 || type == KeyType::MlKem512 ? 1 : 8; // long messages, slow keys
        for (qsizetype at = 0; at < message.size(); ++at) {
            for (int bit = 0; bit < bits; ++bit) {
                QByteArray altered = message;
                altered[at] ^= char(1 << (bits == 8 ? bit : (bit + int(at)) % 8));
                const CmsResult result = cmsDecrypt(altered, {reader});
                QVERIFY2(!result.success || result.output == kText, qPrintable(QString::number(at)));
                QVERIFY(result.success || result.output.isEmpty());
                (void)readCmsStructure(altered);
            }
        }
    }

    void truncationAtEveryOffsetIsMalformed()
    {
        for (const QByteArray &message : {opaque(kText, {m_ec}), cmsEncrypt(kText, {m_ec, m_x25519}).output}) {
            for (qsizetype size = 0; size < message.size(); ++size) {
                const QByteArray cut = message.first(size);
                const auto structure = readCmsStructure(cut);
                QVERIFY(!structure.isOk());
                QCOMPARE(structure.error().code, base::ErrorCode::CmsMalformed);
                QVERIFY(!cmsVerify(cut).success);
                QVERIFY(!cmsDecrypt(cut, {m_ec}).success);
            }
        }
    }

    void octetsReplacedByExtremesNeverCrash()
    {
        for (const QByteArray &message : {opaque(kText, {m_ec}), cmsEncrypt(kText, {m_ec}).output}) {
            for (qsizetype at = 0; at < message.size(); ++at) {
                for (const char value : {'\x00', '\x80', '\x84', '\xff', '\x30', '\xa0'}) {
                    QByteArray altered = message;
                    altered[at] = value;
                    const CmsResult verified = cmsVerify(altered);
                    for (const CmsSignerFacts &signer : verified.facts.signers)
                        QVERIFY(signer.integrity != CmsIntegrity::Valid || verified.output == kText);
                    const CmsResult opened = cmsDecrypt(altered, {m_ec});
                    QVERIFY(!opened.success || opened.output == kText);
                }
            }
        }
    }

    void deepNestingEndsEarly()
    {
        const QByteArray head = QByteArray::fromHex("3080") + QByteArray::fromHex("06092a864886f70d010702");
        for (const int depth : {10, 40, 1000, 100'000}) {
            const QByteArray message = head + QByteArray::fromHex("a080") + nested(QByteArray::fromHex("3080"), {}, depth);
            const auto structure = readCmsStructure(message);
            QVERIFY(!structure.isOk());
            QVERIFY(!cmsVerify(message).success);
        }
        // The same inside the content, an OCTET STRING cut into pieces of pieces
        const QByteArray data = QByteArray::fromHex("308006092a864886f70d010701a080")
            + nested(QByteArray::fromHex("2480"), QByteArray::fromHex("0400"), 5000) + QByteArray("\0\0\0\0", 4);
        QVERIFY(!readCmsStructure(data).isOk());
    }

    void giantLengthsAreMalformed()
    {
        for (const char *hex : {"3084ffffffff", "30847fffffff", "3088ffffffffffffffff", "30887fffffffffffffff", "308900112233445566778899",
                                "308006092a864886f70d010702a0847fffffff30", "3f81ffffff7f00", "30800609", "3080", "30", "3000", "a000"}) {
            const QByteArray message = QByteArray::fromHex(hex);
            const auto structure = readCmsStructure(message);
            QVERIFY2(!structure.isOk(), hex);
            QVERIFY(!cmsVerify(message).success);
            QVERIFY(!cmsDecrypt(message, {m_ec}).success);
        }
    }

    void randomOctetsAreMalformed()
    {
        QRandomGenerator random(20260601);
        for (int i = 0; i < 3000; ++i) {
            QByteArray message = QByteArray::fromHex("308006092a864886f70d0107") + char(1 + i % 6) + QByteArray::fromHex("a0803080");
            for (int k = 0; k < 60; ++k)
                message += char(random.bounded(256));
            (void)readCmsStructure(message);
            QVERIFY(!cmsVerify(message).success || cmsVerify(message).facts.signers.isEmpty());
            QVERIFY(!cmsDecrypt(message, {m_ec}).success);
        }
    }

    void manySignersAreTooMany()
    {
        const QByteArray message = opaque(kText, QList<Identity>(70, m_ec));
        QVERIFY(!message.isEmpty());
        const CmsResult result = cmsVerify(message);
        QVERIFY(!result.success);
        QCOMPARE(result.facts.fault, CmsFault::TooLarge);
    }

    void whatFollowsTheMessageIsCounted()
    {
        const QByteArray message = opaque(kText, {m_ec});
        QCOMPARE(readCmsStructure(message)->trailingOctets, 0);
        QCOMPARE(readCmsStructure(message + "\r\n")->trailingOctets, 2);
        QCOMPARE(cmsVerify(message + "\r\n").output, kText);
    }

    void emptyKeysAndCertificatesAreNoCrash()
    {
        const QByteArray message = cmsEncrypt(kText, {m_ec}).output;
        QCOMPARE(cmsDecrypt(message, {Identity{{}, m_ec.certificate}}).facts.fault, CmsFault::NoKey);
        QCA::CMS cms;
        cms.setPrivateKeys({QCA::SecureMessageKey()});
        QCA::SecureMessage opening(&cms);
        opening.startDecrypt();
        opening.update(message);
        QCOMPARE(finished(opening).facts.fault, CmsFault::NoKey);
        QCA::SecureMessage sealing(&cms);
        sealing.setRecipients({QCA::SecureMessageKey()});
        sealing.startEncrypt();
        QVERIFY(!finished(sealing).success);
    }

private:
    Identity person(KeyType type) { return issue(m_authority, type, personProfile(u"alice@example.org"_s)); }
    Identity readerOf(KeyType type) const
    {
        return type == KeyType::Rsa2048 ? m_rsa : type == KeyType::EcP256 ? m_ec : type == KeyType::X25519 ? m_x25519 : m_kem;
    }

    WithProvider m_provider;
    Identity m_authority;
    Identity m_rsa;
    Identity m_ec;
    Identity m_x25519;
    Identity m_kem;
};

QTEST_GUILESS_MAIN(TestCmsHostile)
#include "tst_CmsHostile.moc"
