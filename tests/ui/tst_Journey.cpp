// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/FolderModel.h"
#include "app/MessageListModel.h"
#include "provider/Registration.h"
#include "store/Database.h"
#include "ui/ComposeWindow.h"
#include "ui/Desktop.h"
#include "ui/InspectorWindow.h"
#include "ui/MainWindow.h"
#include "ui/MessageBrowser.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/NoticeBar.h"
#include "ui/ProfileWindows.h"
#include "ui/StatusLine.h"
#include "ui/VerdictBanner.h"

#include <QAction>
#include <QApplication>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSemaphore>
#include <QPointer>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QToolButton>
#include <QtCrypto>
#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

const QString kAlice = u"alice@example.org"_s;
const QString kBob = u"bob@example.org"_s;

template <typename T>
T *topLevel(const QString &objectName)
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == objectName && widget->isVisible())
            return qobject_cast<T *>(widget);
    }
    return nullptr;
}

QAction *action(const QWidget *window, const QString &objectName) { return window->findChild<QAction *>(objectName); }

} // namespace

/// The journey through the real windows, services and sockets of one process; without a screen.
class TestJourney : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_workplace = std::make_unique<app::Workplace>(m_folder.path());
        qputenv("WAXWING_SMTP", freeAddress());
        qputenv("WAXWING_POP3", freeAddress());
        m_desktop = std::make_unique<ui::Desktop>(m_workplace.get());
        ui::CommandLine line;
        line.isDemonstration = true;
        m_desktop->perform(line);
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop->windows().size(), 2, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(profile(kAlice)->session()->isUnlocked() && profile(kBob)->session()->isUnlocked(), 20000);
    }

    void cleanupTestCase()
    {
        m_desktop.reset();
        m_workplace.reset();
    }

    void init()
    {
        if (m_workplace->relay().state() != app::RelayService::State::Running)
            m_workplace->startRelay();
        QTRY_COMPARE(m_workplace->relay().state(), app::RelayService::State::Running);
    }

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
        field->setText(u"zurich nothing"_s);
        QTRY_COMPARE(count(kBob), 0);
        field->clear();
        QTRY_VERIFY(count(kBob) > 1);
    }

    void newMailIsThereWithinTwoSecondsAndTheDesktopIsTold()
    {
        QSignalSpy stored(&m_workplace->relay(), &app::RelayService::messagesStored);
        QSignalSpy told(m_desktop.get(), &ui::Desktop::notified);
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

    void aClosedComposeWindowLeavesADraftThatOpensAgain()
    {
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Half a thought"_s, u"To be continued"_s);
        compose->close();
        choose(kAlice, store::Folder::Drafts);
        QTRY_COMPARE(window(kAlice)->list()->model()->rowCount(), 1);
        window(kAlice)->list()->setCurrentIndex(window(kAlice)->list()->model()->index(0, 0));
        Q_EMIT window(kAlice)->messageActivated();
        QTRY_VERIFY(topLevel<ui::ComposeWindow>(u"composeWindow"_s));
        compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QCOMPARE(compose->findChild<QLineEdit *>(u"subjectField"_s)->text(), u"Half a thought"_s);
        QCOMPARE(compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->toPlainText().trimmed(), u"To be continued"_s);
        action(compose, u"actionDiscard"_s)->trigger();
        QTRY_COMPARE(window(kAlice)->list()->model()->rowCount(), 0);
        choose(kAlice, store::Folder::Inbox);
    }

    void aLetterThatCannotBeSavedStays()
    {
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Cannot be saved"_s, u"Two hours of work"_s);
        profile(kAlice)->session()->lock();
        QVERIFY(!compose->close()); // Nor does the program end, which closes all windows first.
        QVERIFY(compose->isVisible());
        QVERIFY(compose->isModified());
        unlock(kAlice);
        compose->setModified(false); // Nothing of it shall be left for the other tests.
        QVERIFY(compose->close());
        QTRY_VERIFY(!topLevel<ui::ComposeWindow>(u"composeWindow"_s));
    }

    void aLetterThatCouldNotBeSavedComesBack()
    {
        app::Draft draft = profile(kAlice)->newDraft();
        draft.text = u"Two hours of work"_s;
        Q_EMIT profile(kAlice)->session()->savingFailed(draft, {base::ErrorCode::DiskFull, {}, {}, {}});
        auto *compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QVERIFY(compose);
        QCOMPARE(compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->toPlainText().trimmed(), u"Two hours of work"_s);
        QVERIFY(compose->isModified());
        compose->setModified(false); // Nothing of it shall be left for the other tests.
        compose->close();
        QTRY_VERIFY(!topLevel<ui::ComposeWindow>(u"composeWindow"_s));
    }

    void aDiscardedLetterComesBack()
    {
        choose(kAlice, store::Folder::Trash);
        const int before = count(kAlice);
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Discarded by a slip"_s, u"Two hours of work"_s);
        action(compose, u"actionDiscard"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before + 1);
        QTRY_VERIFY(action(window(kAlice), u"actionUndo"_s)->isEnabled());
        action(window(kAlice), u"actionUndo"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before);
        choose(kAlice, store::Folder::Drafts);
        QTRY_COMPARE(count(kAlice), 1);
        window(kAlice)->list()->setCurrentIndex(window(kAlice)->list()->model()->index(0, 0));
        Q_EMIT window(kAlice)->messageActivated();
        QTRY_VERIFY(topLevel<ui::ComposeWindow>(u"composeWindow"_s));
        compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QCOMPARE(compose->findChild<QLineEdit *>(u"subjectField"_s)->text(), u"Discarded by a slip"_s);
        action(compose, u"actionDiscard"_s)->trigger();
        QTRY_COMPARE(count(kAlice), 0);
        choose(kAlice, store::Folder::Inbox);
    }

    void aDraftThatIsDiscardedWithLockedKeysIsGone()
    {
        choose(kAlice, store::Folder::Drafts);
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Discarded"_s, u"The beginning"_s);
        action(compose, u"actionSaveDraft"_s)->trigger();
        QTRY_COMPARE(count(kAlice), 1);
        profile(kAlice)->session()->lock();
        compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->setPlainText(u"The beginning and the end"_s);
        action(compose, u"actionDiscard"_s)->trigger();
        QTRY_COMPARE(count(kAlice), 0);
        QTRY_VERIFY(!topLevel<ui::ComposeWindow>(u"composeWindow"_s));
        unlock(kAlice);
        choose(kAlice, store::Folder::Inbox);
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

    void theTrashIsEmptiedOnlyAfterAQuestion()
    {
        deliver(kBob, kAlice, u"To be thrown away"_s, u"Nothing"_s);
        const int before = count(kAlice);
        open(kAlice, 0);
        action(window(kAlice), u"actionDelete"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before - 1);
        choose(kAlice, store::Folder::Trash);
        QTRY_VERIFY(count(kAlice) > 0);
        const int lying = count(kAlice);
        for (const auto &[role, wanted] : {std::pair{QMessageBox::RejectRole, lying}, std::pair{QMessageBox::AcceptRole, 0}}) {
            action(window(kAlice), u"actionEmptyTrash"_s)->trigger();
            QPointer<QMessageBox> question = window(kAlice)->findChild<QMessageBox *>(u"emptyTrashQuestion"_s);
            QVERIFY(question);
            QVERIFY(question->defaultButton() == question->button(QMessageBox::Cancel));
            const QList<QAbstractButton *> buttons = question->buttons();
            const auto button = std::find_if(buttons.cbegin(), buttons.cend(), [&](QAbstractButton *one) { return question->buttonRole(one) == role; });
            QVERIFY(button != buttons.cend());
            (*button)->click();
            QTRY_VERIFY(question.isNull());
            QTRY_COMPARE(count(kAlice), wanted);
        }
        choose(kAlice, store::Folder::Inbox);
    }

    void aLetterIsSentThoughItsWindowIsClosedInTheMiddle_data()
    {
        using Step = app::SendMessageOperation::Step;
        QTest::addColumn<int>("step");
        QTest::newRow("saving the draft") << int(Step::SavingDraft);
        QTest::newRow("building") << int(Step::Building);
        QTest::newRow("sealing") << int(Step::Sealing);
        QTest::newRow("queueing") << int(Step::Queueing);
    }

    void aLetterIsSentThoughItsWindowIsClosedInTheMiddle()
    {
        QFETCH(int, step);
        const int before = count(kBob);
        const QString subject = u"Closed while %1"_s.arg(QLatin1StringView(QTest::currentDataTag()));
        ui::ComposeWindow *compose = begin(kAlice, kBob, subject, u"Gone on"_s);
        QTRY_VERIFY(action(compose, u"actionSend"_s)->isEnabled());
        const QPointer<ui::ComposeWindow> alive(compose);
        action(compose, u"actionSend"_s)->trigger();
        auto *sending = profile(kAlice)->session()->findChild<app::SendMessageOperation *>();
        QVERIFY(sending);
        if (int(sending->step()) == step)
            compose->close();
        else
            connect(sending, &app::SendMessageOperation::stepChanged, compose, [compose, step](app::SendMessageOperation::Step now) {
                if (int(now) == step)
                    compose->close();
            });
        QTRY_VERIFY(alive.isNull());
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 10000);
        QTRY_VERIFY(rowText(kBob, 0).contains(subject));
        choose(kAlice, store::Folder::Drafts);
        QTRY_COMPARE(count(kAlice), 0);
        choose(kAlice, store::Folder::Inbox);
    }

    void aBlindCopyBetraysNobody()
    {
        const int beforeAlice = count(kAlice);
        const int beforeBob = count(kBob);
        ui::ComposeWindow *compose = begin(kAlice, kAlice, u"Note to myself"_s, u"And one unseen reader"_s);
        compose->findChild<QLineEdit *>(u"bccField"_s)->setText(kBob);
        send(compose);
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), beforeBob + 1, 10000);
        QTRY_COMPARE_WITH_TIMEOUT(count(kAlice), beforeAlice + 1, 10000);
        open(kBob, 0);
        QCOMPARE(pane(kBob)->message().verdict.summary, smime::Summary::Verified);
        open(kAlice, 0);
        QVERIFY(!pane(kAlice)->message().verdict.encryption.recipients.isEmpty());
        for (const smime::Recipient &recipient : pane(kAlice)->message().verdict.encryption.recipients)
            QVERIFY2(recipient.addresses.contains(kAlice), qPrintable(recipient.addresses.join(u' ')));
        QVERIFY(!store::await(profile(kAlice)->session()->mailbox().octets(firstId(kAlice)))->contains(kBob.toUtf8()));
    }

    void forwardingTakesTheAttachmentsAlong()
    {
        QFile file(m_folder.filePath(u"menu.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("soup, fish");
        file.close();
        const int before = count(kBob);
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"The menu"_s, u"See the file."_s);
        drop(compose, file.fileName());
        QTRY_COMPARE(compose->draft().attachments.size(), 1);
        send(compose);
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 10000);
        open(kBob, 0);
        QCOMPARE(pane(kBob)->message().attachments.size(), 1);
        action(window(kBob), u"actionForward"_s)->trigger();
        auto *forward = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QVERIFY(forward);
        QCOMPARE(forward->draft().subject, u"Fwd: The menu"_s);
        QCOMPARE(forward->draft().attachments.size(), 1);
        QCOMPARE(forward->draft().attachments.first().name, u"menu.txt"_s);
        QCOMPARE(forward->draft().attachments.first().content, QByteArray("soup, fish"));
        action(forward, u"actionDiscard"_s)->trigger();
    }

    void aLetterWaitsForTheFileThatIsBeingAttached()
    {
        QFile file(m_folder.filePath(u"late.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("soup, fish");
        file.close();
        const int before = count(kBob);
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"With a file"_s, u"See below."_s);
        QTRY_VERIFY(action(compose, u"actionSend"_s)->isEnabled());
        const int threads = m_workplace->pool()->maxThreadCount();
        QSemaphore released;
        for (int i = 0; i < threads; ++i)
            m_workplace->pool()->start([&released] { released.acquire(); });
        drop(compose, file.fileName());
        action(compose, u"actionSend"_s)->trigger();
        const bool isNotRead = compose->draft().attachments.isEmpty();
        released.release(threads);
        QVERIFY(isNotRead);
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 10000);
        open(kBob, 0);
        QCOMPARE(pane(kBob)->message().attachments.size(), 1);
    }

    void whatIsWrittenWhileADraftIsSavedIsKept()
    {
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Saved"_s, u"The beginning"_s);
        const int threads = m_workplace->pool()->maxThreadCount();
        QSemaphore released;
        for (int i = 0; i < threads; ++i)
            m_workplace->pool()->start([&released] { released.acquire(); });
        action(compose, u"actionSaveDraft"_s)->trigger();
        compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->setPlainText(u"The beginning and the end"_s);
        const QPointer<ui::ComposeWindow> alive(compose);
        compose->close();
        released.release(threads);
        QTRY_VERIFY(alive.isNull());
        choose(kAlice, store::Folder::Drafts);
        app::ProfileSession *session = profile(kAlice)->session();
        const auto kept = [&] { return store::await(session->mailbox().loadDraft(firstId(kAlice), session->sealer())); };
        QTRY_VERIFY(count(kAlice) == 1 && kept() && kept()->text.trimmed() == u"The beginning and the end"_s);
        session->mailbox().remove({firstId(kAlice)});
        QTRY_COMPARE(count(kAlice), 0);
        choose(kAlice, store::Folder::Inbox);
    }

    void aDraftThatIsDiscardedWhileItIsSavedIsGone()
    {
        choose(kAlice, store::Folder::Drafts);
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Discarded"_s, u"Not for long"_s);
        int writes = 0;
        QObject listener;
        connect(profile(kAlice)->session()->mailbox().mail()->database().get(), &store::Database::changed, &listener, [&writes] { ++writes; });
        const int threads = m_workplace->pool()->maxThreadCount();
        QSemaphore released;
        for (int i = 0; i < threads; ++i)
            m_workplace->pool()->start([&released] { released.acquire(); });
        action(compose, u"actionSaveDraft"_s)->trigger();
        action(compose, u"actionDiscard"_s)->trigger();
        const QPointer<ui::ComposeWindow> alive(compose);
        compose->close();
        released.release(threads);
        QTRY_VERIFY(alive.isNull());
        // It is saved, since that had begun, saved as it was at the end, and thrown away.
        QTRY_VERIFY(writes >= 3);
        QTRY_COMPARE(count(kAlice), 0);
        choose(kAlice, store::Folder::Inbox);
    }

    void quotedSecretsDoNotLeaveInClearUnasked()
    {
        deliver(kAlice, kBob, u"Secret plans"_s, u"The treasure lies under the oak."_s);
        open(kBob, 0);
        action(window(kBob), u"actionReply"_s)->trigger();
        auto *compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QCOMPARE(compose->draft().quotation, app::Quotation::Secret);
        auto *encrypt = compose->findChild<QAbstractButton *>(u"encryptSwitch"_s);
        auto *body = compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s);
        encrypt->setChecked(false);
        QCOMPARE(compose->outlook().permission, app::SendOutlook::Permission::Refused);
        QVERIFY2(compose->outlook().sentence.contains(u"repeats what came to you encrypted"_s), qPrintable(compose->outlook().sentence));
        const QString quoted = body->toPlainText();
        auto *subject = compose->findChild<QLineEdit *>(u"subjectField"_s);
        body->setPlainText(u"Thank you."_s);
        subject->setText(u"Thanks"_s);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Allowed);
        body->setPlainText(quoted);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Refused);
        // Kept sealed on the disk all the same.
        compose->close();
        choose(kBob, store::Folder::Drafts);
        QTRY_COMPARE(count(kBob), 1);
        QVERIFY(!store::await(profile(kBob)->session()->mailbox().octets(firstId(kBob)))->contains("treasure"));
        open(kBob, 0);
        action(window(kBob), u"actionEditDraft"_s)->trigger();
        QTRY_VERIFY(topLevel<ui::ComposeWindow>(u"composeWindow"_s));
        compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Refused);
        clickWay(compose, u"It may be read"_s);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Allowed);
        action(compose, u"actionDiscard"_s)->trigger();
        choose(kBob, store::Folder::Inbox);
    }

    void theComposeWindowShowsWhatTheServerWillSee()
    {
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Not for the postman"_s, u"Secret words"_s);
        QTRY_VERIFY(action(compose, u"actionSend"_s)->isEnabled());
        compose->findChild<QAbstractButton *>(u"serverSightSwitch"_s)->setChecked(true);
        auto *sight = compose->findChild<QTextEdit *>(u"serverSight"_s);
        QTRY_VERIFY(sight->toPlainText().contains(u"Outer headers"_s));
        QVERIFY(sight->toPlainText().contains(kBob));
        QVERIFY(!sight->toPlainText().contains(u"Not for the postman"_s));
        QVERIFY(!sight->toPlainText().contains(u"Secret words"_s));
        compose->findChild<QAbstractButton *>(u"encryptSwitch"_s)->setChecked(false);
        QTRY_VERIFY(sight->toPlainText().contains(u"Not for the postman"_s));
        QVERIFY(sight->toPlainText().contains(u"Secret words"_s));
        action(compose, u"actionDiscard"_s)->trigger();
    }

    void theReaderShowsWhatTheServerSaw()
    {
        deliver(kAlice, kBob, u"Not for the postman"_s, u"Secret words"_s);
        open(kBob, 0);
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

    void aLetterWithoutCertificateWaitsAndGoesByItself()
    {
        const QString carol = u"carol@example.org"_s;
        bool hasMailbox = false;
        base::whenReady(this, m_workplace->relay().setUser(carol, base::Secret("not hers yet")), [&](const base::Status &made) { hasMailbox = made.isOk(); });
        QTRY_VERIFY(hasMailbox);
        ui::ComposeWindow *compose = begin(kAlice, carol, u"For Carol alone"_s, u"As soon as you can read it"_s);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Held);
        QVERIFY2(compose->outlook().sentence.startsWith(u"There is no certificate for carol@example.org yet."_s), qPrintable(compose->outlook().sentence));
        QCOMPARE(action(compose, u"actionSend"_s)->toolTip(), u"Send later (Ctrl+Return)"_s);
        send(compose);
        QTRY_VERIFY(folders(kAlice)->indexOf(store::Folder::Waiting).isValid());
        choose(kAlice, store::Folder::Waiting);
        QTRY_COMPARE(count(kAlice), 1);
        QTRY_VERIFY2(rowText(kAlice, 0).contains(u"Waits for a certificate of carol@example.org"_s), qPrintable(rowText(kAlice, 0)));
        // Nothing of it in clear, on the disk or on the way.
        QVERIFY(store::await(profile(kAlice)->session()->mailbox().octets(firstId(kAlice)))->contains("pkcs7-mime"));
        QVERIFY(!store::await(profile(kAlice)->session()->mailbox().octets(firstId(kAlice)))->contains("For Carol alone"));
        app::NewIdentity wanted;
        wanted.address = carol;
        wanted.name = u"Carol Ito"_s;
        wanted.keyType = u"ec:p256"_s;
        wanted.passphrase = base::Secret("demonstration");
        bool isMade = false;
        base::whenReady(this, m_workplace->identities().createIdentity(wanted), [&](const base::Result<app::CreatedIdentity> &made) { isMade = made.isOk(); });
        QTRY_VERIFY_WITH_TIMEOUT(isMade, 20000);
        m_desktop->openWindow(carol)->show();
        QTRY_VERIFY_WITH_TIMEOUT(!folders(kAlice)->indexOf(store::Folder::Waiting).isValid(), 10000);
        choose(kAlice, store::Folder::Inbox);
        QTRY_COMPARE_WITH_TIMEOUT(count(carol), 2, 15000);
        QTRY_VERIFY2(rowText(carol, 0).contains(u"For Carol alone"_s), qPrintable(rowText(carol, 0)));
        QVERIFY2(rowText(carol, 1).contains(u"Please send me a signed message"_s), qPrintable(rowText(carol, 1)));
        open(carol, 0);
        QCOMPARE(pane(carol)->message().verdict.summary, smime::Summary::Verified);
        window(carol)->close();
    }

    void aWaitingLetterThatIsEditedDoesNotGo()
    {
        ui::ComposeWindow *compose = begin(kAlice, u"dora@example.org"_s, u"For Dora"_s, u"Not yet"_s);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Held);
        send(compose);
        QTRY_VERIFY(folders(kAlice)->indexOf(store::Folder::Waiting).isValid());
        choose(kAlice, store::Folder::Waiting);
        QTRY_COMPARE(count(kAlice), 1);
        QTRY_VERIFY(!profile(kAlice)->session()->waiting().missingFor(firstId(kAlice)).isEmpty());
        open(kAlice, 0);
        QVERIFY2(headline(kAlice).startsWith(u"Waits for a certificate of dora@example.org"_s), qPrintable(headline(kAlice)));
        action(window(kAlice), u"actionEditDraft"_s)->trigger();
        QTRY_VERIFY(topLevel<ui::ComposeWindow>(u"composeWindow"_s));
        compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QCOMPARE(compose->findChild<QLineEdit *>(u"subjectField"_s)->text(), u"For Dora"_s);
        QTRY_COMPARE(window(kAlice)->findChild<QAbstractItemView *>(u"folderView"_s)->currentIndex().data().toString(), u"Inbox"_s);
        action(compose, u"actionDiscard"_s)->trigger();
    }

    void nobodyWithoutCertificateIsWrittenToEncrypted()
    {
        ui::ComposeWindow *compose = begin(kAlice, u"carol@example.net"_s, u"Hello"_s, u"Hello"_s);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Held);
        QVERIFY(compose->outlook().sentence.contains(u"There is no certificate for carol@example.net"_s));
        compose->findChild<QAbstractButton *>(u"encryptSwitch"_s)->setChecked(false);
        QCOMPARE(compose->outlook().permission, app::SendOutlook::Permission::Allowed);
        QVERIFY(compose->outlook().sentence.contains(u"Not encrypted: everybody on the way can read it."_s));
        action(compose, u"actionDiscard"_s)->trigger();
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
        app::ProfileSession session{m_workplace.get(), *m_workplace->identities().profile(mallory.address)};
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

