// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Translations.h"
#include "provider/Registration.h"
#include "ui/AccountDialog.h"
#include "ui/CertificateDialog.h"
#include "ui/ComposeWindow.h"
#include "ui/Desktop.h"
#include "ui/ElidedLabel.h"
#include "ui/FirstStartAssistant.h"
#include "ui/InspectorWindow.h"
#include "ui/JoinCardWindow.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/NewKeysDialog.h"
#include "ui/PassphraseDialog.h"
#include "ui/ProblemLabel.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayAliasesDialog.h"
#include "ui/RelayClassDialog.h"
#include "ui/RelayFaultDialog.h"
#include "ui/RelayMonitorWindow.h"
#include "ui/RelayUserDialog.h"
#include "ui/SourceWindow.h"
#include "ui/UnlockDialog.h"
#include "ui/WindowRole.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QVBoxLayout>
#include <QtCrypto>
#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace {

const QStringList kWindows{u"main"_s, u"compose"_s, u"monitor"_s, u"identities"_s, u"assistant"_s, u"inspector"_s, u"fault"_s, u"mailbox"_s, u"class"_s, u"names"_s,
                           u"join card"_s, u"unlock"_s, u"passphrase"_s, u"keys"_s, u"certificate"_s, u"source"_s, u"account"_s};

/// Alice's windows, and every other kind there is.
class Windows
{
public:
    Windows() : m_workplace(m_folder.path()), m_desktop(&m_workplace)
    {
        if (!m_workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s))
            qFatal("no profile was made");
    }

    QWidget *show(const QString &name)
    {
        ui::MainWindow *main = m_desktop.openWindow(u"alice@example.org"_s);
        ui::ProfileWindows *profile = m_desktop.windowsOf(u"alice@example.org"_s);
        const QHash<QString, std::function<QWidget *()>> makers{
            {u"main"_s, [=] { return main; }},
            {u"compose"_s, [=] { return profile->compose(profile->newDraft()); }},
            {u"monitor"_s, [=, this] { return m_desktop.showMonitor(); }},
            {u"identities"_s, [=] { return profile->showIdentities(); }},
            {u"assistant"_s, [=, this] { return m_desktop.showAssistant(); }},
            {u"inspector"_s, [=] { return new ui::InspectorWindow({}, u"alice@example.org"_s, main); }},
            {u"fault"_s, [=] { return new ui::RelayFaultDialog({}, {}, main); }},
            {u"mailbox"_s, [=] { return new ui::RelayUserDialog({}, {}, {}, main); }},
            {u"class"_s, [=] { return new ui::RelayClassDialog({}, {}, main); }},
            {u"names"_s, [=, this] { return new ui::RelayAliasesDialog(&m_workplace.relay(), {u"bob@example.org"_s, 0, 0, {}}, main); }},
            {u"join card"_s, [=, this] { return m_desktop.showJoinCard(); }},
            {u"unlock"_s, [=] { return new ui::UnlockDialog(u"Unlock"_s, u"Unlock"_s, {}, main); }},
            {u"passphrase"_s, [=] { return new ui::PassphraseDialog(u"Change"_s, u"Change"_s, ui::PassphraseDialog::Ask::OldAndNew, {}, main); }},
            {u"keys"_s, [=] { return new ui::NewKeysDialog(ui::NewKeysDialog::Authority::Here, {}, main); }},
            {u"certificate"_s, [=, this] { return new ui::CertificateDialog({certificate(), app::CertificateState::Good}, main); }},
            {u"account"_s, [=] { return new ui::AccountDialog(app::AccountSettings::defaults(u"alice@example.org"_s), u"alice@example.org"_s, {}, main); }},
            {u"source"_s, [=] { return new ui::SourceWindow({}, {}, u"alice@example.org"_s, {}, main); }},
        };
        return makers[name]();
    }

private:
    [[nodiscard]] QByteArray certificate() const
    {
        const auto authority = app::makeAuthority(m_workplace.data(), u"Team"_s, u"ec:p256"_s, base::Secret{"authority"});
        return authority ? authority->certificate() : QByteArray();
    }

    QTemporaryDir m_folder;
    app::Workplace m_workplace;
    ui::Desktop m_desktop;
};

} // namespace

