// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Registration.h"
#include "ui/InspectorWindow.h"
#include "ui/JourneyFixture.h"
#include "ui/MessageBrowser.h"
#include "ui/NoticeBar.h"
#include "ui/StatusLine.h"

#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>
#include <QtCrypto>
#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;
using namespace uitest;

/// The way of letters through the real windows, services and sockets of one process, and how they are read and kept; without a screen.
class TestJourney : public QObject, private Journey
{
    Q_OBJECT

    /// Asks Alice's window for what needs a question first, presses the button of that role, and waits until so many messages are listed.
    void answer(const QString &wish, const QString &objectName, QMessageBox::ButtonRole role, int left)
    {
        QTRY_VERIFY(action(window(kAlice), wish)->isEnabled());
        action(window(kAlice), wish)->trigger();
        QPointer<QMessageBox> question = window(kAlice)->findChild<QMessageBox *>(objectName);
        QVERIFY(question);
        QVERIFY(question->defaultButton() == question->button(QMessageBox::Cancel));
        const QList<QAbstractButton *> buttons = question->buttons();
        const auto button = std::find_if(buttons.cbegin(), buttons.cend(), [&](QAbstractButton *one) { return question->buttonRole(one) == role; });
        QVERIFY(button != buttons.cend());
        (*button)->click();
        QTRY_VERIFY(question.isNull());
        QTRY_COMPARE(count(kAlice), left);
    }

private Q_SLOTS:
    void initTestCase() { openTheDemonstration(); }
    void cleanupTestCase() { m_demonstration.reset(); }
    void init() { startTheRelay(); }

