// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/ForeignProgram.h"
#include "provider/KeyMaterial.h"
#include "provider/Pkcs12.h"
#include "provider/PrivateKeyFile.h"
#include "support/ErrorNames.h"
#include "support/TestAuthority.h"

#include <QTemporaryDir>
#include <QTest>

using namespace provider;
using namespace Qt::StringLiterals;
using base::Secret;
using interop::RunResult;
using support::Identity;

// What we write, read by OpenSSL's program, GnuPG and NSS; what they write, read by us.
class TestKeyFiles : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    interop::Workshop m_workshop;
    const QString m_passphrase = u"waxwing 7"_s;

    /// Foreign programs look at the machine's clock.
    static CertificateProfile current(CertificateProfile profile)
    {
        profile.issuedAt = QDateTime::currentDateTimeUtc();
        profile.validUntil = profile.issuedAt.addDays(30);
        return profile;
    }
    static Identity root(KeyType type) { return support::issue({}, type, current(support::authorityProfile(u"Interop"_s))); }
    static Identity person(const Identity &authority, KeyType type)
    {
        return support::issue(authority, type, current(support::personProfile(u"alice@example.org"_s)));
    }

    QString write(const QString &name, const QByteArray &content)
    {
        if (!m_workshop.write(name, content))
            qFatal("cannot write a file of the test");
        return path(name);
    }
    QString path(const QString &name) const { return m_workshop.path(name); }
    RunResult run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
    {
        return m_workshop.run(program, arguments, input);
    }
    static QByteArray all(const RunResult &result) { return result.output + '\n' + result.errors; }
    QString pem(const QString &name, const Identity &identity) { return write(name, toPem(identity.der(), "CERTIFICATE")); }

    QByteArray pkcs12(const Identity &identity, const Identity &authority)
    {
        Pkcs12Content content;
        content.identities = {{identity.key, {identity.der()}, u"Älice"_s}};
        content.otherCertificates = {authority.der()};
        return *writePkcs12(content, Secret::fromText(m_passphrase));
    }

    static void signingTypes()
    {
        QTest::addColumn<int>("type");
        for (const KeyType type : {KeyType::Rsa3072, KeyType::EcP256, KeyType::EcP521, KeyType::Ed25519, KeyType::Ed448, KeyType::MlDsa65})
            QTest::newRow(qPrintable(toString(type))) << int(type);
    }

