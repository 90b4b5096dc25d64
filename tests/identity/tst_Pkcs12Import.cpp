// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/IdentityTesting.h"
#include "identity/Pkcs12Import.h"
#include "provider/PrivateKeyFile.h"

using namespace Qt::StringLiterals;
using namespace identity;
using base::ErrorCode;
using base::Secret;

class TestPkcs12Import : public QObject
{
    Q_OBJECT

    const Secret m_passphrase{"file secret"};

private Q_SLOTS:
    void initTestCase()
    {
        m_testing = std::make_unique<IdentityTesting>();
        m_root = m_testing->makeCertificate(m_testing->authorityProfile());
        m_testing->write(u"root.pem"_s, toPem(m_root.der(), "CERTIFICATE"));
    }
    void cleanupTestCase()
    {
        m_root = {};
        m_testing.reset();
    }

    void foreignFilesAreRead_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("new") << QStringList{};
        QTest::newRow("old, 3DES and RC2") << QStringList{u"-legacy"_s};
        QTest::newRow("old, 3DES twice") << QStringList{u"-legacy"_s, u"-certpbe"_s, u"PBE-SHA1-3DES"_s};
        QTest::newRow("without MAC") << QStringList{u"-nomac"_s};
        QTest::newRow("key without passphrase") << QStringList{u"-keypbe"_s, u"NONE"_s};
    }

    void foreignFilesAreRead()
    {
        QFETCH(QStringList, options);
        const QByteArray certificate = prepare(m_testing->personProfile(u"alice@example.org"_s));
        const auto offer = readIdentity(foreignFile(options), m_passphrase, m_testing->clock.now());
        VERIFY_OK(offer);
        QCOMPARE(offer->keys.size(), 1);
        QCOMPARE(offer->keys.first().certificate, certificate);
        QCOMPARE(offer->keys.first().chain, QList<QByteArray>{m_root.der()});
        QCOMPARE(offer->keys.first().use, KeyUse::SigningAndEncryption);
        QCOMPARE(offer->addresses, QStringList{u"alice@example.org"_s});
        QVERIFY(isFor(*offer, u"Alice@example.org"_s));
        QVERIFY(!isFor(*offer, u"bob@example.org"_s));
        // The authority comes along as an offer and as nothing more.
        QCOMPARE(offer->authorities, QList<QByteArray>{m_root.der()});
        QCOMPARE(offer->concern, ErrorCode::Unknown);
    }

    void eachFaultHasItsName_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("wrong passphrase") << u"passphrase"_s << ErrorCode::PassphraseWrong;
        QTest::newRow("empty") << u"empty"_s << ErrorCode::FileEmpty;
        QTest::newRow("text") << u"text"_s << ErrorCode::NotAPkcs12File;
        QTest::newRow("a certificate") << u"certificate"_s << ErrorCode::NotAPkcs12File;
        QTest::newRow("cut short") << u"cut"_s << ErrorCode::NotAPkcs12File;
        QTest::newRow("huge") << u"huge"_s << ErrorCode::FileTooLarge;
        QTest::newRow("no key") << u"no key"_s << ErrorCode::Pkcs12WithoutKey;
        QTest::newRow("no certificate") << u"no certificate"_s << ErrorCode::CertificateNotFound;
        QTest::newRow("of a server") << u"server"_s << ErrorCode::CertificateWrongUsage;
        QTest::newRow("no address") << u"no address"_s << ErrorCode::CertificateWithoutAddress;
    }

    void eachFaultHasItsName()
    {
        QFETCH(QString, fault);
        QFETCH(ErrorCode, code);
        provider::CertificateProfile profile = m_testing->personProfile(u"alice@example.org"_s);
        if (fault == "server"_L1) {
            profile.kind = provider::CertificateKind::TlsServer;
            profile.hostNames = {u"example.org"_s};
        }
        if (fault == "no address"_L1)
            profile.addresses.clear();
        prepare(profile);
        QStringList options;
        if (fault == "no key"_L1)
            options = {u"-nokeys"_s};
        if (fault == "no certificate"_L1)
            options = {u"-nocerts"_s};
        QByteArray file = foreignFile(options);
        if (fault == "empty"_L1)
            file.clear();
        if (fault == "text"_L1)
            file = "Dear Alice";
        if (fault == "certificate"_L1)
            file = m_root.der();
        if (fault == "cut"_L1)
            file.chop(file.size() / 2);
        if (fault == "huge"_L1)
            file.append(QByteArray(5 * 1024 * 1024, 'x'));
        const Secret passphrase = fault == "passphrase"_L1 ? Secret{"another"} : m_passphrase;
        QCOMPARE(readIdentity(file, passphrase, m_testing->clock.now()).error().code, code);
    }

    void anExpiredIdentityIsTakenWithAConcern()
    {
        provider::CertificateProfile profile = m_testing->personProfile(u"alice@example.org"_s);
        prepare(profile);
        const QByteArray file = foreignFile({});
        const auto later = readIdentity(file, m_passphrase, profile.validUntil.addDays(1));
        VERIFY_OK(later);
        QCOMPARE(later->concern, ErrorCode::CertificateExpired);
        const auto sooner = readIdentity(file, m_passphrase, profile.issuedAt.addDays(-1));
        QCOMPARE(sooner->concern, ErrorCode::CertificateNotYetValid);
    }

    void besideAGoodKeyAnOldOneConcernsNobody()
    {
        // Whoever brought old keys along read that "the certificate" had expired, and was told to ask for a new one.
        base::Result<Keystore> store = Keystore::create(m_testing->path(u"old keys"_s), u"alice@example.org"_s, wellKnownPassphrase());
        const provider::CertificateProfile present = m_testing->personProfile(u"alice@example.org"_s);
        provider::CertificateProfile past = present;
        past.issuedAt = present.issuedAt.addYears(-2);
        past.validUntil = present.issuedAt.addYears(-1);
        for (const provider::CertificateProfile &profile : {past, present}) {
            const auto made = m_testing->makeCertificate(profile, &m_root);
            VERIFY_OK(store->addKey({KeyUse::SigningAndEncryption, provider::toPkcs8(made.key), made.der(), {m_root.der()}, {}}));
        }
        const auto file = writeIdentity(*store->keys(), m_passphrase, m_testing->clock.now(), ExportScope::All);
        VERIFY_OK(file);
        const auto offer = readIdentity(*file, m_passphrase, m_testing->clock.now());
        VERIFY_OK(offer);
        QCOMPARE(offer->keys.size(), 2);
        QCOMPARE(offer->concern, ErrorCode::Unknown);
        QCOMPARE(readIdentity(*file, m_passphrase, past.validUntil.addDays(1))->concern, ErrorCode::CertificateNotYetValid);
        QCOMPARE(readIdentity(*file, m_passphrase, present.validUntil.addDays(1))->concern, ErrorCode::CertificateExpired);
    }

    void aFileWithoutPassphraseGivesItsKeys()
    {
        // It was taken for a file of certificates: its owner's became "of another person", and the key stayed behind.
        prepare(m_testing->personProfile(u"alice@example.org"_s));
        const QByteArray file = foreignFile({u"-passout"_s, u"pass:"_s});
        QCOMPARE(readCertificates(file).error().code, ErrorCode::NotACertificate);
        const auto offer = readIdentity(file, {}, m_testing->clock.now());
        VERIFY_OK(offer);
        QCOMPARE(offer->keys.size(), 1);
    }

    void aPemFileGivesItsKeys()
    {
        // Its certificates became those "of other people", and the keys stayed behind without a word.
        const QByteArray certificate = prepare(m_testing->personProfile(u"alice@example.org"_s));
        const QByteArray certificates = toPem(m_root.der(), "CERTIFICATE") + toPem(certificate, "CERTIFICATE");
        QVERIFY(!holdsPrivateKeys(certificates));
        m_testing->write(u"both.p12"_s, foreignFile({}));
        const QStringList toPemText{u"pkcs12"_s, u"-in"_s, u"both.p12"_s, u"-passin"_s, u"pass:file secret"_s};
        const QByteArray open = m_testing->openssl(toPemText + QStringList{u"-nodes"_s});
        const QByteArray sealed = m_testing->openssl(toPemText + QStringList{u"-passout"_s, u"pass:file secret"_s});
        for (const auto &[file, passphrase] : {std::pair{open, Secret{}}, std::pair{sealed, m_passphrase}}) {
            QVERIFY(holdsPrivateKeys(file));
            const auto offer = readIdentity(file, passphrase, m_testing->clock.now());
            VERIFY_OK(offer);
            QCOMPARE(offer->keys.size(), 1);
            QCOMPARE(offer->keys.first().certificate, certificate);
            QCOMPARE(offer->keys.first().chain, QList<QByteArray>{m_root.der()});
            QCOMPARE(offer->authorities, QList<QByteArray>{m_root.der()});
        }
        QCOMPARE(readIdentity(sealed, {}, m_testing->clock.now()).error().code, ErrorCode::PassphraseMissing);
        QCOMPARE(readIdentity(sealed, Secret{"another"}, m_testing->clock.now()).error().code, ErrorCode::PassphraseWrong);
        const QByteArray keyAlone = open.mid(open.indexOf("-----BEGIN PRIVATE KEY"));
        QCOMPARE(readIdentity(keyAlone + toPem(m_root.der(), "CERTIFICATE"), {}, m_testing->clock.now()).error().code, ErrorCode::CertificateNotFound);
    }

    void publishedFilesWithSeveralKeysAreRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("address");
        QTest::newRow("rfc9216 alice") << u"alice"_s << u"alice@smime.example"_s;
        QTest::newRow("rfc9216 bob") << u"bob"_s << u"bob@smime.example"_s;
        QTest::newRow("rfc9216 carlos") << u"carlos"_s << u"carlos@smime.example"_s;
        QTest::newRow("rfc9216 dana") << u"dana"_s << u"dana@smime.example"_s;
    }

    void publishedFilesWithSeveralKeysAreRead()
    {
        QFETCH(QString, name);
        QFETCH(QString, address);
        QFile file{qEnvironmentVariable("WAXWING_SHARED_VECTORS") + u"/rfc9216/"_s + name + u".p12"_s};
        if (!file.open(QIODevice::ReadOnly))
            return; // The collection lies beside the project and need not be there; foreign files above cover the forms.
        const auto offer = readIdentity(file.readAll(), Secret::fromText(name), m_testing->clock.now());
        VERIFY_OK(offer);
        QCOMPARE(offer->keys.size(), 2);
        QVERIFY(isFor(*offer, address));
        QVERIFY(offer->keys[0].use != offer->keys[1].use);
    }

    void whatIsExportedOpensElsewhereAndHereAgain()
    {
        base::Result<Keystore> store = Keystore::create(m_testing->path(u"store"_s), u"alice@example.org"_s, wellKnownPassphrase());
        const auto made = m_testing->makeCertificate(m_testing->personProfile(u"alice@example.org"_s), &m_root, provider::KeyType::Rsa2048);
        VERIFY_OK(store->addKey({KeyUse::SigningAndEncryption, provider::toPkcs8(made.key), made.der(), {m_root.der()}, {}}));
        const auto file = writeIdentity(*store->keys(), m_passphrase, m_testing->clock.now());
        VERIFY_OK(file);
        m_testing->write(u"export.p12"_s, *file);
        const QByteArray info = m_testing->openssl({u"pkcs12"_s, u"-in"_s, u"export.p12"_s, u"-passin"_s, u"pass:file secret"_s, u"-nodes"_s});
        QCOMPARE(info.count("BEGIN CERTIFICATE"), 2);
        QCOMPARE(info.count("BEGIN PRIVATE KEY"), 1);
        const auto offer = readIdentity(*file, m_passphrase, m_testing->clock.now());
        VERIFY_OK(offer);
        QVERIFY(offer->keys.first().pkcs8 == store->keys()->keys.first().pkcs8);
        QCOMPARE(writeIdentity(KeySet{}, m_passphrase, m_testing->clock.now()).error().code, ErrorCode::KeyNotFound);
        QCOMPARE(writeIdentity(*store->keys(), {}, m_testing->clock.now()).error().code, ErrorCode::PassphraseMissing);
    }

private:
    /// Leaves key and certificate where foreignFile() finds them; answers the certificate.
    QByteArray prepare(const provider::CertificateProfile &profile) const
    {
        const auto made = m_testing->makeCertificate(profile, &m_root);
        m_testing->write(u"key.pem"_s, toPem(provider::toPkcs8(made.key).view().toByteArray(), "PRIVATE KEY"));
        m_testing->write(u"cert.pem"_s, toPem(made.der(), "CERTIFICATE"));
        return made.der();
    }

    QByteArray foreignFile(const QStringList &options) const
    {
        QStringList arguments{u"pkcs12"_s, u"-export"_s, u"-passout"_s, u"pass:file secret"_s, u"-inkey"_s, u"key.pem"_s};
        if (!options.contains(u"-nocerts"_s))
            arguments += {u"-in"_s, u"cert.pem"_s, u"-certfile"_s, u"root.pem"_s};
        return m_testing->openssl(arguments + options);
    }

    std::unique_ptr<IdentityTesting> m_testing;
    IdentityTesting::Made m_root;
};

QTEST_GUILESS_MAIN(TestPkcs12Import)
#include "tst_Pkcs12Import.moc"
