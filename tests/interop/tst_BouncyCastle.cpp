// SPDX-License-Identifier: GPL-3.0-or-later
// BouncyCastle writes, we read; what it says of our mail is in tst_Forged.cpp.
#include "interop/BouncyPeer.h"
#include "interop/CmsPeople.h"
#include "provider/KeyMaterial.h"
#include "provider/PrivateKeyFile.h"

using namespace interop;
using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

namespace {

struct SigningCase {
    const char *name;
    KeyType key;
    const char *algorithm;      ///< As Java names it
    const char *expected;       ///< As we name it
};

constexpr SigningCase kSigning[] = {
    {"RSA", KeyType::Rsa2048, "SHA256withRSA", "RSA"},
    {"RSA SHA-512-256", KeyType::Rsa2048, "SHA512(256)withRSA", "RSA"},
    {"RSA-PSS", KeyType::Rsa2048, "SHA384withRSAandMGF1", "RSA-PSS"},
    {"P-256", KeyType::EcP256, "SHA256withECDSA", "ECDSA"},
    {"P-521", KeyType::EcP521, "SHA512withECDSA", "ECDSA"},
    {"Ed25519", KeyType::Ed25519, "Ed25519", "Ed25519"},
    {"Ed448", KeyType::Ed448, "Ed448", "Ed448"},
    {"ML-DSA-44", KeyType::MlDsa44, "ML-DSA-44", "ML-DSA-44"},
    {"ML-DSA-65", KeyType::MlDsa65, "ML-DSA-65", "ML-DSA-65"},
};

struct EncryptingCase {
    const char *name;
    KeyType key;
    const char *cipher;
    CmsRecipientKind kind;
};

constexpr EncryptingCase kEncrypting[] = {
    {"RSA, CBC", KeyType::Rsa2048, "AES-128-CBC", CmsRecipientKind::KeyTransport},
    {"RSA, GCM", KeyType::Rsa2048, "AES-256-GCM", CmsRecipientKind::KeyTransport},
    {"RSA, CCM", KeyType::Rsa2048, "AES-256-CCM", CmsRecipientKind::KeyTransport},
    {"P-256, GCM", KeyType::EcP256, "AES-256-GCM", CmsRecipientKind::KeyAgreement},
    {"P-384, CBC", KeyType::EcP384, "AES-256-CBC", CmsRecipientKind::KeyAgreement},
    // RFC 9709: the key is derived with the cipher's identifier.
    {"RSA, derived CBC", KeyType::Rsa2048, "AES-128-CBC+HKDF", CmsRecipientKind::KeyTransport},
    {"P-256, derived GCM", KeyType::EcP256, "AES-256-GCM+HKDF", CmsRecipientKind::KeyAgreement},
    // Not X25519 and X448: BouncyCastle 1.80 cannot write such recipients ("can't identify EC private key").
    {"ML-KEM-512, CBC", KeyType::MlKem512, "AES-256-CBC", CmsRecipientKind::Kem},
    {"ML-KEM-768, GCM", KeyType::MlKem768, "AES-256-GCM", CmsRecipientKind::Kem},
};

} // namespace

class TestBouncyCastle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // All of its work in one start of Java.
    void initTestCase()
    {
        const Identity authority = authorityNow(KeyType::EcP256);
        QVERIFY(m_workshop.write(u"letter"_s, kLetter));
        QList<QStringList> jobs;
        for (const SigningCase &one : kSigning) {
            const QString keys = addPerson(authority, one.key);
            jobs.append({u"sign"_s, u"letter"_s, QString::fromLatin1(one.name), keys, QString::fromLatin1(one.algorithm)});
        }
        for (const EncryptingCase &one : kEncrypting) {
            const QString keys = addPerson(authority, one.key);
            jobs.append({u"encrypt"_s, u"letter"_s, QString::fromLatin1(one.name), keys, QString::fromLatin1(one.cipher)});
        }
        const BouncyAnswers said = runBouncyPeer(m_workshop, jobs);
        QVERIFY2(said.answers.size() == jobs.size(), said.errors.constData());
        for (qsizetype i = 0; i < jobs.size(); ++i)
            QVERIFY2(said.answers[i].outcome == "good"_L1, jobs[i][2].toUtf8() + ": " + said.answers[i].reason);
    }

    void weVerifyItsSignatures_data()
    {
        QTest::addColumn<QString>("expected");
        for (const SigningCase &one : kSigning)
            QTest::newRow(one.name) << QString::fromLatin1(one.expected);
    }

    void weVerifyItsSignatures()
    {
        QFETCH(QString, expected);
        QByteArray cms = m_workshop.read(QString::fromLatin1(QTest::currentDataTag()));
        CmsResult result = cmsVerify(cms);
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kLetter);
        QCOMPARE(result.facts.signers.size(), 1);
        QVERIFY2(result.facts.signers.first().integrity == CmsIntegrity::Valid, qPrintable(result.facts.signers.first().detail));
        QCOMPARE(result.facts.signers.first().signer.signature.name, expected);
        const qsizetype at = cms.indexOf("a text with");
        QVERIFY(at > 0);
        cms[at] = 'A';
        QCOMPARE(cmsVerify(cms).facts.signers.first().integrity, CmsIntegrity::Invalid);
    }

    void weDecryptItsEnvelopes_data()
    {
        QTest::addColumn<CmsRecipientKind>("kind");
        QTest::addColumn<KeyType>("key");
        QTest::addColumn<bool>("isAuthenticated");
        for (const EncryptingCase &one : kEncrypting)
            QTest::newRow(one.name) << one.kind << one.key << !QByteArray(one.cipher).contains("CBC");
    }

    void weDecryptItsEnvelopes()
    {
        QFETCH(CmsRecipientKind, kind);
        QFETCH(KeyType, key);
        QFETCH(bool, isAuthenticated);
        const CmsResult result = cmsDecrypt(m_workshop.read(QString::fromLatin1(QTest::currentDataTag())), {m_people.value(key)});
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kLetter);
        QCOMPARE(result.facts.recipients.value(0).kind, kind);
        QCOMPARE(result.facts.protection == CmsProtection::Authenticated, isAuthenticated);
        QVERIFY2(result.facts.cipher.name.startsWith("AES-"_L1), qPrintable(result.facts.cipher.name));
    }

private:
    /// Writes key and certificate of a new person and returns the file's name.
    QString addPerson(const Identity &authority, KeyType type)
    {
        if (!m_people.contains(type))
            m_people.insert(type, personNow(authority, type, u"person"_s));
        const Identity &person = m_people[type];
        const QString file = provider::toString(type) + u".pem"_s;
        // Its ML-DSA is older than the forms of RFC 9881 that hold a seed.
        const RunResult key = m_workshop.run(u"openssl"_s, {u"pkcs8"_s, u"-topk8"_s, u"-nocrypt"_s, u"-provparam"_s, u"ml-dsa.output_formats=priv-only"_s},
                                             toPem(toPkcs8(person.key).view(), "PRIVATE KEY"));
        m_workshop.write(file, key.output + toPem(person.der(), "CERTIFICATE"));
        return file;
    }

    WithProvider m_provider;
    Workshop m_workshop;
    QHash<KeyType, Identity> m_people;
};

QTEST_GUILESS_MAIN(TestBouncyCastle)
#include "tst_BouncyCastle.moc"
