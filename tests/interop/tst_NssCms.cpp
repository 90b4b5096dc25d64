// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/CmsPeople.h"

using namespace interop;
using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

// NSS, the library behind Thunderbird, through its cmsutil. It knows neither AES-GCM nor Ed25519 in CMS.
class TestNssCms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = authorityNow(KeyType::EcP256);
        m_alice = personNow(m_authority, KeyType::Rsa2048, u"alice"_s);
        m_bob = personNow(m_authority, KeyType::EcP256, u"bob"_s);
        RunResult result = m_workshop.run(u"certutil"_s, {u"-N"_s, u"--empty-password"_s, u"-d"_s, database()});
        QVERIFY2(result.isOk(), result.text());
        QVERIFY(m_workshop.write(u"authority.pem"_s, m_authority.certificate.toPEM().toLatin1()));
        result = m_workshop.run(u"certutil"_s, {u"-A"_s, u"-n"_s, u"authority"_s, u"-t"_s, u"CT,C,C"_s, u"-a"_s, u"-i"_s, u"authority.pem"_s,
                                                u"-d"_s, database()});
        QVERIFY2(result.isOk(), result.text());
        importKey(m_alice, u"alice"_s);
        importKey(m_bob, u"bob"_s);
        QVERIFY(m_workshop.write(u"letter"_s, kLetter));
    }

    void nssVerifiesOurSignatures_data()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<RsaSignature>("scheme");
        QTest::newRow("RSA") << u"alice"_s << RsaSignature::Pkcs1;
        QTest::newRow("RSA-PSS") << u"alice"_s << RsaSignature::Pss;
        QTest::newRow("P-256") << u"bob"_s << RsaSignature::Pkcs1;
    }

    void nssVerifiesOurSignatures()
    {
        QFETCH(QString, who);
        QFETCH(RsaSignature, scheme);
        CmsOptions options;
        options.rsaSignature = scheme;
        QVERIFY(m_workshop.write(u"opaque.der"_s, opaque(kLetter, {personOf(who)}, options)));
        RunResult result = cmsutil({u"-D"_s, u"-i"_s, u"opaque.der"_s});
        QVERIFY2(result.isOk(), result.text());
        QCOMPARE(result.output, kLetter);
        QVERIFY(m_workshop.write(u"detached.der"_s, detached(kLetter, {personOf(who)}, options)));
        result = cmsutil({u"-D"_s, u"-i"_s, u"detached.der"_s, u"-c"_s, u"letter"_s});
        QVERIFY2(result.isOk(), result.text());
        QVERIFY(m_workshop.write(u"other"_s, kLetter + "!"));
        QVERIFY(!cmsutil({u"-D"_s, u"-i"_s, u"detached.der"_s, u"-c"_s, u"other"_s}).isOk());
    }

    void weVerifyNsssSignatures_data()
    {
        QTest::addColumn<QString>("who");
        QTest::newRow("RSA") << u"alice"_s;
        QTest::newRow("P-256") << u"bob"_s;
    }

    void weVerifyNsssSignatures()
    {
        QFETCH(QString, who);
        RunResult made = cmsutil({u"-S"_s, u"-H"_s, u"SHA256"_s, u"-G"_s, u"-P"_s, u"-N"_s, who, u"-i"_s, u"letter"_s});
        QVERIFY2(made.isOk(), made.text());
        QVERIFY(readCmsStructure(made.output)->indefiniteLength);
        const CmsResult result = cmsVerify(made.output);
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kLetter);
        QVERIFY2(result.facts.signers.first().integrity == CmsIntegrity::Valid, qPrintable(result.facts.signers.first().detail));
        made = cmsutil({u"-S"_s, u"-T"_s, u"-H"_s, u"SHA256"_s, u"-N"_s, who, u"-i"_s, u"letter"_s});
        QVERIFY2(made.isOk(), made.text());
        QCOMPARE(cmsVerify(kLetter, made.output).facts.signers.first().integrity, CmsIntegrity::Valid);
    }

    void nssDecryptsOurEnvelopes_data()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<RsaKeyTransport>("transport");
        QTest::newRow("v1.5") << u"alice"_s << RsaKeyTransport::Pkcs1;
        QTest::newRow("OAEP") << u"alice"_s << RsaKeyTransport::OaepSha256;
        QTest::newRow("P-256") << u"bob"_s << RsaKeyTransport::Pkcs1;
    }

    void nssDecryptsOurEnvelopes()
    {
        QFETCH(QString, who);
        QFETCH(RsaKeyTransport, transport);
        CmsOptions options;
        options.cipher = ContentCipher::Aes256Cbc;
        options.keyTransport = transport;
        QVERIFY(m_workshop.write(u"sealed.der"_s, cmsEncrypt(kLetter, {personOf(who)}, options).output));
        const RunResult result = cmsutil({u"-D"_s, u"-i"_s, u"sealed.der"_s});
        QVERIFY2(result.isOk(), result.text());
        QCOMPARE(result.output, kLetter);
    }

    void weDecryptNsssEnvelopes()
    {
        const RunResult made = cmsutil({u"-E"_s, u"-r"_s, u"alice@example.org,bob@example.org"_s, u"-i"_s, u"letter"_s});
        QVERIFY2(made.isOk(), made.text());
        QVERIFY(readCmsStructure(made.output)->indefiniteLength);
        for (const Identity &reader : {m_alice, m_bob}) {
            const CmsResult result = cmsDecrypt(made.output, {reader});
            QVERIFY2(result.success, qPrintable(result.facts.detail));
            QCOMPARE(result.output, kLetter);
        }
    }

private:
    Identity personOf(const QString &who) const { return who == "alice"_L1 ? m_alice : m_bob; }
    QString database() const { return u"sql:"_s + m_workshop.path(); }

    RunResult cmsutil(const QStringList &arguments) { return m_workshop.run(u"cmsutil"_s, arguments + QStringList{u"-d"_s, database()}); }

    void importKey(const Identity &person, const QString &name)
    {
        QVERIFY(m_workshop.write(u"person.pem"_s, (person.key.toPEM() + person.certificate.toPEM()).toLatin1()));
        RunResult result = m_workshop.run(u"openssl"_s, {u"pkcs12"_s, u"-export"_s, u"-in"_s, u"person.pem"_s, u"-passout"_s, u"pass:secret"_s,
                                                         u"-name"_s, name, u"-out"_s, u"person.p12"_s});
        QVERIFY2(result.isOk(), result.text());
        result = m_workshop.run(u"pk12util"_s, {u"-i"_s, u"person.p12"_s, u"-W"_s, u"secret"_s, u"-d"_s, database()});
        QVERIFY2(result.isOk(), result.text());
        result = m_workshop.run(u"certutil"_s, {u"-M"_s, u"-n"_s, name, u"-t"_s, u"u,Pu,u"_s, u"-d"_s, database()});
        QVERIFY2(result.isOk(), result.text());
    }

    WithProvider m_provider;
    Workshop m_workshop;
    Identity m_authority;
    Identity m_alice;
    Identity m_bob;
};

QTEST_GUILESS_MAIN(TestNssCms)
#include "tst_NssCms.moc"
