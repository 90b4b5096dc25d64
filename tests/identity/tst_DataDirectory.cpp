// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/IdentityTesting.h"
#include "identity/Mailbox.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace identity;
using base::ErrorCode;

class TestDataDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void folderNamesAreSafe_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"alice@example.org"_s << u"alice@example.org"_s;
        QTest::newRow("case") << u"Alice@EXAMPLE.org"_s << u"alice@example.org"_s;
        QTest::newRow("climbing") << u"../../etc@example.org"_s << u"%2e.%2f..%2fetc@example.org"_s;
        QTest::newRow("slash") << u"a/b@example.org"_s << u"a%2fb@example.org"_s;
        QTest::newRow("percent") << u"a%2fb@example.org"_s << u"a%252fb@example.org"_s;
        QTest::newRow("international") << u"bob@bücher.example"_s << u"bob@xn--bcher-kva.example"_s;
    }

    void folderNamesAreSafe()
    {
        QFETCH(QString, address);
        QTEST(DataDirectory::folderNameOf(address), "name");
    }

    void longAddressesStayApart()
    {
        QSet<QString> names;
        for (const QChar last : u"abc"_s) {
            const QString name = DataDirectory::folderNameOf(QString(60, u'ü') + last + u"@"_s + QString(150, u'x') + u".org"_s);
            QVERIFY(name.size() <= 200);
            names.insert(name);
        }
        QCOMPARE(names.size(), 3);
    }

    void profilesComeAndGo()
    {
        const QTemporaryDir place;
        const DataDirectory data{place.filePath(u"new/data"_s)};
        QVERIFY(data.isEmpty());
        VERIFY_OK(data.createProfile(u"bob@example.org"_s, u"Bob"_s));
        VERIFY_OK(data.createProfile(u"alice@example.org"_s, u"Alice"_s));
        QCOMPARE(data.createProfile(u"Alice@example.org"_s, u"Alice"_s).error().code, ErrorCode::ProfileExists);
        QCOMPARE(data.createProfile(u"alice"_s, u"Alice"_s).error().code, ErrorCode::AddressInvalid);
        QCOMPARE(data.profiles().size(), 2);
        QCOMPARE(data.profiles().first().name, u"Alice"_s);
        QCOMPARE(QFile::permissions(data.profiles().first().folder) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions{});
        VERIFY_OK(data.removeProfile(u"alice@example.org"_s));
        QCOMPARE(data.profile(u"alice@example.org"_s).error().code, ErrorCode::ProfileMissing);
        QCOMPARE(data.profiles().size(), 1);
    }

    // No permission stops root, but a link to itself stops everybody.
    void aProfileThatCannotBeReadIsNotCalledMissing()
    {
        const QTemporaryDir place;
        const DataDirectory data{place.path()};
        const base::Result<Profile> bob = data.createProfile(u"bob@example.org"_s, u"Bob"_s);
        VERIFY_OK(bob);
        const QString description = bob->folder + u"/profile.json"_s;
        QVERIFY(QFile::remove(description) && QFile::link(description, description));
        QCOMPARE(data.profile(u"bob@example.org"_s).error().code, ErrorCode::FileNotReadable);
        QCOMPARE(data.createProfile(u"bob@example.org"_s, u"Bob"_s).error().code, ErrorCode::FileNotReadable);
        QCOMPARE(data.profiles().size(), 0);
    }

    void whatIsNoMailbox_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "@", "a@", "@b", "a b@c", "a@b c", "a@@b", "a@b@c", "a@.b", "a@b.", "a@b..c", "<a@b>", "a@b,c@d", "a@b\nc"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void whatIsNoMailbox()
    {
        QFETCH(QString, text);
        QVERIFY(!isMailbox(text));
    }
};

QTEST_GUILESS_MAIN(TestDataDirectory)
#include "tst_DataDirectory.moc"
