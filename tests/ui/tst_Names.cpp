// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Registration.h"
#include "ui/ComposeWindow.h"
#include "ui/Desktop.h"
#include "ui/FirstStartAssistant.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayMonitorWindow.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QtCrypto>

using namespace Qt::StringLiterals;

/// The names of CONTRACT.md, by which tests and screen readers find things, and what the keyboard reaches.
class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void widgetsBearTheirNames_data()
    {
        QTest::addColumn<QString>("objectName");
        QTest::addColumn<QString>("accessibleName");
        const auto row = [](const char *objectName, const QString &name) { QTest::newRow(objectName) << QString::fromLatin1(objectName) << name; };
        row("folderView", u"Folders"_s);
        row("messageView", u"Messages"_s);
        row("messageText", u"Message text"_s);
        row("verdictBanner", u"Security verdict"_s);
        row("verdictWhy", u"Why?"_s);
        row("verdictDetails", u"Security details"_s);
        row("searchField", u"Search"_s);
        row("toField", u"To"_s);
        row("ccField", u"Cc"_s);
        row("bccField", u"Bcc"_s);
        row("subjectField", u"Subject"_s);
        row("bodyEdit", u"Message body"_s);
        row("signSwitch", u"Sign"_s);
        row("encryptSwitch", u"Encrypt"_s);
        row("sendButton", u"Send"_s);
        row("serverSightSwitch", u"What the server saw"_s);
    }

    void widgetsBearTheirNames()
    {
        QFETCH(QString, objectName);
        QFETCH(QString, accessibleName);
        ui::MainWindow window{u"alice@example.org"_s};
        ui::ComposeWindow compose{{}};
        QWidget *widget = window.findChild<QWidget *>(objectName);
        if (!widget)
            widget = compose.findChild<QWidget *>(objectName);
        QVERIFY(widget);
        QCOMPARE(QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name), accessibleName);
    }

    void actionsBearTheirNamesAndShortcuts_data()
    {
        QTest::addColumn<QString>("objectName");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QKeySequence>("shortcut");
        QTest::newRow("new") << u"actionNew"_s << u"New message"_s << QKeySequence(u"Ctrl+N"_s);
        QTest::newRow("get") << u"actionGetMail"_s << u"Get mail"_s << QKeySequence(u"F5"_s);
        QTest::newRow("archive") << u"actionArchive"_s << u"Archive"_s << QKeySequence(u"A"_s);
        QTest::newRow("reply") << u"actionReply"_s << u"Reply"_s << QKeySequence(u"Ctrl+R"_s);
        QTest::newRow("search") << u"actionSearch"_s << u"Search"_s << QKeySequence(u"Ctrl+K"_s);
        QTest::newRow("send") << u"actionSend"_s << u"Send"_s << QKeySequence(u"Ctrl+Return"_s);
        QTest::newRow("start relay") << u"actionStartRelay"_s << u"Start relay"_s << QKeySequence();
        QTest::newRow("stop relay") << u"actionStopRelay"_s << u"Stop relay"_s << QKeySequence();
        QTest::newRow("open as") << u"actionOpenProfile"_s << u"Open window as"_s << QKeySequence();
        QTest::newRow("monitor") << u"actionRelayMonitor"_s << u"Relay monitor"_s << QKeySequence();
        QTest::newRow("quit") << u"actionQuit"_s << u"Quit"_s << QKeySequence(u"Ctrl+Q"_s);
    }

    void actionsBearTheirNamesAndShortcuts()
    {
        QFETCH(QString, objectName);
        QFETCH(QString, text);
        QFETCH(QKeySequence, shortcut);
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        ui::Desktop desktop{&workplace};
        const ui::ComposeWindow compose{{}};
        const QAction *action = desktop.openWindow(u"alice@example.org"_s)->findChild<QAction *>(objectName);
        if (!action)
            action = compose.findChild<QAction *>(objectName);
        QVERIFY(action);
        QCOMPARE(QString(action->text()).remove(u'&'), text);
        QCOMPARE(action->shortcut(), shortcut);
    }

    void everyMenuEntryHasAMnemonicOfItsOwn()
    {
        const ui::MainWindow window{u"alice@example.org"_s};
        QList<const QMenu *> menus;
        QStringList top;
        for (const QAction *action : window.menuBar()->actions()) {
            top += mnemonic(action);
            menus += action->menu();
        }
        QCOMPARE(QSet<QString>(top.begin(), top.end()).size(), top.size());
        for (const QMenu *menu : menus) {
            QStringList used;
            for (const QAction *action : menu->actions()) {
                if (!action->isSeparator())
                    used += mnemonic(action);
            }
            QVERIFY2(!used.contains(QString()), qPrintable(menu->title()));
            QVERIFY2(QSet<QString>(used.begin(), used.end()).size() == used.size(), qPrintable(menu->title() + u": "_s + used.join(u' ')));
        }
    }

    void everythingThatTakesTheFocusHasAName_data()
    {
        QTest::addColumn<QString>("window");
        for (const QString &window : {u"main"_s, u"compose"_s, u"monitor"_s, u"identities"_s, u"assistant"_s})
            QTest::newRow(qPrintable(window)) << window;
    }

    void everythingThatTakesTheFocusHasAName()
    {
        QFETCH(QString, window);
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        ui::Desktop desktop{&workplace};
        ui::MainWindow *main = desktop.openWindow(u"alice@example.org"_s);
        ui::ProfileWindows *profile = desktop.windowsOf(u"alice@example.org"_s);
        QWidget *shown = main;
        if (window == "compose"_L1)
            shown = profile->compose(profile->newDraft());
        else if (window == "monitor"_L1)
            shown = desktop.showMonitor();
        else if (window == "assistant"_L1)
            shown = desktop.showAssistant();
        else if (window == "identities"_L1)
            shown = profile->showIdentities();
        QStringList nameless;
        for (QWidget *widget : shown->findChildren<QWidget *>()) {
            const bool isInner = widget->objectName().startsWith(u"qt_"_s) || qobject_cast<QAbstractScrollArea *>(widget->parentWidget()) != nullptr;
            if (widget->focusPolicy() == Qt::NoFocus || isInner || widget->focusProxy() || !widget->isVisibleTo(shown))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            if (!accessible || accessible->text(QAccessible::Name).isEmpty())
                nameless += u"%1 \"%2\""_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName());
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
        if (shown != main)
            shown->close();
    }

    void tabGoesThroughTheComposeWindowInItsOrder()
    {
        ui::ComposeWindow compose{{}};
        compose.show();
        compose.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&compose));
        auto *first = compose.findChild<QWidget *>(u"toField"_s);
        first->setFocus();
        QStringList order;
        for (int i = 0; i < 7; ++i) {
            order += QApplication::focusWidget()->objectName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        order += QApplication::focusWidget()->objectName();
        QCOMPARE(order, (QStringList{u"toField"_s, u"ccField"_s, u"bccField"_s, u"subjectField"_s, u"bodyEdit"_s, u"signSwitch"_s, u"encryptSwitch"_s, u"serverSightSwitch"_s}));
    }

    void switchesAreOnAtFirstAndTurnByKeyboard()
    {
        ui::ComposeWindow compose{{}};
        for (const QString &name : {u"signSwitch"_s, u"encryptSwitch"_s}) {
            auto *toggle = compose.findChild<QAbstractButton *>(name);
            QVERIFY(toggle->isChecked());
            QTest::keyClick(toggle, Qt::Key_Space);
            QVERIFY(!toggle->isChecked());
        }
    }

private:
    static QString mnemonic(const QAction *action)
    {
        const qsizetype at = action->text().indexOf(u'&');
        return at < 0 ? QString() : QString(action->text().at(at + 1).toLower());
    }
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestNames test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_Names.moc"