private:
    static QByteArray freeAddress()
    {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost);
        return "127.0.0.1:" + QByteArray::number(probe.serverPort());
    }

    ui::ProfileWindows *profile(const QString &address) const { return m_desktop->windowsOf(address); }
    ui::MainWindow *window(const QString &address) const { return profile(address)->mainWindow(); }
    ui::MessageView *pane(const QString &address) const { return window(address)->messagePane(); }
    QString headline(const QString &address) const { return pane(address)->banner()->presentation().headline; }

    QString rowText(const QString &address, int row) const
    {
        return window(address)->list()->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }

    ui::ComposeWindow *begin(const QString &from, const QString &to, const QString &subject, const QString &text)
    {
        action(window(from), u"actionNew"_s)->trigger();
        auto *compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        compose->findChild<QLineEdit *>(u"toField"_s)->setText(to);
        compose->findChild<QLineEdit *>(u"subjectField"_s)->setText(subject);
        compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->setPlainText(text);
        return compose;
    }

    void send(ui::ComposeWindow *compose)
    {
        const QPointer<ui::ComposeWindow> alive(compose);
        QTRY_VERIFY_WITH_TIMEOUT(action(compose, u"actionSend"_s)->isEnabled(), 5000);
        action(compose, u"actionSend"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(alive.isNull(), 10000);
    }

    /// Goes to that folder and waits until its messages are listed.
    void choose(const QString &address, store::Folder folder)
    {
        const auto *list = qobject_cast<const app::MessageListModel *>(window(address)->list()->model());
        QSignalSpy loaded(list, &app::MessageListModel::loaded);
        const bool isThere = list->folder() == folder;
        window(address)->selectFolder(folder);
        QTRY_VERIFY(isThere || (list->folder() == folder && !loaded.isEmpty()));
    }

    const app::FolderModel *folders(const QString &address) const { return qobject_cast<const app::FolderModel *>(window(address)->findChild<QAbstractItemView *>(u"folderView"_s)->model()); }
    store::MessageId firstId(const QString &address) const { return window(address)->list()->model()->index(0, 0).data(int(app::MessageListModel::Role::Id)).value<store::MessageId>(); }

    static void clickWay(const ui::ComposeWindow *compose, const QString &text)
    {
        for (QToolButton *button : compose->findChildren<QToolButton *>()) {
            if (button->text() == text && button->isVisible())
                return button->click();
        }
        QFAIL(qPrintable(u"there is no way out called "_s + text));
    }

    static void drop(QWidget *target, const QString &path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &drop);
    }

    int count(const QString &address) const { return window(address)->list()->model()->rowCount(); }

    /// Writes and waits until the letter lies on top of the receiver's list.
    void deliver(const QString &from, const QString &to, const QString &subject, const QString &text)
    {
        const int before = count(to);
        write(from, to, subject, text);
        QTRY_COMPARE_WITH_TIMEOUT(count(to), before + 1, 10000);
    }

    void write(const QString &from, const QString &to, const QString &subject, const QString &text) { send(begin(from, to, subject, text)); }

    void open(const QString &address, int row)
    {
        pane(address)->showNothing({});
        window(address)->list()->setCurrentIndex({});
        window(address)->list()->setCurrentIndex(window(address)->list()->model()->index(row, 0));
        QTRY_VERIFY_WITH_TIMEOUT(pane(address)->hasMessage(), 10000);
    }

    void unlock(const QString &address)
    {
        profile(address)->session()->unlock(base::Secret("demonstration"));
        QTRY_VERIFY_WITH_TIMEOUT(profile(address)->session()->isUnlocked(), 10000);
    }

    bool alterInSpool(const QByteArray &from, const QByteArray &to)
    {
        int changed = 0;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"altering"_s);
            database.setDatabaseName(m_folder.filePath(u"relay/spool.sqlite"_s));
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

    QTemporaryDir m_folder;
    std::unique_ptr<app::Workplace> m_workplace;
    std::unique_ptr<ui::Desktop> m_desktop;
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestJourney test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_Journey.moc"
