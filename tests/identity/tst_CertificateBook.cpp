// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/CertificateBook.h"
#include "identity/IdentityTesting.h"
#include "identity/RecentByFile.h"

#include <QDir>

#include <atomic>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;
using namespace identity;
using base::ErrorCode;

class TestCertificateBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_testing = std::make_unique<IdentityTesting>();
        m_root = m_testing->makeCertificate(m_testing->authorityProfile());
    }
    void cleanupTestCase()
    {
        m_root = {};
        m_testing.reset();
    }

    void memoryOfASigner()
    {
        CertificateBook book = open();
        const QByteArray bob = personBy(m_root);
        QCOMPARE(observe(book, bob, "mail 1"), (Recall{Remembered::First, 0, {}}));
        const QDateTime first = m_testing->clock.now();
        m_testing->clock.advanceDays(1);
        QCOMPARE(observe(book, bob, "mail 2"), (Recall{Remembered::Same, 1, first}));
        // Opening a mail once more changes nothing.
        QCOMPARE(observe(book, bob, "mail 2"), (Recall{Remembered::Same, 1, first}));
        QCOMPARE(observe(book, bob, "mail 1"), (Recall{Remembered::First, 0, {}}));
        QCOMPARE(observe(book, bob, "mail 3").earlierMails, 2);
        QCOMPARE(book.find(u"bob@example.org"_s).first().mailCount, 3);

        m_testing->clock.advanceDays(1);
        const QByteArray renewed = personBy(m_root);
        QCOMPARE(observe(book, renewed, "mail 4"), (Recall{Remembered::Renewed, 0, first}));
        m_testing->clock.advanceDays(1);
        const auto otherRoot = m_testing->makeCertificate(m_testing->authorityProfile(u"Other"_s));
        const Recall changed = observe(book, personBy(otherRoot), "mail 5");
        QCOMPARE(changed.continuity, Remembered::Changed);
        QCOMPARE(observe(book, bob, "mail 1").continuity, Remembered::First);
    }

    void onlyNewsIsWrittenAtOnce()
    {
        CertificateBook book = open();
        const QByteArray bob = personBy(m_root);
        const auto later = [&](const QByteArray &mail) { return *book.observe({u"bob@example.org"_s, bob, {}, {}, {}, {}, mail}, Writing::Later); };
        const auto onDisk = [&] { return foundByOthers().first().mailCount; };
        QCOMPARE(later("mail 1"), (Recall{Remembered::First, 0, {}}));
        QCOMPARE(onDisk(), 1);
        QCOMPARE(later("mail 2").earlierMails, 1);
        QCOMPARE(later("mail 3").earlierMails, 2);
        QCOMPARE(onDisk(), 1);
        QCOMPARE(open().all().first().mailCount, 3);
        QCOMPARE(open().recall({u"bob@example.org"_s, bob, {}, {}, {}, {}, "mail 4"}).earlierMails, 3);
        VERIFY_OK(CertificateBook::writeWaiting(m_testing->clock));
        QCOMPARE(onDisk(), 3);
        QCOMPARE(later("mail 4").earlierMails, 3);
        QCOMPARE(*book.observe({u"bob@example.org"_s, bob, {}, {}, {}, {}, "mail 5"}), (Recall{Remembered::Same, 4, open().all().first().firstSeen}));
        QCOMPARE(onDisk(), 5);
    }

    // A scan meets many strangers within a second; none is lost, and the book is not written for each.
    void newsInABurstIsWrittenTogether()
    {
        CertificateBook book = open();
        const auto meet = [&](const QString &address, const QByteArray &mail) {
            SeenSignature seen;
            seen.address = address;
            seen.certificate = m_testing->makeCertificate(m_testing->personProfile(address), &m_root).der();
            seen.mailId = mail;
            return book.observe(seen, Writing::Later)->continuity;
        };
        const auto onDisk = [&] { return foundByOthers().size(); };
        QCOMPARE(meet(u"a@example.org"_s, "mail 1"), Remembered::First);
        QCOMPARE(onDisk(), 1);
        QCOMPARE(meet(u"b@example.org"_s, "mail 2"), Remembered::First);
        QCOMPARE(meet(u"c@example.org"_s, "mail 3"), Remembered::First);
        QCOMPARE(onDisk(), 1);
        QCOMPARE(open().all().size(), 3);
        m_testing->clock.advanceSeconds(2);
        QCOMPARE(meet(u"d@example.org"_s, "mail 4"), Remembered::First);
        QCOMPARE(onDisk(), 4);
        QCOMPARE(meet(u"e@example.org"_s, "mail 5"), Remembered::First);
        VERIFY_OK(CertificateBook::writeWaiting(m_testing->clock));
        QCOMPARE(onDisk(), 5);
    }

    // While one thread replaces the file, the other must not take that for another process's doing and write, too.
    void twoThreadsWriteNoMoreThanOne()
    {
        QList<SeenSignature> strangers;
        for (int i = 0; i < 60; ++i) {
            const QString address = u"p%1@example.org"_s.arg(i);
            strangers.append({address, m_testing->makeCertificate(m_testing->personProfile(address), &m_root).der(), {}, {}, {}, {}, address.toUtf8()});
        }
        std::atomic_int next = 0;
        std::atomic_int learnt = 0;
        std::mutex mutex;
        QList<FileStamp> written;
        const auto meet = [&] {
            for (int i = next++; i < strangers.size(); i = next++) {
                learnt += bool(open().observe(strangers[i], Writing::Later));
                // Learnt while the other thread makes the file for the first time: there is none yet.
                const std::optional<FileStamp> stamp = FileStamp::of(folder() + "/book.json"_L1);
                const std::lock_guard lock(mutex);
                if (stamp && !written.contains(*stamp))
                    written.append(*stamp);
            }
        };
        std::thread other(meet);
        meet();
        other.join();
        QCOMPARE(learnt, 60);
        QVERIFY2(written.size() == 1, QByteArray::number(written.size()).constData());
        QCOMPARE(open().all().size(), 60);
        VERIFY_OK(CertificateBook::writeWaiting(m_testing->clock));
        QCOMPARE(foundByOthers().size(), 60);
    }

    void anotherProcessIsHeard()
    {
        CertificateBook book = open();
        const QByteArray bob = personBy(m_root);
        QCOMPARE(observe(book, bob, "mail 1").continuity, Remembered::First);
        const QString kept = folder() + "/kept.json"_L1;
        QVERIFY(QFile::copy(folder() + "/book.json"_L1, kept));
        VERIFY_OK(book.remove(bob));
        QVERIFY(open().all().isEmpty());
        QVERIFY(QFile::remove(folder() + "/book.json"_L1) && QFile::rename(kept, folder() + "/book.json"_L1));
        QCOMPARE(open().all().size(), 1);
    }

    // That there is no book is remembered as well, until there is one.
    void aBookThatAnotherProcessMakesIsSeen()
    {
        QVERIFY(open().all().isEmpty());
        QVERIFY(open().all().isEmpty());
        base::Result<CertificateBook> other = CertificateBook::open(folder() + "/other"_L1, m_testing->clock);
        VERIFY_OK(other);
        QCOMPARE(observe(*other, personBy(m_root), "mail 1").continuity, Remembered::First);
        QVERIFY(QFile::rename(folder() + "/other/book.json"_L1, folder() + "/book.json"_L1));
        QCOMPARE(open().all().size(), 1);
    }

    void aNamesakeAuthorityIsAChange()
    {
        CertificateBook book = open();
        (void)observe(book, personBy(m_root), "mail 1");
        m_testing->clock.advanceDays(1);
        const auto namesake = m_testing->makeCertificate(m_testing->authorityProfile());
        QCOMPARE(observe(book, personBy(namesake), "mail 2").continuity, Remembered::Changed);
        // Two certificates that vouch only for themselves are two strangers.
        const auto selfSigned = m_testing->makeCertificate(m_testing->personProfile(u"eve@example.org"_s));
        const auto another = m_testing->makeCertificate(m_testing->personProfile(u"eve@example.org"_s));
        (void)book.observe({u"eve@example.org"_s, selfSigned.der(), {}, {}, {}, {}, "mail 3"});
        m_testing->clock.advanceDays(1);
        const auto recall = book.observe({u"eve@example.org"_s, another.der(), {}, {}, {}, {}, "mail 4"});
        VERIFY_OK(recall);
        QCOMPARE(recall->continuity, Remembered::Changed);
    }

    void theNewestCapabilitiesWin()
    {
        CertificateBook book = open();
        const QByteArray bob = personBy(m_root);
        const QDateTime now = m_testing->clock.now();
        const auto announce = [&](const QByteArray &capabilities, const QDateTime &at, const QByteArray &mail) {
            return book.observe({u"bob@example.org"_s, bob, {}, {}, capabilities, at, mail});
        };
        VERIFY_OK(announce("new", now.addSecs(-10), "mail 1"));
        VERIFY_OK(announce("old", now.addDays(-9), "mail 2"));
        QCOMPARE(book.capabilitiesOf(u"BOB@example.org"_s), QByteArray("new"));
        // A signing time in the future must not outlive the truth.
        VERIFY_OK(announce("future", now.addYears(5), "mail 3"));
        m_testing->clock.advanceDays(1);
        VERIFY_OK(announce("truth", m_testing->clock.now(), "mail 4"));
        QCOMPARE(book.capabilitiesOf(u"bob@example.org"_s), QByteArray("truth"));
        QCOMPARE(book.capabilitiesOf(u"bob@example.org"_s, m_testing->clock.now()), QByteArray("truth"));
        QCOMPARE(book.capabilitiesOf(u"bob@example.org"_s, m_testing->clock.now().addSecs(1)), QByteArray());
        QCOMPARE(book.capabilitiesOf(u"carol@example.org"_s), QByteArray());
        QCOMPARE(open().capabilitiesOf(u"bob@example.org"_s), QByteArray("truth"));
    }

    void nobodySpeaksForSomebodyElse()
    {
        CertificateBook book = open();
        const QByteArray bob = personBy(m_root);
        QCOMPARE(book.observe({u"carol@example.org"_s, bob, {}, {}, "caps", {}, "mail"}).error().code, ErrorCode::CertificateWithoutAddress);
        QCOMPARE(book.observe({u"bob@example.org"_s, "nonsense", {}, {}, {}, {}, "mail"}).error().code, ErrorCode::NotACertificate);
        QVERIFY(book.all().isEmpty());
        // A certificate of Carol inside Bob's mail is not learnt on his word.
        const auto carol = m_testing->makeCertificate(m_testing->personProfile(u"carol@example.org"_s), &m_root);
        VERIFY_OK(book.observe({u"bob@example.org"_s, bob, {carol.der(), m_root.der()}, {}, {}, {}, "mail"}));
        QVERIFY(book.find(u"carol@example.org"_s).isEmpty());
        QCOMPARE(book.find(u"bob@example.org"_s).first().chain, QList<QByteArray>{m_root.der()});
    }

    void anEncryptionCertificateComesWithTheMail()
    {
        CertificateBook book = open();
        const auto receiver = m_testing->makeCertificate(m_testing->personProfile(u"bob@example.org"_s), &m_root, provider::KeyType::X25519);
        VERIFY_OK(book.observe({u"bob@example.org"_s, personBy(m_root), {receiver.der(), m_root.der()}, {}, {}, {}, "mail"}));
        QCOMPARE(book.find(u"bob@example.org"_s).size(), 2);
    }

    void filesOfManyFormsAreTaken_data()
    {
        QTest::addColumn<QString>("form");
        for (const char *form : {"pem", "der", "p7c", "p7c-pem", "pem-with-text"})
            QTest::newRow(form) << QString::fromLatin1(form);
    }

    void filesOfManyFormsAreTaken()
    {
        QFETCH(QString, form);
        CertificateBook book = open();
        const QByteArray bob = personBy(m_root);
        m_testing->write(u"bob.pem"_s, toPem(bob, "CERTIFICATE"));
        m_testing->write(u"root.pem"_s, toPem(m_root.der(), "CERTIFICATE"));
        QByteArray file = bob;
        if (form == "pem"_L1)
            file = toPem(m_root.der(), "CERTIFICATE") + toPem(bob, "CERTIFICATE");
        else if (form == "pem-with-text"_L1)
            file = m_testing->openssl({u"x509"_s, u"-in"_s, u"bob.pem"_s, u"-text"_s});
        else if (form.startsWith("p7c"_L1))
            file = m_testing->openssl({u"crl2pkcs7"_s, u"-nocrl"_s, u"-certfile"_s, u"bob.pem"_s, u"-certfile"_s, u"root.pem"_s, u"-outform"_s,
                                       form == "p7c"_L1 ? u"DER"_s : u"PEM"_s});
        const auto imported = book.import(file);
        VERIFY_OK(imported);
        QCOMPARE(imported->size(), 1);
        QCOMPARE(imported->first().certificate, bob);
        QCOMPARE(open().find(u"bob@example.org"_s).size(), 1);
    }

    void badFilesSayWhatTheyAre_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<ErrorCode>("code");
        const auto bare = [](provider::CertificateProfile profile, const IdentityTesting::Made &issuer) {
            return IdentityTesting::makeCertificate(profile, &issuer).der();
        };
        provider::CertificateProfile nameless = m_testing->personProfile(u"x@example.org"_s);
        nameless.addresses.clear();
        provider::CertificateProfile server = m_testing->personProfile(u"x@example.org"_s);
        server.kind = provider::CertificateKind::TlsServer;
        server.hostNames = {u"example.org"_s};
        QTest::newRow("empty") << QByteArray() << ErrorCode::FileEmpty;
        QTest::newRow("text") << QByteArray("Dear Bob") << ErrorCode::NotACertificate;
        QTest::newRow("cut") << m_root.der().first(100) << ErrorCode::NotACertificate;
        QTest::newRow("huge") << QByteArray(5 * 1024 * 1024, 'A') << ErrorCode::FileTooLarge;
        QTest::newRow("without address") << bare(nameless, m_root) << ErrorCode::CertificateWithoutAddress;
        QTest::newRow("only an authority") << m_root.der() << ErrorCode::CertificateWithoutAddress;
        QTest::newRow("of a server") << bare(server, m_root) << ErrorCode::CertificateWrongUsage;
    }

    void badFilesSayWhatTheyAre()
    {
        QFETCH(QByteArray, file);
        QFETCH(ErrorCode, code);
        CertificateBook book = open();
        QCOMPARE(book.import(file).error().code, code);
        QVERIFY(book.all().isEmpty());
    }

    void aDamagedBookIsNotTakenForAnEmptyOne()
    {
        CertificateBook book = open();
        VERIFY_OK(book.import(personBy(m_root)));
        QFile file{folder() + "/book.json"_L1};
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2);
        file.write(QByteArray(file.size(), '#'));
        file.close();
        QCOMPARE(CertificateBook::open(folder()).error().code, ErrorCode::DatabaseDamaged);
        QCOMPARE(book.import(personBy(m_root)).error().code, ErrorCode::DatabaseDamaged);
    }

    void peopleCanBeForgotten()
    {
        CertificateBook book = open();
        const QByteArray bob = personBy(m_root);
        VERIFY_OK(book.import(bob));
        VERIFY_OK(book.remove(bob));
        QCOMPARE(book.remove(bob).error().code, ErrorCode::CertificateNotFound);
        QVERIFY(open().all().isEmpty());
    }

