// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/IdentityTesting.h"
#include "identity/RequestFile.h"
#include "provider/CertificateFacts.h"
#include "provider/PathPolicy.h"
#include "provider/PemBlocks.h"
#include "provider/Revocation.h"

#include <future>

using namespace Qt::StringLiterals;
using namespace identity;
using base::ErrorCode;
using base::Secret;

class TestAuthority : public QObject
{
    Q_OBJECT

    const Secret m_passphrase = wellKnownPassphrase();

private Q_SLOTS:
    void initTestCase() { m_testing = std::make_unique<IdentityTesting>(); }
    void cleanupTestCase() { m_testing.reset(); }
    void init()
    {
        m_folder = m_testing->path(QString::fromLatin1(QTest::currentTestFunction()));
        m_folder += QString::fromLatin1(QTest::currentDataTag()).replace(u':', u'-');
    }

    void theRootIsWhatRfc5280Demands()
    {
        const Authority authority = create();
        const auto facts = provider::readCertificateFacts(authority.certificate());
        VERIFY_OK(facts);
        QVERIFY(facts->isCa && facts->isSelfIssued);
        QVERIFY(facts->keyUsage.testFlag(provider::KeyUsage::KeyCertSign) && facts->keyUsage.testFlag(provider::KeyUsage::CrlSign));
        QVERIFY(!facts->subjectKeyIdentifier.isEmpty());
        QCOMPARE(authority.name(), u"Team Authority"_s);
        QCOMPARE(facts->pathLength, std::optional<int>(0));
        m_testing->write(u"root.pem"_s, authority.certificatePem());
        QVERIFY(m_testing->openssl({u"verify"_s, u"-x509_strict"_s, u"-CAfile"_s, u"root.pem"_s, u"root.pem"_s}).contains("OK"));
    }

    void aForeignRequestIsAnswered_data()
    {
        QTest::addColumn<QStringList>("newkey");
        QTest::addColumn<QByteArray>("usage");
        QTest::newRow("rsa") << QStringList{u"-newkey"_s, u"rsa:2048"_s} << QByteArray("Key Encipherment");
        QTest::newRow("ec") << QStringList{u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s} << QByteArray("Key Agreement");
        QTest::newRow("ed25519") << QStringList{u"-newkey"_s, u"ed25519"_s} << QByteArray("Digital Signature");
    }

    void aForeignRequestIsAnswered()
    {
        QFETCH(QStringList, newkey);
        QFETCH(QByteArray, usage);
        Authority authority = create();
        m_testing->openssl(QStringList{u"req"_s, u"-new"_s, u"-nodes"_s, u"-keyout"_s, u"key.pem"_s, u"-out"_s, u"request.pem"_s, u"-subj"_s,
                                       u"/CN=Carol Ito"_s, u"-addext"_s, u"subjectAltName=email:carol@example.org"_s}
                           + newkey);
        const auto applicant = identity::applicantOf(m_testing->read(u"request.pem"_s));
        VERIFY_OK(applicant);
        QCOMPARE(applicant->name, u"Carol Ito"_s);
        QCOMPARE(applicant->address, u"carol@example.org"_s);
        const auto issued = authority.issue(m_testing->read(u"request.pem"_s));
        VERIFY_OK(issued);
        QCOMPARE(issued->size(), 1);
        m_testing->write(u"carol.pem"_s, toPem(issued->first(), "CERTIFICATE"));
        m_testing->write(u"root.pem"_s, authority.certificatePem());
        const auto arguments = {u"verify"_s, u"-x509_strict"_s, u"-purpose"_s, u"smimesign"_s, u"-CAfile"_s, u"root.pem"_s, u"carol.pem"_s};
        QVERIFY(m_testing->openssl(arguments).contains("carol.pem: OK"));
        const QByteArray text = m_testing->openssl({u"x509"_s, u"-in"_s, u"carol.pem"_s, u"-noout"_s, u"-text"_s});
        for (const char *expected : {"email:carol@example.org", "E-mail Protection", "X509v3 Authority Key Identifier", "CN=Carol Ito"})
            QVERIFY2(text.contains(expected), expected);
        QVERIFY2(text.contains(usage), text);
        // Another program's request says nothing of what that program can read.
        QVERIFY(!provider::readCertificateFacts(issued->first())->hasSmimeCapabilities);
    }

    void ownRequestsCarryTheirCapabilitiesIntoTheCertificate_data()
    {
        QTest::addColumn<int>("certificates");
        QTest::newRow("rsa:2048") << 1;
        QTest::newRow("ec:p384") << 1;
        QTest::newRow("ed25519") << 2;
        QTest::newRow("ml-dsa:65") << 2;
    }