/// The names of CONTRACT.md, by which tests and screen readers find things, and what the keyboard reaches.
class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { qDeleteAll(QCoreApplication::instance()->findChildren<QTranslator *>()); }

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
        row("findField", u"Find in message"_s);
        row("toField", u"To"_s);
        row("ccField", u"Cc"_s);
        row("bccField", u"Bcc"_s);
        row("subjectField", u"Subject"_s);
        row("bodyEdit", u"Message body"_s);
        row("signSwitch", u"Sign"_s);
        row("encryptSwitch", u"Encrypt"_s);
        row("sendButton", u"Send"_s);
        row("serverSightSwitch", u"What the server sees"_s);
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
        QTest::newRow("find") << u"actionFind"_s << u"Find in message"_s << QKeySequence(u"Ctrl+F"_s);
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
        if (objectName == "actionSend"_L1)
            QCOMPARE(action->toolTip(), u"Send (Ctrl+Return)"_s);
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

    void everyWindowIsClosedAndTheProgramEndedByTheSameKeys()
    {
        Windows windows;
        for (const QString &name : kWindows) {
            const QWidget *window = windows.show(name);
            const auto has = [actions = window->findChildren<QAction *>()](const QKeySequence &key) {
                return std::count_if(actions.begin(), actions.end(), [&key](const QAction *one) { return one->shortcuts().contains(key); }) == 1;
            };
            QVERIFY2(qobject_cast<const QDialog *>(window) || (has(Qt::CTRL | Qt::Key_W) && has(Qt::CTRL | Qt::Key_Q)), qPrintable(name));
        }
    }

    void everyMnemonicLeadsToOnePlace_data()
    {
        QTest::addColumn<QLocale::Language>("language");
        QTest::addColumn<QString>("window");
        for (const QLocale::Language language : {QLocale::English, QLocale::German})
            for (const QString &window : kWindows)
                QTest::newRow(qPrintable(QLocale::languageToString(language) + u' ' + window)) << language << window;
    }

    /// Alt and a letter that two things claim only moves the focus to and fro between them.
    void everyMnemonicLeadsToOnePlace()
    {
        QFETCH(QLocale::Language, language);
        QFETCH(QString, window);
        app::installTranslations(QLocale(language));
        Windows windows;
        QWidget *shown = windows.show(window);
        forEachPage(pagesOf(shown), [shown] {
            QStringList texts;
            for (const QWidget *widget : shown->findChildren<QWidget *>())
                texts += isOnTop(widget, shown) ? labelledTexts(widget) : QStringList();
            const QStringList doubled = doubledMnemonicsOf(texts);
            QVERIFY2(doubled.isEmpty(), qPrintable(doubled.join(u"; "_s)));
        });
        for (const QMenu *menu : shown->findChildren<QMenu *>()) {
            QStringList texts;
            for (const QAction *action : menu->actions())
                texts += action->text();
            const QStringList doubled = doubledMnemonicsOf(texts);
            QVERIFY2(doubled.isEmpty(), qPrintable(doubled.join(u"; "_s)));
        }
    }

    void nothingIsCutOff_data() { everyMnemonicLeadsToOnePlace_data(); }

    /// German is a third longer. At the size at which a window opens every word has its room.
    void nothingIsCutOff()
    {
        QFETCH(QLocale::Language, language);
        QFETCH(QString, window);
        app::installTranslations(QLocale(language));
        Windows windows;
        QWidget *shown = windows.show(window);
        shown->show();
        QVERIFY(QTest::qWaitForWindowExposed(shown));
        forEachPage(pagesOf(shown), [shown] { QTRY_VERIFY2(cutOffIn(shown).isEmpty(), qPrintable(cutOffIn(shown).join(u"; "_s))); });
    }

    void everythingThatTakesTheFocusHasAName_data()
    {
        QTest::addColumn<QString>("window");
        for (const QString &window : kWindows)
            QTest::newRow(qPrintable(window)) << window;
    }

    void everythingThatTakesTheFocusHasAName()
    {
        QFETCH(QString, window);
        Windows windows;
        QWidget *shown = windows.show(window);
        forEachPage(pagesOf(shown), [shown] {
            const QStringList nameless = namelessIn(shown);
            QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
        });
    }

    void everyWindowIsAnnouncedAsOne_data() { everythingThatTakesTheFocusHasAName_data(); }

    void everyWindowIsAnnouncedAsOne()
    {
        QFETCH(QString, window);
        ui::announceWindows();
        Windows windows;
        const QAccessible::Role role = QAccessible::queryAccessibleInterface(windows.show(window))->role();
        QVERIFY2(role == QAccessible::Window || role == QAccessible::Dialog, qPrintable(QString::number(int(role))));
    }

    void newKeysAreMadeOnlyWithThePassphraseThatTheyNeed()
    {
        // The window answered with a sentence about passphrase files, which are of the command line.
        ui::NewKeysDialog dialog{ui::NewKeysDialog::Authority::Here, {}, nullptr};
        const QPushButton *make = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        QVERIFY(!make->isEnabled());
        dialog.findChild<QLineEdit *>(u"authorityPassphraseField"_s)->setText(u"authority"_s);
        QVERIFY(make->isEnabled());
        ui::NewKeysDialog elsewhere{ui::NewKeysDialog::Authority::Elsewhere, {}, nullptr};
        QVERIFY(elsewhere.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled());
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

    void theEditMenuWorksInEveryField_data()
    {
        QTest::addColumn<QString>("objectName");
        QTest::newRow("a line") << u"subjectField"_s;
        QTest::newRow("the body") << u"bodyEdit"_s;
    }

    void theEditMenuWorksInEveryField()
    {
        QFETCH(QString, objectName);
        ui::ComposeWindow compose{{}};
        auto *field = compose.findChild<QWidget *>(objectName);
        const auto text = [field] {
            const auto *line = qobject_cast<const QLineEdit *>(field);
            return line ? line->text() : qobject_cast<const QPlainTextEdit *>(field)->toPlainText();
        };
        const auto choose = [&compose](const QString &words) {
            for (QAction *action : compose.findChildren<QAction *>())
                if (QString(action->text()).remove(u'&') == words)
                    action->trigger();
        };
        compose.show();
        compose.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&compose));
        field->setFocus();
        QTest::keyClicks(field, u"words"_s);
        choose(u"Select all"_s);
        choose(u"Cut"_s);
        QCOMPARE(text(), QString());
        choose(u"Undo"_s);
        QCOMPARE(text(), u"words"_s);
        choose(u"Select all"_s);
        choose(u"Cut"_s);
        QCOMPARE(text(), QString());
        choose(u"Paste"_s);
        QCOMPARE(text(), u"words"_s);
    }

    void escapeLeavesTheSearch()
    {
        ui::MainWindow window{u"alice@example.org"_s};
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto *field = window.findChild<QLineEdit *>(u"searchField"_s);
        field->setFocus();
        QTest::keyClicks(field, u"needle"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(field->text().isEmpty());
        QVERIFY(window.list()->hasFocus());
    }

    void nothingIsRevokedUnderTheWordUnlock()
    {
        ui::UnlockDialog dialog{u"Revoke a certificate"_s, u"This cannot be undone."_s, {}, nullptr};
        dialog.setButtonText(u"Revoke"_s);
        const QList<QPushButton *> buttons = dialog.findChildren<QPushButton *>();
        QVERIFY(std::any_of(buttons.cbegin(), buttons.cend(), [](const QPushButton *button) { return button->text() == "Revoke"_L1; }));
        QVERIFY(std::none_of(buttons.cbegin(), buttons.cend(), [](const QPushButton *button) { return button->text() == "Unlock"_L1; }));
    }

    void aDialogGrowsWithTheSentenceAboutAProblem()
    {
        QDialog dialog;
        auto *column = new QVBoxLayout(&dialog);
        auto *text = new QLabel(u"Give the passphrase of bob@example.org, so that mail can be opened and signed."_s, &dialog);
        text->setWordWrap(true);
        auto *problem = new ui::ProblemLabel(u"problem"_s, &dialog);
        column->addWidget(text);
        column->addWidget(problem);
        dialog.resize(200, column->totalHeightForWidth(200));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        problem->say(u"The passphrase is wrong. Nothing was unlocked; try it again."_s);
        QTRY_VERIFY(text->height() >= text->heightForWidth(text->width()));
        QVERIFY(problem->height() >= problem->heightForWidth(problem->width()));
    }

    void manyRecipientsLeaveRoomForTheLetter()
    {
        app::Draft draft;
        for (int i = 0; i < 60; ++i)
            draft.to += mime::Address{{}, u"someone%1@example.org"_s.arg(i)};
        ui::ComposeWindow compose{draft};
        compose.show();
        QVERIFY(QTest::qWaitForWindowExposed(&compose));
        QTRY_VERIFY(compose.findChild<QWidget *>(u"bodyEdit"_s)->height() > 100);
    }

    /// Its field of recipients loses the focus while the window goes, and says so to nobody.
    void composeWindowMayBeDeletedWithTheFocusInIt()
    {
        auto *compose = new ui::ComposeWindow{{}};
        compose->show();
        compose->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(compose));
        auto *to = compose->findChild<QLineEdit *>(u"toField"_s);
        to->setFocus();
        QTest::keyClicks(to, u"bob@example.org"_s);
        QSignalSpy changed(compose, &ui::ComposeWindow::recipientsChanged);
        delete compose;
        QCOMPARE(changed.size(), 0);
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
    /// One of everything that may hold pages: a tab widget or a stack, by the number of its pages and how to turn them.
    struct Pages {
        int count;
        std::function<void(int)> turnTo;
    };
    static QList<Pages> pagesOf(const QWidget *shown)
    {
        QList<Pages> all;
        for (auto *tabs : shown->findChildren<QTabWidget *>())
            all += {tabs->count(), [tabs](int index) { tabs->setCurrentIndex(index); }};
        for (auto *stack : shown->findChildren<QStackedWidget *>())
            if (!qobject_cast<QTabWidget *>(stack->parentWidget()))
                all += {stack->count(), [stack](int index) { stack->setCurrentIndex(index); }};
        return all;
    }
    /// Every page of each beside every page of the others.
    static void forEachPage(const QList<Pages> &pages, const std::function<void()> &look)
    {
        if (pages.isEmpty())
            return look();
        for (int i = 0; i < qMax(1, pages.constFirst().count); ++i) { // Without pages, too, the rest is looked at.
            pages.constFirst().turnTo(i);
            forEachPage(pages.mid(1), look);
        }
    }

    /// On a page that is on top; whether it is hidden there just now does not matter.
    static bool isOnTop(const QWidget *widget, const QWidget *window)
    {
        for (; widget && widget != window; widget = widget->parentWidget()) {
            const auto *stack = qobject_cast<QStackedWidget *>(widget->parentWidget());
            if ((stack && stack->currentWidget() != widget) || widget->isWindow())
                return false;
        }
        return widget == window;
    }
    static QStringList labelledTexts(const QWidget *widget)
    {
        QStringList texts;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts += button->text();
        if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->buddy())
            texts += label->text();
        if (const auto *box = qobject_cast<const QGroupBox *>(widget))
            texts += box->title();
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget))
            for (int i = 0; i < tabs->count(); ++i)
                texts += tabs->tabText(i);
        if (const auto *menus = qobject_cast<const QMenuBar *>(widget))
            for (const QAction *action : menus->actions())
                texts += action->text();
        return texts;
    }
    static QStringList cutOffIn(const QWidget *shown)
    {
        QStringList cutOff;
        for (const QWidget *widget : shown->findChildren<QWidget *>()) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool isText = (label && !label->text().isEmpty() && !dynamic_cast<const ui::ElidedLabel *>(label)) || (button && !button->text().isEmpty());
            if (!isText || !widget->isVisible() || !isOnTop(widget, shown))
                continue;
            const bool isWrapped = label && label->wordWrap();
            const QSize wanted = isWrapped ? QSize(0, label->heightForWidth(label->width())) : widget->minimumSizeHint();
            if (widget->width() < wanted.width() || widget->height() < wanted.height())
                cutOff += u"\"%1\" has %2 x %3, wants %4 x %5"_s.arg(label ? label->text() : button->text()).arg(widget->width()).arg(widget->height()).arg(wanted.width()).arg(wanted.height());
        }
        return cutOff;
    }

    static QStringList doubledMnemonicsOf(const QStringList &texts)
    {
        QMap<QString, QStringList> textsByMnemonic;
        for (const QString &text : texts)
            if (const QString mnemonic = QKeySequence::mnemonic(text).toString(); !mnemonic.isEmpty())
                textsByMnemonic[mnemonic] += text;
        QStringList doubled;
        for (auto it = textsByMnemonic.cbegin(); it != textsByMnemonic.cend(); ++it)
            if (it->size() > 1)
                doubled += it.key() + u": "_s + it->join(u" / "_s);
        return doubled;
    }

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
