// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/FileAccess.h"
#include "identity/IdentityTesting.h"
#include "provider/PrivateKeyFile.h"
#include "support/LimitFileSize.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <csignal>
#include <future>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace identity;
using base::ErrorCode;
using base::Secret;

class TestKeystore : public QObject
{
    Q_OBJECT

    // The well-known one is derived quickly.
    const Secret m_passphrase = wellKnownPassphrase();

private Q_SLOTS:
    void initTestCase() { m_testing = std::make_unique<IdentityTesting>(); }
    void cleanupTestCase() { m_testing.reset(); }
    void init()
    {
        m_folder = m_testing->path(QString::fromLatin1(QTest::currentTestFunction()));
    }

    void keysComeBackUnderTheirPassphraseOnly()
    {
        const QByteArray pkcs8 = addKey(create());
        base::Result<Keystore> store = Keystore::open(m_folder);
        VERIFY_OK(store);
        QVERIFY(!store->isUnlocked());
        QCOMPARE(store->keys(), nullptr);
        QCOMPARE(store->unlock(Secret{"wrong"}).error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(store->unlock({}).error().code, ErrorCode::PassphraseMissing);
        VERIFY_OK(store->unlock(m_passphrase));
        QCOMPARE(store->keys()->keys.size(), 1);
        QCOMPARE(store->keys()->keys.first().pkcs8.view(), pkcs8);
        store->lock();
        QVERIFY(!store->isUnlocked());
    }

    void ofTwoWhoMakeOneAtTheSameTimeOneIsRefused()
    {
        // Deriving a key takes long enough for both to see that there is none.
        const auto isMade = [this] { return Keystore::create(m_folder, u"alice@example.org"_s, Secret{"derived slowly"}, m_testing->clock).isOk(); };
        std::future<bool> other = std::async(std::launch::async, isMade);
        const bool isOneMade = isMade();
        QVERIFY(isOneMade != other.get());
        VERIFY_OK(Keystore::open(m_folder)->unlock(Secret{"derived slowly"}));
    }

    void nothingSecretLiesOnTheDiskInTheClear()
    {
        Keystore store = create();
        const QByteArray pkcs8 = addKey(store);
        VERIFY_OK(store.storeSecret(u"relay-password"_s, Secret{"hunter2-hunter2"}));
        const QByteArray file = fileContent();
        QVERIFY(!file.contains("hunter2-hunter2"));
        const QJsonObject object = QJsonDocument::fromJson(file).object();
        const QByteArray stored = QByteArray::fromBase64(object["keys"_L1].toArray().first()["privateKey"_L1].toString().toLatin1());
        QVERIFY(!stored.contains(pkcs8.last(32)));
        QVERIFY(stored.size() > 64);
        QCOMPARE(QFile::permissions(m_folder + "/keystore.json"_L1) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions{});
    }

    void openSslAloneCanRecoverAKey()
    {
        // A promise of the format: PBES2 with AES-256, a slow KDF, and nothing that only Waxwing can read.
        addKey(create());
        const QJsonObject object = QJsonDocument::fromJson(fileContent()).object();
        const auto bytes = [](const QJsonValue &value) { return QByteArray::fromBase64(value.toString().toLatin1()); };
        m_testing->write(u"master.der"_s, bytes(object["master"_L1]));
        m_testing->write(u"key.der"_s, bytes(object["keys"_L1].toArray().first()["privateKey"_L1]));
        const QByteArray described = m_testing->openssl({u"asn1parse"_s, u"-inform"_s, u"DER"_s, u"-in"_s, u"master.der"_s});
        QVERIFY2(described.contains("PBES2") && described.contains("aes-256-cbc") && described.contains("hmacWithSHA256"), described);
        const QByteArray master = m_testing->openssl({u"pkcs8"_s, u"-inform"_s, u"DER"_s, u"-in"_s, u"master.der"_s, u"-passin"_s,
                                                      u"pass:demonstration"_s, u"-outform"_s, u"DER"_s});
        m_testing->write(u"master.pass"_s, master.toBase64());
        const QByteArray key = m_testing->openssl({u"pkey"_s, u"-inform"_s, u"DER"_s, u"-in"_s, u"key.der"_s, u"-passin"_s,
                                                   u"file:master.pass"_s, u"-noout"_s, u"-text"_s});
        QVERIFY2(key.contains("prime256v1"), key);
    }

    void guessingASecretPassphraseIsSlow()
    {
        // 600,000 rounds of HMAC-SHA256, as OWASP asks in 2023, after creating and after changing; 1,000 where there is nothing to guess.
        const auto rounds = [this] {
            const QJsonObject object = QJsonDocument::fromJson(fileContent()).object();
            m_testing->write(u"master.der"_s, QByteArray::fromBase64(object["master"_L1].toString().toLatin1()));
            const QByteArray described = m_testing->openssl({u"asn1parse"_s, u"-inform"_s, u"DER"_s, u"-in"_s, u"master.der"_s});
            const QRegularExpressionMatch integer = QRegularExpression{u"INTEGER +:([0-9A-F]+)"_s}.match(QString::fromLatin1(described));
            return integer.captured(1).toInt(nullptr, 16);
        };
        Keystore store = create();
        QCOMPARE(rounds(), 1'000);
        VERIFY_OK(store.changePassphrase(m_passphrase, Secret{"correct horse"}));
        QCOMPARE(rounds(), 600'000);
        m_folder += u" of another"_s;
        VERIFY_OK(Keystore::create(m_folder, u"bob@example.org"_s, Secret{"correct horse"}));
        QCOMPARE(rounds(), 600'000);
    }

    void oldKeysAndOldCertificatesStayForOldMail()
    {
        Keystore store = create();
        const auto first = m_testing->makeCertificate(m_testing->personProfile(u"alice@example.org"_s));
        VERIFY_OK(store.addKey({KeyUse::SigningAndEncryption, provider::toPkcs8(first.key), first.der(), {}, {}}));
        // The same key gets a newer certificate.
        provider::CertificateProfile later = m_testing->personProfile(u"alice@example.org"_s);
        later.issuedAt = later.issuedAt.addDays(10);
        const auto publicKey = provider::readPublicKey(provider::publicKeyDer(first.key));
        const auto renewed = provider::issueCertificate({}, first.key, *publicKey, later);
        VERIFY_OK(renewed);
        VERIFY_OK(store.setCertificate(renewed->toDER(), {}));
        // And a second key comes later still.
        later.issuedAt = later.issuedAt.addDays(10);
        const auto second = m_testing->makeCertificate(later);
        VERIFY_OK(store.addKey({KeyUse::SigningAndEncryption, provider::toPkcs8(second.key), second.der(), {}, {}}));

        const SharedKeySet keys = store.keys();
        QCOMPARE(keys->decryptionKeys().size(), 3);
        QCOMPARE(keys->signingKey(later.issuedAt)->certificate, second.der());
        QCOMPARE(keys->signingKey(m_testing->clock.now())->certificate, first.der());
        QCOMPARE(keys->signingKey(m_testing->clock.now().addYears(3)), nullptr);
        QCOMPARE(store.entries().size(), 2);
        QCOMPARE(store.entries().last().earlierCertificates, QList<QByteArray>{first.der()});
    }

    void theKeyOfAnotherMailboxOnlyOpens()
    {
        // A file may hold the keys of several mailboxes; the newest of them signed, and every reader was warned of another sender.
        Keystore store = create();
        addKey(store);
        provider::CertificateProfile later = m_testing->personProfile(u"sales@example.org"_s);
        later.issuedAt = later.issuedAt.addDays(1);
        const auto other = m_testing->makeCertificate(later);
        VERIFY_OK(store.addKey({KeyUse::SigningAndEncryption, provider::toPkcs8(other.key), other.der(), {}, {}}));
        const SharedKeySet keys = store.keys();
        QCOMPARE(keys->keys.first().certificate, other.der());
        QVERIFY(keys->signingKey(later.issuedAt));
        QVERIFY(keys->signingKey(later.issuedAt)->certificate != other.der());
        QCOMPARE(keys->encryptionKey(later.issuedAt), keys->signingKey(later.issuedAt));
        QCOMPARE(keys->decryptionKeys().size(), 2);
    }

    void signingAndEncryptionMayHaveKeysOfTheirOwn()
    {
        Keystore store = create();
        VERIFY_OK(requestCertificates(store, u"Alice"_s, u"ed25519"_s));
        QCOMPARE(store.entries().size(), 2);
        QCOMPARE(store.keys()->decryptionKeys().size(), 1);
        QCOMPARE(store.keys()->decryptionKeys().first()->use, KeyUse::Encryption);
    }

    void aCertificateForAnotherKeyIsRefused()
    {
        Keystore store = create();
        const auto one = m_testing->makeCertificate(m_testing->personProfile(u"alice@example.org"_s));
        const auto other = m_testing->makeCertificate(m_testing->personProfile(u"alice@example.org"_s));
        QCOMPARE(store.addKey({KeyUse::SigningAndEncryption, provider::toPkcs8(one.key), other.der(), {}, {}}).error().code,
                 ErrorCode::CertificateKeyMismatch);
        QCOMPARE(store.setCertificate(other.der(), {}).error().code, ErrorCode::KeyNotFound);
        QVERIFY(store.entries().isEmpty());
    }

    void aDamagedFileIsNotAWrongPassphrase_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("not a keystore at all");
        QTest::newRow("another JSON") << QByteArray("{\"format\":\"something\"}");
        QTest::newRow("one octet changed") << QByteArray("CHANGE");
        QTest::newRow("cut short") << QByteArray("CUT");
    }

    void aDamagedFileIsNotAWrongPassphrase()
    {
        QFETCH(QByteArray, what);
        m_folder += QString::fromLatin1(QTest::currentDataTag());
        addKey(create());
        QByteArray content = fileContent();
        if (what == "CHANGE") {
            const qsizetype at = content.indexOf("\"privateKey\"") + 40;
            content[at] = content[at] == 'A' ? 'B' : 'A';
        } else {
            content = what == "CUT" ? content.first(content.size() / 2) : what;
        }
        QFile file{m_folder + "/keystore.json"_L1};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QCOMPARE(Keystore::open(m_folder).error().code, ErrorCode::KeystoreDamaged);
    }

    void aNewPassphraseTakesThePlaceOfTheOld()
    {
        Keystore store = create();
        addKey(store);
        VERIFY_OK(store.storeSecret(u"relay-password"_s, Secret{"secret"}));
        const QByteArray before = fileContent();
        QCOMPARE(store.changePassphrase(Secret{"wrong"}, Secret{"new phrase"}).error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(store.changePassphrase(m_passphrase, Secret{"abc"}).error().code, ErrorCode::PassphraseTooShort);
        QCOMPARE(fileContent(), before);
        VERIFY_OK(store.changePassphrase(m_passphrase, Secret{"new phrase"}));
        QVERIFY(store.isUnlocked());
        base::Result<Keystore> again = Keystore::open(m_folder);
        QCOMPARE(again->unlock(m_passphrase).error().code, ErrorCode::PassphraseWrong);
        VERIFY_OK(again->unlock(Secret{"new phrase"}));
        QCOMPARE(again->keys()->keys.size(), 1);
        QVERIFY(*again->secret(u"relay-password"_s) == Secret{"secret"});
        // No key lies under the old master secret any more.
        const auto stored = [](const QByteArray &file) {
            return QJsonDocument::fromJson(file).object()["keys"_L1].toArray().first()["privateKey"_L1].toString();
        };
        QVERIFY(stored(before) != stored(fileContent()));
    }

    void aCrashWhileThePassphraseChangesLeavesOldOrNew()
    {
        // A program is killed at many moments of the change; what it left is the old file, or opens under the new passphrase.
        addKey(create());
        const QByteArray original = fileContent();
        for (int round = 0; round < 6; ++round) {
            restore(original);
            killDuringChange(round);
            if (fileContent() == original)
                continue;
            base::Result<Keystore> store = Keystore::open(m_folder);
            VERIFY_OK(store);
            VERIFY_OK(store->unlock(Secret{"new phrase"}));
            QCOMPARE(store->keys()->keys.size(), 1);
        }
    }

    void aFullDiskLeavesTheOldFile()
    {
        Keystore store = create();
        addKey(store);
        const QByteArray before = fileContent();
        {
            const support::LimitFileSize limit{static_cast<rlim_t>(before.size()) / 2}; // The lock still fits.
            QCOMPARE(store.storeSecret(u"name"_s, Secret{"value"}).error().code, ErrorCode::DiskFull);
        }
        QCOMPARE(fileContent(), before);
        QCOMPARE(store.secret(u"name"_s).error().code, ErrorCode::KeyNotFound);
        VERIFY_OK(store.storeSecret(u"name"_s, Secret{"value"}));
    }

    void twoProgramsMayAddKeysToOneKeystore()
    {
        Keystore one = create();
        base::Result<Keystore> other = Keystore::open(m_folder);
        VERIFY_OK(other->unlock(m_passphrase));
        addKey(one);
        addKey(*other);
        QCOMPARE(other->entries().size(), 2);
        base::Result<Keystore> third = Keystore::open(m_folder);
        QCOMPARE(third->entries().size(), 2);
    }

    void whatAnotherProgramStoredIsTakenUp()
    {
        Keystore one = create();
        QCOMPARE(*one.refresh(), false);
        base::Result<Keystore> other = Keystore::open(m_folder);
        VERIFY_OK(other->unlock(m_passphrase));
        addKey(*other);
        QCOMPARE(*one.refresh(), true);
        QCOMPARE(one.keys()->keys.size(), 1);
        VERIFY_OK(other->changePassphrase(m_passphrase, Secret{"new phrase"}));
        addKey(*other);
        QCOMPARE(*one.refresh(), false); // Nobody gave the new passphrase here.
        QCOMPARE(one.keys()->keys.size(), 1);
    }

    void aPassphraseChangedByAnotherProgramLocksThisOne()
    {
        Keystore one = create();
        addKey(one);
        base::Result<Keystore> other = Keystore::open(m_folder);
        VERIFY_OK(other->changePassphrase(m_passphrase, Secret{"new phrase"}));
        QVERIFY(!other->isUnlocked());
        QCOMPARE(one.storeSecret(u"x"_s, Secret{"y"}).error().code, ErrorCode::KeystoreLocked);
        QVERIFY(!one.isUnlocked());
        VERIFY_OK(one.unlock(Secret{"new phrase"}));
    }

    void secretsAreForgottenWhileLocked()
    {
        Keystore store = create();
        VERIFY_OK(store.storeSecret(u"relay-password"_s, Secret{"secret"}));
        store.lock();
        QCOMPARE(store.secret(u"relay-password"_s).error().code, ErrorCode::KeystoreLocked);
        VERIFY_OK(store.unlock(m_passphrase));
        VERIFY_OK(store.storeSecret(u"relay-password"_s, {}));
        QCOMPARE(store.secret(u"relay-password"_s).error().code, ErrorCode::KeyNotFound);
    }

    void aSecondKeystoreInOnePlaceIsRefused()
    {
        create();
        QCOMPARE(Keystore::create(m_folder, u"a@example.org"_s, m_passphrase).error().code, ErrorCode::ProfileExists);
    }

private:
    Keystore create()
    {
        base::Result<Keystore> store =
            Keystore::create(m_folder, u"alice@example.org"_s, m_passphrase, m_testing->clock);
        if (!store)
            qFatal("%s", base::nameOf(store.error().code));
        return std::move(store).value();
    }

    QByteArray addKey(Keystore &&store) { return addKey(store); }
    QByteArray addKey(Keystore &store)
    {
        const auto made = m_testing->makeCertificate(m_testing->personProfile(u"alice@example.org"_s));
        const Secret pkcs8 = provider::toPkcs8(made.key);
        const auto added = store.addKey({KeyUse::SigningAndEncryption, pkcs8, made.der(), {}, {}});
        if (!added)
            qFatal("%s", base::nameOf(added.error().code));
        return pkcs8.view().toByteArray();
    }

    QByteArray fileContent() const
    {
        QFile file{m_folder + "/keystore.json"_L1};
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
    }

    void restore(const QByteArray &content) const
    {
        if (!base::writePrivateFile(m_folder + "/keystore.json"_L1, content))
            qFatal("cannot restore");
    }

    /// Lets a child change the passphrase and kills it: in the first rounds during the slow KDF, in the later ones about the moment
    /// at which the file is replaced.
    void killDuringChange(int round) const
    {
        const pid_t child = fork();
        if (child == 0) {
            base::Result<Keystore> store = Keystore::open(m_folder);
            const bool changed = store && store->changePassphrase(m_passphrase, Secret{"new phrase"});
            _exit(changed ? 0 : 1);
        }
        QElapsedTimer timer;
        timer.start();
        int status = 0;
        while (waitpid(child, &status, WNOHANG) == 0) {
            // Rounds 0 and 1 by time; the others as soon as the temporary file is there, or right at the end.
            if (round < 2 ? timer.elapsed() > 40 * round : !temporaryFiles().isEmpty()) {
                kill(child, SIGKILL);
                waitpid(child, &status, 0);
                break;
            }
        }
        QFile::remove(m_folder + "/keystore.json.lock"_L1);
        for (const QString &left : temporaryFiles())
            QFile::remove(m_folder + u'/' + left);
    }

    QStringList temporaryFiles() const { return QDir{m_folder}.entryList({u"*.new"_s}, QDir::Files); }

    std::unique_ptr<IdentityTesting> m_testing;
    QString m_folder;
};

QTEST_GUILESS_MAIN(TestKeystore)
#include "tst_Keystore.moc"