    void ownRequestsCarryTheirCapabilitiesIntoTheCertificate()
    {
        QFETCH(int, certificates);
        Authority authority = create();
        base::Result<Keystore> store = Keystore::create(m_folder + "/alice"_L1, u"alice@example.org"_s, m_passphrase);
        VERIFY_OK(store);
        const auto request = requestCertificates(*store, u"Alice"_s, QString::fromLatin1(QTest::currentDataTag()));
        VERIFY_OK(request);
        const auto issued = authority.issue(*request);
        VERIFY_OK(issued);
        QCOMPARE(issued->size(), certificates);
        const auto receiver = provider::readCertificateFacts(issued->last());
        QVERIFY(receiver->mayReceive());
        QVERIFY(receiver->hasSmimeCapabilities);
        QCOMPARE(receiver->smimeCapabilities.first().oid, QByteArray("2.16.840.1.101.3.4.1.46"));
        QVERIFY(provider::readCertificateFacts(issued->first())->maySign());
        QByteArray answer;
        for (const QByteArray &der : *issued)
            answer += toPem(der, "CERTIFICATE");
        QCOMPARE(*acceptCertificates(*store, answer + authority.certificatePem()), certificates);
        QVERIFY(store->keys()->signingKey(m_testing->clock.now()));
        QVERIFY(store->keys()->encryptionKey(m_testing->clock.now()));
        QCOMPARE(store->entries().first().chain, QList<QByteArray>{authority.certificate()});
    }

    void certificatesForAKeyButNotForItsOwnerAreRefused()
    {
        base::Result<Keystore> store = Keystore::create(m_folder + "/alice"_L1, u"alice@example.org"_s, m_passphrase);
        VERIFY_OK(store);
        const auto own = m_testing->makeCertificate(m_testing->personProfile(u"alice@example.org"_s));
        VERIFY_OK(store->addKey({KeyUse::SigningAndEncryption, provider::toPkcs8(own.key), own.der(), {}, {}}));
        provider::CertificateProfile profile = m_testing->personProfile(u"carol@example.org"_s);
        const auto refusalOf = [&] {
            const auto issued = provider::issueCertificate({}, own.key, *provider::readPublicKey(provider::publicKeyDer(own.key)), profile);
            return acceptCertificates(*store, issued->toDER()).error();
        };
        QCOMPARE(refusalOf().code, ErrorCode::CertificateForAnotherAddress);
        QCOMPARE(refusalOf().detail, u"carol@example.org"_s);
        profile.addresses.clear();
        QCOMPARE(refusalOf().code, ErrorCode::CertificateWithoutAddress);
    }

