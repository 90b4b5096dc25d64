// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Desktop.h"
#include "ui/MainWindow.h"
#include "ui/SingleInstance.h"

#include <QAction>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoProfilesGiveTwoWindows()
    {
        ui::Desktop desktop;
        ui::CommandLine line;
        line.profiles = {u"alice@example.org"_s, u"bob@example.org"_s};
        desktop.perform(line);
        QCOMPARE(desktop.windows().size(), 2);
        QCOMPARE(desktop.windows()[0]->windowTitle(), u"Inbox - alice@example.org - Waxwing"_s);
        QVERIFY(desktop.windows()[1]->isVisible());
        desktop.perform(line);
        QCOMPARE(desktop.windows().size(), 2);
    }

    void trayAndWindowMenuOfferTheSame()
    {
        ui::Desktop desktop;
        const auto namesOf = [](const QMenu *menu) {
            QStringList names;
            for (const QAction *action : menu->actions())
                names += action->objectName();
            return names;
        };
        const QStringList inTray = namesOf(desktop.trayMenu());
        QVERIFY(inTray.contains(u"actionOpenProfile"_s));
        QVERIFY(inTray.contains(u"actionQuit"_s));
        QCOMPARE(namesOf(desktop.openWindow(u"alice@example.org"_s)->windowMenu()), inTray);
    }

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
};

QTEST_MAIN(TestDesktop)
#include "tst_Desktop.moc"
