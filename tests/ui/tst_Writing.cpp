// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Registration.h"
#include "store/Database.h"
#include "ui/JourneyFixture.h"
#include "ui/NoticeBar.h"

#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QSemaphore>
#include <QThreadPool>
#include <QToolButton>
#include <QtCrypto>

using namespace Qt::StringLiterals;
using namespace uitest;

/// Letters as they are written: saved, discarded, sealed, held back and sent, whatever becomes of their window meanwhile; without a screen.
class TestWriting : public QObject, private Journey
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openTheDemonstration(); }
    void cleanupTestCase() { m_demonstration.reset(); }
    void init() { startTheRelay(); }

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

    void aLetterThatCouldNotBeSavedWhenItWasSentIsKept_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<bool>("isClosed");
        QTest::newRow("window open") << kBob << false;
        QTest::newRow("window closed meanwhile") << kBob << true;
        QTest::newRow("window closed, held back for a certificate") << u"nora@example.org"_s << true;
    }

    void aLetterThatCouldNotBeSavedWhenItWasSentIsKept()
    {
        // As on a full disk. The open window took it for saved, and was closed without a word; of a closed one only the error was left.
        QFETCH(QString, to);
        QFETCH(bool, isClosed);
        const auto say = [this](const QString &statement) {
            return base::await(profile(kAlice)->session()->mailbox().mail()->database()->write([statement](QSqlDatabase &database) -> base::Status {
                return QSqlQuery{database}.exec(statement) ? base::Status{base::Done{}} : base::Status{base::ErrorCode::DatabaseFailed};
            }));
        };
        ui::ComposeWindow *compose = begin(kAlice, to, u"No room"_s, u"Two hours of work"_s);
        QTRY_VERIFY(action(compose, u"actionSend"_s)->isEnabled());
        QVERIFY(say(u"CREATE TEMP TRIGGER no_room BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'no room'); END"_s));
        action(compose, u"actionSend"_s)->trigger();
        if (isClosed) {
            const QPointer<ui::ComposeWindow> alive(compose);
            QVERIFY(compose->close());
            QTRY_VERIFY(alive.isNull() && topLevel<ui::ComposeWindow>(u"composeWindow"_s));
            compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        }
        QTRY_VERIFY(compose->phase() == ui::ComposeWindow::Phase::Writing);
        QVERIFY(say(u"DROP TRIGGER no_room"_s));
        QCOMPARE(compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->toPlainText().trimmed(), u"Two hours of work"_s);
        QVERIFY(compose->isModified());
        compose->setModified(false); // Nothing of it shall be left for the other tests.
        compose->close();
        QTRY_VERIFY(!topLevel<ui::ComposeWindow>(u"composeWindow"_s));
    }

    void aNameThatHoldsAnAddressIsNoRecipient()
    {
        app::Draft draft = profile(kAlice)->newDraft();
        draft.to = {{u"Bob <mallory@example.net>, Carol"_s, kBob}};
        Q_EMIT profile(kAlice)->session()->savingFailed(draft, {base::ErrorCode::DiskFull, {}, {}, {}});
        auto *compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QVERIFY(compose);
        QCOMPARE(compose->draft().to, draft.to);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Allowed);
        QVERIFY2(!compose->outlook().sentence.contains(u"mallory"_s), qPrintable(compose->outlook().sentence));
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

    void quittingWaitsForWhatIsOnItsWay()
    {
        const int before = count(kBob);
        std::optional<bool> quits;
        app::ProfileSession *alice = profile(kAlice)->session();
        const QMetaObject::Connection watching = connect(&alice->outbox(), &app::OutboxService::stateChanged, this, [&quits](app::OutboxService::State state) {
            QEvent quit(QEvent::Quit);
            if (state != app::OutboxService::State::Sending || quits)
                return;
            QCoreApplication::sendEvent(qApp, &quit);
            quits = quit.isAccepted();
        });
        alice->send(m_demonstration->letter(u"On its way"_s, u"Before the end."_s));
        QTRY_VERIFY_WITH_TIMEOUT(quits, 10'000);
        disconnect(watching);
        QVERIFY(!*quits);
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 10'000);
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
        QVERIFY(!base::await(profile(kAlice)->session()->mailbox().octets(firstId(kAlice)))->contains(kBob.toUtf8()));
        // The writer alone is told, and by what was sent.
        const auto to = [this] { return pane(kAlice)->findChild<QLabel *>(u"messageTo"_s)->text(); };
        QVERIFY2(!to().contains(kBob), qPrintable(to()));
        choose(kAlice, store::Folder::Sent);
        QTRY_VERIFY(rowText(kAlice, 0).contains(u"Note to myself"_s));
        open(kAlice, 0);
        QVERIFY2(to().endsWith(u" · blind copy to "_s + kBob), qPrintable(to()));
        choose(kAlice, store::Folder::Inbox);
    }

    void forwardingTakesTheAttachmentsAlong()
    {
        const QString file = fileWith(u"menu.txt"_s, "soup, fish");
        const int before = count(kBob);
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"The menu"_s, u"See the file."_s);
        drop(compose, file);
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
        const QString file = fileWith(u"late.txt"_s, "soup, fish");
        const int before = count(kBob);
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"With a file"_s, u"See below."_s);
        QTRY_VERIFY(action(compose, u"actionSend"_s)->isEnabled());
        const int threads = m_workplace->pool()->maxThreadCount();
        QSemaphore released;
        for (int i = 0; i < threads; ++i)
            m_workplace->pool()->start([&released] { released.acquire(); });
        drop(compose, file);
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
        const auto kept = [&] { return base::await(session->mailbox().loadDraft(firstId(kAlice), session->sealer())); };
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
        QVERIFY(!base::await(profile(kBob)->session()->mailbox().octets(firstId(kBob)))->contains("treasure"));
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

    void aSecretIsKnownAgainByItsWords()
    {
        app::Draft draft = profile(kBob)->newDraft();
        draft.to = {{QString(), kAlice}};
        draft.quotation = app::Quotation::Secret;
        draft.text = u"\n\nAlice wrote:\n> The treasure\u00A0lies under the oak.\n"_s;
        Q_EMIT profile(kBob)->session()->savingFailed(draft, {base::ErrorCode::DiskFull, {}, {}, {}});
        auto *compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QVERIFY(compose);
        compose->findChild<QAbstractButton *>(u"encryptSwitch"_s)->setChecked(false);
        auto *body = compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s);
        const QString line = body->toPlainText().split(u'\n').value(3);
        QVERIFY2(line.contains(u"treasure"_s), qPrintable(line));
        body->setPlainText(u"Thank you."_s);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Allowed);
        // The field has an ordinary blank in the place of the one that keeps words together.
        body->setPlainText(line);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Refused);
        compose->setModified(false); // Nothing of it shall be left for the other tests.
        compose->close();
        QTRY_VERIFY(!topLevel<ui::ComposeWindow>(u"composeWindow"_s));
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
        compose->findChild<QLineEdit *>(u"subjectField"_s)->clear();
        QTRY_VERIFY(compose->outlook().sentence.startsWith(u"The message has no subject."_s));
        action(compose, u"actionDiscard"_s)->trigger();
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
        QVERIFY(base::await(profile(kAlice)->session()->mailbox().octets(firstId(kAlice)))->contains("pkcs7-mime"));
        QVERIFY(!base::await(profile(kAlice)->session()->mailbox().octets(firstId(kAlice)))->contains("For Carol alone"));
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

    void whoeverMendsARefusedLetterIsToldWhoHasIt()
    {
        const int before = count(kBob);
        ui::ComposeWindow *compose = begin(kAlice, kBob + u", nobody@example.org"_s, u"For two"_s, u"One of them is unknown"_s);
        compose->findChild<QAbstractButton *>(u"encryptSwitch"_s)->setChecked(false);
        send(compose);
        QTRY_COMPARE_WITH_TIMEOUT(count(kBob), before + 1, 10000);
        choose(kAlice, store::Folder::Outbox);
        QTRY_VERIFY(rowText(kAlice, 0).contains(u"For two"_s) && rowText(kAlice, 0).contains(u"takes no mail for nobody@example.org"_s));
        open(kAlice, 0);
        action(window(kAlice), u"actionEditDraft"_s)->trigger();
        QTRY_VERIFY(topLevel<ui::ComposeWindow>(u"composeWindow"_s));
        compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        const QString remark = compose->findChild<ui::NoticeBar *>()->text();
        QVERIFY2(remark.startsWith(u"This message has already reached "_s + kBob), qPrintable(remark));
        QVERIFY(!remark.contains(u"nobody"_s));
        QVERIFY(compose->draft().attachments.isEmpty()); // Its signature came along as one.
        action(compose, u"actionDiscard"_s)->trigger();
        choose(kAlice, store::Folder::Inbox);
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

private:
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
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestWriting test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_Writing.moc"