private:
    QString folder() const
    {
        return m_testing->path(QString::fromLatin1(QTest::currentTestFunction()) + QString::fromLatin1(QTest::currentDataTag()));
    }

    CertificateBook open() const
    {
        base::Result<CertificateBook> book = CertificateBook::open(folder(), m_testing->clock);
        if (!book)
            qFatal("%s", base::nameOf(book.error().code));
        return std::move(book).value();
    }

    /// What is on the disk, as another process reads it.
    QList<KnownCertificate> foundByOthers() const
    {
        const QString elsewhere = folder() + "/other"_L1;
        QDir{}.mkpath(elsewhere);
        QFile::remove(elsewhere + "/book.json"_L1);
        QFile::copy(folder() + "/book.json"_L1, elsewhere + "/book.json"_L1);
        return CertificateBook::open(elsewhere)->all();
    }

    QByteArray personBy(const IdentityTesting::Made &issuer) const
    {
        return m_testing->makeCertificate(m_testing->personProfile(u"bob@example.org"_s), &issuer).der();
    }

    static Recall observe(CertificateBook &book, const QByteArray &certificate, const QByteArray &mail)
    {
        const auto recall = book.observe({u"bob@example.org"_s, certificate, {}, {}, {}, {}, mail});
        return recall ? *recall : Recall{};
    }

    std::unique_ptr<IdentityTesting> m_testing;
    IdentityTesting::Made m_root;
};

QTEST_GUILESS_MAIN(TestCertificateBook)
#include "tst_CertificateBook.moc"