private Q_SLOTS:
    void opensslAcceptsOurPathsAndLists_data() { signingTypes(); }
    void opensslAcceptsOurPathsAndLists()
    {
        QFETCH(int, type);
        const Identity authority = root(static_cast<KeyType>(type));
        const Identity alice = person(authority, KeyType::EcP256);
        const QString rootFile = pem(u"root.pem"_s, authority);
        const QString leafFile = pem(u"leaf.pem"_s, alice);
        CrlFacts contents;
        contents.thisUpdate = QDateTime::currentDateTimeUtc().addSecs(-60);
        contents.nextUpdate = contents.thisUpdate.addDays(1);
        const auto verify = [&] {
            const QString list = write(u"list.pem"_s, toPem(*issueCrl(authority.certificate, authority.key, contents), "X509 CRL"));
            return run(u"openssl"_s, {u"verify"_s, u"-x509_strict"_s, u"-purpose"_s, u"smimesign"_s, u"-CAfile"_s, rootFile,
                                             u"-crl_check"_s, u"-CRLfile"_s, list, leafFile});
        };
        QVERIFY2(verify().isOk(), all(verify()));
        contents.revoked = {{support::factsOf(alice.certificate).serial, contents.thisUpdate, RevocationReason::KeyCompromise}};
        QVERIFY(all(verify()).contains("certificate revoked"));
    }

    void opensslAcceptsEncryptionCertificates_data()
    {
        QTest::addColumn<int>("type");
        for (const KeyType type : {KeyType::Rsa2048, KeyType::EcP384, KeyType::X25519, KeyType::X448, KeyType::MlKem768})
            QTest::newRow(qPrintable(toString(type))) << int(type);
    }
    void opensslAcceptsEncryptionCertificates()
    {
        QFETCH(int, type);
        const Identity authority = root(KeyType::EcP256);
        const QString leaf = pem(u"leaf.pem"_s, person(authority, static_cast<KeyType>(type)));
        const RunResult result = run(u"openssl"_s, {u"verify"_s, u"-x509_strict"_s, u"-CAfile"_s,
                                                         pem(u"root.pem"_s, authority), leaf});
        QVERIFY2(result.isOk(), all(result));
    }

    void opensslReadsOurKeys_data() { signingTypes(); }
    void opensslReadsOurKeys()
    {
        QFETCH(int, type);
        const QCA::PrivateKey key = *generateKey(static_cast<KeyType>(type));
        const QByteArray der = *toEncryptedPkcs8(key, Secret::fromText(m_passphrase), KdfCost::Quick);
        const RunResult result = run(u"openssl"_s, {u"pkey"_s, u"-inform"_s, u"DER"_s, u"-in"_s, write(u"key.der"_s, der),
                                                         u"-passin"_s, u"pass:"_s + m_passphrase, u"-pubout"_s, u"-outform"_s, u"DER"_s});
        QVERIFY2(result.isOk(), all(result));
        QCOMPARE(result.output, publicKeyDer(key));
    }

    void opensslAcceptsOurRequestsAndWeItsOwn()
    {
        const QCA::PrivateKey key = *generateKey(KeyType::EcP256);
        const QString file = write(u"request.der"_s, *makeRequest(key, u"Alice"_s, {u"alice@example.org"_s}));
        const RunResult ours = run(u"openssl"_s, {u"req"_s, u"-verify"_s, u"-noout"_s, u"-text"_s, u"-inform"_s, u"DER"_s,
                                                          u"-in"_s, file});
        QVERIFY2(ours.isOk() && all(ours).contains("email:alice@example.org"), all(ours));
        const RunResult theirs = run(u"openssl"_s, {u"req"_s, u"-new"_s, u"-newkey"_s, u"ed25519"_s, u"-noenc"_s, u"-keyout"_s,
                                                            path(u"k.pem"_s), u"-subj"_s, u"/CN=Bob/emailAddress=bob@example.org"_s});
        QVERIFY2(theirs.isOk(), all(theirs));
        QCOMPARE(readRequest(theirs.output)->addresses, QStringList{u"bob@example.org"_s});
    }

    void opensslReadsOurPkcs12()
    {
        const Identity authority = root(KeyType::EcP256);
        const Identity alice = person(authority, KeyType::MlDsa44);
        const QString file = write(u"alice.p12"_s, pkcs12(alice, authority));
        const RunResult result = run(u"openssl"_s, {u"pkcs12"_s, u"-in"_s, file, u"-passin"_s, u"pass:"_s + m_passphrase,
                                                         u"-noenc"_s, u"-info"_s});
        QVERIFY2(result.isOk(), all(result));
        QVERIFY2(result.errors.contains("PBES2, PBKDF2, AES-256-CBC"), all(result));
        const auto material = readKeyMaterial(result.output);
        QVERIFY(material.isOk());
        QVERIFY(material->privateKeys.value(0) == alice.key);
        QCOMPARE(material->certificates.size(), 2);
    }

    void weReadOpensslsPkcs12_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("as it likes") << QStringList{};
        QTest::newRow("RC2 and 3DES") << QStringList{u"-legacy"_s};
        QTest::newRow("PBMAC1") << QStringList{u"-pbmac1_pbkdf2"_s};
        QTest::newRow("without MAC") << QStringList{u"-nomac"_s};
        QTest::newRow("certificates in clear") << QStringList{u"-certpbe"_s, u"NONE"_s};
        QTest::newRow("AES-128, SHA-512") << QStringList{u"-keypbe"_s, u"AES-128-CBC"_s, u"-macalg"_s, u"SHA512"_s};
    }
    void weReadOpensslsPkcs12()
    {
        QFETCH(QStringList, options);
        const Identity alice = person(root(KeyType::EcP256), KeyType::Rsa2048);
        const QString key = write(u"key.pem"_s, toPem(toPkcs8(alice.key).view(), "PRIVATE KEY"));
        const RunResult result = run(u"openssl"_s, QStringList{u"pkcs12"_s, u"-export"_s, u"-inkey"_s, key, u"-in"_s,
                                                                    pem(u"leaf.pem"_s, alice), u"-passout"_s,
                                                                    u"pass:"_s + m_passphrase} + options);
        QVERIFY2(result.isOk(), all(result));
        const auto content = readPkcs12(result.output, Secret::fromText(m_passphrase));
        QVERIFY2(content.isOk(), content ? "" : qPrintable(content.error().detail));
        QVERIFY(content->identities.value(0).key == alice.key);
        QCOMPARE(readPkcs12(result.output, Secret("other")).error().code, base::ErrorCode::PassphraseWrong);
    }

    void weReadOpensslsKeys_data()
    {
        QTest::addColumn<QStringList>("command");
        const QStringList pass{u"-passout"_s, u"pass:"_s + m_passphrase};
        QTest::newRow("PKCS #1") << QStringList{u"genrsa"_s, u"-traditional"_s, u"2048"_s};
        QTest::newRow("PKCS #1, old encryption") << QStringList{u"genrsa"_s, u"-traditional"_s, u"-aes128"_s} + pass + QStringList{u"2048"_s};
        QTest::newRow("SEC 1 with parameters") << QStringList{u"ecparam"_s, u"-genkey"_s, u"-name"_s, u"prime256v1"_s};
        QTest::newRow("PKCS #8 with scrypt") << QStringList{u"genpkey"_s, u"-algorithm"_s, u"ED25519"_s, u"-aes-256-cbc"_s, u"-pass"_s,
                                                            u"pass:"_s + m_passphrase};
        QTest::newRow("ML-KEM") << QStringList{u"genpkey"_s, u"-algorithm"_s, u"ML-KEM-768"_s};
    }
    void weReadOpensslsKeys()
    {
        QFETCH(QStringList, command);
        const RunResult result = run(u"openssl"_s, command);
        QVERIFY2(result.isOk(), all(result));
        const auto material = readKeyMaterial(result.output, Secret::fromText(m_passphrase));
        QVERIFY2(material.isOk(), material ? "" : qPrintable(material.error().detail));
        QCOMPARE(material->privateKeys.size(), 1);
    }

    void gnupgTakesOurPkcs12_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("RSA") << int(KeyType::Rsa2048);
        QTest::newRow("EC") << int(KeyType::EcP256);
    }
    void gnupgTakesOurPkcs12()
    {
        QFETCH(int, type);
        const Identity authority = root(KeyType::Rsa2048);
        const Identity alice = person(authority, static_cast<KeyType>(type));
        QTemporaryDir home;
        m_workshop.setEnvironment(u"GNUPGHOME"_s, home.path());
        // Otherwise the agent first measures for a second how slowly it may derive.
        QFile agent(home.filePath(u"gpg-agent.conf"_s));
        QVERIFY(agent.open(QIODevice::WriteOnly) && agent.write("s2k-count 1024\n") > 0);
        agent.close();
        const QStringList common{u"--batch"_s, u"--no-tty"_s, u"--disable-dirmngr"_s, u"--pinentry-mode"_s, u"loopback"_s, u"--passphrase-fd"_s, u"0"_s};
        const RunResult import = run(u"gpgsm"_s, common + QStringList{u"--import"_s, write(u"a.p12"_s, pkcs12(alice, authority))},
                                             m_passphrase.toUtf8() + '\n');
        const RunResult list = run(u"gpgsm"_s, {u"--batch"_s, u"--with-colons"_s, u"--list-secret-keys"_s});
        const RunResult back = run(u"gpgsm"_s, common + QStringList{u"--export-secret-key-p12"_s, u"alice@example.org"_s},
                                           m_passphrase.toUtf8() + '\n');
        run(u"gpgconf"_s, {u"--kill"_s, u"all"_s});
        QVERIFY2(all(import).contains("secret keys imported: 1"), all(import));
        QVERIFY2(list.output.contains("alice@example.org"), all(list));
        const auto content = readPkcs12(back.output, Secret::fromText(m_passphrase));
        if (type == int(KeyType::EcP256)) {
            // gpgsm 2.4.7 exports EC keys in a form that OpenSSL's program cannot read either.
            QCOMPARE(content.error().code, base::ErrorCode::KeyTypeUnsupported);
            return;
        }
        QVERIFY2(content.isOk(), back.text());
        QVERIFY(content->identities.value(0).key == alice.key);
    }

    void nssTakesOurPkcs12AndGivesItBack_data() { gnupgTakesOurPkcs12_data(); }
    void nssTakesOurPkcs12AndGivesItBack()
    {
        QFETCH(int, type);
        const Identity authority = root(KeyType::EcP384);
        const Identity alice = person(authority, static_cast<KeyType>(type));
        QTemporaryDir database;
        const QString store = u"sql:"_s + database.path();
        QVERIFY(run(u"certutil"_s, {u"-N"_s, u"-d"_s, store, u"--empty-password"_s}).isOk());
        const RunResult import = run(u"pk12util"_s, {u"-i"_s, write(u"a.p12"_s, pkcs12(alice, authority)), u"-d"_s, store,
                                                             u"-W"_s, m_passphrase});
        QVERIFY2(import.isOk(), all(import));
        QVERIFY(run(u"certutil"_s, {u"-A"_s, u"-n"_s, u"root"_s, u"-t"_s, u",C,"_s, u"-d"_s, store, u"-i"_s,
                                           pem(u"root.pem"_s, authority)}).isOk());
        for (const QString &use : {u"S"_s, u"R"_s}) { // e-mail signer, e-mail recipient
            const RunResult verify = run(u"certutil"_s, {u"-V"_s, u"-n"_s, u"Älice"_s, u"-u"_s, use, u"-d"_s, store});
            QVERIFY2(verify.isOk(), all(verify));
        }
        const RunResult back = run(u"pk12util"_s, {u"-o"_s, path(u"back.p12"_s), u"-n"_s, u"Älice"_s, u"-d"_s, store, u"-W"_s, m_passphrase});
        QVERIFY2(back.isOk(), all(back));
        const auto content = readPkcs12(support::fileContent(path(u"back.p12"_s)), Secret::fromText(m_passphrase));
        QVERIFY2(content.isOk(), content ? "" : qPrintable(content.error().detail));
        QVERIFY(content->identities.value(0).key == alice.key);
    }
};

QTEST_GUILESS_MAIN(TestKeyFiles)
#include "tst_KeyFiles.moc"
