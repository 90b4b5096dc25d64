// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Directory.h"
#include "identity/IdentityTesting.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace identity;
using base::ErrorCode;

class TestDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_testing = std::make_unique<IdentityTesting>(); }
    void cleanupTestCase() { m_testing.reset(); }

    void membersAreFoundByAddressWithoutRegardToCase()
    {
        const MemberDirectory directory{folder()};
        const auto root = m_testing->makeCertificate(m_testing->authorityProfile());
        const auto bob = m_testing->makeCertificate(m_testing->personProfile(u"bob@example.org"_s), &root);
        VERIFY_OK(directory.publish({bob.der(), {root.der()}}));
        const auto found = directory.find(u"Bob@EXAMPLE.org"_s);
        VERIFY_OK(found);
        QCOMPARE(found->size(), 1);
        QCOMPARE(found->first(), (CertificateWithChain{bob.der(), {root.der()}}));
        QVERIFY(directory.find(u"bob@example.com"_s)->isEmpty());
        QVERIFY(directory.find(u"Person"_s)->isEmpty());
        VERIFY_OK(directory.withdraw(bob.der()));
        VERIFY_OK(directory.withdraw(bob.der()));
        QVERIFY(directory.all().isEmpty());
    }

    void theNewestComesFirst()
    {
        const MemberDirectory directory{folder()};
        provider::CertificateProfile profile = m_testing->personProfile(u"bob@example.org"_s);
        const auto older = m_testing->makeCertificate(profile);
        profile.issuedAt = profile.issuedAt.addDays(3);
        const auto newer = m_testing->makeCertificate(profile);
        VERIFY_OK(directory.publish({newer.der(), {}}));
        VERIFY_OK(directory.publish({older.der(), {}}));
        const auto found = directory.find(u"bob@example.org"_s);
        QCOMPARE(found->first().certificate, newer.der());
        QCOMPARE(found->last().certificate, older.der());
    }

    void damagedFilesHideNobodyElse()
    {
        const MemberDirectory directory{folder()};
        const auto bob = m_testing->makeCertificate(m_testing->personProfile(u"bob@example.org"_s));
        VERIFY_OK(directory.publish({bob.der(), {}}));
        for (const QString &name : {u"empty.pem"_s, u"noise.pem"_s}) {
            QFile file{QDir{folder()}.filePath(name)};
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(name == u"empty.pem"_s ? "" : "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        }
        QVERIFY(QDir{}.mkpath(folder() + "/folder.pem"_L1));
        QCOMPARE(directory.all().size(), 1);
        QCOMPARE(directory.publish({"nonsense", {}}).error().code, ErrorCode::NotACertificate);
    }

    void anAbsentFolderIsAnEmptyDirectory()
    {
        VERIFY_OK(MemberDirectory{folder()}.find(u"bob@example.org"_s));
    }

private:
    QString folder() const { return m_testing->path(QString::fromLatin1(QTest::currentTestFunction())); }
    std::unique_ptr<IdentityTesting> m_testing;
};

QTEST_GUILESS_MAIN(TestDirectory)
#include "tst_Directory.moc"