    void badRequestsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("empty") << QByteArray() << ErrorCode::FileEmpty;
        QTest::newRow("text") << QByteArray("hello") << ErrorCode::NotACertificateRequest;
        QTest::newRow("altered") << QByteArray("ALTERED") << ErrorCode::RequestSignatureInvalid;
        QTest::newRow("no address") << QByteArray("NO ADDRESS") << ErrorCode::AddressInvalid;
    }

    void badRequestsAreRefused()
    {
        QFETCH(QByteArray, request);
        QFETCH(ErrorCode, code);
        Authority authority = create();
        QStringList arguments{u"req"_s, u"-new"_s, u"-nodes"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
                              u"-keyout"_s, u"key.pem"_s, u"-outform"_s, u"DER"_s, u"-subj"_s, u"/CN=Carol"_s};
        if (request == "NO ADDRESS")
            request = m_testing->openssl(arguments);
        if (request == "ALTERED") {
            request = m_testing->openssl(arguments + QStringList{u"-addext"_s, u"subjectAltName=email:carol@example.org"_s});
            request.replace("carol@", "mallo@");
        }
        QCOMPARE(authority.issue(request).error().code, code);
        QCOMPARE(identity::applicantOf(request).error().code, code);
        QVERIFY(authority.issued()->isEmpty());
    }

    // Otherwise one key of two would get a certificate, and nobody could write to its owner.
    void aRequestThatLostItsEndIsRefused()
    {
        Authority authority = create();
        base::Result<Keystore> store = Keystore::create(m_folder + "/alice"_L1, u"alice@example.org"_s, m_passphrase);
        VERIFY_OK(store);
        const auto request = requestCertificates(*store, u"Alice"_s, u"ed25519"_s);
        VERIFY_OK(request);
        const QByteArray half = request->first(request->indexOf("-----END PUBLIC KEY") - 20);
        QCOMPARE(authority.issue(half).error().code, ErrorCode::NotACertificateRequest);
        QCOMPARE(identity::applicantOf(half).error().code, ErrorCode::NotACertificateRequest);
        QVERIFY(authority.issued()->isEmpty());
        QCOMPARE(authority.issue(*request)->size(), 2);
    }

    void aLockedRootSignsNothing()
    {
        create();
        base::Result<Authority> authority = Authority::open(m_folder, m_testing->clock);
        VERIFY_OK(authority);
        QCOMPARE(authority->renewCrl().error().code, ErrorCode::KeystoreLocked);
        QCOMPARE(authority->revoke("01", RevocationReason::Unspecified).error().code, ErrorCode::KeystoreLocked);
        QCOMPARE(authority->unlock(Secret{"wrong"}).error().code, ErrorCode::PassphraseWrong);
        VERIFY_OK(authority->unlock(m_passphrase));
        VERIFY_OK(authority->renewCrl());
        VERIFY_OK(authority->crl());
    }

    void revokedIsRevokedForEverybodyWhoHasTheList()
    {
        Authority authority = create();
        const QByteArray bob = issueFor(authority, u"bob@example.org"_s);
        const QByteArray carol = issueFor(authority, u"carol@example.org"_s);
        QCOMPARE(authority.issued()->size(), 2);
        const QByteArray serial = authority.issued()->first().serial;
        QCOMPARE(authority.revoke("0badcafe", RevocationReason::Unspecified).error().code, ErrorCode::SerialUnknown);
        VERIFY_OK(authority.revoke(serial, RevocationReason::KeyCompromise));
        QCOMPARE(authority.revoke(serial, RevocationReason::Superseded).error().code, ErrorCode::CertificateRevoked);

        const auto revocationOf = [&](const QByteArray &leaf) {
            provider::PathPolicy policy;
            policy.at = m_testing->clock.now().addSecs(1);
            return provider::validatePath(leaf, {}, {authority.certificate()}, {*authority.crl()}, policy).revocation;
        };
        QCOMPARE(revocationOf(bob), provider::PathRevocation::Revoked);
        QCOMPARE(revocationOf(carol), provider::PathRevocation::Good);

        m_testing->write(u"crl.pem"_s, toPem(*authority.crl(), "X509 CRL"));
        m_testing->write(u"root.pem"_s, authority.certificatePem());
        const QByteArray text = m_testing->openssl({u"crl"_s, u"-in"_s, u"crl.pem"_s, u"-CAfile"_s, u"root.pem"_s, u"-noout"_s, u"-text"_s});
        QVERIFY2(text.contains("Key Compromise") && text.contains(serial.toUpper()), text);
        QVERIFY(text.contains("X509v3 CRL Number"));
    }

    void crlNumbersGrow()
    {
        Authority authority = create();
        const auto first = provider::readCrl(*authority.crl());
        const auto second = provider::readCrl(*authority.renewCrl());
        VERIFY_OK(second);
        QVERIFY(second->number.toLongLong(nullptr, 16) > first->number.toLongLong(nullptr, 16));
    }

    void aServerGetsACertificateForTlsAndNotForMail()
    {
        Authority authority = create();
        const auto server = authority.issueServer({u"localhost"_s, u"127.0.0.1"_s});
        VERIFY_OK(server);
        const auto facts = provider::readCertificateFacts(provider::firstPemBlock(server->certificateChainPem, "CERTIFICATE"));
        QVERIFY(!facts->mayProtectMail());
        QVERIFY(facts->extendedKeyUsage.contains(provider::kServerAuthOid));
        QCOMPARE(facts->hostNames, (QStringList{u"localhost"_s, u"127.0.0.1"_s}));
        m_testing->write(u"tls.key"_s, server->privateKeyPem.view().toByteArray());
        QVERIFY(m_testing->openssl({u"pkey"_s, u"-in"_s, u"tls.key"_s, u"-noout"_s, u"-text"_s}).contains("prime256v1"));
    }

    void aSecondAuthorityInOnePlaceIsRefused()
    {
        create();
        QCOMPARE(Authority::create(m_folder, u"Other"_s, {}, m_passphrase).error().code, ErrorCode::AuthorityExists);
        QCOMPARE(Authority::create(m_folder + u"2"_s, u"Other"_s, u"rsa:7"_s, m_passphrase).error().code, ErrorCode::KeyTypeUnsupported);
        QCOMPARE(Authority::create(m_folder + u"2"_s, u" "_s, {}, m_passphrase).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(Authority::open(m_folder + u"2"_s).error().code, ErrorCode::AuthorityMissing);
    }

    void ofTwoWhoMakeOneAtTheSameTimeOneIsRefused()
    {
        // Deriving a key takes long enough for both to see that there is none.
        const auto isMade = [this] { return Authority::create(m_folder, u"Team Authority"_s, u"ec:p256"_s, Secret{"derived slowly"}, m_testing->clock).isOk(); };
        std::future<bool> other = std::async(std::launch::async, isMade);
        const bool isOneMade = isMade();
        QVERIFY(isOneMade != other.get());
    }

private:
    Authority create() const
    {
        base::Result<Authority> made = Authority::create(m_folder, u"Team Authority"_s, u"ec:p256"_s, m_passphrase,
                                                         m_testing->clock);
        if (!made)
            qFatal("%s %s", base::nameOf(made.error().code), qPrintable(made.error().detail));
        return std::move(made).value();
    }

    static QByteArray issueFor(Authority &authority, const QString &address)
    {
        const auto key = provider::generateKey(provider::KeyType::EcP256);
        const auto request = provider::makeRequest(*key, u"Person"_s, {address});
        const auto issued = authority.issue(*request);
        return issued ? issued->first() : QByteArray{};
    }

    std::unique_ptr<IdentityTesting> m_testing;
    QString m_folder;
};

QTEST_GUILESS_MAIN(TestAuthority)
#include "tst_Authority.moc"