    void aLetterWaitsForTheRelayAndGoesByItself()
    {
        action(window(kAlice), u"actionStopRelay"_s)->trigger();
        QTRY_COMPARE(m_workplace->relay().state(), app::RelayService::State::Stopped);
        QTRY_COMPARE(window(kAlice)->statusLine()->findChild<QLabel *>(u"relayState"_s)->text(), u"The relay is not running"_s);
        write(kAlice, kBob, u"Lunch on Friday"_s, u"At noon?"_s);
        QTRY_VERIFY(!window(kAlice)->statusLine()->findChild<QLabel *>(u"outboxState"_s)->text().isEmpty());
        const int before = count(kBob);
        action(window(kAlice), u"actionStartRelay"_s)->trigger();
        QTRY_COMPARE(m_workplace->relay().state(), app::RelayService::State::Running);
        QTRY_COMPARE(window(kAlice)->statusLine()->findChild<QLabel *>(u"relayState"_s)->text(), u"Relay running on "_s + m_workplace->relay().address());
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 10000);
        open(kBob, 0);
        QCOMPARE(pane(kBob)->message().verdict.summary, smime::Summary::Verified);
        QVERIFY2(headline(kBob).contains(u"nobody changed it"_s), qPrintable(headline(kBob)));
        QCOMPARE(pane(kBob)->browser()->toPlainText().trimmed(), u"At noon?"_s);
        QTRY_COMPARE(pane(kBob)->findChild<QLabel *>(u"messageSubject"_s)->text(), u"Lunch on Friday"_s);
    }

    void aLinkIsAskedAboutByItsTrueHost_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"www.example.org"_s << u"www.example.org"_s;
        QTest::newRow("umlaut") << u"xn--bcher-kva.example"_s << u"bücher.example"_s;
        QTest::newRow("Cyrillic that looks like apple") << u"xn--80ak6aa92e.com"_s << u"xn--80ak6aa92e.com"_s;
    }
    void aLinkIsAskedAboutByItsTrueHost()
    {
        QFETCH(QString, host);
        QFETCH(QString, shown);
        Q_EMIT pane(kBob)->linkRequested(QUrl(u"https://%1/login"_s.arg(host)));
        auto *box = pane(kBob)->findChild<QMessageBox *>();
        QVERIFY(box);
        QCOMPARE(box->text(), u"This link leads to %1. Open it in the browser?"_s.arg(shown));
        QCOMPARE(box->informativeText(), u"https://%1/login"_s.arg(host));
        box->reject();
        QTRY_VERIFY(!pane(kBob)->findChild<QMessageBox *>());
    }

    void theListShowsTheSealAndTheRealSubjectOfWhatNobodyOpened()
    {
        deliver(kAlice, kBob, u"Lunch on Friday"_s, u"At noon?"_s);
        QTRY_VERIFY(rowText(kBob, 0).contains(u"Lunch on Friday"_s));
        QTRY_VERIFY(rowText(kBob, 0).contains(app::MessageListModel::sealText(store::SealState::Verified)));
        QVERIFY(rowText(kBob, 0).contains(u"Alice"_s));
        profile(kBob)->session()->lock();
        QVERIFY(!rowText(kBob, 0).contains(u"Lunch on Friday"_s));
        unlock(kBob);
        QTRY_VERIFY(rowText(kBob, 0).contains(u"Lunch on Friday"_s));
    }

    void searchFindsWordsOfEncryptedSubjects()
    {
        deliver(kAlice, kBob, u"Überraschung in Zürich"_s, u"Psst"_s);
        QTRY_VERIFY(rowText(kBob, 0).contains(u"Überraschung"_s));
        auto *field = window(kBob)->findChild<QLineEdit *>(u"searchField"_s);
        field->setText(u"zurich uberr"_s);
        QTRY_COMPARE(count(kBob), 1);
        QVERIFY(rowText(kBob, 0).contains(u"Überraschung"_s));
        QTest::keyClick(field, Qt::Key_Return); // Goes to what was found.
        QCOMPARE(window(kBob)->list()->selectedIds().size(), 1);
        field->setText(u"zurich nothing"_s);
        QTRY_COMPARE(count(kBob), 0);
        QVERIFY(window(kBob)->list()->accessibleDescription().startsWith(u"No message in any folder has these words"_s));
        field->clear();
        QTRY_VERIFY(count(kBob) > 1);
        QVERIFY(window(kBob)->list()->accessibleDescription().isEmpty());
    }

    void newMailIsThereWithinTwoSecondsAndTheDesktopIsTold()
    {
        QSignalSpy stored(&m_workplace->relay(), &app::RelayService::messagesStored);
        QSignalSpy told(m_desktop, &ui::Desktop::notified);
        // Who looks at the window need not be told.
        QWidget elsewhere;
        elsewhere.show();
        elsewhere.activateWindow();
        QTRY_VERIFY(!window(kBob)->isActiveWindow());
        const int before = count(kBob);
        write(kAlice, kBob, u"Quick"_s, u"Now"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!stored.isEmpty(), 10000);
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 2000);
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told.first().at(0).toString(), u"New mail for bob@example.org"_s);
    }

    void replyIsQuotedAddressedAndSealed()
    {
        deliver(kAlice, kBob, u"Lunch on Friday"_s, u"At noon?"_s);
        open(kBob, 0);
        action(window(kBob), u"actionReply"_s)->trigger();
        auto *compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QVERIFY(compose);
        QCOMPARE(compose->findChild<QLineEdit *>(u"subjectField"_s)->text(), u"Re: Lunch on Friday"_s);
        QVERIFY(compose->findChild<QLineEdit *>(u"toField"_s)->text().contains(kAlice));
        auto *body = compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s);
        QVERIFY(body->toPlainText().contains(u"> At noon?"_s));
        body->setPlainText(u"Gladly."_s);
        const int before = count(kAlice);
        send(compose);
        QTRY_COMPARE_WITH_TIMEOUT(count(kAlice), before + 1, 10000);
        open(kAlice, 0);
        QCOMPARE(pane(kAlice)->message().verdict.summary, smime::Summary::Verified);
    }

    void deletionCanBeUndone()
    {
        deliver(kBob, kAlice, u"To be deleted"_s, u"Nothing"_s);
        const int before = count(kAlice);
        open(kAlice, 0);
        action(window(kAlice), u"actionDelete"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before - 1);
        // The key deletes the next one, too, if there is one.
        QCOMPARE(window(kAlice)->list()->selectedIds().size(), qMin(before - 1, 1));
        QTRY_VERIFY(action(window(kAlice), u"actionUndo"_s)->isEnabled());
        action(window(kAlice), u"actionUndo"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before);
    }

    void archivingCanBeUndone()
    {
        deliver(kBob, kAlice, u"To be kept"_s, u"Nothing"_s);
        const int before = count(kAlice);
        open(kAlice, 0);
        action(window(kAlice), u"actionArchive"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before - 1);
        choose(kAlice, store::Folder::Archive);
        QTRY_COMPARE(count(kAlice), 1);
        QTRY_VERIFY(action(window(kAlice), u"actionUndo"_s)->isEnabled());
        action(window(kAlice), u"actionUndo"_s)->trigger();
        QTRY_COMPARE(count(kAlice), 0);
        choose(kAlice, store::Folder::Inbox);
        QTRY_COMPARE(count(kAlice), before);
    }

    void severalMessagesAreMarkedAsReadAtOnce()
    {
        deliver(kBob, kAlice, u"First of two"_s, u"Nothing"_s);
        deliver(kBob, kAlice, u"Second of two"_s, u"Nothing"_s);
        const auto unread = [this] { return folders(kAlice)->indexOf(store::Folder::Inbox).data(int(app::FolderModel::Role::Unread)).toInt(); };
        QTRY_VERIFY(unread() >= 2);
        window(kAlice)->list()->selectAll();
        action(window(kAlice), u"actionMarkRead"_s)->trigger();
        QTRY_COMPARE(unread(), 0);
        action(window(kAlice), u"actionMarkUnread"_s)->trigger();
        QTRY_VERIFY(unread() >= 2);
        action(window(kAlice), u"actionMarkRead"_s)->trigger();
        QTRY_COMPARE(unread(), 0);
    }

    void anotherFolderOffersNothingForWhatWasChosenBefore()
    {
        deliver(kBob, kAlice, u"Chosen"_s, u"Nothing"_s);
        open(kAlice, 0);
        QVERIFY(action(window(kAlice), u"actionReply"_s)->isEnabled());
        Q_EMIT window(kAlice)->messageActivated();
        QCOMPARE(window(kAlice)->focusWidget(), static_cast<QWidget *>(pane(kAlice)->browser()));
        choose(kAlice, store::Folder::Archive);
        for (const QString &name : {u"actionReply"_s, u"actionForward"_s, u"actionDelete"_s, u"actionSaveMessage"_s, u"actionFind"_s})
            QVERIFY2(!action(window(kAlice), name)->isEnabled(), qPrintable(name));
        choose(kAlice, store::Folder::Inbox);
        QVERIFY(!action(window(kAlice), u"actionReply"_s)->isEnabled());
    }

    void whatLiesInTheTrashCanBePutBack()
    {
        deliver(kBob, kAlice, u"Thrown away by mistake"_s, u"Nothing"_s);
        const int before = count(kAlice);
        open(kAlice, 0);
        const auto *targets = window(kAlice)->findChild<QMenu *>(u"moveMenu"_s);
        QVERIFY(targets->menuAction()->isEnabled());
        QVERIFY(!targets->actions()[0]->isVisible()); // It lies in the inbox.
        action(window(kAlice), u"actionDelete"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before - 1);
        choose(kAlice, store::Folder::Trash);
        QTRY_VERIFY(count(kAlice) > 0);
        open(kAlice, 0);
        QVERIFY(targets->actions()[0]->isVisible());
        targets->actions()[0]->trigger();
        choose(kAlice, store::Folder::Inbox);
        QTRY_COMPARE(count(kAlice), before);
    }

    // As a screen reader does it.
    void aFolderThatIsOnlySelectedIsShown()
    {
        const auto *view = window(kAlice)->findChild<QAbstractItemView *>(u"folderView"_s);
        view->selectionModel()->select(folders(kAlice)->indexOf(store::Folder::Sent), QItemSelectionModel::ClearAndSelect);
        QTRY_VERIFY2(window(kAlice)->windowTitle().startsWith(u"Sent"_s), qPrintable(window(kAlice)->windowTitle()));
        choose(kAlice, store::Folder::Inbox);
    }

    void theTrashGivesUpOnlyAfterAQuestion()
    {
        deliver(kBob, kAlice, u"To be thrown away"_s, u"Nothing"_s);
        deliver(kBob, kAlice, u"And this, too"_s, u"Nothing"_s);
        const int before = count(kAlice);
        const auto *list = window(kAlice)->list();
        list->selectionModel()->select({list->model()->index(0, 0), list->model()->index(1, 0)}, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        action(window(kAlice), u"actionDelete"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before - 2);
        choose(kAlice, store::Folder::Trash);
        QTRY_VERIFY(count(kAlice) > 1);
        const int lying = count(kAlice);
        open(kAlice, 0);
        answer(u"actionDelete"_s, u"removeQuestion"_s, QMessageBox::RejectRole, lying);
        answer(u"actionDelete"_s, u"removeQuestion"_s, QMessageBox::AcceptRole, lying - 1);
        answer(u"actionEmptyTrash"_s, u"emptyTrashQuestion"_s, QMessageBox::RejectRole, lying - 1);
        answer(u"actionEmptyTrash"_s, u"emptyTrashQuestion"_s, QMessageBox::AcceptRole, 0);
        QTRY_VERIFY(!action(window(kAlice), u"actionEmptyTrash"_s)->isEnabled());
        choose(kAlice, store::Folder::Inbox);
    }

    void theReaderShowsWhatTheServerSaw()
    {
        deliver(kAlice, kBob, u"Not for the postman"_s, u"Secret words"_s);
        open(kBob, 0);
        // In the past tense it stood over letters in the outbox, too, that no server had seen yet.
        QCOMPARE(pane(kBob)->findChild<QLabel *>(u"headerNote"_s)->text(), u"The server sees this subject: [...]"_s);
        auto *toggle = pane(kBob)->findChild<QAbstractButton *>(u"serverSightSwitch"_s);
        toggle->setChecked(true);
        const QString sight = pane(kBob)->findChild<QTextEdit *>(u"serverSight"_s)->toPlainText();
        QVERIFY(sight.contains(u"[...]"_s));
        QVERIFY(sight.contains(u"signed and encrypted"_s));
        QVERIFY(!sight.contains(u"Secret words"_s));
        QVERIFY(pane(kBob)->browser()->isHidden());
        toggle->setChecked(false);
        QVERIFY(!pane(kBob)->browser()->isHidden());
    }

    void theInspectorNamesExactlyTheStepThatFails_data()
    {
        QTest::addColumn<bool>("isEncrypted");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("offset");
        QTest::addColumn<QString>("step");
        QTest::newRow("nothing altered") << true << QByteArray() << 0 << QString();
        QTest::newRow("one octet of the ciphertext") << true << QByteArray("\r\n\r\n") << 2500 << u"Content decrypted"_s;
        QTest::newRow("one octet of the text") << false << QByteArray("Dear ") << 1 << u"Signature"_s;
        QTest::newRow("one octet of the signature value") << false << QByteArray() << -160 << u"Signature"_s;
    }

    void theInspectorNamesExactlyTheStepThatFails()
    {
        QFETCH(bool, isEncrypted);
        QFETCH(QByteArray, after);
        QFETCH(int, offset);
        QFETCH(QString, step);
        app::Draft draft;
        draft.from = profile(kAlice)->session()->self();
        draft.to = {{u"Bob Baker"_s, kBob}};
        draft.subject = u"Watched"_s;
        draft.text = u"Dear Bob, this is a letter whose every octet counts.\n"_s.repeated(8);
        draft.encrypt = isEncrypted;
        QByteArray octets;
        base::whenReady(this, profile(kAlice)->session()->preview(draft), [&](const base::Result<smime::SealedMail> &sealed) { octets = sealed ? sealed->envelopes.first().message : "?"; });
        QTRY_VERIFY(!octets.isEmpty());
        if (offset != 0) {
            // From the end: within the last base64 lines of the signature, before the closing boundary.
            const qsizetype at = offset > 0 ? octets.indexOf(after) + after.size() + offset : octets.lastIndexOf("\r\n--") + offset;
            const qsizetype letter = std::find_if(octets.cbegin() + at, octets.cend(), [](char c) { return (c >= 'a' && c < 'z') || (c >= 'A' && c < 'Z'); }) - octets.cbegin();
            octets[letter] = char(octets[letter] + 1);
        }
        std::optional<smime::OpenedMessage> opened;
        base::whenReady(this, profile(kBob)->session()->openForeign(octets), [&](const base::Result<smime::OpenedMessage> &message) { opened = *message; });
        QTRY_VERIFY(opened);
        QStringList failed;
        ui::InspectorWindow inspector{*opened, kBob, nullptr};
        inspector.setAttribute(Qt::WA_DeleteOnClose, false);
        for (const ui::InspectorStep *one : inspector.findChildren<ui::InspectorStep *>()) {
            if (one->accessibleDescription().startsWith(u"Failed"_s))
                failed += one->accessibleName();
        }
        QCOMPARE(failed, step.isEmpty() ? QStringList() : QStringList{step});
    }

    void aLetterAlteredInTheSpoolIsSaidToBeChanged()
    {
        const int before = count(kBob);
        profile(kBob)->session()->lock();
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Plain words"_s, u"We meet at noon."_s);
        compose->findChild<QAbstractButton *>(u"encryptSwitch"_s)->setChecked(false);
        send(compose);
        bool isAltered = false;
        QTRY_VERIFY(isAltered = isAltered || alterInSpool("at noon", "at nine"));
        unlock(kBob);
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 10000);
        open(kBob, 0);
        QCOMPARE(pane(kBob)->message().verdict.summary, smime::Summary::Altered);
        QVERIFY2(headline(kBob).contains(u"changed"_s), qPrintable(headline(kBob)));
        QCOMPARE(pane(kBob)->banner()->presentation().severity, app::Severity::Danger);
    }

    void theMailboxIsMadeOnceTheSpoolIsFree()
    {
        // On a slow disk a first start held the spool for longer than SQLite waits (5 s), and that profile got no mail until the next one.
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        int made = 0;
        base::whenReady(this, workplace.relay().addUser(u"first@example.org"_s, base::Secret("password")), [&](const base::Status &status) { made += status ? 1 : 0; });
        const app::NewIdentity eve{u"eve@example.org"_s, u"Eve"_s, u"ec:p256"_s, base::Secret("passphrase"), {}};
        base::whenReady(this, workplace.identities().createIdentity(eve), [&](const base::Result<app::CreatedIdentity> &created) { made += created ? 1 : 0; });
        QTRY_COMPARE_WITH_TIMEOUT(made, 2, 20'000);
        QSqlDatabase spool = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holding"_s);
        spool.setDatabaseName(folder.filePath(u"relay/spool.sqlite"_s));
        const auto mailboxes = [&spool] {
            QSqlQuery query(u"SELECT count(*) FROM account"_s, spool);
            return query.next() ? query.value(0).toInt() : -1;
        };
        QVERIFY(spool.open() && QSqlQuery(spool).exec(u"BEGIN IMMEDIATE"_s));
        {
            static std::atomic_int s_refusals = 0;
            const QtMessageHandler usual = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) { s_refusals += text.contains(u"DatabaseBusy"_s); });
            const app::ProfileSession session{&workplace, *workplace.identities().profile(eve.address)};
            QTRY_VERIFY_WITH_TIMEOUT(s_refusals > 0, 20'000);
            qInstallMessageHandler(usual);
            QCOMPARE(mailboxes(), 1);
            QVERIFY(QSqlQuery(spool).exec(u"ROLLBACK"_s));
            QTRY_COMPARE_WITH_TIMEOUT(mailboxes(), 2, 10'000);
        }
        spool = {};
        QSqlDatabase::removeDatabase(u"holding"_s);
    }

    void mallorysLetterInAlicesNameIsSaidToBeMallorys()
    {
        app::NewIdentity mallory;
        mallory.address = u"mallory@example.org"_s;
        mallory.name = u"Mallory"_s;
        mallory.keyType = u"ec:p256"_s;
        mallory.passphrase = base::Secret("demonstration");
        bool isMade = false;
        base::whenReady(this, m_workplace->identities().createIdentity(mallory), [&](const base::Result<app::CreatedIdentity> &made) { isMade = made.isOk(); });
        QTRY_VERIFY_WITH_TIMEOUT(isMade, 20000);
        app::ProfileSession session{m_workplace, *m_workplace->identities().profile(mallory.address)};
        app::Draft draft;
        draft.from = {u"Alice Archer"_s, kAlice};
        draft.to = {{u"Bob"_s, kBob}};
        draft.subject = u"Money"_s;
        draft.text = u"Please send money."_s;
        // Nobody can encrypt to oneself under another's address; a signature is all that Mallory has.
        draft.encrypt = false;
        const int before = count(kBob);
        session.unlock(mallory.passphrase);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUnlocked(), 10000);
        session.send(draft);
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 15000);
        open(kBob, 0);
        QCOMPARE(pane(kBob)->message().verdict.summary, smime::Summary::Impersonated);
        QVERIFY2(headline(kBob).contains(u"mallory@example.org"_s), qPrintable(headline(kBob)));
    }

    void lockedKeysOpenNothingAndSayWhatToDo()
    {
        deliver(kAlice, kBob, u"Secret"_s, u"For you alone"_s);
        profile(kBob)->session()->lock();
        QCOMPARE(window(kBob)->statusLine()->findChild<QToolButton *>(u"keysState"_s)->text(), u"Keys locked"_s);
        open(kBob, 0);
        QCOMPARE(pane(kBob)->message().verdict.summary, smime::Summary::CannotDecrypt);
        QVERIFY(window(kBob)->notice()->text().startsWith(u"Your keys are locked"_s));
        unlock(kBob);
        QTRY_COMPARE(pane(kBob)->message().verdict.summary, smime::Summary::Verified);
        QVERIFY(window(kBob)->notice()->text().isEmpty());
    }

    void whoLocksWhileTheMailboxIsMadeFetchesNothing()
    {
        app::ProfileSession session{m_workplace, *m_workplace->identities().profile(kBob)};
        session.lock();
        QTRY_VERIFY(!session.serverAddress().isEmpty()); // The relay has answered.
        QCOMPARE(session.fetching().state(), app::FetchService::State::Stopped);
        unlock(kBob);
    }

    void keyInUseIsCalledSo()
    {
        // Beside an older one of the same kind, bold was all that told them apart.
        const auto *keys = m_demonstration->profile(kAlice)->showIdentities()->findChild<QTreeWidget *>(u"ownKeys"_s);
        QTRY_COMPARE(keys->topLevelItemCount(), 1);
        QCOMPARE(keys->topLevelItem(0)->text(2), u"signs and receives, in use"_s);
        keys->window()->close();
    }

    void messagesAreDroppedOnFolders()
    {
        deliver(kAlice, kBob, u"To be filed"_s, u"At noon."_s);
        open(kBob, 0);
        const int before = count(kBob);
        auto *view = window(kBob)->findChild<QAbstractItemView *>(u"folderView"_s);
        const auto drop = [view](const QWidget *from, const QModelIndex &onto) {
            QMimeData data;
            data.setData(u"application/x-waxwing-messages"_s, QByteArray::number(quintptr(from), 16));
            const QPoint at = view->visualRect(onto).center();
            QDragEnterEvent enter(at, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(view->viewport(), &enter);
            QDragMoveEvent over(at, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(view->viewport(), &over);
            QDropEvent dropped(at, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(view->viewport(), &dropped);
            return enter.isAccepted() && over.isAccepted() && dropped.isAccepted();
        };
        QVERIFY(!drop(window(kAlice), folders(kBob)->indexOf(store::Folder::Archive))); // Another user's.
        QVERIFY(!drop(window(kBob), folders(kBob)->indexOf(store::Folder::Inbox)));     // Where it is.
        QVERIFY(drop(window(kBob), folders(kBob)->indexOf(store::Folder::Archive)));
        QTRY_COMPARE(count(kBob), before - 1);
    }

    void searchFindsAndSaysWhenNothingIsFound()
    {
        deliver(kAlice, kBob, u"Needle"_s, u"Haystack"_s);
        const int before = count(kBob);
        auto *field = window(kBob)->findChild<QLineEdit *>(u"searchField"_s);
        field->setText(u"nothinglikethis"_s);
        QTRY_COMPARE(count(kBob), 0);
        field->clear();
        QTRY_COMPARE(count(kBob), before);
    }

    void whatWasNotSentIsOneClickAway()
    {
        // The notice said to check the address, and not where the message was.
        ui::ComposeWindow *compose = begin(kAlice, u"nobody@elsewhere.example"_s, u"Lost"_s, u"At noon."_s);
        compose->findChild<QAbstractButton *>(u"encryptSwitch"_s)->setChecked(false);
        send(compose);
        auto *open = window(kAlice)->notice()->findChild<QToolButton *>(u"noticeAction"_s);
        QTRY_COMPARE(open->text(), u"Open the outbox"_s);
        open->click();
        QTRY_VERIFY(rowText(kAlice, 0).contains(u"Lost"_s));
        choose(kAlice, store::Folder::Inbox);
    }

    void keysOfAnotherProgramOpenTheLetterOnScreen()
    {
        // They counted after a restart only; a letter that asked for a key stayed as it was when that came.
        deliver(kAlice, kBob, u"Key"_s, u"At noon."_s);
        open(kBob, 0);
        pane(kBob)->showNothing({});
        app::IdentityService other{m_workplace->data().path(), m_workplace->pool()};
        QVERIFY(base::await(other.unlock(kBob, base::Secret("demonstration"))));
        QVERIFY(base::await(other.addKeys(kBob, u"ec:p256"_s, base::Secret("demonstration"))));
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);
        QTRY_VERIFY(pane(kBob)->hasMessage());
        QCOMPARE_GE(m_workplace->identities().keys(kBob)->keys.size(), 2);
    }

private:
    bool alterInSpool(const QByteArray &from, const QByteArray &to)
    {
        int changed = 0;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"altering"_s);
            database.setDatabaseName(m_demonstration->path(u"relay/spool.sqlite"_s));
            if (!database.open())
                return false;
            QSqlQuery query(database);
            query.prepare(u"UPDATE message SET body = CAST(replace(CAST(body AS TEXT), :from, :to) AS BLOB) WHERE instr(body, :needle) > 0"_s);
            query.bindValue(u":from"_s, QString::fromLatin1(from));
            query.bindValue(u":to"_s, QString::fromLatin1(to));
            query.bindValue(u":needle"_s, from);
            changed = query.exec() ? query.numRowsAffected() : 0;
        }
        QSqlDatabase::removeDatabase(u"altering"_s);
        return changed == 1;
    }
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestJourney test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_Journey.moc"
