// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MessageListModel.h"
#include "ui/ComposeWindow.h"
#include "ui/MainWindow.h"
#include "ui/MessageBrowser.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/NoticeBar.h"
#include "ui/ProblemLabel.h"
#include "ui/RecipientField.h"
#include "ui/Theme.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCompleter>
#include <QFocusEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

QStringList spoken;

void hear(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Announcement)
        spoken += static_cast<QAccessibleAnnouncementEvent *>(event)->message();
}

} // namespace

/// Contrast by WCAG 2, section 1.4.3.
double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

/// What the keyboard alone reaches, and in which order, what a screen reader says unasked, and what weak eyes can read.
class TestKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRecipientChosenFromTheListStandsOnce()
    {
        // Pointed at, the address stood in the field already; chosen, it came once more.
        ui::RecipientField field(u"toField"_s, u"To"_s);
        field.setCompletions([](const QString &) { return QStringList{u"alice@example.org"_s}; });
        field.show();
        field.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&field));
        field.setFocus();
        QTest::keyClicks(&field, u"bob@example.org, al"_s);
        QAbstractItemView *list = field.completer()->popup();
        QTRY_VERIFY(list->isVisible());
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(field.text(), u"bob@example.org, alice@example.org, "_s);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(field.text(), u"bob@example.org, alice@example.org, "_s);
    }

    void tabGoesFromTheLetterThroughItsFilesAndTheWaysOut()
    {
        // Made later than the rest, they came behind everything else.
        app::Draft draft;
        draft.to = {{{}, u"bob@example.org"_s}};
        draft.attachments = {{u"menu.pdf"_s, "application/pdf", "menu"}};
        ui::ComposeWindow compose{draft};
        compose.setSigningKey(app::SigningKey::Locked);
        compose.show();
        compose.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&compose));
        compose.findChild<QWidget *>(u"bodyEdit"_s)->setFocus();
        QStringList order;
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            const auto *button = qobject_cast<const QToolButton *>(QApplication::focusWidget());
            order += button ? button->text() : QApplication::focusWidget()->objectName();
        }
        QCOMPARE(order.takeFirst().left(8), u"menu.pdf"_s);
        QCOMPARE(order, (QStringList{u"Unlock the keys\u2026"_s, u"Do not sign"_s, u"signSwitch"_s}));
    }

    void tabGoesDownTheWindow()
    {
        // From the search it went to the line at the bottom, and to the notice only after the letter.
        const ui::MainWindow window{u"alice@example.org"_s};
        const QStringList stops{u"searchField"_s, u"noticeAction"_s, u"folderView"_s, u"messageView"_s, u"messageText"_s, u"keysState"_s};
        const auto *first = window.findChild<const QWidget *>(stops.constFirst());
        QVERIFY(first);
        QStringList order{first->objectName()};
        for (const QWidget *at = first->nextInFocusChain(); at != first; at = at->nextInFocusChain()) {
            if (stops.contains(at->objectName()))
                order += at->objectName();
        }
        QCOMPARE(order, stops);
    }

    void searchIsInAllFoldersUntilOneIsChosen()
    {
        ui::MainWindow window{u"alice@example.org"_s};
        auto *field = window.findChild<QLineEdit *>(u"searchField"_s);
        const auto *all = window.findChild<QToolButton *>(u"searchAllFolders"_s);
        auto *one = window.findChild<QToolButton *>(u"searchThisFolder"_s);
        QSignalSpy searched(&window, &ui::MainWindow::searchChanged);
        const auto scope = [&searched] { return searched.constLast().at(1).value<store::SearchScope>(); };
        QVERIFY(!all->isVisibleTo(&window));
        field->setText(u"needle"_s);
        QVERIFY(all->isVisibleTo(&window) && all->isChecked());
        QCOMPARE(scope(), store::SearchScope::AllButTrash);
        QVERIFY(window.windowTitle().startsWith(u"Search - "_s));
        const auto *limits = window.findChild<QLabel *>(u"searchLimits"_s);
        QVERIFY(!limits->isVisibleTo(&window)); // Nothing is found, and the list says so.
        window.setSearchBehind(true);
        QVERIFY(limits->isVisibleTo(&window));
        QCOMPARE(limits->text(), u"The text of older messages is still being read: more may be found."_s);
        one->click();
        QCOMPARE(scope(), store::SearchScope::Folder);
        QVERIFY(window.windowTitle().startsWith(u"Inbox - "_s));
        window.showFolder(store::Folder::Inbox);
        QVERIFY(field->text().isEmpty() && !all->isVisibleTo(&window));
        const QWidget *next = field;
        while (!qobject_cast<const QToolButton *>(next) || next->parent() == field)
            next = next->nextInFocusChain();
        QCOMPARE(next, all);
    }

    void whatCanBeDoneWithHitsDependsOnTheirFolders()
    {
        using store::Folder;
        ui::MainWindow window{u"alice@example.org"_s};
        const auto can = [&window](const QString &name) { return window.findChild<QAction *>(name)->isEnabled(); };
        const auto offers = [&window](const QString &name) {
            QAction *action = window.findChild<QAction *>(name);
            return action->isVisible() && window.findChild<QToolBar *>()->actions().contains(action);
        };
        QVERIFY(offers(u"actionReply"_s) && !offers(u"actionEditDraft"_s));
        window.setSelection({Folder::Outbox});
        // What a letter that was refused asks for stood in the menus alone.
        QVERIFY(offers(u"actionSendAgain"_s) && offers(u"actionEditDraft"_s) && !offers(u"actionReply"_s));
        QVERIFY(can(u"actionSendAgain"_s) && can(u"actionEditDraft"_s) && !can(u"actionReply"_s) && !can(u"actionArchive"_s));
        window.setSelection({Folder::Archive});
        QVERIFY(can(u"actionReply"_s) && !can(u"actionEditDraft"_s) && !can(u"actionArchive"_s));
        window.setSelection({Folder::Archive, Folder::Inbox});
        QVERIFY(can(u"actionArchive"_s) && can(u"actionDelete"_s));
        window.setSelection({Folder::Drafts, Folder::Inbox});
        QVERIFY(!can(u"actionArchive"_s) && !window.findChild<QMenu *>(u"moveMenu"_s)->menuAction()->isEnabled());
    }

    void nextUnreadGoesDownAndBeginsAnewAtTheTop()
    {
        QStandardItemModel model(5, 5);
        for (const int row : {1, 3})
            model.setData(model.index(row, 0), true, int(app::MessageListModel::Role::IsUnread));
        ui::MessageListView list;
        list.selectNextUnread(); // Without a model, nowhere.
        list.setModel(&model);
        for (const int row : {1, 3, 1}) {
            list.selectNextUnread();
            QCOMPARE(list.currentIndex(), model.index(row, 0));
        }
        model.setData(model.index(3, 0), false, int(app::MessageListModel::Role::IsUnread));
        list.selectNextUnread();
        QCOMPARE(list.selectionModel()->selectedRows(), QModelIndexList{model.index(1, 0)});
    }

    void theCellThatSpeaksForTheRowIsTheCurrentOne()
    {
        QStandardItemModel model(3, 5);
        ui::MessageListView list;
        list.setModel(&model);
        list.setCurrentIndex(model.index(1, 1)); // As a click does.
        QCOMPARE(list.currentIndex(), model.index(1, 0));
        QVERIFY(list.selectionModel()->isRowSelected(1));
    }

    void aTextShowsThatTheKeyboardBroughtTheFocusThere()
    {
        ui::MessageBrowser text;
        text.resize(200, 100);
        const auto *mark = text.findChild<QWidget *>(u"focusMark"_s);
        QVERIFY(mark);
        const auto isMarkedAfter = [&](QEvent::Type type, Qt::FocusReason reason) {
            QFocusEvent event(type, reason);
            QApplication::sendEvent(&text, &event);
            return mark->isVisibleTo(&text);
        };
        QVERIFY(!mark->isVisibleTo(&text));
        QVERIFY(!isMarkedAfter(QEvent::FocusIn, Qt::MouseFocusReason));
        QVERIFY(isMarkedAfter(QEvent::FocusIn, Qt::TabFocusReason));
        QVERIFY(!isMarkedAfter(QEvent::FocusOut, Qt::ActiveWindowFocusReason));
        QVERIFY(isMarkedAfter(QEvent::FocusIn, Qt::ActiveWindowFocusReason));
        QCOMPARE(mark->height(), text.height());
        for (const QPalette &palette : {ui::lightPalette(), ui::darkPalette()}) {
            text.setPalette(palette);
            QCOMPARE(text.grab().toImage().pixelColor(1, 50), palette.color(QPalette::Link));
            QVERIFY(text.grab().toImage().pixelColor(6, 50) != palette.color(QPalette::Link));
        }
    }

    void theFirstStepInAListChoosesWhereOneStands()
    {
        // The first message was passed over, and one that was alone could not be opened.
        QStandardItemModel model(3, 5);
        ui::MessageListView list;
        list.setModel(&model);
        list.show();
        list.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&list));
        list.setFocus(Qt::TabFocusReason);
        QVERIFY(!list.selectionModel()->hasSelection());
        for (const int row : {0, 1}) {
            QTest::keyClick(&list, Qt::Key_Down);
            QCOMPARE(list.selectionModel()->selectedRows().size(), 1);
            QCOMPARE(list.selectionModel()->selectedRows().constFirst().row(), row);
        }
    }

    void whatFollowsDeletedMessagesIsInSight()
    {
        // Above the rows that were deleted at the end of the list's view lay the one that was chosen instead, out of sight.
        QStandardItemModel model(40, 5);
        ui::MessageListView list;
        list.setModel(&model);
        list.resize(320, 200);
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        list.scrollTo(model.index(6, 0), QAbstractItemView::PositionAtBottom);
        list.selectionModel()->select({model.index(2, 0), model.index(6, 0)}, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        list.selectNeighbour();
        QCOMPARE(list.currentIndex().row(), 7);
        model.removeRows(2, 5);
        QCOMPARE(list.currentIndex().row(), 2);
        QVERIFY(list.viewport()->rect().contains(list.visualRect(list.currentIndex())));
    }

    void whatAppearsBesideTheKeyboardIsSpoken()
    {
        // Whoever sees nothing heard neither that something had been done, nor that it had failed.
        QAccessible::setActive(true);
        const QAccessible::UpdateHandler before = QAccessible::installUpdateHandler(hear);
        QWidget window;
        auto *notice = new ui::NoticeBar(&window);
        auto *problem = new ui::ProblemLabel(u"problem"_s, &window);
        notice->setText(u"Nobody sees it."_s);
        window.show();
        notice->setText(u"The keys were exported."_s, {}, ui::Tone::Good);
        for (int attempt = 0; attempt < 2; ++attempt)
            problem->say(u"The passphrase is wrong."_s);
        problem->say(u"3 mailboxes will be made."_s, ui::Tone::Neutral);
        ui::ComposeWindow compose{app::Draft()};
        compose.show();
        compose.setSigningKey(app::SigningKey::Locked);
        compose.findChild<QLineEdit *>(u"toField"_s)->setText(u"bob@example.org"_s);
        Q_EMIT compose.findChild<QLineEdit *>(u"toField"_s)->editingFinished();
        QAccessible::installUpdateHandler(before);
        QAccessible::setActive(false);
        QCOMPARE(spoken.size(), 4);
        QCOMPARE(spoken.first(3), (QStringList{u"The keys were exported."_s, u"The passphrase is wrong."_s, u"The passphrase is wrong."_s}));
        QVERIFY2(spoken.constLast().startsWith(u"Your keys are locked"_s), qPrintable(spoken.constLast()));
        QCOMPARE(compose.findChild<QWidget *>(u"sendButton"_s)->accessibleDescription(), spoken.constLast());
    }

    void theListStaysSortedAsItWasChosen()
    {
        QTemporaryDir folder;
        for (const int start : {0, 1}) {
            ui::MainWindow window{u"alice@example.org"_s};
            const QSignalSpy sorted(&window, &ui::MainWindow::sortRequested);
            window.rememberOrderIn(folder.filePath(u"windows.ini"_s));
            QCOMPARE(sorted.size(), start); // At every start it was "Newest first" again.
            for (QAction *action : window.findChildren<QAction *>())
                if (action->text() == "&Oldest first"_L1)
                    action->trigger();
            QCOMPARE(sorted.constLast().at(1).value<Qt::SortOrder>(), Qt::AscendingOrder);
        }
    }

    void escapeLeadsFromTheLetterBackToTheList()
    {
        ui::MainWindow window{u"alice@example.org"_s};
        window.messagePane()->showMessage({}, {});
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.messagePane()->browser()->setFocus();
        QVERIFY(window.messagePane()->browser()->hasFocus());
        QTest::keyClick(window.messagePane()->browser(), Qt::Key_Escape);
        QVERIFY(window.list()->hasFocus());
    }

    void quietWordsAreReadOnEveryGround()
    {
        for (const QPalette &palette : {ui::lightPalette(), ui::darkPalette()}) {
            QList<QColor> grounds{palette.color(QPalette::Base), palette.color(QPalette::AlternateBase), palette.color(QPalette::Window)};
            for (const ui::Tone tone : {ui::Tone::Accent, ui::Tone::Good, ui::Tone::Caution, ui::Tone::Bad}) {
                const QColor ground = ui::toneGround(tone, palette);
                QCOMPARE_GE(contrast(ui::toneColor(tone, palette), ground), 4.5);
                grounds += ground;
            }
            for (const QColor &ground : std::as_const(grounds))
                QCOMPARE_GE(contrast(ui::mutedText(palette), ground), 4.5);
        }
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_Keyboard.moc"
