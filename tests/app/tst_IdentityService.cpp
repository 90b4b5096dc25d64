// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/AccountSettings.h"
#include "app/DemonstrationSetup.h"
#include "app/IdentityService.h"
#include "app/ProfileSealer.h"
#include "identity/CertificateBook.h"
#include "identity/IdentityTesting.h"
#include "identity/Pkcs12Import.h"
#include "provider/PrivateKeyFile.h"
#include "support/Patience.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace app;
using base::ErrorCode;
using base::Secret;

class TestIdentityService : public QObject
{
    Q_OBJECT

    const QString m_alice = u"alice@example.org"_s;
    const QString m_bob = u"bob@example.org"_s;

private Q_SLOTS:
    void initTestCase() { m_testing = std::make_unique<IdentityTesting>(); }
    void cleanupTestCase() { m_testing.reset(); }

    /// Every test has a demonstration of its own.
    void init()
    {
        m_path = m_testing->path(QString::fromLatin1(QTest::currentTestFunction()));
        VERIFY_OK(setUpDemonstration(m_path));
        m_service = std::make_unique<IdentityService>(m_path, &m_pool);
    }

    void cleanup()
    {
        m_pool.waitForDone();
        m_service.reset();
    }

    void theDemonstrationIsMadeOnceAndFoundAtOnce()
    {
        QElapsedTimer timer;
        timer.start();
        const auto again = setUpDemonstration(m_path);
        VERIFY_OK(again);
        QVERIFY2(timer.elapsed() < 500 * support::patience(), QByteArray::number(timer.elapsed()).constData());
        QCOMPARE(again->alice.address, m_alice);
        QVERIFY(again->alice.isDemonstration && again->bob.isDemonstration);
        QCOMPARE(m_service->profiles().size(), 2);
        QVERIFY(m_service->hasAuthority());
        for (const QString &address : {m_alice, m_bob})
            VERIFY_OK(outcomeOf(m_service->unlock(address, demonstrationPassphrase())));
        // Each finds the other without any import.
        QCOMPARE(outcomeOf(m_service->recipient(m_alice, m_bob))->mark, RecipientMark::Found);
        QCOMPARE(outcomeOf(m_service->recipient(m_bob, u"Alice@Example.org"_s))->mark, RecipientMark::Found);
        QCOMPARE(outcomeOf(m_service->recipient(m_bob, u"carol@example.org"_s))->mark, RecipientMark::None);
        QCOMPARE(m_service->completions(m_alice, u"BOB"_s), QStringList{m_bob});
    }

