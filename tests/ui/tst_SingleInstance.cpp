// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/SingleInstance.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondStartHandsItsWordsToTheFirst()
    {
        QTemporaryDir folder;
        ui::SingleInstance first{folder.path()};
        QSignalSpy claimed(&first, &ui::SingleInstance::claimed);
        QSignalSpy received(&first, &ui::SingleInstance::wordsReceived);
        first.claim({});
        QVERIFY(claimed.wait());
        ui::SingleInstance second{folder.path()};
        QSignalSpy handedOver(&second, &ui::SingleInstance::handedOver);
        second.claim({u"--profile"_s, u"bob@example.org"_s});
        QVERIFY(handedOver.wait());
        QCOMPARE(received.first().first().toStringList(), (QStringList{u"--profile"_s, u"bob@example.org"_s}));
    }

    void directoryOfAKilledProcessCanBeTaken()
    {
        QTemporaryDir folder;
        QFile left(folder.filePath(u"windows.socket"_s));
        QVERIFY(left.open(QIODevice::WriteOnly));
        ui::SingleInstance next{folder.path()};
        QSignalSpy claimed(&next, &ui::SingleInstance::claimed);
        next.claim({});
        QVERIFY(claimed.wait());
    }

    void theSocketLiesInTheDirectoryHoweverLongItsPath()
    {
        // With more than 100 octets it lay in the common temporary folder, where another account could take its name first.
        QTemporaryDir folder;
        const QString longPath = folder.filePath(QString(200, u'x'));
        QVERIFY(QDir{}.mkpath(longPath));
        ui::SingleInstance first{longPath};
        QSignalSpy claimed(&first, &ui::SingleInstance::claimed);
        first.claim({});
        QVERIFY(claimed.wait());
        QVERIFY(QDir{longPath}.entryList(QDir::System).contains(u"windows.socket"_s));
        ui::SingleInstance second{longPath};
        QSignalSpy handedOver(&second, &ui::SingleInstance::handedOver);
        second.claim({});
        QVERIFY(handedOver.wait());
    }

    void aFirstProgramThatHangsIsNamedInTime()
    {
        // It takes the connection, as the system does for it, and nothing more. Every later start waited for its answer without a word.
        QTemporaryDir folder;
        QLockFile held{folder.filePath(u"windows.lock"_s)};
        QVERIFY(held.tryLock());
        QLocalServer hung;
        QVERIFY(hung.listen(folder.filePath(u"windows.socket"_s)));
        ui::SingleInstance later{folder.path(), 20ms};
        QSignalSpy failed(&later, &ui::SingleInstance::failed);
        later.claim({u"--profile"_s, u"bob@example.org"_s});
        QVERIFY(failed.wait());
        QVERIFY(failed.first().first().toString().contains(u"does not answer"_s));
    }

    void aDirectoryThatCannotBeWrittenIsNotCalledOpenElsewhere()
    {
        QTemporaryDir folder;
        ui::SingleInstance only{folder.filePath(u"missing"_s)};
        QSignalSpy failed(&only, &ui::SingleInstance::failed);
        only.claim({});
        QCOMPARE(failed.size(), 1);
        QVERIFY(!failed.first().first().toString().contains(u"Another Waxwing"_s));
    }
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_SingleInstance.moc"
