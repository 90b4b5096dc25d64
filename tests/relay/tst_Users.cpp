// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/SharedLook.h"
#include "relay/Users.h"
#include "relay/WatchedFile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class TestUsers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allQuotedFormsOfANameAreTheSame_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("not quoted") << QByteArray("Bob@Example.ORG") << QByteArray("bob@example.org");
        QTest::newRow("quoted for nothing") << QByteArray("\"Bob\"@example.org") << QByteArray("bob@example.org");
        QTest::newRow("escaped for nothing") << QByteArray("\"b\\ob.\\x\"@example.org") << QByteArray("bob.x@example.org");
        QTest::newRow("a blank") << QByteArray("\"bob\\ x\"@example.org") << QByteArray("\"bob x\"@example.org");
        QTest::newRow("a quote") << QByteArray("\"\\\"bob\\\"\"@example.org") << QByteArray("\"\\\"bob\\\"\"@example.org");
        QTest::newRow("a backslash") << QByteArray("\"bob\\\\\"@example.org") << QByteArray("\"bob\\\\\"@example.org");
        QTest::newRow("a dot at the end") << QByteArray("\"bob.\"@example.org") << QByteArray("\"bob.\"@example.org");
        QTest::newRow("an at sign") << QByteArray("\"bob@x\"@example.org") << QByteArray("\"bob@x\"@example.org");
        QTest::newRow("nothing") << QByteArray("\"\"@example.org") << QByteArray("\"\"@example.org");
        QTest::newRow("UTF-8") << QByteArray("\"J\xc3\x96rg\"@example.org") << QByteArray("j\xc3\xb6rg@example.org");
    }

    void allQuotedFormsOfANameAreTheSame()
    {
        QFETCH(QByteArray, address);
        QFETCH(QByteArray, key);
        QCOMPARE(relay::mailboxKey(address), key);
        QCOMPARE(relay::mailboxKey(key), key);
    }

    void whatIsWatchedIsNeverChangedThroughALink()
    {
        const QTemporaryDir folder;
        const QString mark = folder.filePath(QStringLiteral("accounts-changed"));
        QVERIFY(relay::touchWatchedFile(mark) && relay::touchWatchedFile(mark));
        QFile letter{folder.filePath(QStringLiteral("letter"))};
        QVERIFY(QFile::rename(mark, letter.fileName()) && QFile::link(letter.fileName(), mark));
        QVERIFY(letter.open(QIODevice::WriteOnly) && letter.write("Dear Bob") == 8);
        letter.close();
        QVERIFY(!relay::touchWatchedFile(mark));
        QVERIFY(letter.open(QIODevice::ReadOnly));
        QCOMPARE(letter.readAll(), "Dear Bob");
        // Nor is a file made where a link leads to none.
        QVERIFY(letter.remove() && !relay::touchWatchedFile(mark));
        QVERIFY(!letter.exists());
    }

    void whoAsksDuringALookWaitsForTheNext()
    {
        relay::SharedLook look;
        QByteArray told;
        QVERIFY(look.wish([&told] { told += 'a'; }));
        QVERIFY(!look.wish([&told] { told += 'b'; }));
        QVERIFY(!look.wish([&told] { told += 'c'; }));
        QVERIFY(look.finish());
        QCOMPARE(told, "a");
        QVERIFY(!look.finish());
        QCOMPARE(told, "abc");
        QVERIFY(look.wish([&] {
            told += 'd';
            QVERIFY(look.wish([&told] { told += 'e'; }));
        }));
        QVERIFY(!look.finish());
        QVERIFY(!look.finish());
        QCOMPARE(told, "abcde");
    }
};

QTEST_GUILESS_MAIN(TestUsers)
#include "tst_Users.moc"