    void unlockingOneProfileUnlocksNoOther()
    {
        QSignalSpy opened{m_service.get(), &IdentityService::unlocked};
        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        QCOMPARE(opened.size(), 1);
        QVERIFY(m_service->isUnlocked(u"ALICE@example.org"_s));
        QVERIFY(!m_service->isUnlocked(m_bob));
        QCOMPARE(m_service->keys(m_bob), nullptr);
        QCOMPARE(m_service->keys(m_alice)->address, m_alice);
        QCOMPARE(outcomeOf(m_service->unlock(m_bob, Secret{"wrong"})).error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(outcomeOf(m_service->unlock(u"carol@example.org"_s, Secret{"wrong"})).error().code, ErrorCode::ProfileMissing);
    }

    void lockingCountsAtOnceAlsoWhileAnUnlockIsUnderWay()
    {
        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        QSignalSpy closed{m_service.get(), &IdentityService::locked};
        m_service->lock(m_alice);
        QVERIFY(!m_service->isUnlocked(m_alice));
        QCOMPARE(closed.size(), 1);
        // The pool is busy, so that the unlock has begun when the lock comes.
        const base::Operation<base::Done> unlocking = m_service->unlock(m_bob, demonstrationPassphrase());
        QTRY_VERIFY(m_service->isUnlocked(m_bob) || !unlocking.isRunning());
        m_service->lock(m_bob);
        QVERIFY(!m_service->isUnlocked(m_bob));
        m_pool.waitForDone();
        QVERIFY(!m_service->isUnlocked(m_bob));
    }

    void whatIsAskedAfterALockFindsALockedKeystore()
    {
        // Jobs of two threads may overtake each other; the order of the calls is what counts.
        for (int round = 0; round < 20; ++round) {
            VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
            m_service->lock(m_alice);
            QCOMPARE(outcomeOf(m_service->exportIdentity(m_alice, Secret{"file secret"})).error().code, ErrorCode::KeystoreLocked);
        }
    }

    void unlockingRightAfterLockingHolds()
    {
        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        for (int round = 0; round < 100; ++round) {
            m_service->lock(m_alice);
            VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
            m_pool.waitForDone();
            QVERIFY(m_service->isUnlocked(m_alice));
        }
    }

    void lockingRightAfterUnlockingHolds()
    {
        for (int round = 0; round < 20; ++round) {
            const base::Operation<base::Done> unlocking = m_service->unlock(m_alice, demonstrationPassphrase());
            m_service->lock(m_alice);
            (void)outcomeOf(unlocking);
            m_pool.waitForDone();
            QVERIFY(!m_service->isUnlocked(m_alice));
            QCOMPARE(outcomeOf(m_service->exportIdentity(m_alice, Secret{"file secret"})).error().code, ErrorCode::KeystoreLocked);
        }
    }

    void secretsAreThereWhileUnlocked()
    {
        QCOMPARE(m_service->secret(m_alice, u"relay-password"_s).error().code, ErrorCode::KeystoreLocked);
        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        VERIFY_OK(outcomeOf(m_service->storeSecret(m_alice, u"relay-password"_s, Secret{"s3cret"})));
        QVERIFY(*m_service->secret(m_alice, u"relay-password"_s) == Secret{"s3cret"});
        m_service->lock(m_alice);
        QCOMPARE(m_service->secret(m_alice, u"relay-password"_s).error().code, ErrorCode::KeystoreLocked);
    }

    void serversAndTheirPasswordChangeTogether()
    {
        // The servers were written first: with no room for the password, or a program killed in between, the new ones were told the old one.
        const base::Result<identity::Profile> alice = m_service->profile(m_alice);
        VERIFY_OK(alice);
        app::AccountSettings account = app::AccountSettings::defaults(m_alice);
        account.isOwnRelay = false;
        const auto keep = [&](const char *password) {
            return outcomeOf(m_service->withKeystore(m_alice, [=](identity::Keystore &keystore) { return account.keep(alice->folder, keystore, Secret{password}); }));
        };
        const auto kept = [&] { return *app::AccountSettings::kept(alice->folder, m_alice); };
        QCOMPARE(keep("first").error().code, ErrorCode::KeystoreLocked);
        QVERIFY(kept().isOwnRelay);

        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        account.smtp.host = u"first.example"_s;
        VERIFY_OK(keep("first"));
        const QString firstName = kept().passwordName;
        account.smtp.host = u"second.example"_s;
        VERIFY_OK(keep("second"));
        QCOMPARE(kept().smtp.host, u"second.example"_s);
        QVERIFY(*m_service->secret(m_alice, kept().passwordName) == Secret{"second"});
        QCOMPARE(m_service->secret(m_alice, firstName).error().code, ErrorCode::KeyNotFound);
        // None is given: it stays.
        account.smtp.port = 465;
        VERIFY_OK(keep(""));
        QVERIFY(*m_service->secret(m_alice, kept().passwordName) == Secret{"second"});

        const QString file = alice->folder + u"/account.json"_s;
        QVERIFY(QFile::rename(file, file + u".aside"_s) && QDir{}.mkdir(file));
        QVERIFY(!keep("third"));
        QVERIFY(QDir{}.rmdir(file) && QFile::rename(file + u".aside"_s, file));
        QVERIFY(*m_service->secret(m_alice, kept().passwordName) == Secret{"second"});
    }

    void keysOfAnotherProgramCountAfterALook()
    {
        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        IdentityService other{m_path, &m_pool};
        VERIFY_OK(outcomeOf(other.unlock(m_alice, demonstrationPassphrase())));
        VERIFY_OK(outcomeOf(other.addKeys(m_alice, u"ec:p256"_s, demonstrationPassphrase())));
        const auto count = [this] { return m_service->keys(m_alice)->keys.size(); };
        const qsizetype before = count();
        QSignalSpy changed(m_service.get(), &IdentityService::certificatesChanged);
        m_service->lookAgain(m_alice);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(count() > before);
    }

    void aDraftIsKeptWhateverBecameOfTheCertificate_data()
    {
        QTest::addColumn<bool>("isRevoked");
        QTest::addColumn<int>("daysLater");
        QTest::newRow("valid") << false << 0;
        QTest::newRow("revoked") << true << 0;
        QTest::newRow("expired") << false << 5000;
        QTest::newRow("not yet valid") << false << -5000;
    }

    void aDraftIsKeptWhateverBecameOfTheCertificate()
    {
        QFETCH(const bool, isRevoked);
        QFETCH(const int, daysLater);
        m_path = m_testing->path(u"kept-"_s + QString::fromLatin1(QTest::currentDataTag()));
        VERIFY_OK(setUpDemonstration(m_path));
        m_service = std::make_unique<IdentityService>(m_path, &m_pool);
        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        const auto issued = m_service->issued();
        VERIFY_OK(issued);
        for (const identity::IssuedCertificate &certificate : *issued)
            if (isRevoked && certificate.addresses.contains(m_alice))
                VERIFY_OK(outcomeOf(m_service->revoke(certificate.serial, identity::RevocationReason::Unspecified, demonstrationPassphrase())));
        support::FakeClock clock;
        clock.advanceDays(daysLater);
        const identity::DataDirectory data{m_path};
        const auto profile = data.profile(m_alice);
        VERIFY_OK(profile);
        const ProfileSealer sealer{data, *profile, m_service->openingMaterial(m_alice), clock};
        Draft draft;
        draft.from = {u"Alice"_s, m_alice};
        draft.to = {{{}, u"bob"_s}}; // Not whole yet.
        draft.text = u"Two hours of work"_s;
        const auto octets = buildForSaving(draft, clock.now());
        VERIFY_OK(octets);
        const auto kept = sealer.sealForSelf(draft, *octets, {});
        VERIFY_OK(kept);
        QVERIFY(!kept->contains("hours"));
        QVERIFY(store::summarise(*kept).to.isEmpty()); // It was listed, and shown, as written to oneself.
        QCOMPARE(store::summarise(*kept).seal, store::SealState::Encrypted); // By this it is known as one to open.
        const auto again = sealer.openDraft(*kept, {});
        VERIFY_OK(again);
        QCOMPARE(again->text.trimmed(), draft.text);
        QVERIFY(again->to.isEmpty());
    }

    // What a letter of last year says of Bob's program is out of date once his new certificate says otherwise, and the other way round.
    void whatWasSaidLastOfAProgramCounts()
    {
        const auto bob = outcomeOf(m_service->recipient(m_alice, m_bob));
        VERIFY_OK(bob);
        QVERIFY(!bob->capabilities.isEmpty());
        const auto alice = identity::DataDirectory{m_path}.profile(m_alice);
        VERIFY_OK(alice);
        auto book = identity::CertificateBook::open(alice->folder);
        VERIFY_OK(book);
        const auto announce = [&](const QByteArray &capabilities, const QDateTime &at) {
            return book->observe({m_bob, bob->certificate, {}, {}, capabilities, at, capabilities});
        };
        VERIFY_OK(announce("last year", bob->info.notBefore.addYears(-1)));
        QCOMPARE(outcomeOf(m_service->recipient(m_alice, m_bob))->capabilities, bob->capabilities);
        VERIFY_OK(announce("today", bob->info.notBefore));
        QCOMPARE(outcomeOf(m_service->recipient(m_alice, m_bob))->capabilities, QByteArray("today"));
    }

    void aRevokedRecipientIsFoundBut()
    {
        const auto issued = m_service->issued();
        VERIFY_OK(issued);
        QSignalSpy changed{m_service.get(), &IdentityService::certificatesChanged};
        for (const identity::IssuedCertificate &certificate : *issued)
            if (certificate.addresses.contains(m_bob))
                VERIFY_OK(outcomeOf(m_service->revoke(certificate.serial, identity::RevocationReason::KeyCompromise, demonstrationPassphrase())));
        QCOMPARE(changed.size(), 1);
        const auto bob = outcomeOf(m_service->recipient(m_alice, m_bob));
        QCOMPARE(bob->mark, RecipientMark::FoundBut);
        QCOMPARE(bob->reason, CertificateState::Revoked);
        QVERIFY(bob->certificate.isEmpty());
        QCOMPARE(outcomeOf(m_service->revoke("00", identity::RevocationReason::Unspecified, Secret{"wrong"})).error().code,
                 ErrorCode::PassphraseWrong);
    }

    void revocationListsLeaveAndAreTakenInFromWhoeverIsTrusted()
    {
        const auto list = outcomeOf(m_service->renewRevocationList(demonstrationPassphrase()));
        VERIFY_OK(list);
        QCOMPARE(outcomeOf(m_service->renewRevocationList(Secret{"wrong"})).error().code, ErrorCode::PassphraseWrong);
        const auto own = outcomeOf(m_service->importFile(m_alice, *list, {}));
        VERIFY_OK(own);
        QVERIFY(own->kind == ImportedFile::Kind::RevocationLists && own->count == 1);
        const auto elsewhere = identity::Authority::create(m_path + u"/elsewhere"_s, u"Elsewhere"_s, u"ec:p256"_s, Secret{"of elsewhere"});
        VERIFY_OK(elsewhere);
        const auto theirs = elsewhere->crl();
        VERIFY_OK(theirs);
        // What was refused was said to be no certificate.
        QCOMPARE(outcomeOf(m_service->importFile(m_alice, *theirs, {})).error().code, ErrorCode::CertificateUntrusted);
        VERIFY_OK(m_service->addAnchor(m_alice, elsewhere->certificatePem()));
        VERIFY_OK(outcomeOf(m_service->importFile(m_alice, *theirs, {})));
        QVERIFY(m_service->openingMaterial(m_alice).trust.crls.contains(*theirs));
    }

    void aStrangersCertificateIsUntrustedUntilItsAuthorityIsTrusted()
    {
        const auto root = m_testing->makeCertificate(m_testing->authorityProfile(u"Elsewhere"_s));
        const auto carol = m_testing->makeCertificate(m_testing->personProfile(u"carol@example.com"_s), &root);
        const QByteArray file = identity::toPem(carol.der(), "CERTIFICATE") + identity::toPem(root.der(), "CERTIFICATE");
        const auto imported = outcomeOf(m_service->importFile(m_alice, file, {}));
        VERIFY_OK(imported);
        QCOMPARE(imported->kind, ImportedFile::Kind::PeopleCertificates);
        QCOMPARE(imported->authorities, QList<QByteArray>{root.der()});
        QCOMPARE(outcomeOf(m_service->recipient(m_alice, u"carol@example.com"_s))->reason, CertificateState::Untrusted);
        QCOMPARE(outcomeOf(m_service->people(m_alice))->size(), 1);
        VERIFY_OK(m_service->addAnchor(m_alice, identity::toPem(root.der(), "CERTIFICATE")));
        QCOMPARE(outcomeOf(m_service->recipient(m_alice, u"carol@example.com"_s))->mark, RecipientMark::Found);
        // What Alice trusts is Alice's affair.
        QCOMPARE(outcomeOf(m_service->recipient(m_bob, u"carol@example.com"_s))->mark, RecipientMark::None);
        QCOMPARE(m_service->anchors(m_bob).size(), 1);
    }

    void certificatesThatMustNotBeUsedSayWhy_data()
    {
        QTest::addColumn<QString>("defect");
        QTest::addColumn<CertificateState>("state");
        QTest::newRow("good") << u"none"_s << CertificateState::Good;
        QTest::newRow("expired") << u"expired"_s << CertificateState::Expired;
        QTest::newRow("not yet valid") << u"not yet"_s << CertificateState::NotYetValid;
        QTest::newRow("only for signing") << u"usage"_s << CertificateState::WrongUsage;
        QTest::newRow("unknown authority") << u"stranger"_s << CertificateState::Untrusted;
        QTest::newRow("altered") << u"altered"_s << CertificateState::Damaged;
    }

    void certificatesThatMustNotBeUsedSayWhy()
    {
        QFETCH(QString, defect);
        const auto root = m_testing->makeCertificate(m_testing->authorityProfile());
        provider::CertificateProfile profile = m_testing->personProfile(m_bob);
        QDateTime now = m_testing->clock.now();
        if (defect == "expired"_L1)
            now = now.addYears(2);
        if (defect == "not yet"_L1)
            now = now.addDays(-1);
        if (defect == "usage"_L1)
            profile.mailUse = provider::MailUse::Sign;
        const auto bob = m_testing->makeCertificate(profile, &root);
        QByteArray der = bob.der();
        if (defect == "altered"_L1)
            der[der.size() - 1] = static_cast<char>(der[der.size() - 1] ^ 1);
        const QList<QByteArray> anchors = defect == "stranger"_L1 ? QList<QByteArray>{} : QList<QByteArray>{root.der()};
        QTEST(assess(der, {root.der()}, {anchors, {}}, AssessFor::Encryption, now), "state");
        QVERIFY(!stateText(assess(der, {root.der()}, {anchors, {}}, AssessFor::Encryption, now), *certificateInfo(bob.der())).isEmpty());
    }

    void theExportedFileOpensOldMailToo()
    {
        // It held the present key alone: whoever moved to another machine with it had lost the mail of before.
        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        VERIFY_OK(outcomeOf(m_service->addKeys(m_alice, u"ec:p256"_s, demonstrationPassphrase())));
        const auto file = outcomeOf(m_service->exportIdentity(m_alice, Secret{"file secret"}));
        VERIFY_OK(file);
        const auto offer = identity::readIdentity(*file, Secret{"file secret"}, QDateTime::currentDateTimeUtc());
        VERIFY_OK(offer);
        QCOMPARE(offer->keys.size(), m_service->keys(m_alice)->keys.size());
        QCOMPARE_GE(offer->keys.size(), 2);
    }

    void anIdentityForSomebodyElseIsRefused()
    {
        VERIFY_OK(outcomeOf(m_service->unlock(m_alice, demonstrationPassphrase())));
        VERIFY_OK(outcomeOf(m_service->unlock(m_bob, demonstrationPassphrase())));
        const auto file = outcomeOf(m_service->exportIdentity(m_bob, Secret{"file secret"}));
        VERIFY_OK(file);
        const auto refused = outcomeOf(m_service->importFile(m_alice, *file, Secret{"file secret"}));
        QCOMPARE(refused.error().code, ErrorCode::CertificateForAnotherAddress);
        QCOMPARE(refused.error().detail, m_bob);
        QCOMPARE(outcomeOf(m_service->importFile(m_bob, *file, Secret{"wrong"})).error().code, ErrorCode::PassphraseWrong);
        const auto again = outcomeOf(m_service->importFile(m_bob, *file, Secret{"file secret"}));
        VERIFY_OK(again);
        QCOMPARE(again->count, 0); // There is nothing new in it.
        QCOMPARE(outcomeOf(m_service->identities(m_bob))->size(), 1);
        m_service->lock(m_bob);
        QCOMPARE(outcomeOf(m_service->importFile(m_bob, *file, Secret{"file secret"})).error().code, ErrorCode::KeystoreLocked);
        QCOMPARE(outcomeOf(m_service->importFile(m_bob, "Dear Bob", {})).error().code, ErrorCode::NotACertificate);
        QCOMPARE(outcomeOf(m_service->importFile(m_bob, {}, {})).error().code, ErrorCode::FileEmpty);
        // The cause is the damage, and not that it is no certificate.
        QCOMPARE(outcomeOf(m_service->importFile(m_bob, file->first(300), Secret{"file secret"})).error().code, ErrorCode::NotAPkcs12File);
    }

    void aFailedCreationLeavesNoProfile()
    {
        NewIdentity wanted{u"carol@example.org"_s, u"Carol"_s, u"ec:p256"_s, Secret{"carols secret"}, {}};
        QCOMPARE(outcomeOf(m_service->createIdentity(wanted)).error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(m_service->profiles().size(), 2);
        wanted.authorityPassphrase = demonstrationPassphrase();
        QSignalSpy changed{m_service.get(), &IdentityService::profilesChanged};
        VERIFY_OK(outcomeOf(m_service->createIdentity(wanted)));
        QCOMPARE(changed.size(), 1);
        QVERIFY(m_service->isUnlocked(wanted.address));
        const auto identities = outcomeOf(m_service->identities(wanted.address));
        QCOMPARE(identities->first().state, CertificateState::Good);
        QVERIFY(identities->first().isCurrent);
        // Who joins a relay elsewhere is vouched for there.
        wanted = {u"dora@example.net"_s, u"Dora"_s, u"ec:p256"_s, Secret{"doras secret"}, {}, true};
        const auto elsewhere = outcomeOf(m_service->createIdentity(wanted));
        VERIFY_OK(elsewhere);
        QVERIFY(elsewhere->requestPem.contains("CERTIFICATE REQUEST"));
        QCOMPARE(outcomeOf(m_service->identities(wanted.address))->first().state, CertificateState::WaitingForCertificate);
    }

    void theServiceMayGoWhileAJobRuns()
    {
        const base::Operation<base::Done> unlocking = m_service->unlock(m_alice, demonstrationPassphrase());
        m_service.reset();
        m_pool.waitForDone();
        QVERIFY(!unlocking.isRunning());
    }

private:
    /// What comes out of an operation, after the service's own reactions to it.
    template <typename T>
    base::Result<T> outcomeOf(const base::Operation<T> &operation)
    {
        std::optional<base::Result<T>> outcome;
        base::whenReady(this, operation, [&outcome](const base::Result<T> &result) { outcome = result; });
        if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20000))
            return {ErrorCode::TimedOut, u"the operation never ended"_s};
        return *outcome;
    }

    std::unique_ptr<IdentityTesting> m_testing;
    QThreadPool m_pool;
    QString m_path;
    std::unique_ptr<IdentityService> m_service;
};

QTEST_GUILESS_MAIN(TestIdentityService)
#include "tst_IdentityService.moc"
