// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Registration.h"
#include "ui/ComposeWindow.h"
#include "ui/Desktop.h"
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
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QtCrypto>

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

    void theListShowsTheSealAndTheRealSubject()
    {
        deliver(kAlice, kBob, u"Lunch on Friday"_s, u"At noon?"_s);
        QVERIFY(!rowText(kBob, 0).contains(u"Lunch on Friday"_s));
        open(kBob, 0);
        QTRY_VERIFY(rowText(kBob, 0).contains(u"Lunch on Friday"_s));
        QVERIFY(rowText(kBob, 0).contains(u"Alice"_s));
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
        QTRY_VERIFY(action(window(kAlice), u"actionUndo"_s)->isEnabled());
        action(window(kAlice), u"actionUndo"_s)->trigger();
        QTRY_COMPARE(count(kAlice), before);
    }

    void aClosedComposeWindowLeavesADraftThatOpensAgain()
    {
        ui::ComposeWindow *compose = begin(kAlice, kBob, u"Half a thought"_s, u"To be continued"_s);
        compose->close();
        window(kAlice)->selectFolder(store::Folder::Drafts);
        QTRY_COMPARE(window(kAlice)->list()->model()->rowCount(), 1);
        window(kAlice)->list()->setCurrentIndex(window(kAlice)->list()->model()->index(0, 0));
        Q_EMIT window(kAlice)->messageActivated();
        QTRY_VERIFY(topLevel<ui::ComposeWindow>(u"composeWindow"_s));
        compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        QCOMPARE(compose->findChild<QLineEdit *>(u"subjectField"_s)->text(), u"Half a thought"_s);
        QCOMPARE(compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->toPlainText().trimmed(), u"To be continued"_s);
        action(compose, u"actionDiscard"_s)->trigger();
        QTRY_COMPARE(window(kAlice)->list()->model()->rowCount(), 0);
        window(kAlice)->selectFolder(store::Folder::Inbox);
    }

    void nobodyWithoutCertificateIsWrittenToEncrypted()
    {
        ui::ComposeWindow *compose = begin(kAlice, u"carol@example.net"_s, u"Hello"_s, u"Hello"_s);
        QTRY_COMPARE(compose->outlook().permission, app::SendOutlook::Permission::Refused);
        QVERIFY(compose->outlook().sentence.contains(u"There is no certificate for carol@example.net"_s));
        QVERIFY(!action(compose, u"actionSend"_s)->isEnabled());
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
        const QAbstractItemModel *model = window(address)->list()->model();
        return model->index(row, 1).data(Qt::AccessibleTextRole).toString() + model->index(row, 2).data(Qt::AccessibleTextRole).toString();
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
