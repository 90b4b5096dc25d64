// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/CmsPeople.h"

#include <QCryptographicHash>

using namespace interop;
using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

// GnuPG 2.4 knows neither AES-GCM nor RSA-OAEP nor Ed25519 in CMS: for it, AES-CBC with RSA v1.5 or ECDH.
class TestGpgsmCms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = authorityNow(KeyType::Rsa2048);
        m_alice = personNow(m_authority, KeyType::Rsa2048, u"alice"_s);
        m_bob = personNow(m_authority, KeyType::EcP256, u"bob"_s);
        m_workshop.setEnvironment(u"GNUPGHOME"_s, m_workshop.path());
        QVERIFY(QFile::setPermissions(m_workshop.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(m_workshop.write(u"gpgsm.conf"_s, "disable-crl-checks\ndisable-policy-checks\nno-common-certs-import\n"));
        QVERIFY(m_workshop.write(u"gpg-agent.conf"_s, "allow-loopback-pinentry\ns2k-count 1024\n"));
        const QByteArray fingerprint = QCryptographicHash::hash(m_authority.der(), QCryptographicHash::Sha1).toHex(':').toUpper();
        QVERIFY(m_workshop.write(u"trustlist.txt"_s, fingerprint + " S relax\n"));
        QVERIFY(m_workshop.write(u"authority.der"_s, m_authority.der()));
        const RunResult authority = gpgsm({u"--import"_s, u"authority.der"_s});
        QVERIFY2(authority.isOk(), authority.text());
        for (const Identity &person : {m_alice, m_bob})
            importKey(person);
        QVERIFY(m_workshop.write(u"letter"_s, kLetter));
    }

    void cleanupTestCase() { (void)m_workshop.run(u"gpgconf"_s, {u"--kill"_s, u"all"_s}); }

    void gpgsmVerifiesOurSignatures_data()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<RsaSignature>("scheme");
        QTest::newRow("RSA") << u"alice"_s << RsaSignature::Pkcs1;
        QTest::newRow("RSA-PSS") << u"alice"_s << RsaSignature::Pss;
        QTest::newRow("P-256") << u"bob"_s << RsaSignature::Pkcs1;
    }

    void gpgsmVerifiesOurSignatures()
    {
        QFETCH(QString, who);
        QFETCH(RsaSignature, scheme);
        CmsOptions options;
        options.rsaSignature = scheme;
        QVERIFY(m_workshop.write(u"detached.der"_s, detached(kLetter, {personOf(who)}, options)));
        RunResult result = gpgsm({u"--verify"_s, u"detached.der"_s, u"letter"_s});
        QVERIFY2(result.isOk() && result.errors.contains("Good signature"), result.text());
        QVERIFY(m_workshop.write(u"opaque.der"_s, opaque(kLetter, {personOf(who)}, options)));
        result = gpgsm({u"--verify"_s, u"--output"_s, u"-"_s, u"opaque.der"_s});
        QVERIFY2(result.isOk() && result.errors.contains("Good signature"), result.text());
        QVERIFY(m_workshop.write(u"other"_s, kLetter + "!"));
        result = gpgsm({u"--verify"_s, u"detached.der"_s, u"other"_s});
        QVERIFY(!result.isOk() || !result.errors.contains("Good signature"));
    }

    void weVerifyGpgsmsSignatures_data()
    {
        QTest::addColumn<QString>("who");
        QTest::newRow("RSA") << u"alice"_s;
        QTest::newRow("P-256") << u"bob"_s;
    }

    void weVerifyGpgsmsSignatures()
    {
        QFETCH(QString, who);
        const QStringList common{u"--local-user"_s, who + u"@example.org"_s, u"--output"_s, u"-"_s};
        RunResult made = gpgsm(common + QStringList{u"--sign"_s, u"letter"_s});
        QVERIFY2(made.isOk(), made.text());
        CmsResult result = cmsVerify(made.output);
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kLetter);
        QCOMPARE(result.facts.signers.first().integrity, CmsIntegrity::Valid);
        made = gpgsm(common + QStringList{u"--detach-sign"_s, u"letter"_s});
        QVERIFY2(made.isOk(), made.text());
        QCOMPARE(cmsVerify(kLetter, made.output).facts.signers.first().integrity, CmsIntegrity::Valid);
    }

    void gpgsmDecryptsOurEnvelopes()
    {
        for (const ContentCipher cipher : {ContentCipher::Aes256Cbc, ContentCipher::Aes128Cbc}) {
            CmsOptions options;
            options.cipher = cipher;
            options.keyTransport = RsaKeyTransport::Pkcs1;
            for (const QList<Identity> &recipients : {QList<Identity>{m_alice}, QList<Identity>{m_bob}, QList<Identity>{m_alice, m_bob}}) {
                QVERIFY(m_workshop.write(u"sealed.der"_s, cmsEncrypt(kLetter, recipients, options).output));
                const RunResult result = gpgsm({u"--output"_s, u"-"_s, u"--decrypt"_s, u"sealed.der"_s});
                QVERIFY2(result.isOk(), result.text());
                QCOMPARE(result.output, kLetter);
            }
        }
    }

    void weDecryptGpgsmsEnvelopes()
    {
        const RunResult made = gpgsm({u"--recipient"_s, u"alice@example.org"_s, u"--recipient"_s, u"bob@example.org"_s, u"--output"_s,
                                      u"-"_s, u"--encrypt"_s, u"letter"_s});
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

    RunResult gpgsm(const QStringList &arguments, const QByteArray &input = {})
    {
        const QStringList common{u"--batch"_s, u"--yes"_s, u"--pinentry-mode"_s, u"loopback"_s, u"--passphrase-fd"_s, u"0"_s};
        return m_workshop.run(u"gpgsm"_s, common + arguments, input.isEmpty() ? QByteArray("secret\n") : input);
    }

    void importKey(const Identity &person)
    {
        QVERIFY(m_workshop.write(u"person.pem"_s, (person.key.toPEM() + person.certificate.toPEM()).toLatin1()));
        const RunResult bundle = m_workshop.run(u"openssl"_s, {u"pkcs12"_s, u"-export"_s, u"-in"_s, u"person.pem"_s, u"-passout"_s,
                                                               u"pass:secret"_s, u"-out"_s, u"person.p12"_s});
        QVERIFY2(bundle.isOk(), bundle.text());
        const RunResult imported = gpgsm({u"--import"_s, u"person.p12"_s});
        QVERIFY2(imported.isOk(), imported.text());
    }

    WithProvider m_provider;
    Workshop m_workshop;
    Identity m_authority;
    Identity m_alice;
    Identity m_bob;
};

QTEST_GUILESS_MAIN(TestGpgsmCms)
#include "tst_GpgsmCms.moc"
