// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DemonstrationSetup.h"
#include "app/Enrolling.h"
#include "identity/Pkcs12Import.h"
#include "provider/Registration.h"
#include "ui/Desktop.h"
#include "ui/FirstStartAssistant.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/NoticeBar.h"
#include "ui/PageArea.h"
#include "ui/ProfileWindows.h"

#include <QAction>
#include <QApplication>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QtCrypto>
#include <algorithm>

using namespace Qt::StringLiterals;

/// How people begin: the assistant, and the demonstration.
class TestFirstStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyDirectoryOffersAllWaysToBegin()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        ui::Desktop desktop{&workplace};
        desktop.perform({});
        const ui::FirstStartAssistant *assistant = desktop.showAssistant();
        for (const QString &name : {u"chooseDemonstration"_s, u"chooseTeam"_s, u"chooseRequest"_s, u"chooseFile"_s, u"chooseCard"_s})
            QVERIFY2(assistant->findChild<QPushButton *>(name), qPrintable(name));
        QTRY_VERIFY(assistant->isVisible());
        QCOMPARE_GE(assistant->findChild<QLabel *>(u"bird"_s)->height(), 64); // Small as this screen is.
        // The last of the ways lay below the edge, with a hand's breadth of screen free under the window.
        const auto *area = assistant->findChild<ui::PageArea *>();
        QTRY_COMPARE_GE(area->height(), area->sizeHint().height());
    }

    void aPageHigherThanTheScreenScrolls()
    {
        // At 200 % on a common laptop the buttons of the first start lay below the screen.
        auto *page = new QWidget;
        ui::PageArea area{page};
        page->setMinimumHeight(300);
        QCOMPARE(area.minimumSizeHint().height(), 300);
        page->setMinimumHeight(5000);
        QCOMPARE_LT(area.minimumSizeHint().height(), area.screen()->availableGeometry().height());
        QCOMPARE(area.sizeHint().height(), area.minimumSizeHint().height());
        const int alone = area.sizeHint().height();
        area.setRoomBeside(100);
        QCOMPARE(area.sizeHint().height(), alone - 100);
    }

    void anEmptyListSaysItWhereItIsLow()
    {
        // The room above the sentence stayed: in a small window at 200 % the dots of its umlauts were all that could be seen of it.
        QStandardItemModel model(0, 5);
        ui::MessageListView list;
        list.setModel(&model);
        list.setEmptyText(u"Two lines that say what\nwill appear in here"_s);
        list.show();
        const auto rowsOfInk = [&list](int height) {
            list.resize(240, height);
            const QImage picture = list.viewport()->grab().toImage();
            int rows = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    if (picture.pixel(x, y) != picture.pixel(0, 0)) {
                        ++rows;
                        break;
                    }
                }
            }
            return rows;
        };
        QCOMPARE(rowsOfInk(2 * list.fontMetrics().lineSpacing() + 4), rowsOfInk(300));
    }

    void theDemonstrationDoesNotComeAmongPeople()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"carol@example.org"_s, u"Carol"_s));
        const ui::FirstStartAssistant assistant{&workplace.identities(), workplace.io()};
        QVERIFY(assistant.findChild<QPushButton *>(u"chooseTeam"_s));
        QVERIFY(!assistant.findChild<QPushButton *>(u"chooseDemonstration"_s));
    }

    void whereATeamIsThereIsOneWay()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(app::makeAuthority(workplace.data(), u"Team"_s, u"ec:p256"_s, base::Secret{"authority"}));
        ui::Desktop desktop{&workplace};
        const ui::FirstStartAssistant *assistant = desktop.showAssistant();
        QVERIFY(!assistant->findChild<QPushButton *>(u"chooseTeam"_s));
        QTRY_VERIFY(assistant->findChild<QLineEdit *>(u"authorityPassphraseField"_s)->isVisible());
        QVERIFY(!assistant->findChild<QLineEdit *>(u"mailboxPasswordField"_s)->isVisible());
        QCOMPARE(assistant->focusWidget()->objectName(), u"nameField"_s);
        // Somebody who came with a certificate was told of new keys alone.
        assistant->findChild<QPushButton *>(u"ownFileButton"_s)->click();
        QVERIFY(assistant->findChild<QPushButton *>(u"keyFileButton"_s)->isVisible());
        QVERIFY(!assistant->findChild<QLineEdit *>(u"authorityPassphraseField"_s)->isVisible());
        assistant->findChild<QWidget *>(u"fileDialog"_s)->close();
        // And who had a card from elsewhere had no place to give it.
        assistant->findChild<QPushButton *>(u"ownCardButton"_s)->click();
        const auto *card = assistant->findChild<QWidget *>(u"cardText"_s);
        QVERIFY(card->isVisible());
        QTRY_VERIFY(card->y() > 0);
        QCOMPARE_LE(card->y() - assistant->findChild<QPushButton *>(u"openCardButton"_s)->geometry().bottom(), ui::kBetween); // They drifted asunder.
        const QList<QPushButton *> buttons = assistant->findChild<QStackedWidget *>()->currentWidget()->findChildren<QPushButton *>();
        (*std::find_if(buttons.cbegin(), buttons.cend(), [](const QPushButton *button) { return button->text() == "&Back"_L1; }))->click();
        QVERIFY(!card->isVisible() && assistant->findChild<QLineEdit *>(u"authorityPassphraseField"_s)->isVisible());
    }

    void theFirstStartSaysWhatIsMissing()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        ui::Desktop desktop{&workplace};
        const ui::FirstStartAssistant *assistant = desktop.showAssistant();
        assistant->findChild<QPushButton *>(u"chooseTeam"_s)->click();
        const auto type = [assistant](const QString &name, const QString &text) { assistant->findChild<QLineEdit *>(name)->setText(text); };
        const auto *problem = assistant->findChild<QLabel *>(u"assistantProblem"_s);
        type(u"nameField"_s, u"Eve"_s);
        type(u"authorityNameField"_s, u"Team"_s);
        type(u"passphraseField"_s, u"passphrase"_s);
        type(u"passphraseAgainField"_s, u"passphras"_s);
        QVERIFY(!problem->isHidden());
        QCOMPARE(problem->text(), u"The two do not agree yet."_s);
        type(u"passphraseAgainField"_s, u"passphrase"_s);
        QCOMPARE(problem->text(), u"Still missing: Your address."_s);
        type(u"authorityNameField"_s, {});
        QCOMPARE(problem->text(), u"Still missing: Your address, Name of the authority."_s);
        type(u"authorityNameField"_s, u"Team"_s);
        // Said when the field is left, not when another is filled in.
        auto *address = assistant->findChild<QLineEdit *>(u"addressField"_s);
        address->setFocus();
        QTest::keyClicks(address, u"eve"_s);
        QTest::keyClick(address, Qt::Key_Tab);
        QVERIFY2(problem->text().startsWith(u"\"eve\" is no mail address."_s), qPrintable(problem->text()));
        QVERIFY(!assistant->findChild<QPushButton *>(u"createButton"_s)->isEnabled());
        type(u"addressField"_s, u"eve@example.net"_s);
        QVERIFY(problem->isHidden());
        QVERIFY(assistant->findChild<QPushButton *>(u"createButton"_s)->isEnabled());
    }

    void whoHasKeysInAFileBeginsWithThem()
    {
        // Whoever came with a certificate was offered a demonstration, a team, a request and a card, and the file was passed over.
        QTemporaryDir folder;
        const QString path = folder.filePath(u"petra & co.p12"_s);
        writeKeysOf(u"petra@example.net"_s, base::Secret{"of the file"}, path);
        app::Workplace workplace{folder.filePath(u"here"_s)};
        ui::Desktop desktop{&workplace};
        ui::CommandLine line;
        line.files = {path};
        desktop.perform(line);
        const ui::FirstStartAssistant *assistant = desktop.showAssistant();
        QTRY_COMPARE(assistant->findChild<QPushButton *>(u"keyFileButton"_s)->text(), u"petra && co.p12"_s);
        const auto type = [assistant](const QString &name, const QString &text) { assistant->findChild<QLineEdit *>(name)->setText(text); };
        auto *create = assistant->findChild<QPushButton *>(u"createButton"_s);
        QVERIFY(!create->isEnabled());
        type(u"keyFilePassphraseField"_s, u"of another file"_s);
        type(u"passphraseField"_s, u"demonstration"_s);
        type(u"passphraseAgainField"_s, u"demonstration"_s);
        create->click();
        const auto *problem = assistant->findChild<QLabel *>(u"assistantProblem"_s);
        QTRY_VERIFY2(problem->text().startsWith(u"The file's passphrase is wrong."_s), qPrintable(problem->text()));
        QCOMPARE(assistant->focusWidget()->objectName(), u"keyFilePassphraseField"_s);
        QVERIFY(workplace.identities().profiles().isEmpty());
        type(u"keyFilePassphraseField"_s, u"of the file"_s);
        create->click();
        QTRY_VERIFY_WITH_TIMEOUT(desktop.windowsOf(u"petra@example.net"_s), 10'000);
        ui::ProfileWindows *windows = desktop.windowsOf(u"petra@example.net"_s);
        QVERIFY(windows->session()->canSign());
        QCOMPARE(windows->session()->profile().name, u"Petra"_s);
        const QWidget *identities = windows->showIdentities();
        const QString told = identities->findChild<ui::NoticeBar *>()->text();
        QVERIFY2(told.startsWith(u"1 key"_s) && told.contains(u"\"Company\""_s), qPrintable(told));
        // An authority that was removed by mistake was perhaps in no file any more.
        const auto *trusted = identities->findChild<QTreeWidget *>(u"trustAnchors"_s);
        auto *action = identities->findChild<QToolButton *>(u"noticeAction"_s);
        const auto press = [identities](const QString &name) { identities->findChild<QPushButton *>(name)->click(); };
        action->click();
        QCOMPARE(trusted->topLevelItemCount(), 1);
        trusted->topLevelItem(0)->setSelected(true);
        press(u"showTrustButton"_s);
        identities->findChild<QDialog *>(u"certificateDialog"_s)->close();
        press(u"removeTrustButton"_s);
        QCOMPARE(trusted->topLevelItemCount(), 0);
        QCOMPARE(action->text(), u"Undo"_s);
        action->click();
        QCOMPARE(trusted->topLevelItemCount(), 1);
        // Nothing said that the mail of a company does not come by itself.
        const ui::NoticeBar *notice = windows->mainWindow()->notice();
        QVERIFY2(notice->text().contains(u"If your mailbox is elsewhere"_s), qPrintable(notice->text()));
        notice->findChild<QToolButton *>(u"noticeAction"_s)->click();
        QVERIFY(windows->mainWindow()->findChild<QDialog *>(u"accountDialog"_s));
        // What no passphrase mends was said beside the field for one, which asked for it again and again.
        const QString others = folder.filePath(u"carol.p12"_s);
        writeKeysOf(u"carol@example.net"_s, base::Secret{"of the file"}, others);
        windows->importFile(others);
        QTRY_VERIFY(identities->findChild<QDialog *>(u"unlockDialog"_s));
        const QPointer<QDialog> question = identities->findChild<QDialog *>(u"unlockDialog"_s);
        question->findChild<QLineEdit *>(u"passphraseField"_s)->setText(u"of the file"_s);
        QPushButton *open = question->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        QCOMPARE(open->text(), u"Open"_s); // The keys here are not locked.
        open->click();
        QTRY_VERIFY(question.isNull());
        QTRY_VERIFY(identities->findChild<ui::NoticeBar *>()->text().startsWith(u"The certificate is for carol@example.net"_s));
        // A space still meant for the page before trusted that authority.
        QVERIFY(qobject_cast<QTabBar *>(identities->focusWidget()));
    }

    void filesAreOpenedForWhoeverUsedAWindowLast()
    {
        // The file manager has the keyboard then: whoever came first in the alphabet got the keys of the other, and a .p7m was taken for a certificate.
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        for (const QString &name : {u"alice"_s, u"bob"_s, u"carol"_s})
            QVERIFY(workplace.data().createProfile(name + u"@example.org"_s, name));
        ui::Desktop desktop{&workplace};
        for (const QString &name : {u"alice"_s, u"carol"_s, u"bob"_s}) {
            ui::MainWindow *window = desktop.openWindow(name + u"@example.org"_s);
            window->show();
            window->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(window));
        }
        QWidget fileManager;
        fileManager.show();
        fileManager.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&fileManager));
        ui::CommandLine line;
        line.files = {folder.filePath(u"letter.P7M"_s), folder.filePath(u"keys.p12"_s)};
        QFile letter{line.files.constFirst()};
        QVERIFY(letter.open(QIODevice::WriteOnly) && letter.write("From: a@example.org\r\n\r\nText\r\n") > 0);
        letter.close();
        desktop.perform(line);
        const auto titles = [] {
            QStringList all;
            for (const QWidget *widget : QApplication::topLevelWidgets())
                if (widget->isVisible() && (widget->objectName() == "messageFileWindow"_L1 || widget->objectName() == "identitiesWindow"_L1))
                    all += widget->windowTitle();
            all.sort();
            return all;
        };
        QTRY_COMPARE(titles(), (QStringList{u"Identities and certificates - bob@example.org - Waxwing"_s, u"letter.P7M - bob@example.org - Waxwing"_s}));
        // The same for what is dropped on a window.
        QMimeData dragged;
        dragged.setUrls({QUrl(u"https://example.org/x.eml"_s), QUrl::fromLocalFile(line.files.constFirst())});
        ui::MainWindow *other = desktop.windowsOf(u"carol@example.org"_s)->mainWindow();
        const QSignalSpy dropped(other, &ui::MainWindow::filesDropped);
        QDragEnterEvent enter(QPoint(40, 40), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(other, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(40, 40), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(other, &drop);
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped.constFirst().constFirst().toStringList(), QStringList{line.files.constFirst()});
        QTRY_VERIFY(titles().contains(u"letter.P7M - carol@example.org - Waxwing"_s));
        // Mail of another program comes into the archive.
        QFile old{folder.filePath(u"Old.mbox"_s)};
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("From - Thu Nov 26 10:00:00 2026\nMessage-ID: <1@x>\n\nOne\n\nFrom - Thu Nov 26 10:00:00 2026\nMessage-ID: <2@x>\n\nTwo\n") > 0);
        old.close();
        // What is dropped together is told of together.
        desktop.windowsOf(u"carol@example.org"_s)->openFiles({old.fileName(), old.fileName()});
        QTRY_COMPARE(other->notice()->text(), u"2 messages came into the archive. 2 were here before."_s);
        // Where they lie, nobody found.
        other->notice()->findChild<QToolButton *>(u"noticeAction"_s)->click();
        QTRY_COMPARE(other->list()->model()->rowCount(), 2);
        QVERIFY(other->notice()->text().isEmpty());
        desktop.windowsOf(u"carol@example.org"_s)->openFiles({folder.path()});
        QTRY_COMPARE(other->notice()->text(), u"0 messages came into the archive. 2 were here before."_s);
        // A message that was saved once could be opened by the file manager only.
        const ui::MainWindow *window = desktop.windowsOf(u"bob@example.org"_s)->mainWindow();
        window->findChild<QAction *>(u"actionOpen"_s)->trigger();
        QVERIFY(window->findChild<QWidget *>(u"fileDialog"_s));
    }

    void aSecondStartWaitsForTheDemonstration()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        ui::Desktop desktop{&workplace};
        QSignalSpy performed(&desktop, &ui::Desktop::performed);
        QSignalSpy problems(&desktop, &ui::Desktop::problemArose);
        ui::CommandLine line;
        line.isDemonstration = true;
        for (int start = 0; start < 3; ++start)
            desktop.perform(line);
        QTRY_COMPARE_WITH_TIMEOUT(performed.size(), 3, 30'000);
        QVERIFY(problems.isEmpty());
        for (const QString &address : {u"alice@example.org"_s, u"bob@example.org"_s}) {
            QTRY_VERIFY_WITH_TIMEOUT(desktop.windowsOf(address)->session()->isUnlocked(), 10'000);
            // Nobody is asked for a passphrase that is no secret.
            QVERIFY(!desktop.windowsOf(address)->mainWindow()->findChild<QWidget *>(u"unlockDialog"_s));
        }
    }

    void theDemonstrationUnderAnotherPassphraseAsksForIt()
    {
        // Whoever had changed it read at the next start that "the passphrase" was wrong, with nothing typed and nothing to type it into.
        QTemporaryDir folder;
        QVERIFY(app::setUpDemonstration(folder.path(), base::Secret{"another one"}));
        app::Workplace workplace{folder.path()};
        ui::Desktop desktop{&workplace};
        const QSignalSpy problems(&desktop, &ui::Desktop::problemArose);
        ui::CommandLine line;
        line.profiles = {u"bob@example.org"_s};
        desktop.perform(line);
        const ui::MainWindow *window = desktop.windowsOf(u"bob@example.org"_s)->mainWindow();
        QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QWidget *>(u"unlockDialog"_s), 10'000);
        QVERIFY(problems.isEmpty());
        QCOMPARE(window->findChild<ui::NoticeBar *>()->text(), QString());
    }

private:
    /// A file as an employer hands it out; the authority "Company" comes along.
    static void writeKeysOf(const QString &address, const base::Secret &passphrase, const QString &path)
    {
        QTemporaryDir folder;
        const identity::DataDirectory data{folder.path()};
        app::NewIdentity wanted;
        wanted.address = address;
        wanted.name = u"Petra"_s;
        wanted.keyType = u"ec:p256"_s;
        wanted.passphrase = identity::wellKnownPassphrase();
        QVERIFY(app::makeAuthority(data, u"Company"_s, wanted.keyType, wanted.passphrase));
        const auto made = app::makeIdentity(data, wanted);
        QVERIFY(made);
        base::Result<identity::Keystore> store = identity::Keystore::open(made->profile.folder);
        QVERIFY(store && store->unlock(wanted.passphrase));
        const auto content = identity::writeIdentity(*store->keys(), passphrase, QDateTime::currentDateTimeUtc());
        QFile file{path};
        QVERIFY(content && file.open(QIODevice::WriteOnly) && file.write(*content) == content->size());
    }
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestFirstStart test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_FirstStart.moc"
