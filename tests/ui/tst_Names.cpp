// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Registration.h"
#include "ui/ComposeWindow.h"
#include "ui/Desktop.h"
#include "ui/FirstStartAssistant.h"
#include "ui/InspectorWindow.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/NewKeysDialog.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayAliasesDialog.h"
#include "ui/RelayFaultDialog.h"
#include "ui/RelayMonitorWindow.h"
#include "ui/RelayUserDialog.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTabWidget>
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
        row("inspectorParts", u"Parts"_s);
        row("inspectorFields", u"Fields"_s);
        row("inspectorAsn1", u"ASN.1 elements"_s);
        row("copyChosen", u"Copy"_s);
        row("saveChosen", u"Save as\u2026"_s);
        row("relayMessages", u"Messages in the relay"_s);
        row("relayMailboxes", u"Mailboxes"_s);
        row("relayFaults", u"Fault rules"_s);
        row("relaySees", u"What the relay sees"_s);
        row("messageTranscript", u"Session in which the message came"_s);
        row("fetchRevocationSwitch", u"Ask the network whether a signer's certificate was revoked"_s);
    }

    void widgetsBearTheirNames()
    {
        QFETCH(QString, objectName);
        QFETCH(QString, accessibleName);
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        ui::Desktop desktop{&workplace};
        const ui::ComposeWindow compose{{}};
        const ui::InspectorWindow inspector{{}, u"alice@example.org"_s, nullptr};
        const QWidget *main = desktop.openWindow(u"alice@example.org"_s);
        QWidget *widget = nullptr;
        for (const QWidget *place : std::initializer_list<const QWidget *>{main, &compose, &inspector, desktop.showMonitor(), desktop.showAssistant(), desktop.windowsOf(u"alice@example.org"_s)->showIdentities()})
            if (!widget)
                widget = place->findChild<QWidget *>(objectName);
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
        for (const QString &window : {u"main"_s, u"compose"_s, u"monitor"_s, u"identities"_s, u"assistant"_s, u"inspector"_s, u"fault"_s, u"mailbox"_s, u"names"_s})
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
        else if (window == "inspector"_L1)
            shown = new ui::InspectorWindow({}, u"alice@example.org"_s, main);
        else if (window == "fault"_L1)
            shown = new ui::RelayFaultDialog({}, {}, main);
        else if (window == "mailbox"_L1)
            shown = new ui::RelayUserDialog({}, {}, {}, main);
        else if (window == "names"_L1)
            shown = new ui::RelayAliasesDialog(&workplace.relay(), {u"bob@example.org"_s, 0, 0, {}}, main);
        // Pages that are not on top, too.
        for (auto *pages : shown->findChildren<QTabWidget *>())
            for (int i = 0; i < pages->count(); ++i) {
                pages->setCurrentIndex(i);
                QVERIFY2(namelessIn(shown).isEmpty(), qPrintable(namelessIn(shown).join(u", "_s)));
            }
        const QStringList nameless = namelessIn(shown);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
        if (shown != main)
            shown->close();
    }

    void everyKindOfKeyIsOfferedWithASentenceOnWhoCanReadIt()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        ui::Desktop desktop{&workplace};
        QWidget *main = new QWidget;
        const std::unique_ptr<QWidget> owner(main);
        QWidget *newKeys = new ui::NewKeysDialog(ui::NewKeysDialog::Authority::Here, {}, main);
        for (const QWidget *place : {static_cast<QWidget *>(desktop.showAssistant()), newKeys}) {
            auto *box = place->findChild<QComboBox *>(u"keyTypeField"_s);
            QStringList offered;
            for (int i = 0; i < box->count(); ++i) {
                box->setCurrentIndex(i);
                offered += box->currentData().toString();
                const QString sentence = place->findChild<QLabel *>(u"keyTypeSentence"_s)->text();
                QVERIFY2(sentence.contains(u"read"_s) && sentence.endsWith(u'.'), qPrintable(box->currentText() + u": "_s + sentence));
                QCOMPARE(box->accessibleDescription(), sentence);
            }
            for (const QString &name : {u"rsa:3072"_s, u"ec:p256"_s, u"ec:p384"_s, u"ec:p521"_s, u"ed25519"_s, u"ml-dsa:44"_s, u"ml-dsa:65"_s, u"ml-dsa:87"_s})
                QVERIFY2(offered.contains(name), qPrintable(name));
        }
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
    static QStringList namelessIn(const QWidget *shown)
    {
        QStringList nameless;
        for (QWidget *widget : shown->findChildren<QWidget *>()) {
            const bool isInner = widget->objectName().startsWith(u"qt_"_s) || qobject_cast<QAbstractScrollArea *>(widget->parentWidget()) != nullptr;
            if (widget->focusPolicy() == Qt::NoFocus || isInner || widget->focusProxy() || !widget->isVisibleTo(shown))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            if (!accessible || accessible->text(QAccessible::Name).isEmpty())
                nameless += u"%1 \"%2\""_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName());
        }
        return nameless;
    }

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
